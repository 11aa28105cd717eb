"""Rows of a form: label, field, unit, the way back to the default, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from qtpy.QtCore import QEvent, QObject, Qt
from qtpy.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .fields import Editor, NullableEditor, PathEditor, State, plain_editor
from .labels import breakable, plain_label, plain_tooltip, wrapped_label
from .marks import ErrorMark, ResetButton, mark_wrong, reset_width
from .specs import UNSET, FieldSpec, alike, arranged, attribute, field_specs


class _Nothing:
    def __repr__(self) -> str:
        return "nothing"


NOTHING = _Nothing()
"""What a model gets for a field with a default that a person has emptied."""

Path = tuple[str, ...]
"""Keys from the root of a model to one of its fields."""


class Row:
    """One field with all that stands beside it.

    Parameters
    ----------
    spec : FieldSpec
        The field.
    editor : Editor
        Shows its value.
    parent : QWidget
        The widget whose layout the row is in.
    """

    def __init__(self, spec: FieldSpec, editor: Editor, parent: QWidget) -> None:
        self.spec = spec
        self.editor = editor
        self.default = spec.default
        self.error = ""
        self.changed = False
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
        self._units = plain_label(spec.units, parent) if spec.units else None
        self._describe()

    @property
    def group(self) -> FieldGrid | None:
        """The rows inside, where the field is a group."""
        editor = self.editor
        inner = editor.inner if isinstance(editor, NullableEditor) else editor
        return inner.grid if isinstance(inner, GroupEditor) else None

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
            native = grid.indexOf(self.editor.native)
            line = self._line if self.group else grid.getItemPosition(native)[0]
            grid.addWidget(self._reset, line, 3)
        if self._error is not None:
            grid.addWidget(self._error[0], self._line + 2, 0, 1, 4)

    def refresh(self) -> bool:
        """Mark the field as changed, or not; tell whether that is new."""
        changed = self._differs()
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

    def _differs(self) -> bool:
        value, group = self.editor.get(), self.group
        if group is None:
            return not alike(value, self.default)
        if (value is None) != (self.default is None):
            return True
        return value is not None and any(row.changed for row in group.rows.values())

    def set_error(self, sentence: str) -> None:
        """Show what is wrong, or that nothing is."""
        if sentence == self.error:
            return
        self.error = sentence
        if sentence and not self._visible:
            self.set_visible(True)  # what is wrong must be seen
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

    def reset(self) -> None:
        """Go back to the default, or to nothing where there is none."""
        if self.default is UNSET:
            self.editor.clear()
        else:
            self.editor.set(self.default)

    def set_default(self, value: Any) -> None:
        """Give the field another default; show it unless it has been changed."""
        if self.group is not None:
            for row in self.group.rows.values():
                own = row.spec.default
                is_model = isinstance(value, BaseModel)
                row.set_default(attribute(value, row.spec.name) if is_model else own)
        before, self.default = self.default, value
        if not self.changed and (
            self.group is None or (before is None) != (value is None)
        ):
            self.reset()
        if self._reset is not None:
            self._reset.setToolTip(self._back_to())

    def _back_to(self) -> str:
        default = self.default
        if default is UNSET or self.group is not None:
            return "Back to the default."
        words = self.editor.describe(default) or "empty"
        return plain_tooltip(f"Back to the default: {words}")

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


class FieldGrid(QWidget):
    """The rows of a model's fields, with the advanced ones folded away below.

    Parameters
    ----------
    specs : sequence of FieldSpec
        The fields.
    on_change : callable
        Called when a person or the program changes a value.
    wheel : WheelFilter
        Keeps the mouse wheel from changing fields that have no focus.
    parent : QWidget, optional
        The Qt parent.
    """

    def __init__(
        self,
        specs: Sequence[FieldSpec],
        on_change: Callable[[], None],
        wheel: WheelFilter,
        parents: Sequence[type[BaseModel]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: dict[str, Row] = {}
        self.fold: Fold | None = None
        self._wheel = wheel
        self._parents = parents
        self._on_change = on_change
        self._stacked = False
        self._lines: list[tuple[QGridLayout, int, Row]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._add_rows(layout, [spec for spec in specs if not spec.advanced], self)
        advanced = [spec for spec in specs if spec.advanced]
        if advanced:
            self.fold = Fold(f"Advanced ({len(advanced)})", self)
            layout.addWidget(self.fold.button)
            layout.addWidget(self.fold.body)
            self._add_rows(self.fold.inside, advanced, self.fold.body)

    def _add_rows(
        self, layout: QVBoxLayout, specs: Sequence[FieldSpec], parent: QWidget
    ) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        # Nothing moves when the first field is changed.
        grid.setColumnMinimumWidth(3, reset_width(self))
        for number, spec in enumerate(specs):
            row = self._make_row(spec, parent)
            self.rows[spec.key] = row
            self._lines.append((grid, 3 * number, row))
            row.place(grid, 3 * number, stacked=False)
            if spec.default is not UNSET:
                row.reset()
            row.editor.on_change(self._on_change)
        layout.addLayout(grid)

    def _make_row(self, spec: FieldSpec, parent: QWidget) -> Row:
        editor: Editor
        if spec.group is None or spec.group in self._parents:
            editor = plain_editor(spec)
        else:
            editor = GroupEditor(spec, self._on_change, self._wheel, self._parents)
            if spec.nullable:
                editor = NullableEditor(spec, editor, stacked=True)
        if spec.group is None:
            self._wheel.watch(*editor.parts, *editor.native.findChildren(QSlider))
        if not isinstance(editor, PathEditor):
            for line in editor.native.findChildren(QLineEdit):
                line.setAcceptDrops(False)  # a config file is for the whole form
            editor.native.setAcceptDrops(False)
        return Row(spec, editor, parent)

    def set_stacked(self, stacked: bool) -> None:
        """Put the fields below their labels, or beside them."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for grid, line, row in self._lines:
            row.place(grid, line, stacked=stacked)

    def get(self) -> dict[str, Any]:
        """Read all values by key, for the model to validate."""
        values = {key: row.editor.get() for key, row in self.rows.items()}
        for key in [key for key, value in values.items() if value is UNSET]:
            if self.rows[key].spec.default is UNSET:
                del values[key]
            else:  # or the model would take the default in silence
                values[key] = NOTHING
        return values

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Row]]:
        """Go through all the rows, those inside of groups too."""
        for key, row in self.rows.items():
            yield (*path, key), row
            if row.group is not None:
                yield from row.group.walk((*path, key))

    def parts(self) -> Iterator[QWidget]:
        """Go through the widgets that take the keyboard, as the eye does."""
        fold_shown = self.fold is None
        for row in self.rows.values():
            if row.spec.advanced and not fold_shown and self.fold is not None:
                fold_shown = True
                yield self.fold.button
            yield from row.parts

    def refresh(self) -> bool:
        """Mark what is changed; tell whether any mark is new."""
        news = [
            news
            for row in self.rows.values()
            for news in (row.group is not None and row.group.refresh(), row.refresh())
        ]
        self._open_fold()
        return any(news)

    def set_errors(self, errors: Mapping[Path, str]) -> None:
        """Show what is wrong beside each field."""
        for key, row in self.rows.items():
            row.set_error(errors.get((key,), ""))
            if row.group is not None:
                inside = {p[1:]: text for p, text in errors.items() if p[0] == key}
                row.group.set_errors(inside)
        self._open_fold()

    def _open_fold(self) -> None:
        if self.fold is None or self.fold.button.isChecked():
            return
        if any(
            inner.changed or inner.error
            for row in self.rows.values()
            if row.spec.advanced
            for inner in (row, *_rows_inside(row))
        ):
            self.fold.button.setChecked(True)

    def filter(self, words: Sequence[str]) -> int:
        """Show only the rows that have some words, or that are wrong; count them."""
        shown: dict[str, bool] = {}
        for key, row in self.rows.items():
            shown[key] = row.matches(words) or bool(row.error)
            if row.group is not None:
                # All of a group whose own name has the words, else what has them in it.
                inside = row.group.filter([] if shown[key] else words)
                shown[key] |= inside > 0
        for key, row in self.rows.items():
            row.set_visible(shown[key])
        if self.fold is not None:
            found = sum(shown[key] for key in shown if self.rows[key].spec.advanced)
            self.fold.button.setVisible(found > 0)
            if words and found:
                self.fold.button.setChecked(True)
        return sum(shown.values())


