"""Fields that are a line to type into: numbers, text, lists, paths, JSON."""

from __future__ import annotations

import copy
import json
import math
from decimal import Decimal
from functools import cached_property
from pathlib import PurePath
from typing import Any, cast, get_origin

from magicgui.widgets import LineEdit
from magicgui.widgets.bases import ValueWidget
from pydantic import TypeAdapter
from pydantic.errors import PydanticSchemaGenerationError, PydanticUserError
from qtpy.QtWidgets import (
    QFileDialog,
    QToolButton,
    QWidget,
)

from .editor import Editor, in_a_row, show_any
from .numbers import NumberControl, NumberField, Steps, read_number, write_number
from .sequences import item_kinds, read_items, write_items
from .specs import UNSET, FieldSpec, alike


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
        if spec.multiple_of and spec.step == spec.multiple_of:
            return NumberField(
                Steps.of_multiples(self.whole, spec.low, spec.high, spec.multiple_of)
            )
        steps = Steps(self.whole, low, high, spec.open_low, spec.open_high, spec.step)
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
        if not shown.strip() and self.spec.default is UNSET:
            return UNSET
        items = read_items(shown, self._kinds)
        return shown if items is None else self._type(items)

    def _write(self, value: Any) -> str:
        if isinstance(value, list | tuple | set | frozenset):
            return write_items(list(value), self._kinds)
        return show_any(value)


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
        texts = [shown, json.dumps(shown)]  # as JSON, else as text without quotes
        if self.spec.kind is Decimal:
            texts.reverse()  # a number of JSON has no more digits than a float
        for text in texts:
            try:
                if self._adapter is None:
                    return json.loads(text)
                return self._adapter.validate_json(text)
            except Exception:  # noqa: BLE001 - a validator of anybody's type
                continue
        return _plain(shown)

    def get(self) -> Any:
        """Read the value; a copy, for the form's own must not be changed elsewhere."""
        value = super().get()
        try:
            return copy.deepcopy(value)
        except Exception:  # noqa: BLE001 - anybody's class
            return value

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


def _plain(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
