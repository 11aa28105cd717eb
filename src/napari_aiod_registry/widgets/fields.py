"""One entry per kind of field: how a value is shown, read and set.

`make_editor` makes the first kind of editor in `EDITORS` that fits a field. An editor
wraps a magicgui widget.
"""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Callable, Sequence
from typing import Any, cast, get_origin

from magicgui.widgets import CheckBox, ComboBox, Container, LineEdit, SpinBox
from magicgui.widgets.bases import ValueWidget
from pydantic_core import PydanticUndefined
from qtpy.QtCore import QSignalBlocker
from qtpy.QtWidgets import QComboBox, QSizePolicy, QWidget

from ..rules import show
from .numbers import ExactFloatSpinBox
from .specs import FieldSpec

_INT_LIMIT = 2**63
_FLOAT_LIMIT = 1.7976931348623157e308
NARROWEST = 56
"""Width in pixels that a field needs at least; a dock may be 260 pixels wide."""

USUAL_CHANNELS = 4
"""Channels that are offered while no image says how many it has."""


class Editor:
    """A magicgui widget that shows one field, and the field's value in it.

    Parameters
    ----------
    spec : FieldSpec
        The field.
    """

    def __init__(self, spec: FieldSpec) -> None:
        self.spec = spec
        self.widget: Any = self._make_widget()

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether this kind of editor can show the field."""
        raise NotImplementedError

    def _make_widget(self) -> ValueWidget[Any] | Container[Any]:
        raise NotImplementedError

    @property
    def native(self) -> QWidget:
        """The Qt widget."""
        return cast("QWidget", self.widget.native)

    @property
    def focus(self) -> QWidget:
        """The Qt widget that a label's shortcut and a click on it lead to."""
        return self.native

    def get(self) -> Any:
        """Read the value, for the model to validate."""
        return self.widget.value

    def set(self, value: Any) -> None:
        """Show a value that the model has validated."""
        self.widget.value = value

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back whenever a person or the program changes the value."""
        self.widget.changed.connect(lambda *_: callback())


class BoolEditor(Editor):
    """True or false: a check box."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a bool."""
        return spec.kind is bool

    def _make_widget(self) -> ValueWidget[Any]:
        return CheckBox(text="")


class IntEditor(Editor):
    """A whole number: a spin box."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is an int."""
        return spec.kind is int

    def _make_widget(self) -> ValueWidget[Any]:
        low = -_INT_LIMIT if self.spec.low is None else math.ceil(self.spec.low)
        high = _INT_LIMIT if self.spec.high is None else math.floor(self.spec.high)
        step = int(self.spec.extra.get("step") or 1)
        return SpinBox(value=min(max(0, low), high), min=low, max=high, step=step)

    def get(self) -> int:
        """Read the number."""
        return int(self.widget.value)


class FloatEditor(Editor):
    """A number with a fraction: a spin box that rounds nothing."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a float."""
        return spec.kind is float

    def _make_widget(self) -> ValueWidget[Any]:
        low = -_FLOAT_LIMIT if self.spec.low is None else float(self.spec.low)
        high = _FLOAT_LIMIT if self.spec.high is None else float(self.spec.high)
        step = self.spec.extra.get("step")
        value = min(max(0.0, low), high)
        return ExactFloatSpinBox(value=value, min=low, max=high, step=step)


class TextEditor(Editor):
    """Text: a line."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a str."""
        return spec.kind is str

    def _make_widget(self) -> ValueWidget[Any]:
        return LineEdit()


