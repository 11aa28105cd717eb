"""The rows of a model, and those of the models inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from pydantic import BaseModel
from qtpy.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ..parts import Fold, WheelFilter, reset_width
from .editors import (
    NOTHING,
    UNSET,
    Editor,
    FieldSpec,
    NullableEditor,
    PathEditor,
    State,
    attribute,
    field_specs,
    plain_editor,
)
from .group import GroupEditor
from .rows import FieldPath, Row

_INDENT = 12
"""Pixels before the fields of a group."""


class FieldGrid(QWidget):
    """The rows of a model's fields, with the advanced ones folded away below.

    Parameters
    ----------
    specs : sequence of FieldSpec
        The fields.
    on_change : callable
        Called when a person or the program changes a value.
    wheel : WheelFilter
        Keeps the mouse wheel from changing fields, but with Ctrl.
    parents : sequence of type[BaseModel], default ()
        The models that these fields are inside of.
    """

    def __init__(
        self,
        specs: Sequence[FieldSpec],
        on_change: Callable[[], None],
        wheel: WheelFilter,
        parents: Sequence[type[BaseModel]] = (),
    ) -> None:
        super().__init__()
        self.rows: dict[str, FieldRow] = {}
        self.fold: Fold | None = None
        self._wheel = wheel
        self._parents = parents
        self._on_change = on_change
        self._stacked = False
        self._seen: list[FieldRow] = []  # of the advanced ones, when last looked at
        self._lines: list[tuple[QGridLayout, int, FieldRow]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_INDENT if parents else 0, 0, 0, 0)
        layout.setSpacing(4)
        self._add_rows(
            layout, [spec for spec in specs if not spec.extras.advanced], self
        )
        advanced = [spec for spec in specs if spec.extras.advanced]
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
            row.editor.on_change(partial(self._on_row_change, row))
        layout.addLayout(grid)

    def _on_row_change(self, row: FieldRow) -> None:
        row.touched = True
        self._on_change()

    def _make_row(self, spec: FieldSpec, parent: QWidget) -> FieldRow:
        editor: Editor
        inside: FieldGrid | None = None
        if spec.group is None or spec.group in self._parents:
            editor = plain_editor(spec)
        else:
            default = spec.default if isinstance(spec.default, spec.group) else None
            specs, parents = field_specs(spec.group, default), self._parents
            inside = FieldGrid(
                specs, self._on_change, self._wheel, (*parents, spec.group)
            )
            editor = GroupEditor(spec, inside, inside)
            if spec.nullable:
                editor = NullableEditor(spec, editor, stacked=True)
        if spec.group is None:
            self._wheel.watch(*editor.parts, *editor.native.findChildren(QSlider))
        if not isinstance(editor, PathEditor):
            for line in editor.native.findChildren(QLineEdit):
                line.setAcceptDrops(False)  # a config file is for the whole form
            editor.native.setAcceptDrops(False)
        return Row(spec, editor, parent, inside)

    def set_stacked(self, stacked: bool) -> None:
        """Put the fields below their labels, or beside them."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for grid, line, row in self._lines:
            row.place(grid, line, stacked=stacked)

    def get(self) -> dict[str, Any]:
        """Read all values by key, for the model to validate."""
        values: dict[str, Any] = {}
        for key, row in self.rows.items():
            value = row.editor.raw()
            if row.spec.null_by_default and value is None:
                continue  # the model has this default as long as nobody names it
            if value is not UNSET:
                values[key] = value
            elif row.spec.default is not UNSET:
                values[key] = NOTHING  # or the model would take the default in silence
        return values

    def held(self, instance: BaseModel) -> dict[str, Any]:
        """Return the values of an instance by key, as the model itself holds them."""
        specs = {key: row.spec for key, row in self.rows.items()}
        return {k: s.held(attribute(instance, s.name)) for k, s in specs.items()}

    def set(self, values: Mapping[str, Any]) -> None:
        """Show values by key; the other fields stay as they are."""
        for key, row in self.rows.items():
            if key in values:
                row.set(values[key])

    def show_instance(self, instance: BaseModel) -> dict[str, Any]:
        """Show an instance; return its values by name, as the model holds them."""
        held = self.held(instance)
        for key, row in self.rows.items():
            row.editor.set(held[key])
        return {row.spec.name: held[key] for key, row in self.rows.items()}

    def reset(self) -> None:
        """Go back to the defaults."""
        for row in self.rows.values():
            row.reset()

    def merged(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Put what the fields of groups show under values that name some of them."""
        return {
            key: row.editor.merged(value)
            if (row := self.rows.get(key)) is not None and row.group is not None
            else value
            for key, value in wanted.items()
        }

    def named_parts(
        self, taken: Mapping[str, Any], named: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Cut instances of groups down to the fields that a config names."""
        found = dict(taken)
        for key, value in taken.items():
            row = self.rows[key]
            inside = named.get(key)
            if (
                row.group is None
                or not isinstance(value, BaseModel)
                or not isinstance(inside, Mapping)
            ):
                continue
            inner = row.group.by_key(inside)
            parts = {
                inner_key: attribute(value, inner_row.spec.name)
                for inner_key, inner_row in row.group.rows.items()
                if inner_key in inner
            }
            found[key] = row.group.named_parts(parts, inner)
        return found

    def by_key(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Turn names of fields into keys, inside of groups too."""
        keys = {row.spec.name: key for key, row in self.rows.items()}
        found: dict[str, Any] = {}
        for name, value in values.items():
            key = name if name in self.rows else keys.get(name, name)
            row = self.rows.get(key)
            if row is not None and row.group is not None and isinstance(value, Mapping):
                value = row.group.by_key(value)
            found[key] = value
        return found

    def without_implied(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out of a config the nulls that the model has only by default."""
        found = dict(config)
        for key, row in self.rows.items():
            inner = found.get(key)
            if row.spec.null_by_default and inner is None:
                found.pop(key, None)
            elif row.group is not None and isinstance(inner, Mapping):
                found[key] = row.group.without_implied(inner)
        return found

    # What is shown, half-typed text too

    def state(self) -> dict[str, State]:
        """Return what each field shows."""
        return {key: row.editor.state() for key, row in self.rows.items()}

    def changed_state(self) -> dict[str, State]:
        """Return what the fields show that differ from their defaults."""
        rows = self.rows.items()
        return {key: row.editor.changed_state() for key, row in rows if row.changed}

    def restore(self, state: Mapping[str, State]) -> None:
        """Show again what some fields have shown."""
        for key, shown in state.items():
            self.rows[key].editor.restore(shown)

    def undo(self, before: Mapping[str, State], after: Mapping[str, State]) -> None:
        """Go back from one state to another, but for what has changed since."""
        for key, row in self.rows.items():
            row.editor.undo(before[key], after[key])

    def walk(self, path: FieldPath = ()) -> Iterator[tuple[FieldPath, FieldRow]]:
        """Go through all the rows, those inside of groups too."""
        for key, row in self.rows.items():
            yield (*path, key), row
            if row.group is not None:
                yield from row.group.walk((*path, key))

    def parts(self) -> Iterator[QWidget]:
        """Go through the widgets that take the keyboard, as the eye does."""
        fold_shown = self.fold is None
        for row in self.rows.values():
            if row.spec.extras.advanced and not fold_shown and self.fold is not None:
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

    def set_defaults(self, values: Mapping[str, Any]) -> None:
        """Give the fields other defaults, or their own where none is named."""
        for key, row in self.rows.items():
            row.set_default(values.get(key, row.spec.default))

    def take_defaults(self, value: Any) -> None:
        """Give the fields the values of an instance as defaults, or else their own."""
        self.set_defaults(self.held(value) if isinstance(value, BaseModel) else {})

    def is_changed(self) -> bool:
        """Whether any of the fields differs from its default."""
        return any(row.changed for row in self.rows.values())

    def count_changes(self) -> int:
        """Count the changed fields, those inside of groups each for itself."""
        return sum(row.count_changes() for row in self.rows.values())

    def set_errors(self, errors: Mapping[FieldPath, str]) -> None:
        """Show what is wrong beside each field."""
        for key, row in self.rows.items():
            row.set_error(errors.get((key,), ""))
            if row.group is not None:
                inside = {p[1:]: e for p, e in errors.items() if p[:1] == (key,) != p}
                row.group.set_errors(inside)
                if inside:
                    row.show()  # what is wrong must be seen, whatever the filter says
        self._open_fold()

    def _open_fold(self) -> None:
        if self.fold is None:
            return
        inside = [
            inner
            for row in self.rows.values()
            if row.spec.extras.advanced
            for inner in (row, *_rows_inside(row))
        ]
        if any(row.error for row in inside):
            self.fold.button.show()  # a filter may have hidden it
        # Only for what is new, or nobody could fold it again.
        worth_seeing = [row for row in inside if row.changed or row.error]
        if any(row not in self._seen for row in worth_seeing):
            self.fold.button.setChecked(True)
        self._seen = worth_seeing

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
            found = sum(
                shown[key] for key in shown if self.rows[key].spec.extras.advanced
            )
            self.fold.button.setVisible(found > 0)
            if words and found:
                self.fold.button.setChecked(True)
        return sum(shown.values())


FieldRow = Row[FieldGrid]
"""A row whose group, if it is one, is such a grid."""


def _rows_inside(row: FieldRow) -> list[FieldRow]:
    return [] if row.group is None else [inner for _, inner in row.group.walk()]
