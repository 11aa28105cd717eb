"""A row of a form: label, field, unit, the way back to the default, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from ..parts import (
    ErrorMark,
    ResetButton,
    breakable,
    mark_wrong,
    plain_label,
    plain_tooltip,
    unit_label,
    wrapped_label,
)
from .editors import UNSET, ChannelEditor, Editor, FieldSpec, NullableEditor
from .rows_inside import RowsInside

Inside = TypeVar("Inside", bound=RowsInside)

FieldPath = tuple[str, ...]
"""Keys from the root of a model to one of its fields."""


class Row(Generic[Inside]):
    """One field with all that stands beside it.

    Parameters
    ----------
    spec : FieldSpec
        The field.
    editor : Editor
        Shows its value.
    parent : QWidget
        The widget whose layout the row is in.
    group : RowsInside or None, default None
        The rows inside, where the field is a group.
    """

    def __init__(
        self,
        spec: FieldSpec,
        editor: Editor,
        parent: QWidget,
        group: Inside | None = None,
    ) -> None:
        self.spec = spec
        self.editor = editor
        self.group = group
        self.default = spec.default
        self.error = ""
        self.changed = False
        self.touched = False  # whether somebody has set it, perhaps to the default
        self._parent = parent
        self._visible = True
        self._grid: QGridLayout | None = None
        self._line = 0
        self._reset: ResetButton | None = None
        self._error: tuple[QWidget, QLabel] | None = None
        native = editor.native
        for widget in (native, *self._own_parts):
            if not isinstance(widget, QToolButton):
                widget.setObjectName(f"aiod-param-{spec.key}")
        if self.group is None:
            fixed = QSizePolicy.Policy.Fixed
            native.setSizePolicy(QSizePolicy.Policy.Expanding, fixed)
        # Beside a buddy, Qt takes & for the mark of a shortcut.
        self.label = plain_label(breakable(spec.label).replace("&", "&&"), parent)
        self.label.setWordWrap(True)
        self.label.setBuddy(editor.parts[0])
        units = spec.extras.units
        self._units = unit_label(units, parent) if units else None
        self._describe()

    @property
    def parts(self) -> Iterator[QWidget]:
        """The Qt widgets that take the keyboard, as the eye meets them."""
        yield from self._own_parts
        if self._reset is not None:
            yield self._reset
        if self.group is not None:
            yield from self.group.parts()

    @property
    def _own_parts(self) -> list[QWidget]:
        """The parts of the field itself, without those of rows inside a group."""
        parts = self.editor.parts
        if self.group is None:
            return parts
        return parts[:1] if isinstance(self.editor, NullableEditor) else []

    def place(self, grid: QGridLayout, line: int, *, stacked: bool) -> None:
        """Put the row into a grid, where it has three lines: label, field, error.

        Parameters
        ----------
        grid : QGridLayout
            Its columns are label, field, unit and reset.
        line : int
            The first of the three lines.
        stacked : bool
            Whether the field is below its label rather than beside it.
        """
        self._grid, self._line = grid, line
        native, below = self.editor.native, line + int(stacked)
        if self.group is not None:
            grid.addWidget(self.label, line, 0, 1, 3)
            grid.addWidget(native, line + 1, 0, 1, 4)
            self.group.set_stacked(stacked)
        else:
            left, right = (0 if stacked else 1), (1 if self._units else 2)
            grid.addWidget(self.label, line, 0, 1, 4 if stacked else 1)
            grid.addWidget(native, below, left, 1, right - left + 1)
            if self._units is not None:
                grid.addWidget(self._units, below, 2)
        self._place_extras()

    def _place_extras(self) -> None:
        grid = self._grid
        assert grid is not None
        if self._reset is not None:
            # Beside the field; that of a group is beside its name.
            line = self._line
            if self.group is None:
                line = grid.getItemPosition(grid.indexOf(self.editor.native))[0]
            grid.addWidget(self._reset, line, 3)
        if self._error is not None:
            grid.addWidget(self._error[0], self._line + 2, 0, 1, 4)

    def refresh(self) -> bool:
        """Mark the field as changed, or not; tell whether that is new."""
        changed = self.editor.differs(self.default)
        if changed == self.changed:
            return False
        self.changed = changed
        if changed and self._reset is None:
            self._add_reset()
        if self._reset is not None:
            self._reset.setVisible(changed and self._visible)
        font = self.label.font()
        font.setBold(changed)
        self.label.setFont(font)
        self._describe()
        return True

    def set_error(self, sentence: str) -> None:
        """Show what is wrong, or that nothing is."""
        if sentence == self.error:
            return
        self.error = sentence
        if sentence:
            self.show()  # what is wrong must be seen
        if sentence and self._error is None:
            self._add_error()
        if self._error is not None:
            box, text = self._error
            text.setText(sentence)
            box.setVisible(bool(sentence))
        parts = self._own_parts
        for part in parts:
            # "auto" and a button beside the field are not what is wrong.
            if len(parts) == 1 or not isinstance(part, QAbstractButton):
                mark_wrong(part, bool(sentence))
        self._describe()

    def set(self, value: Any) -> None:
        """Show a value that somebody wants."""
        self.editor.set(value)
        self.touched = True

    def count_changes(self) -> int:
        """Count what is changed: of a group that is shown, each field in it."""
        if not self.changed or self.group is None:
            return int(self.changed)
        is_shown = self.editor.get() is not None
        return max(1, self.group.count_changes() if is_shown else 0)

    def reset(self) -> None:
        """Go back to the default, or to nothing where there is none."""
        if self.group is not None and self.default is None:
            self.group.reset()
        if self.default is UNSET:
            self.editor.clear()
        else:
            self.editor.set(self.default)
        self.touched = False

    def set_default(self, value: Any) -> None:
        """Give the field another default; show it unless it has been changed."""
        if self.group is not None:
            self.group.take_defaults(value)
        self.default = value
        if not self.changed and not self.touched:
            self.reset()
        if self._reset is not None:
            self._reset.setToolTip(self._back_to())

    def _back_to(self) -> str:
        default = self.default
        if default is UNSET or self.group is not None:
            return "Back to the default."
        words = self.editor.describe(default) or "empty"
        return plain_tooltip(f"Back to the default: {words}")

    def set_channels(self, names: Sequence[str] | None) -> None:
        """Offer the channels of an image, if the field is one of them."""
        editor = self.editor
        inner = editor.inner if isinstance(editor, NullableEditor) else editor
        if isinstance(inner, ChannelEditor):
            inner.set_channels(names)

    def matches(self, words: Sequence[str]) -> bool:
        """Whether label, key or help have all of some words, in lower case."""
        text = f"{self.spec.label} {self.spec.key} {self.spec.tooltip}".lower()
        return all(word in text for word in words)

    def set_visible(self, visible: bool) -> None:
        """Show or hide the row."""
        self._visible = visible
        for widget in (self.label, self.editor.native, self._units):
            if widget is not None:
                widget.setVisible(visible)
        if self._reset is not None:
            self._reset.setVisible(visible and self.changed)
        if self._error is not None:
            self._error[0].setVisible(visible and bool(self.error))

    def show(self) -> None:
        """Show the row, if a filter has hidden it."""
        if not self._visible:
            self.set_visible(True)

    def _describe(self) -> None:
        """Tell the field's help and state to tooltips and to screen readers."""
        spec = self.spec
        tooltip = plain_tooltip(spec.tooltip)
        states = [
            f"Wrong: {self.error}" if self.error else "",
            "Changed." if self.changed else "",
        ]
        description = " ".join(filter(None, [*states, spec.tooltip]))
        self.label.setToolTip(tooltip)
        for slider in self.editor.native.findChildren(QSlider):
            if self.group is None:
                slider.setAccessibleName(spec.label)
        for part in {self.editor.native: None, **dict.fromkeys(self._own_parts)}:
            if isinstance(part, QToolButton):
                continue  # it has words of its own
            part.setToolTip(tooltip)
            part.setAccessibleName(spec.label)
            part.setAccessibleDescription(description)

    def _add_reset(self) -> None:
        button = self._reset = ResetButton(self._parent)
        button.setObjectName(f"aiod-reset-{self.spec.key}")
        button.setToolTip(self._back_to())
        button.setAccessibleName(f"Reset {self.spec.label}")
        button.clicked.connect(self._on_reset)
        self._place_extras()

    def _on_reset(self) -> None:
        self.editor.parts[0].setFocus()  # the button is about to go
        self.reset()

    def _add_error(self) -> None:
        box = QWidget(self._parent)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(4)
        text = wrapped_label(f"aiod-error-{self.spec.key}", box)
        mark_wrong(text, True)
        line.addWidget(ErrorMark(box), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        self._error = box, text
        self._place_extras()
