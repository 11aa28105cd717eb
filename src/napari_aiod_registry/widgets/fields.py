"""One entry per kind of field: how a value is shown, read and set.

An editor wraps a magicgui widget. It holds what it was given: as long as nobody touches
the widget, `Editor.get` returns the very value that `Editor.set` was called with, so no
value is lost, of whatever type it is. What a person types is read as well as it can be,
and the Pydantic model says whether it will do.
"""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import PurePath
from typing import Any, cast, get_origin

from magicgui.widgets import CheckBox, ComboBox, LineEdit
from magicgui.widgets.bases import ValueWidget
from pydantic import TypeAdapter
from pydantic.errors import PydanticSchemaGenerationError, PydanticUserError
from qtpy.QtCore import QSignalBlocker, Qt
from qtpy.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..rules import show
from .numbers import NumberControl, NumberField, Steps, read_number, write_number
from .sequences import item_kinds, read_items, write_items
from .specs import UNSET, FieldSpec, alike

NARROWEST = 56
"""Width in pixels that a field needs at least; a dock may be 260 pixels wide."""

USUAL_CHANNELS = 4
"""Channels that are offered while no image says how many it has."""

State = Any
"""What an editor shows, and the value that it holds: for `Editor.restore` alone."""


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
        self._held: tuple[Any, Any] | None = None
        self._empty = self.state()

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether this kind of editor can show the field."""
        raise NotImplementedError

    def _make_widget(self) -> ValueWidget[Any]:
        raise NotImplementedError

    def _shown(self) -> Any:
        """Return what the widget shows."""
        return self.widget.value

    def _show(self, shown: Any) -> None:
        """Let the widget show something that `_shown` has returned before."""
        self.widget.value = shown

    def _read(self, shown: Any) -> Any:
        """Turn what the widget shows into a value, or `UNSET`."""
        return shown

    def _write(self, value: Any) -> Any:
        """Turn a value into what the widget is to show."""
        return value

    @property
    def native(self) -> QWidget:
        """The Qt widget."""
        return cast("QWidget", self.widget.native)

    @property
    def parts(self) -> list[QWidget]:
        """The Qt widgets that take the keyboard, in the order of the Tab key."""
        return [self.native]

    def get(self) -> Any:
        """Read the value, for the model to validate; `UNSET` where there is none."""
        shown = self._shown()
        if self._held is not None and self._held[0] == shown:
            return self._held[1]
        return self._read(shown)

    def set(self, value: Any) -> None:
        """Show a value. What says the same already stays as it was typed."""
        if not alike(self.get(), value):
            self._show(self._write(value))
        self._held = (self._shown(), value)

    def state(self) -> State:
        """Return what is shown, half-typed text too, for `restore`."""
        return self._shown(), self._held

    def restore(self, state: State) -> None:
        """Show again what was shown when `state` was called."""
        shown, held = state
        if self._shown() != shown:
            self._show(shown)
        self._held = held

    def clear(self) -> None:
        """Show that there is no value yet."""
        self.restore(self._empty)

    def describe(self, value: Any) -> str:
        """Write a value as the widget shows it, for a tooltip."""
        return str(self._write(value))

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back whenever a person or the program changes the value."""
        self.widget.changed.connect(lambda *_: callback())


# Numbers, text, lists: a line that is read


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


def show_any(value: Any) -> str:
    """Write a value of an unexpected type: nothing for none, a word for the others."""
    return "" if value is None or value is UNSET else str(value)


# True or false, choices, channels


