"""Fields that are a line to type into: numbers, text, lists, paths, JSON."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from pathlib import PurePath
from typing import Any, cast, get_args, get_origin

from magicgui.widgets import LineEdit
from magicgui.widgets.bases import ValueWidget
from pydantic import Json, SecretBytes, SecretStr, TypeAdapter
from pydantic.errors import PydanticSchemaGenerationError, PydanticUserError
from qtpy.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QToolButton,
    QWidget,
)

from .base import Editor, in_a_row, show_any
from .numbers import (
    NumberControl,
    NumberField,
    Steps,
    read_number,
    with_point,
    write_number,
)
from .sequences import item_kinds, read_items, write_items
from .specs import UNSET, FieldSpec, alike, copied


class IntEditor(Editor):
    """A whole number: arrows, and a slider where both bounds are known."""

    whole = True

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is an int."""
        return spec.kind is int

    def _make_widget(self) -> ValueWidget[Any]:
        spec = self.spec
        low, high = spec.low, spec.high
        if spec.open_low and low is not None:
            low = math.nextafter(low, -math.inf)
        if spec.open_high and high is not None:
            high = math.nextafter(high, math.inf)
        if spec.multiple_of:
            return NumberField(
                Steps.of_multiples(
                    self.whole, spec.low, spec.high, spec.multiple_of, spec.extras.step
                )
            )
        steps = Steps(
            self.whole, low, high, spec.open_low, spec.open_high, spec.extras.step
        )
        return NumberField(steps)

    @property
    def parts(self) -> list[QWidget]:
        """The line with the number."""
        return [cast("NumberControl", self.native).box]

    def _read(self, shown: str) -> Any:
        if not shown.strip():
            return UNSET
        number = read_number(shown, whole=self.whole)
        return shown if number is None else number

    def _write(self, value: Any) -> str:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return write_number(value) if is_number else show_any(value)


class FloatEditor(IntEditor):
    """A number with a fraction, of which nothing is rounded."""

    whole = False

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a float."""
        return spec.kind is float


class TextEditor(Editor):
    """Text: a line."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a str."""
        return spec.kind is str

    def _make_widget(self) -> ValueWidget[Any]:
        return LineEdit()

    def _read(self, shown: str) -> Any:
        is_missing = not shown and self.spec.default is UNSET
        return UNSET if is_missing else shown

    def _write(self, value: Any) -> str:
        return value if isinstance(value, str) else show_any(value)


class SecretEditor(TextEditor):
    """A password or a key, which nobody may read over a shoulder: a line of dots."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a secret."""
        return spec.kind in (SecretStr, SecretBytes)

    def _make_widget(self) -> ValueWidget[Any]:
        widget = super()._make_widget()
        widget.native.setEchoMode(QLineEdit.EchoMode.Password)
        return widget

    def _read(self, shown: str) -> Any:
        found = super()._read(shown)
        if found is UNSET or self.spec.kind is SecretStr:
            return found if found is UNSET else SecretStr(found)
        return SecretBytes(found.encode())

    def _write(self, value: Any) -> str:
        if isinstance(value, SecretBytes):
            return value.get_secret_value().decode(errors="replace")
        return value.get_secret_value() if isinstance(value, SecretStr) else ""

    def describe(self, value: Any) -> str:
        """Write the dots that stand for a secret."""
        return str(value)


class SequenceEditor(TextEditor):
    """A list or tuple, as people write it: ``64, 64`` or ``[64, 64]``."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a list, tuple or set of plain values."""
        return item_kinds(spec.kind) is not None

    def _make_widget(self) -> ValueWidget[Any]:
        self._kinds = item_kinds(self.spec.kind) or frozenset()
        self._type = get_origin(self.spec.kind) or self.spec.kind
        widget = super()._make_widget()
        numbers = not self._kinds.isdisjoint((int, float))
        widget.native.setPlaceholderText("e.g. 64, 64" if numbers else "e.g. a, b")
        return widget

    def _read(self, shown: str) -> Any:
        if not shown.strip() and self.spec.default in _NO_LIST:
            return UNSET  # an empty list is one that somebody writes: []
        nested = self._read_nested(shown)
        items = read_items(shown, self._kinds) if nested is None else nested
        return shown if items is None else self._type(items)

    def _read_nested(self, shown: str) -> list[Any] | None:
        """Read a list that holds lists, where the model lets it hold anything."""
        if get_args(self.spec.kind) or not re.search(r"[\[{].*[\[{]", shown):
            return None
        items = _plain(shown)
        return items if isinstance(items, list) else None

    def _write(self, value: Any) -> str:
        if not isinstance(value, list | tuple | set | frozenset):
            return show_any(value)
        if any(isinstance(item, list | tuple | dict) for item in value):
            try:
                return json.dumps(value, ensure_ascii=False)
            except (TypeError, ValueError):
                return show_any(value)
        if not value and self.spec.default in _NO_LIST:
            return "[]"
        return write_items(list(value), self._kinds)

    def differs(self, default: Any) -> bool:
        """Whether the value is another one than a default, as the model reads it."""
        value = self.get()
        with suppress(Exception):  # anybody's type; what is wrong is told elsewhere
            value = TypeAdapter(self.spec.annotation).validate_python(value)
        return not alike(value, default)


