"""A nested model in a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel
from qtpy.QtWidgets import QWidget

from ...config import arranged, config_key
from ...typed import alike
from .editors import Editor, FieldSpec, State, attribute
from .rows_inside import RowsInside


class GroupEditor(Editor):
    """A nested model: its fields, indented.

    Parameters
    ----------
    spec : FieldSpec
        The field.
    rows : RowsInside
        The fields of the model.
    box : QWidget
        Has the rows in it.
    """

    has_parts = True

    def __init__(self, spec: FieldSpec, rows: RowsInside, box: QWidget) -> None:
        assert spec.group is not None
        self._model = spec.group
        self._rows = rows
        self._box = box
        # The instance that was set, and what the fields showed then. It may have more
        # than the fields: those of a subclass, extra ones.
        self._instance: tuple[State, BaseModel] | None = None
        super().__init__(spec)

    def _make_widget(self) -> Any:
        return None  # the rows inside have widgets of their own

    @property
    def native(self) -> QWidget:
        """What has the rows in it."""
        return self._box

    @property
    def parts(self) -> list[QWidget]:
        """The widgets inside."""
        return list(self._rows.parts()) or [self._box]

    def get(self) -> Any:
        """Read the instance that was set, or the values as the model wants them."""
        if self._instance is not None and alike(self._instance[0], self._rows.state()):
            return self._instance[1].model_copy(deep=True)
        return self.merged({})

    def merged(self, wanted: Any) -> Any:
        """Put what the fields show under a mapping that names some of them."""
        if not isinstance(wanted, Mapping):
            return wanted
        values = {**self._rows.get(), **self._rows.merged(wanted)}
        if self._instance is None:
            return values
        instance = self._instance[1]
        values = {**self._beside(instance), **values}
        kind = type(instance)
        if kind is self._model:
            return values
        try:
            return kind.model_validate(arranged(kind, values))
        except Exception:  # noqa: BLE001 - the model around says what is wrong
            return values

    def _beside(self, instance: BaseModel | None) -> dict[str, Any]:
        """Return what an instance has beside the fields that are shown, by key."""
        if instance is None:
            return {}
        fields, shown = type(instance).model_fields, self._model.model_fields
        return {
            config_key(name, info): attribute(instance, name)
            for name, info in fields.items()
            if name not in shown
        } | (instance.model_extra or {})

    def differs(self, default: Any) -> bool:
        """Whether a field inside differs, or what the instance has beside them."""
        if self._rows.is_changed():
            return True
        mine = None if self._instance is None else self._instance[1]
        other = default if isinstance(default, BaseModel) else None
        return not alike(
            (type(mine or other), self._beside(mine)),
            (type(other or mine), self._beside(other)),
        )

    def set(self, value: Any) -> None:
        """Show the values of an instance, or of a mapping by key."""
        if isinstance(value, Mapping):
            self._rows.set(value)
            return
        self._instance = None
        if isinstance(value, BaseModel):
            held = self._rows.show_instance(value)
            if isinstance(value, self._model):
                self._instance = self._rows.state(), value.model_copy(update=held)

    def state(self) -> State:
        """Return what each field shows."""
        return self._instance, self._rows.state()

    def changed_state(self) -> State:
        """Return what the fields show that differ from their defaults."""
        return self._instance, self._rows.changed_state()

    def restore(self, state: State) -> None:
        """Show again what was shown."""
        self._instance = state[0]
        self._rows.restore(state[1])

    def undo(self, before: State, after: State) -> None:
        """Go back from one state to another, but for what has changed since."""
        self._rows.undo(before[1], after[1])
        if self._instance is after[0]:
            self._instance = before[0]

    def on_change(self, callback: Callable[[], None]) -> None:
        """Do nothing: the rows inside call by themselves."""