class BoolEditor(Editor):
    """True or false: a check box."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a bool that can't be null."""
        return spec.kind is bool and not spec.nullable

    def _make_widget(self) -> ValueWidget[Any]:
        widget = CheckBox(text="")
        self._box: QCheckBox = widget.native
        if self.spec.default is UNSET:
            self._box.setCheckState(Qt.CheckState.PartiallyChecked)
        # The third state, nothing chosen yet, is one that people can only leave.
        self._box.clicked.connect(lambda: self._box.setTristate(False))
        return widget

    def _shown(self) -> Qt.CheckState:
        return self._box.checkState()

    def _show(self, shown: Qt.CheckState) -> None:
        self._box.setCheckState(shown)
        self._box.setTristate(shown == Qt.CheckState.PartiallyChecked)

    def _read(self, shown: Qt.CheckState) -> Any:
        unset = shown == Qt.CheckState.PartiallyChecked
        return UNSET if unset else shown == Qt.CheckState.Checked

    def _write(self, value: Any) -> Qt.CheckState:
        return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked

    def describe(self, value: Any) -> str:
        """Write yes or no."""
        return "yes" if value else "no"

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back when the check box changes, into any of its three states."""
        self._box.stateChanged.connect(lambda *_: callback())


class ChoiceEditor(Editor):
    """One of several values, each with its type: a dropdown.

    The dropdown holds the choices' numbers and not the choices, because Qt and
    magicgui take 1, 1.0 and True for the same.
    """

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a ``Literal`` or an ``Enum``."""
        return bool(spec.choices)

    def _entries(self) -> list[tuple[str, Any]]:
        """Return label and value of each choice."""
        choices = self.spec.choices
        labels = [choice_label(choice) for choice in choices]
        if len({label.lower() for label in labels}) < len(labels):
            labels = [show(choice) for choice in choices]
        return list(zip(labels, choices, strict=True))

    def _make_widget(self) -> ValueWidget[Any]:
        self._values = [value for _, value in self._entries()]
        combo = dropdown([(label, i) for i, (label, _) in enumerate(self._entries())])
        combo.native.setPlaceholderText("choose…")
        if self.spec.default is UNSET:
            combo.native.setCurrentIndex(-1)
        return combo

    def _shown(self) -> int:
        return cast("int", self.widget.native.currentIndex())

    def _show(self, shown: int) -> None:
        self.widget.native.setCurrentIndex(shown)

    def _read(self, shown: int) -> Any:
        return self._values[shown] if shown >= 0 else UNSET

    def _write(self, value: Any) -> int:
        for index, choice in enumerate(self._values):
            if alike(choice, value) or alike(getattr(choice, "value", UNSET), value):
                return index
        return -1

    def describe(self, value: Any) -> str:
        """Write the choice as the dropdown does."""
        index = self._write(value)
        return str(self._entries()[index][0]) if index >= 0 else show_any(value)


class BoolChoiceEditor(ChoiceEditor):
    """True, false or null: a dropdown of three."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is a bool that may be null."""
        return spec.kind is bool and spec.nullable

    def _entries(self) -> list[tuple[str, Any]]:
        return [("auto", None), ("yes", True), ("no", False)]