def _rows_inside(row: Row) -> list[Row]:
    return [] if row.group is None else [inner for _, inner in row.group.walk()]


class GroupEditor(Editor):
    """A nested model: its fields, indented."""

    def __init__(
        self,
        spec: FieldSpec,
        on_change: Callable[[], None],
        wheel: WheelFilter,
        parents: Sequence[type[BaseModel]],
    ) -> None:
        assert spec.group is not None
        self._model = spec.group
        self._instance: tuple[State, BaseModel] | None = None
        default = spec.default if isinstance(spec.default, spec.group) else None
        specs = field_specs(spec.group, default)
        self.grid = FieldGrid(specs, on_change, wheel, (*parents, spec.group))
        layout = self.grid.layout()
        assert layout is not None
        layout.setContentsMargins(12, 0, 0, 0)
        super().__init__(spec)

    def _make_widget(self) -> Any:
        return None  # the rows inside have widgets of their own

    @property
    def native(self) -> QWidget:
        """The rows."""
        return self.grid

    @property
    def parts(self) -> list[QWidget]:
        """The widgets inside."""
        return list(self.grid.parts()) or [self.grid]

    def get(self) -> Any:
        """Read the instance that was set, or the values as the model wants them."""
        if self._instance is not None and self._instance[0] == self.state():
            # It may have more than the fields: those of a subclass, extra ones.
            return self._instance[1].model_copy(deep=True)
        return arranged(self._model, self.grid.get())

    def set(self, value: Any) -> None:
        """Show the values of an instance, or of a mapping by key."""
        for key, row in self.grid.rows.items():
            if isinstance(value, Mapping):
                if key in value:
                    row.editor.set(value[key])
            elif isinstance(value, BaseModel):
                row.editor.set(attribute(value, row.spec.name))
        is_instance = isinstance(value, self._model)
        self._instance = (self.state(), value) if is_instance else None

    def state(self) -> State:
        """Return what each field shows."""
        return {key: row.editor.state() for key, row in self.grid.rows.items()}

    def restore(self, state: State) -> None:
        """Show again what was shown."""
        for key, row in self.grid.rows.items():
            row.editor.restore(state[key])

    def on_change(self, callback: Callable[[], None]) -> None:
        """Do nothing: the rows inside call by themselves."""


class Fold(QObject):
    """A head that shows or hides what is below it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QToolButton(parent)
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setObjectName("aiod-advanced")
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body = QWidget(parent)
        self.inside = QVBoxLayout(self.body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.body.hide()
        self.button.toggled.connect(self._on_toggled)

    def _on_toggled(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.button.setArrowType(arrow)
        self.body.setVisible(is_open)


class WheelFilter(QObject):
    """Leave the mouse wheel to the scroll area unless the field has the focus."""

    def watch(self, *widgets: QWidget) -> None:
        """Guard fields, and the sliders beside them."""
        for widget in widgets:
            if isinstance(widget, QAbstractSpinBox | QComboBox | QSlider):
                if not isinstance(widget, QSlider):
                    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Pass a wheel event on to the parent."""
        if (
            event is not None
            and event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
