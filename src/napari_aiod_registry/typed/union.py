"""One number or several: what a comma means where a field may be either."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from .outcome import NO_VALUE, Unreadable

_PAIR = re.compile(r"([-+]?\d+),(\d+)")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", re.DOTALL)


def is_between(text: str) -> bool:
    """Whether a text has what stands around items or between them."""
    return text[:1] in ("[", "(") or bool(re.search("[,;]", _QUOTED.sub("", text)))


def choose(
    text: str, single: Any, lists: Sequence[Any], *, takes: Callable[[Any], bool]
) -> Any:
    """Choose between one number and a list of them.

    Parameters
    ----------
    text : str
        What was typed.
    single : object
        The text as one number, or `NO_VALUE`.
    lists : sequence
        The text as those lists that the type takes.
    takes : callable
        Whether the type takes a value.

    Returns
    -------
    object
        ``0,5`` is a number, ``64,64`` are two; of ``1,5`` nobody knows, which the
        sentence of an `Unreadable` says. `NO_VALUE` where it is neither.
    """
    if not lists:
        return single
    # ( ) stand for a tuple, if one is among them.
    rounds = [item for item in lists if isinstance(item, tuple)]
    others = [item for item in lists if not isinstance(item, tuple)]
    several = [*rounds, *others][0] if text[:1] == "(" else [*others, *rounds][0]
    pair = _PAIR.fullmatch(text)
    if single is NO_VALUE or not pair or not takes(single):
        return several
    whole, fraction = pair.groups()
    if whole.lstrip("+-") == "0":
        return single
    if whole == fraction:
        return several
    return Unreadable(
        text,
        f"Write {whole}.{fraction} for one number, or [{whole}, {fraction}] for two.",
    )
