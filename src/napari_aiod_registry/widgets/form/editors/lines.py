"""Fields that are a line to type into: numbers, text, lists, paths, JSON."""

from __future__ import annotations

import json
import math
from collections import deque
from contextlib import suppress
from functools import cached_property
from typing import Any, cast

from magicgui.widgets import LineEdit
from magicgui.widgets.bases import ValueWidget
from pydantic import Json, SecretBytes, SecretStr, TypeAdapter
from qtpy.QtWidgets import QFileDialog, QLineEdit, QToolButton, QWidget

from ....typed import (
    TypedText,
    Unreadable,
    alike,
    is_path,
    item_kinds,
    overflows,
    plain_json,
    read_typed,
    unquoted,
    write_number,
    write_typed,
)
from .base import Editor, in_a_row, show_any
from .numbers import NumberControl, NumberField, Steps
from .specs import UNSET, FieldSpec, copied


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
        return read_typed(shown, self.spec.kind)

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
        self._typed = TypedText(self.spec.kind)
        kinds = item_kinds(self.spec.kind) or frozenset()
        widget = super()._make_widget()
        numbers = not kinds.isdisjoint((int, float))
        widget.native.setPlaceholderText("e.g. 64, 64" if numbers else "e.g. a, b")
        return widget

    def _read(self, shown: str) -> Any:
        if not shown.strip() and self.spec.default in _NO_LIST:
            return UNSET  # an empty list is one that somebody writes: []
        found = self._typed.read(shown)
        # A Sequence is left to be what it was.
        is_tuple = isinstance(found, list) and isinstance(self.spec.default, tuple)
        return tuple(found) if is_tuple else found

    def _write(self, value: Any) -> str:
        if not isinstance(value, list | tuple | set | frozenset | deque):
            return show_any(value)
        if not value and self.spec.default not in _NO_LIST:
            return ""
        return self._typed.write(value)

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
        return is_path(spec.kind)

    def _make_widget(self) -> ValueWidget[Any]:
        widget = super()._make_widget()
        what = "a folder" if self.spec.path_type == "dir" else "a file"
        self._button = QToolButton()
        self._button.setText("…")
        self._button.setToolTip(f"Choose {what}.")
        self._button.setAccessibleName(f"Choose {what} for {self.spec.label}")
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
        begin = unquoted(self.widget.value)
        with suppress(Exception):  # anybody's kind of path
            begin = str(read_typed(begin, self.spec.kind)) if begin else ""
        ask = {"dir": ask_folder, "new": ask_new_file}.get(
            self.spec.path_type or "", ask_file
        )
        if path := ask(self._box, self.spec.label, begin):
            self.widget.value = self.describe(self.spec.kind(path))

    def _read(self, shown: str) -> Any:
        return read_typed(shown, self.spec.kind) if unquoted(shown) else UNSET

    def _write(self, value: Any) -> str:
        return (
            write_typed(value, self.spec.kind)
            if is_path(type(value))
            else (show_any(value))
        )


def ask_file(parent: QWidget, title: str, begin: str) -> str:
    """Ask for a file that is there; return nothing where none is chosen."""
    return str(QFileDialog.getOpenFileName(parent, title, begin)[0])


def ask_new_file(parent: QWidget, title: str, begin: str) -> str:
    """Ask for the name of a file that is to be made."""
    return str(QFileDialog.getSaveFileName(parent, title, begin)[0])


def ask_folder(parent: QWidget, title: str, begin: str) -> str:
    """Ask for a folder."""
    return str(QFileDialog.getExistingDirectory(parent, title, begin))


_NO_LIST = (UNSET, None)


class AnyEditor(TextEditor):
    """A type that has no editor of its own: a line of JSON that the model checks."""

    empty_is_null = True

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Fit whatever no other editor fits."""
        return True

    @cached_property
    def _typed(self) -> TypedText:
        return TypedText(self.spec.annotation)

    def _read(self, shown: str) -> Any:
        return self._typed.read(shown)

    def get(self) -> Any:
        """Read the value; a copy, for the form's own must not be changed elsewhere."""
        return copied(super().get())

    def _write(self, value: Any) -> str:
        return self._typed.write(value)


class JsonEditor(AnyEditor):
    """Text of JSON, which the model takes apart: a line that shows what is in it."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a ``Json``."""
        return spec.kind is Json

    def _read(self, shown: str) -> Any:
        if overflows(shown):
            return Unreadable(shown, "A number in this is too large.")
        return plain_json(shown) if shown.strip() else UNSET

    def _write(self, value: Any) -> str:
        try:
            return json.dumps(value, ensure_ascii=False)
        except (TypeError, ValueError):
            return show_any(value)

    def raw(self) -> Any:
        """Return the text, for the model takes no other values."""
        value, shown = self.get(), self._shown()
        is_text = isinstance(value, Unreadable) or (
            isinstance(value, str) and value == shown
        )
        return value if value is UNSET or is_text else self._write(value)
