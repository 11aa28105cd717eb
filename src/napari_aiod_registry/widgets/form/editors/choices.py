"""Fields to choose in: check boxes, and dropdowns of choices and channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from magicgui.widgets import CheckBox
from magicgui.widgets.bases import ValueWidget
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QCheckBox, QListView
from superqt.utils import signals_blocked

from ....typed import alike, labels_of
from .base import Editor, dropdown, fill, show_any
from .specs import UNSET, FieldSpec

_PLAIN = (str, int, float, bool)
"""Types whose values are found at once; of others, it is looked at one by one."""

USUAL_CHANNELS = 4
"""Channels that are offered while no image says how many it has."""


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
        self._box.clicked.connect(self._leave_third_state)
        return widget

    def _leave_third_state(self, *_: object) -> None:
        self._box.setTristate(False)

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

    def _listen(self) -> None:
        # magicgui's signal tells of two of the three states.
        self._box.stateChanged.connect(self._on_change)


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
        return list(zip(labels_of(choices), choices, strict=True))

    def _make_widget(self) -> ValueWidget[Any]:
        entries = self._entries()
        self._labels = [label for label, _ in entries]
        self._values = [value for _, value in entries]
        self._numbers = _numbers(self._values)
        # magicgui would look for each choice among those before it.
        combo = dropdown()
        with signals_blocked(combo.native):
            combo.native.addItems(self._labels)
        view = combo.native.view()
        if isinstance(view, QListView):  # or each of thousands would be measured
            view.setUniformItemSizes(True)
        combo.native.setPlaceholderText("choose…")
        if self.spec.default in (UNSET, None):
            combo.native.setCurrentIndex(-1)  # nobody has chosen any
        return combo

    def _shown(self) -> int:
        return cast("int", self.widget.native.currentIndex())

    def _show(self, shown: int) -> None:
        self.widget.native.setCurrentIndex(shown)

    def _read(self, shown: int) -> Any:
        return self._values[shown] if shown >= 0 else UNSET

    def _listen(self) -> None:
        # magicgui's tells the choices by the data of the entries, which have none.
        self.widget.native.currentIndexChanged.connect(self._on_change)

    def _write(self, value: Any) -> int:
        if type(value) in _PLAIN and value == value:  # "not a number" is none of them
            return self._numbers.get((type(value), value), -1)
        for index, choice in enumerate(self._values):
            if alike(choice, value) or alike(getattr(choice, "value", UNSET), value):
                return index
        return -1

    def describe(self, value: Any) -> str:
        """Write the choice as the dropdown does."""
        index = self._write(value)
        return self._labels[index] if index >= 0 else show_any(value)


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
        return spec.extras.is_channel and spec.kind is int

    def _make_widget(self) -> ValueWidget[Any]:
        self._start = self.spec.extras.channel_start
        self._names: list[str] | None = None
        return dropdown(self._entries(self._start))

    def _entries(self, value: int) -> list[tuple[str, int]]:
        first = self._start + 1
        names = [""] * USUAL_CHANNELS if self._names is None else self._names
        entries = [(self.spec.extras.channel_start_label, self._start)]
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


def _numbers(choices: Sequence[Any]) -> dict[tuple[type, Any], int]:
    """List the plain choices, and those with a plain value, by type and value."""
    numbers: dict[tuple[type, Any], int] = {}
    for index, choice in enumerate(choices):
        for value in (choice, getattr(choice, "value", UNSET)):
            if type(value) in _PLAIN:
                numbers.setdefault((type(value), value), index)
    return numbers
