"""The way from a typed text to a value of a field's type, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from enum import Enum, Flag
from functools import cached_property
from itertools import chain
from pathlib import PurePath
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import TypeAdapter
from pydantic.errors import PydanticSchemaGenerationError, PydanticUserError

from ..fields.annotations import members, unwrap
from .alike import alike
from .as_json import floats_as_text, overflows, plain_json
from .choices import (
    choices_of,
    is_flag,
    labels_of,
    read_choice,
    read_flag,
    write_flag,
)
from .items import (
    item_kinds,
    made_of,
    read_items,
    thousands_in,
    without_quotes,
    write_items,
)
from .numbers import exact_number, with_point, write_number
from .outcome import NO_VALUE, Unreadable
from .paths import is_path, read_path, unquoted, write_path
from .union import choose, is_between


def read_typed(text: str, annotation: Any) -> Any:
    """Read what a person typed for a field of any type.

    Parameters
    ----------
    text : str
        What was typed.
    annotation : type
        The type of the field, with ``Optional`` and ``Annotated`` as it has them.

    Returns
    -------
    object
        The value, as well as it can be read: the model has the last word. The text
        itself where it is no such value, for the model to say what it wants.
        `NO_VALUE` where nothing is typed; an `Unreadable` where the text would
        silently become another value.
    """
    return TypedText(annotation).read(text)


def write_typed(value: Any, annotation: Any) -> str:
    """Write a value of a field so that `read_typed` reads it back."""
    return TypedText(annotation).write(value)


class TypedText:
    """How the values of one type are typed.

    Parameters
    ----------
    annotation : type
        Any type that Pydantic knows; others are read as JSON.
    """

    def __init__(self, annotation: Any) -> None:
        self._annotation = annotation
        self._kind, _, self._nullable = unwrap(annotation)
        self._members = tuple(members(annotation))
        self._kinds = frozenset(
            kind for kind in map(_bare, self._members) if _is_hashable(kind)
        )
        self._is_union = get_origin(self._kind) in (Union, UnionType)

    def read(self, text: str) -> Any:
        """Read a text: see `read_typed`."""
        if self._kind is str:
            return text
        if not text.strip() and self._kind is not Any:
            return self._blank(text)
        if (word := self._exact_word(text.strip())) is not NO_VALUE:
            return word
        if self._nullable and self._is_null(text.strip()):
            return None
        if self._is_union:
            return self._read_union(text)
        found = self._read_single(text.strip(), self._kind)
        return self._read_json(text) if found is NO_VALUE else found

    def write(self, value: Any) -> str:
        """Write a value; short where that is read back, else as JSON."""
        if self._kind is str and isinstance(value, str):
            return value
        kinds = None if self._is_union else item_kinds(self._kind)
        is_list = value is not None and made_of(type(value)) is not None
        if kinds is not None and is_list and not any(map(_holds_others, value)):
            text = write_items(list(value), kinds)
            is_unclear = not text or (self._nullable and self._is_null(text))
            return f"[{text}]" if is_unclear else text
        for text in self._ways(value):
            if text.strip() and alike(self.read(text), value):
                return text
        return self._json(value)

    # Reading

    def _blank(self, text: str) -> Any:
        kinds = item_kinds(self._kind)
        return NO_VALUE if kinds is None else made_of(self._kind)([])  # type: ignore[misc]

    def _read_single(self, text: str, kind: Any) -> Any:
        """Read a text as one type, or return `NO_VALUE` where JSON is to be tried."""
        if kind in (int, float):
            number = exact_number(text, whole=kind is int)
            return text if number is None else number
        if kind is bool:
            return {"true": True, "false": False}.get(text.lower(), text)
        if is_path(kind):
            return read_path(text, kind) if unquoted(text) else ""
        if is_flag(kind):
            found = read_flag(text, kind)
            return text if found is NO_VALUE else found
        if choices := choices_of(kind):
            found = read_choice(text, choices)
            return text if found is NO_VALUE else found
        return NO_VALUE if item_kinds(kind) is None else self._read_list(text, kind)

    def _read_list(self, text: str, kind: Any) -> Any:
        kinds, made = item_kinds(kind) or frozenset(), made_of(kind) or list
        if not get_args(kind) and re.search(r"[\[{].*[\[{]", text):
            nested = plain_json(text)  # the model lets it hold anything
            if isinstance(nested, list):
                return made(nested)
        unclear = thousands_in(text, kinds)
        if unclear:
            return unclear
        items = read_items(text, kinds)
        return text if items is None else made(items)

    def _read_union(self, text: str) -> Any:
        bare, words = text.strip(), str in self._kinds
        several = [
            found
            for kind in self._members
            if item_kinds(kind) is not None and is_between(bare)
            for found in [self._read_list(bare, unwrap(kind)[0])]
            if not isinstance(found, str)
        ]
        single = self._number(bare)
        taken = [value for value in several if self._takes(value)]
        found = choose(bare, single, taken, takes=self._takes)
        if found is not NO_VALUE:
            return self._validated(found, found)
        if several and not words:
            return several[0]  # the model says what is wrong with it
        if bool in self._kinds and bare.lower() in ("true", "false"):
            return bare.lower() == "true"
        if (found := self._of_its_own_form(bare)) is not NO_VALUE:
            return found
        for kind in sorted(map(_bare, self._members), key=is_path):
            if (found := self._word(bare, kind, words=words)) is not NO_VALUE:
                return found
        return self._read_json(text)

    def _exact_word(self, text: str) -> Any:
        """Find a word of a ``Literal``, also one with a comma, in quotes, or "none"."""
        for choice in chain.from_iterable(map(choices_of, self._members)):
            if type(choice) is str:
                is_bare = text == choice and self._number(text) is NO_VALUE
                if is_bare or text == json.dumps(choice, ensure_ascii=False):
                    return choice
        return NO_VALUE

    def _is_null(self, text: str) -> bool:
        return text == "null" or (
            text.lower() in ("none", "null") and str not in self._kinds
        )

    def _of_its_own_form(self, text: str) -> Any:
        """Read JSON, dates and durations, which only look like text or a path."""
        if text[:1] in ("[", "{") and not isinstance(plain_json(text), str):
            with suppress(Exception):
                return TypeAdapter(self._annotation).validate_json(text)
        if text[:1] == '"':
            return NO_VALUE
        for adapter in self._strict_forms:
            with suppress(Exception):  # a validator of anybody's type
                return adapter.validate_python(text)
        return NO_VALUE

    @cached_property
    def _strict_forms(self) -> list[TypeAdapter[Any]]:
        """Members that take some texts and not others, like dates."""
        known = {int, float, bool, str, Decimal, NoneType, Any}
        found = []
        for member in self._members:
            kind = _bare(member)
            if not _is_hashable(kind) or kind in known or is_path(kind):
                continue
            if item_kinds(member) is None and not choices_of(kind):
                with suppress(Exception):
                    adapter: TypeAdapter[Any] = TypeAdapter(member)
                    if not _takes_any(adapter):
                        found.append(adapter)
        return found

    def _word(self, text: str, kind: Any, *, words: bool) -> Any:
        """Read a word as a choice, flags or a path."""
        if is_flag(kind):
            return read_flag(text, kind)
        if choices := choices_of(kind):
            return read_choice(text, choices)
        if is_path(kind) and (not words or text[:1] == "~"):
            return read_path(text, kind)
        return NO_VALUE

    def _number(self, text: str) -> Any:
        """Read a number of a union that may be one."""
        kinds = self._kinds
        if Decimal in kinds and kinds.isdisjoint((int, float)):
            with suppress(ArithmeticError):
                return Decimal(with_point(text))
        if kinds.isdisjoint((int, float)) or Decimal in kinds:
            return NO_VALUE
        if not any(map(str.isdigit, text)) and kinds - {int, float, NoneType}:
            return NO_VALUE  # inf is a word where words may be meant
        is_whole = re.fullmatch(r"[-+\N{MINUS SIGN}]?\d+", text) and int in kinds
        number = exact_number(text, whole=bool(is_whole) or float not in kinds)
        if number is None:
            return NO_VALUE
        if isinstance(number, float) and float not in kinds and str in kinds:
            return NO_VALUE  # 5.5 is text where the number must be whole
        return number

    def _takes(self, value: Any) -> bool:
        return self._validated(value, NO_VALUE) is not NO_VALUE

    def _validated(self, value: Any, otherwise: Any) -> Any:
        """Return a value as the type has it, or what else is to be returned."""
        if self._adapter is not None and not isinstance(value, Unreadable):
            with suppress(Exception):  # a validator of anybody's type
                return self._adapter.validate_python(value)
        return otherwise

    @cached_property
    def _adapter(self) -> TypeAdapter[Any] | None:
        try:
            return TypeAdapter(self._annotation)
        except (PydanticSchemaGenerationError, PydanticUserError):
            return None  # only the model's own config lets it have this type

    def _read_json(self, text: str) -> Any:
        """Read JSON, else text without quotes."""
        texts = [text, json.dumps(text.strip())]
        paths, words = any(map(is_path, self._kinds)), str in self._kinds
        if text.strip()[:1] == '"' and (paths or words):
            word = without_quotes(text.strip(), raw=paths)
            if word != text.strip():
                return word if words else self._validated(word, word)
        if self._has_decimals:
            # A number of JSON has no more digits than a float, but text keeps them.
            with_digits = with_point(text) if self._kind is Decimal else text
            texts = [floats_as_text(with_digits), *texts]
        elif overflows(text):
            if self._kind is Any:
                return text
            return Unreadable(text, "A number in this is too large.")
        for each in texts:
            try:
                if self._adapter is None:
                    return json.loads(each)
                return self._adapter.validate_json(each)
            except Exception:  # noqa: BLE001 - a validator of anybody's type
                continue
        return plain_json(text)

    @cached_property
    def _has_decimals(self) -> bool:
        return Decimal in _types_in(self._annotation)

    # Writing

    def _ways(self, value: Any) -> Iterator[str]:
        """Go through the ways to write a value, the shortest first."""
        if value is None or isinstance(value, bool):
            return
        if isinstance(value, Flag):
            yield from (write_flag(value), f"{type(value).__name__}({value.value})")
        elif isinstance(value, Enum):
            yield from _labels(value)
        elif isinstance(value, PurePath):
            text = write_path(value)
            yield from (text, f'"{text}"', f"./{text}")
        elif isinstance(value, int | float) and type(value) in (int, float):
            yield write_number(value)
        elif isinstance(value, list | tuple | set | frozenset) or made_of(type(value)):
            yield from self._lists(value)
        plain = self._plain(value)
        if isinstance(plain, str):
            yield plain

    def _lists(self, value: Any) -> Iterator[str]:
        for member in self._members:
            kinds = item_kinds(member)
            if kinds is None:
                continue
            with suppress(Exception):  # an item of another member's type
                items = write_items(list(value), kinds)
                yield from (items, f"[{items}]", f"({items})")

    def _plain(self, value: Any) -> Any:
        with suppress(Exception):  # a serializer of anybody's type
            if self._adapter is not None:
                return self._adapter.dump_python(value, mode="json", warnings="error")
            return value
        return NO_VALUE

    def _json(self, value: Any) -> str:
        try:
            return json.dumps(self._plain(value), ensure_ascii=False)
        except Exception:  # noqa: BLE001 - anybody's class
            return _shown(value)


def _labels(value: Enum) -> list[str]:
    choices = choices_of(type(value))
    return [labels_of(choices)[choices.index(value)], value.name]


def _holds_others(item: Any) -> bool:
    return isinstance(item, list | tuple | dict)


def _takes_any(adapter: TypeAdapter[Any]) -> bool:
    try:
        adapter.validate_python("no value of a form")
    except Exception:  # noqa: BLE001 - a validator of anybody's type
        return False
    return True


def _bare(kind: Any) -> Any:
    return unwrap(kind)[0]


def _is_hashable(kind: Any) -> bool:
    try:
        hash(kind)
    except TypeError:
        return False
    return True


def _types_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in get_args(annotation):
        yield from _types_in(argument)


def _shown(value: Any) -> str:
    """Write a value of an unexpected type: nothing for none, a word for others."""
    if value is None or value is NO_VALUE:
        return ""
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - anybody's class, or a number of 5,000 digits
        return f"({type(value).__name__})"
