"""Lists and tuples as people write them: ``64, 64`` or ``[64, 64]``."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from pathlib import PurePath
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from ....fields.annotations import members
from .numbers import read_number, write_number
from .specs import alike

_SCALARS = frozenset({bool, int, float, str})
_QUOTED = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*""", re.DOTALL)
_WORDS = {"true": True, "false": False, "null": None, "none": None}

Kinds = frozenset[Any]
"""Types that an item may have: of bool, int, float, str and NoneType."""


def item_kinds(kind: Any) -> Kinds | None:
    """Return what the items of a sequence type may be.

    Returns
    -------
    frozenset or None
        None where the type is no list, tuple or set, or where an item may be something
        else than a number, text, true, false or null.
    """
    if (get_origin(kind) or kind) not in (list, tuple, set, frozenset):
        return None
    arguments = [item for item in get_args(kind) if item is not Ellipsis]
    if not arguments:
        return _SCALARS
    kinds = frozenset().union(
        *(_scalar_kinds(member) for item in arguments for member in members(item))
    )
    return kinds if kinds <= _SCALARS | {NoneType} else None


def _scalar_kinds(kind: Any) -> Kinds:
    if kind is Any:
        return _SCALARS | {NoneType}
    if get_origin(kind) is Literal:
        return frozenset(map(type, get_args(kind)))
    if isinstance(kind, type) and issubclass(kind, PurePath):
        return frozenset({str})  # the model makes a path of it
    return frozenset({kind})


def write_items(items: Sequence[Any], kinds: Kinds) -> str:
    """Write items with commas between; text gets quotes where it needs them."""
    return ", ".join(_write_item(item, kinds) for item in items)


def _write_item(item: Any, kinds: Kinds) -> str:
    if item is None:
        return "null"
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, float):
        return write_number(item)
    if isinstance(item, PurePath):
        item = str(item)
    if not isinstance(item, str):
        return str(item)
    bare = read_items(item, kinds)
    # Beside a quote within a word, nobody could tell which signs stand in quotes.
    is_plain = kinds <= {str, NoneType} or not {"'", '"'} & set(item)
    return item if bare and is_plain and alike(bare, [item]) else json.dumps(item)


def read_items(text: str, kinds: Kinds) -> list[Any] | None:
    """Read items with commas between, with or without brackets around.

    Parameters
    ----------
    text : str
        What a person typed. Numbers may also stand with semicolons between them, and
        then with a decimal comma.
    kinds : frozenset
        What an item may be; a word that is none of the others is text.

    Returns
    -------
    list or None
        None where a bracket or a quote does not match, or where nothing stands between
        two numbers.
    """
    text = text.strip()
    if text[:1] in ("[", "(") or text[-1:] in ("]", ")"):
        if text[:1] + text[-1:] not in ("[]", "()"):
            return None
        text = text[1:-1].strip()
    if not text:
        return []
    is_text = kinds <= {str, NoneType}
    # Beside semicolons, a comma is that of 0,25.
    separator = ";" if not is_text and ";" in _QUOTED.sub("", text) else ","
    parts = _split(text, separator)
    if parts is None:
        return None
    if not is_text and any(_lacks_commas(part) for part in parts):
        return None
    return [_read_item(part, kinds, decimal=separator == ";") for part in parts]


def _lacks_commas(text: str) -> bool:
    """Whether text is numbers with blanks between, where commas were forgotten."""
    words = text.split()
    return len(words) > 1 and all(
        read_number(word, whole=False) is not None for word in words
    )


def _split(text: str, separators: str) -> list[str] | None:
    parts: list[str] = []
    at = 0
    while at < len(text):
        quoted = _QUOTED.match(text, at)
        if quoted:
            part, end = quoted[1], quoted.end()
        else:
            ends = [found for s in separators if (found := text.find(s, at)) >= 0]
            end = min(ends, default=len(text))
            part = text[at:end].strip()
            if part[:1] in ("'", '"'):
                return None
        if end < len(text) and text[end] not in separators:
            return None
        parts.append(part)
        at = end + 1
    return parts


def _read_item(text: str, kinds: Kinds, *, decimal: bool = False) -> Any:
    if text[:1] in ("'", '"'):
        try:
            return json.loads(text) if text[0] == '"' else ast.literal_eval(text)
        except (ValueError, SyntaxError):
            return text
    word = text.lower()
    if word in _WORDS and type(_WORDS[word]) in kinds:
        return _WORDS[word]
    if not kinds.isdisjoint((int, float)) and (decimal or "," not in text):
        whole = read_number(text, whole=True)
        is_whole = isinstance(whole, int) and re.fullmatch(r"[-+]?\d+", text)
        number = whole if is_whole else read_number(text, whole=False)
        if number is not None:
            return number
    return text