class ChoiceEditor(Editor):
    """One of several values, each with its type: a dropdown.

    The dropdown holds the choices' numbers and not the choices, because Qt and
    magicgui take 1, 1.0 and True for the same.
    """

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a ``Literal``."""
        return bool(spec.choices)

    def _make_widget(self) -> ValueWidget[Any]:
        plain = [str(choice) for choice in self.spec.choices]
        labels = plain
        if len({label.lower() for label in plain}) < len(plain):
            labels = [show(choice) for choice in self.spec.choices]
        return dropdown([(label, i) for i, label in enumerate(labels)])

    def get(self) -> Any:
        """Read the choice itself."""
        return self.spec.choices[self.widget.value]

    def set(self, value: Any) -> None:
        """Show the choice that has the value's type too."""
        for index, choice in enumerate(self.spec.choices):
            if type(choice) is type(value) and choice == value:
                self.widget.value = index


class SequenceEditor(Editor):
    """A list or tuple, as people write it: ``64, 64`` or ``[64, 64]``."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a list or a tuple."""
        return (get_origin(spec.kind) or spec.kind) in (list, tuple)

    def _make_widget(self) -> ValueWidget[Any]:
        widget = LineEdit()
        widget.native.setPlaceholderText("for example 64, 64")
        return widget

    def get(self) -> Any:
        """Read the values; text that is no list stays text, for the model to refuse."""
        text = str(self.widget.value).strip()
        items = _read_items(text)
        if items is None:
            return text
        return tuple(items) if self._is_tuple() else items

    def set(self, value: Any) -> None:
        """Show the values with commas between them."""
        self.widget.value = ", ".join(map(_write_item, value))

    def _is_tuple(self) -> bool:
        return (get_origin(self.spec.kind) or self.spec.kind) is tuple


def _write_item(item: Any) -> str:
    """Write a value so that reading gives it back with its type: text in quotes."""
    if isinstance(item, str):
        return json.dumps(item, ensure_ascii=False)
    return show(item)


_WORDS = {"true": True, "false": False, "null": None, "none": None}


def _read_items(text: str) -> list[Any] | None:
    """Read ``64, 64``, ``[64, 64]`` or ``(64, 64)``; None where it is none of these."""
    if text[:1] + text[-1:] in ("[]", "()"):
        text = text[1:-1].strip()
    if not text:
        return []
    parts = re.findall(
        r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^,]*)\s*(?:,|$)""", text
    )
    if text.rstrip().endswith(","):
        parts = parts[: len(parts) - 1]
    else:
        parts = parts[: len(parts) - 1] if parts and parts[-1] == "" else parts
    return [_read_item(part.strip()) for part in parts]


def _read_item(text: str) -> Any:
    """Read one value; a word without quotes is text."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    try:
        value = json.loads(text) if text.startswith('"') else ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
    return value if isinstance(value, int | float | str) else text


class ChannelEditor(Editor):
    """A channel of the image: a dropdown whose first entry is the model's own."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is marked as a channel."""
        return spec.is_channel and spec.kind is int

    def _make_widget(self) -> ValueWidget[Any]:
        self._start = int(self.spec.extra.get("channel_start", -1))
        self._label = str(self.spec.extra.get("channel_start_label", "original"))
        self._names = [""] * USUAL_CHANNELS
        return dropdown(self._entries(self._start))

    def _entries(self, value: int) -> list[tuple[str, int]]:
        first = self._start + 1
        entries = [(f"{self._label}", self._start)]
        for number, name in enumerate(self._names, first):
            entries.append(
                (f"Channel {number}" + (f": {name}" if name else ""), number)
            )
        if value >= first + len(self._names):
            entries.append((f"Channel {value} (not in this image)", value))
        return entries

    def set(self, value: int) -> None:
        """Show a channel; one that the image lacks is shown as such."""
        self._show(value, quiet=False)

    def set_channels(self, names: Sequence[str]) -> None:
        """Offer the channels of an image, and keep the one that is chosen."""
        self._names = list(names)
        self._show(int(self.widget.value), quiet=True)

    def _show(self, value: int, *, quiet: bool) -> None:
        combo, before = self.widget, self.widget.value
        fill(combo, self._entries(value), value)
        if before != value and not quiet:
            combo.changed.emit(value)