class PathEditor(TextEditor):
    """A path: a line, and a button that lets people choose a file."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a path."""
        return isinstance(spec.kind, type) and issubclass(spec.kind, PurePath)

    def _make_widget(self) -> ValueWidget[Any]:
        widget = super()._make_widget()
        self._button = QToolButton()
        self._button.setText("…")
        self._button.setToolTip("Choose a file.")
        self._button.setAccessibleName(f"Choose a file for {self.spec.label}")
        self._button.clicked.connect(self._choose)
        self._box = in_a_row(widget.native, self._button)
        return widget

    @property
    def native(self) -> QWidget:
        """The line with its button."""
        return self._box

    @property
    def parts(self) -> list[QWidget]:
        """The line, then the button."""
        return [self.widget.native, self._button]

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._box, self.spec.label, self.widget.value
        )
        if path:
            self.widget.value = path

    def _read(self, shown: str) -> Any:
        return self.spec.kind(shown) if shown else UNSET

    def _write(self, value: Any) -> str:
        return str(value)


_NO_LIST = (UNSET, None)


class AnyEditor(TextEditor):
    """A type that has no editor of its own: a line of JSON that the model checks."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Fit whatever no other editor fits."""
        return True

    @cached_property
    def _adapter(self) -> TypeAdapter[Any] | None:
        try:
            return TypeAdapter(self.spec.annotation)
        except (PydanticSchemaGenerationError, PydanticUserError):
            return None  # only the model's own config lets it have this type

    def _read(self, shown: str) -> Any:
        if not shown.strip() and self.spec.kind is not Any:
            return UNSET
        # As JSON, else as text without quotes.
        texts = [shown, json.dumps(shown.strip())]
        if self._has_decimals:
            # A number of JSON has no more digits than a float, but text keeps them.
            text = with_point(shown) if self.spec.kind is Decimal else shown
            texts = [_floats_as_text(text), *texts]
        elif self._is_number:
            texts = [with_point(shown)]
        for text in texts:
            try:
                if self._adapter is None:
                    return json.loads(text)
                return self._adapter.validate_json(text)
            except Exception:  # noqa: BLE001 - a validator of anybody's type
                continue
        return _plain(shown)

    @cached_property
    def _is_number(self) -> bool:
        types = set(get_args(self.spec.kind))
        return float in types and types <= {int, float}

    @cached_property
    def _has_decimals(self) -> bool:
        return Decimal in _types_in(self.spec.annotation)

    def get(self) -> Any:
        """Read the value; a copy, for the form's own must not be changed elsewhere."""
        return copied(super().get())

    def _write(self, value: Any) -> str:
        try:
            plain = value
            if self._adapter is not None:
                plain = self._adapter.dump_python(value, mode="json", warnings="error")
            text = json.dumps(plain, ensure_ascii=False)
        except Exception:  # noqa: BLE001 - a serializer of anybody's type
            return show_any(value)
        # Text needs no quotes, unless without them it would be something else.
        if isinstance(plain, str) and plain.strip() and alike(self._read(plain), value):
            return plain
        return text


class JsonEditor(AnyEditor):
    """Text of JSON, which the model takes apart: a line that shows what is in it."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a ``Json``."""
        return spec.kind is Json

    def _read(self, shown: str) -> Any:
        return _plain(shown) if shown.strip() else UNSET

    def _write(self, value: Any) -> str:
        try:
            return json.dumps(value, ensure_ascii=False)
        except (TypeError, ValueError):
            return show_any(value)

    def raw(self) -> Any:
        """Return the text, for the model takes no other values."""
        value, shown = self.get(), self._shown()
        is_text = isinstance(value, str) and value == shown
        return value if value is UNSET or is_text else self._write(value)


def _types_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in get_args(annotation):
        yield from _types_in(argument)


def _floats_as_text(text: str) -> str:
    """Put quotes around the numbers with a point in a text of JSON."""
    try:
        return json.dumps(json.loads(text, parse_float=str))
    except (ValueError, RecursionError):
        return json.dumps(text)


def _plain(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
