"""Lists and tuples as people write them: ``64, 64`` or ``[64, 64]``."""

from __future__ import annotations

import ast
import enum
import json
import re
from collections import deque
from collections.abc import MutableSequence, MutableSet, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from decimal import Decimal
from pathlib import PurePath
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from ..fields.annotations import members, unwrap
from .alike import alike
from .choices import (
    choices_of,
    is_flag,
    labels_of,
    read_choice,
    read_flag,
    write_flag,
)
from .numbers import exact_number, read_number, write_number
from .outcome import NO_VALUE, Unreadable
from .paths import is_path, read_path, write_path

_SCALARS = frozenset({bool, int, float, str})
_SEQUENCES: dict[Any, type] = {
    list: list,
    tuple: tuple,
    set: set,
    frozenset: frozenset,
    deque: deque,
    Sequence: list,
    MutableSequence: list,
    AbstractSet: set,
    MutableSet: set,
}
"""Type of a field → what a text is read as."""

_QUOTED = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*""", re.DOTALL)
_WORDS = {"true": True, "false": False, "null": None, "none": None}

Kinds = frozenset[Any]
"""Types that an item may have: bool, int, float, Decimal, str, NoneType, enumerations
and paths."""


def made_of(kind: Any) -> type | None:
    """Return the type that a list of items is made into, None for other types."""
    kind = unwrap(kind)[0]
    return _SEQUENCES.get(get_origin(kind) or kind)


def item_kinds(kind: Any) -> Kinds | None:
    """Return what the items of a sequence type may be.

    Returns
    -------
    frozenset or None
        None where the type is no list, tuple or set, or where an item may be something
        else than a number, text, a choice, a path, true, false or null.
    """
    kind = unwrap(kind)[0]
    if made_of(kind) is None:
        return None
    arguments = [item for item in get_args(kind) if item is not Ellipsis]
    if not arguments:
        return _SCALARS
    kinds = frozenset().union(
        *(_scalar_kinds(member) for item in arguments for member in members(item))
    )
    if Decimal in kinds and not kinds.isdisjoint((int, float)):
        return None  # only JSON tells them apart
    return kinds if all(map(_is_plain, kinds)) else None


def _is_plain(kind: Any) -> bool:
    is_enum = isinstance(kind, type) and issubclass(kind, enum.Enum)
    return kind in _SCALARS | {NoneType, Decimal} or is_enum or is_path(kind)


def _scalar_kinds(kind: Any) -> Kinds:
    kind = unwrap(kind)[0]
    if kind is Any:
        return _SCALARS | {NoneType}
    if get_origin(kind) is Literal:
        return frozenset(map(type, get_args(kind)))
    return frozenset({kind})


def write_items(items: Sequence[Any], kinds: Kinds) -> str:
    """Write items with commas between; text gets quotes where it needs them."""
    return ", ".join(_write_item(item, kinds) for item in items)


def _write_item(item: Any, kinds: Kinds) -> str:
    if item is None:
        return "null"
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, float) and not isinstance(item, enum.Enum):
        return write_number(item)
    text = _item_text(item)
    if isinstance(item, int | Decimal) and not isinstance(item, enum.Enum):
        return text
    bare = read_items(text, kinds)
    # Beside a quote within a word, nobody could tell which signs stand in quotes.
    is_plain = kinds <= {str, NoneType} or not {"'", '"'} & set(text)
    if bare and is_plain and alike(bare, [item]):
        return text
    return json.dumps(text, ensure_ascii=False)


def _item_text(item: Any) -> str:
    if isinstance(item, enum.Flag):
        return write_flag(item)
    if isinstance(item, enum.Enum):
        choices = choices_of(type(item))
        return labels_of(choices)[choices.index(item)]
    return write_path(item) if isinstance(item, PurePath) else str(item)


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
    is_text = not any(map(_is_number, kinds))
    # Beside semicolons, a comma is that of 0,25.
    separator = ";" if not is_text and ";" in _QUOTED.sub("", text) else ","
    parts = _split(text, separator)
    if parts is None:
        return None
    if not is_text and any(_lacks_commas(part) for part in parts):
        return None
    return [_read_item(part, kinds, decimal=separator == ";") for part in parts]


def _is_number(kind: Any) -> bool:
    return kind in (bool, int, float, Decimal)


def thousands_in(text: str, kinds: Kinds) -> Unreadable | None:
    """Tell of ``1,024`` in a list of numbers: nobody writes 24 as 024."""
    if str in kinds or not any(map(_is_number, kinds)):
        return None
    found = re.search(r"(?<![\d.,])([-+]?[1-9]\d{0,2}),(0\d\d)(?![\d.,])", text)
    if not found:
        return None
    first, second = found[1], int(found[2])
    why = f"Write {first}{found[2]} for one number, or {first}, {second} for two."
    return Unreadable(text, why)


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
        bare = without_quotes(text, raw=any(map(is_path, kinds)))
        return bare if str in kinds else _read_word(bare, kinds)
    word = text.lower()
    if word in _WORDS and type(_WORDS[word]) in kinds:
        return _WORDS[word]
    if decimal or "," not in text:
        number = _read_item_number(text, kinds)
        if number is not None:
            return number
    return _read_word(text, kinds)


def without_quotes(text: str, *, raw: bool) -> str:
    """Take off quotes; in a path of Windows, a backslash is no escape."""
    if raw and "\\" in re.sub(r"""\\["'\\]""", "", text):
        return text[1:-1]
    try:
        found = json.loads(text) if text[0] == '"' else ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
    return str(found)


def _read_item_number(text: str, kinds: Kinds) -> Any:
    if Decimal in kinds:
        with suppress(ArithmeticError):
            return Decimal(text.replace(",", "."))
    if kinds.isdisjoint((int, float)):
        return None
    if re.fullmatch(r"[-+]?\d+", text):
        return read_number(text, whole=True)
    return exact_number(text, whole=False)


def _read_word(text: str, kinds: Kinds) -> Any:
    """Read a choice or a path; what is neither is text."""
    for kind in kinds:
        found = read_flag(text, kind) if is_flag(kind) else NO_VALUE
        if choices := choices_of(kind):
            found = read_choice(text, choices)
        if found is not NO_VALUE:
            return found
    path = next(filter(is_path, kinds), None)
    return text if path is None or str in kinds or not text else read_path(text, path)
