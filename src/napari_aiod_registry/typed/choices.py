"""Choices as people write them: words of a ``Literal``, names of an ``Enum``, flags."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from typing import Any, Literal, get_args, get_origin

from ..messages import show
from .outcome import NO_VALUE


def choices_of(kind: Any) -> tuple[Any, ...]:
    """Return the values of a ``Literal`` or an ``Enum``; none for other types.

    Flags can be combined, so their members are not all that there is.
    """
    if get_origin(kind) is Literal:
        return get_args(kind)
    is_enum = isinstance(kind, type) and issubclass(kind, enum.Enum)
    return tuple(kind) if is_enum and not is_flag(kind) else ()


def is_flag(kind: Any) -> bool:
    """Whether a type is an ``enum.Flag``, whose members are combined with ``|``."""
    return isinstance(kind, type) and issubclass(kind, enum.Flag)


def choice_label(choice: Any) -> str:
    """Write a choice for a dropdown."""
    name = getattr(choice, "name", None)
    value = getattr(choice, "value", choice)
    if isinstance(name, str) and not isinstance(value, str):
        return name  # a member of an enumeration of numbers
    return str(value) if value is not None else "none"


def labels_of(choices: Sequence[Any]) -> list[str]:
    """Write all choices, so that none is taken for another."""
    labels = [choice_label(choice) for choice in choices]
    if len({label.lower() for label in labels}) < len(labels):
        labels = [show(choice) for choice in choices]
    return labels


def read_choice(text: str, choices: Sequence[Any]) -> Any:
    """Find the choice that a text means: by label, name, value, or in other letters.

    Returns
    -------
    object
        The choice, or `NO_VALUE`.
    """
    text = text.strip()
    ways: list[list[str | None]] = [
        [*labels_of(choices)],
        [getattr(choice, "name", None) for choice in choices],
        [str(getattr(choice, "value", choice)) for choice in choices],
    ]
    for way in ways:
        if way.count(text) == 1:
            return choices[way.index(text)]
    folded = [word.casefold() for word in labels_of(choices)]
    if folded.count(text.casefold()) == 1:
        return choices[folded.index(text.casefold())]
    return NO_VALUE


def read_flag(text: str, kind: type[enum.Flag]) -> Any:
    """Combine the flags whose names stand in a text: ``A|C`` or ``A, C``.

    Returns
    -------
    enum.Flag or NO_VALUE
        ``0`` is none of them.
    """
    text = text.strip()
    if text.startswith(f"{kind.__name__}("):  # as Python writes it
        text = text.removeprefix(kind.__name__)
    text = text.strip("()[]")
    names = {name.casefold(): flag for name, flag in kind.__members__.items()}
    names = {**names, **kind.__members__}
    try:
        found = kind(0)
        for word in re.split(r"[|,;+]", text):
            name = word.strip().removeprefix(f"{kind.__name__}.")
            flag = names.get(name, names.get(name.casefold()))
            found |= kind(int(name)) if flag is None else flag
    except (ValueError, TypeError):
        return NO_VALUE
    return found


def write_flag(value: enum.Flag) -> str:
    """Write the names of the flags that are set: ``A|C``, or 0 for none."""
    kind, names = type(value), [flag.name for flag in value if flag.name]
    text = "|".join(names)
    return text if text and read_flag(text, kind) == value else str(value.value)