class ChannelEditor(Editor):
    """A channel of the image: a dropdown whose first entry is the model's own."""

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether the field is marked as a channel."""
        return spec.is_channel and spec.kind is int

    def _make_widget(self) -> ValueWidget[Any]:
        start = self.spec.extra.get("channel_start")
        self._start = start if isinstance(start, int) else -1
        self._names: list[str] | None = None
        return dropdown(self._entries(self._start))

    def _entries(self, value: int) -> list[tuple[str, int]]:
        label = str(self.spec.extra.get("channel_start_label", "original"))
        first = self._start + 1
        names = [""] * USUAL_CHANNELS if self._names is None else self._names
        entries = [(label, self._start)]
        for number, name in enumerate(names, first):
            text = f"Channel {number}: {name}" if name else f"Channel {number}"
            entries.append((text, number))
        if all(value != number for _, number in entries):
            where = "" if self._names is None else " (not in this image)"
            entries.append((f"Channel {value}{where}", value))
        return entries

    def describe(self, value: Any) -> str:
        """Write the channel as the dropdown does."""
        labels = {number: text for text, number in self._entries(self._write(value))}
        return labels[self._write(value)]

    def _show(self, shown: Any) -> None:
        """Show a channel; one that the image lacks is shown as such."""
        before = self.widget.value
        self._fill(shown)
        if before != shown:
            self.widget.changed.emit(shown)

    def _write(self, value: Any) -> int:
        return value if isinstance(value, int) else self._start

    def set_channels(self, names: Sequence[str] | None) -> None:
        """Offer the channels of an image, and keep the one that is chosen."""
        names = None if names is None else list(names)
        if names != self._names:
            self._names = names
            self._fill(int(self.widget.value))

    def _fill(self, value: int) -> None:
        fill(self.widget, self._entries(value), value)


def choice_label(choice: Any) -> str:
    """Write a choice for a dropdown."""
    name = getattr(choice, "name", None)
    value = getattr(choice, "value", choice)
    if isinstance(name, str) and not isinstance(value, str):
        return name  # a member of an enumeration of numbers
    return str(value) if value is not None else "none"


def dropdown(choices: Sequence[tuple[str, Any]] = ()) -> ComboBox:
    """Make a dropdown that long entries do not widen."""
    combo = ComboBox(choices=list(choices))
    # With a new parent, magicgui fills it again, and then chooses the first entry.
    # (The signal had another name before magicgui 0.10.)
    signal = getattr(combo, "native_parent_changed", None) or combo.parent_changed
    signal.disconnect(combo.reset_choices)
    native: QComboBox = combo.native
    native.setSizeAdjustPolicy(
        QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    )
    native.setMinimumContentsLength(4)
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


# Null


class NullableEditor(Editor):
    """Any other field that may be None: a check box "auto" before the field."""

    def __init__(
        self, spec: FieldSpec, inner: Editor, *, stacked: bool = False
    ) -> None:
        self.inner = inner
        self._stacked = stacked
        super().__init__(spec)
        self._on_auto(False)

    def _make_widget(self) -> ValueWidget[Any]:
        auto = CheckBox(text="auto", tooltip="Let the model decide.")
        auto.changed.connect(self._on_auto)
        auto.native.clicked.connect(self._on_click)
        self._box = in_a_row(auto.native, self.inner.native, stacked=self._stacked)
        row = cast("QBoxLayout", self._box.layout())
        if not self._stacked:
            row.setStretchFactor(self.inner.native, 1)
            row.addStretch(0)  # keeps "auto" on the left while it is alone
        return auto

    @property
    def native(self) -> QWidget:
        """The check box with the field behind it."""
        return self._box

    @property
    def parts(self) -> list[QWidget]:
        """The check box, then the field."""
        return [self.widget.native, *self.inner.parts]

    def _on_auto(self, auto: bool) -> None:
        # A number that is not used would only mislead.
        self.inner.native.setVisible(not auto)

    def _on_click(self, auto: bool) -> None:
        if not auto:
            self.inner.parts[0].setFocus()

    def get(self) -> Any:
        """Read the inner field, or None where "auto" is checked."""
        return None if self.widget.value else self.inner.get()

    def describe(self, value: Any) -> str:
        """Write a value as the field does, or "auto" for None."""
        return "auto" if value is None else self.inner.describe(value)

    def set(self, value: Any) -> None:
        """Show a value, or check "auto" for None."""
        if value is not None:
            self.inner.set(value)
        self.widget.value = value is None

    def state(self) -> State:
        """Return whether "auto" is checked, and what the field shows."""
        return self.widget.value, self.inner.state()

    def restore(self, state: State) -> None:
        """Show again what was shown."""
        auto, inner = state
        self.inner.restore(inner)
        self.widget.value = auto

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back for the check box and for the field."""
        super().on_change(callback)
        self.inner.on_change(callback)


def in_a_row(*widgets: QWidget, stacked: bool = False) -> QWidget:
    """Put widgets side by side, or below each other, without a margin."""
    box = QWidget()
    row: QBoxLayout = QVBoxLayout(box) if stacked else QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget)
    return box


EDITORS: tuple[type[Editor], ...] = (
    ChannelEditor,
    ChoiceEditor,
    BoolEditor,
    BoolChoiceEditor,
    IntEditor,
    FloatEditor,
    TextEditor,
    SequenceEditor,
    PathEditor,
    AnyEditor,
)
"""Kinds of editors; the first that fits a field is used."""


def plain_editor(spec: FieldSpec) -> Editor:
    """Make the editor of a field that is not a group."""
    kind = next(kind for kind in EDITORS if kind.fits(spec))
    editor = kind(spec)
    if not spec.nullable or kind in (AnyEditor, BoolChoiceEditor):
        return editor
    return NullableEditor(spec, editor)