def dropdown(choices: Sequence[tuple[str, Any]] = ()) -> ComboBox:
    """Make a dropdown that long entries do not widen."""
    combo = ComboBox(choices=list(choices))
    native: QComboBox = combo.native
    native.setSizeAdjustPolicy(
        QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    )
    native.setMinimumContentsLength(6)
    native.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo


def fill(combo: Any, choices: Sequence[tuple[str, Any]], value: Any) -> None:
    """Give a magicgui dropdown new choices in their order, without a signal.

    magicgui keeps choices whose text stays, at their old place, and tells of a change
    on the way.
    """
    native: QComboBox = combo.native
    blocker = QSignalBlocker(native)
    with combo.changed.blocked():
        native.clear()
        combo.choices = list(choices)
        if choices:
            combo.value = value
    del blocker


class NullableEditor(Editor):
    """Any other field that may be None: a check box "auto" before the field."""

    def __init__(self, spec: FieldSpec, inner: Editor) -> None:
        self.inner = inner
        super().__init__(spec)

    def _make_widget(self) -> Container[Any]:
        self._auto = CheckBox(text="auto", tooltip="Let the model decide.")
        self._auto.changed.connect(self._on_auto)
        box = Container(
            widgets=[self._auto, self.inner.widget],
            layout="horizontal",
            labels=False,
        )
        box.margins = (0, 0, 0, 0)
        line = box.native.layout()
        line.setStretchFactor(self.inner.native, 1)
        line.addStretch(0)  # keeps "auto" on the left while it is alone
        return box

    @property
    def focus(self) -> QWidget:
        """The check box."""
        return cast("QWidget", self._auto.native)

    def _on_auto(self, auto: bool) -> None:
        # A number that is not used would only mislead.
        self.inner.native.setVisible(not auto)

    def get(self) -> Any:
        """Read the inner field, or None where "auto" is checked."""
        return None if self._auto.value else self.inner.get()

    def set(self, value: Any) -> None:
        """Show a value, or check "auto" for None."""
        if value is not None:
            self.inner.set(value)
        self._auto.value = value is None
        self._on_auto(value is None)


class NullableBoolEditor(Editor):
    """True, false or None: a dropdown of three."""

    values = (None, True, False)

    def _make_widget(self) -> ValueWidget[Any]:
        return dropdown([("auto", 0), ("yes", 1), ("no", 2)])

    def get(self) -> bool | None:
        """Read the value."""
        return self.values[self.widget.value]

    def set(self, value: bool | None) -> None:
        """Show the value."""
        self.widget.value = self.values.index(value)


class AnyEditor(Editor):
    """A type that has no editor of its own: a line of JSON that the model checks."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Fit whatever no other editor fits."""
        return True

    def _make_widget(self) -> ValueWidget[Any]:
        return LineEdit()

    def get(self) -> Any:
        """Read JSON; text that is none is text."""
        text = str(self.widget.value)
        try:
            return json.loads(text)
        except ValueError:
            return text

    def set(self, value: Any) -> None:
        """Show a value as JSON."""
        self.widget.value = json.dumps(value, default=str)


EDITORS: tuple[type[Editor], ...] = (
    ChannelEditor,
    ChoiceEditor,
    BoolEditor,
    IntEditor,
    FloatEditor,
    TextEditor,
    SequenceEditor,
    AnyEditor,
)
"""Kinds of editors; the first that fits a field is used."""


def make_editor(spec: FieldSpec) -> Editor:
    """Make the editor that fits a field."""
    editor: Editor
    if spec.nullable and spec.kind is bool:
        editor = NullableBoolEditor(spec)
    else:
        kind = next(kind for kind in EDITORS if kind.fits(spec))
        editor = kind(spec)
        if spec.nullable and kind is not AnyEditor:
            editor = NullableEditor(spec, editor)
    if spec.default is not PydanticUndefined:
        editor.set(spec.default)
    return editor
