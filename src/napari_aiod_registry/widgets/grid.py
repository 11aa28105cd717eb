"""The rows of a model, and those of the models inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from qtpy.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from .editor import Editor, State
from .fields import NullableEditor, plain_editor
from .fold import Fold
from .lines import PathEditor
from .marks import reset_width
from .rows import Path, Row
from .specs import UNSET, FieldSpec, arranged, attribute, field_specs
from .wheel import WheelFilter


class _Nothing:
    def __repr__(self) -> str:
        return "nothing"


NOTHING = _Nothing()
"""What a model gets for a field with a default that a person has emptied."""


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
                inside = {p[1:]: e for p, e in errors.items() if p[:1] == (key,) != p}
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
        self._rows = FieldGrid(specs, on_change, wheel, (*parents, spec.group))
        layout = self._rows.layout()
        assert layout is not None
        layout.setContentsMargins(12, 0, 0, 0)
        super().__init__(spec)

    def _make_widget(self) -> Any:
        return None  # the rows inside have widgets of their own

    @property
    def grid(self) -> FieldGrid:
        """The rows inside."""
        return self._rows

    @property
    def native(self) -> QWidget:
        """The rows."""
        return self._rows

    @property
    def parts(self) -> list[QWidget]:
        """The widgets inside."""
        return list(self._rows.parts()) or [self._rows]

    def get(self) -> Any:
        """Read the instance that was set, or the values as the model wants them."""
        if self._instance is not None and self._instance[0] == self.state():
            # It may have more than the fields: those of a subclass, extra ones.
            return self._instance[1].model_copy(deep=True)
        return arranged(self._model, self._rows.get())

    def set(self, value: Any) -> None:
        """Show the values of an instance, or of a mapping by key."""
        for key, row in self._rows.rows.items():
            if isinstance(value, Mapping):
                if key in value:
                    row.editor.set(value[key])
            elif isinstance(value, BaseModel):
                row.editor.set(attribute(value, row.spec.name))
        is_instance = isinstance(value, self._model)
        self._instance = (self.state(), value) if is_instance else None

    def state(self) -> State:
        """Return what each field shows."""
        return {key: row.editor.state() for key, row in self._rows.rows.items()}

    def restore(self, state: State) -> None:
        """Show again what was shown."""
        for key, row in self._rows.rows.items():
            row.editor.restore(state[key])

    def on_change(self, callback: Callable[[], None]) -> None:
        """Do nothing: the rows inside call by themselves."""
