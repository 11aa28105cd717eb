"""What a field that is a group asks of the rows inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from pydantic import BaseModel
from qtpy.QtWidgets import QWidget

from .editors import State


class RowsInside(Protocol):
    """The rows of a nested model.

    They are a grid, which is made of rows, of which some are groups: a group and its
    row know of the grid inside only this.
    """

    def get(self) -> dict[str, Any]:
        """Read all values by key, for the model to validate."""

    def merged(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Put what the fields of groups show under values that name some of them."""

    def set(self, values: Mapping[str, Any]) -> None:
        """Show values by key; the other fields stay as they are."""

    def show_instance(self, instance: BaseModel) -> dict[str, Any]:
        """Show an instance; return its values by name, as the model holds them."""

    def reset(self) -> None:
        """Go back to the defaults."""

    def take_defaults(self, value: Any) -> None:
        """Give the fields the values of an instance as defaults, or else their own."""

    def is_changed(self) -> bool:
        """Whether any of the fields differs from its default."""

    def count_changes(self) -> int:
        """Count the changed fields, those inside of groups each for itself."""

    def state(self) -> State:
        """Return what each field shows."""

    def changed_state(self) -> State:
        """Return what the fields show that differ from their defaults."""

    def restore(self, state: State) -> None:
        """Show again what some fields have shown."""

    def undo(self, before: State, after: State) -> None:
        """Go back from one state to another, but for what has changed since."""

    def parts(self) -> Iterator[QWidget]:
        """Go through the widgets that take the keyboard, as the eye does."""

    def set_stacked(self, stacked: bool) -> None:
        """Put the fields below their labels, or beside them."""
