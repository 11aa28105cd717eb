"""The values of a form: shown, judged, reset, and given back as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from ...messages import meant
from ..parts import WheelFilter
from .editors import State, attribute, copied, field_specs, validate
from .grid import FieldGrid
from .rows import FieldPath
from .validation import by_field, find_errors, is_named


class FormValues:
    """The values of a model, in a grid of fields.

    Parameters
    ----------
    model : type[BaseModel]
        Any model class.
    on_change : callable
        Called when a value has changed, by hand or by the program, once for all that
        change together. It is given whether the marks beside the fields have changed.
    wheel : WheelFilter
        Keeps the mouse wheel from changing fields, but with Ctrl.

    Attributes
    ----------
    grid : FieldGrid
        The fields.
    errors : dict
        Path of a field → what is wrong with its value. What belongs to no field has the
        path ``()``.
    count_of_changes : int
        How often values have changed since the form was made.
    """

    def __init__(
        self,
        model: type[BaseModel],
        on_change: Callable[[bool], None],
        wheel: WheelFilter,
    ) -> None:
        self.model = model
        self.errors: dict[FieldPath, str] = {}
        self.count_of_changes = 0
        self._on_change = on_change
        self._more: dict[str, Any] = {}  # what the model has beside its fields
        self._quiet = True  # while many fields change
        self.grid = FieldGrid(field_specs(model), self._on_field, wheel)
        self._quiet = False

    # Read

    def get(self) -> BaseModel:
        """Return the values as an instance of the model, or raise what it refuses."""
        return validate(self.model, self._all())

    def sound(self) -> dict[str, Any]:
        """Return the values that are right, by key."""
        wrong = {path[0] for path in self.errors if path}
        return {key: value for key, value in self._all().items() if key not in wrong}

    def _all(self) -> dict[str, Any]:
        return {**self._more, **self.grid.get()}

    def check(self) -> bool:
        """Mark what is wrong or changed; tell whether any mark is new."""
        self.errors = find_errors(self.model, self._all(), self.grid)
        self.grid.set_errors(self.errors)
        return self.grid.refresh()

    # Changed

    def show(self, values: Mapping[str, Any]) -> None:
        """Show values by key, whatever the model says of them."""
        # Copies, for others may change theirs.
        copies = {key: copied(value) for key, value in values.items()}
        self._change(lambda: self.grid.set(copies))

    def set(self, value: BaseModel | Mapping[str, Any]) -> None:
        """Show an instance, or what the model takes of values by key or field name.

        Raises
        ------
        pydantic.ValidationError
            Where the model refuses a value. Nothing is changed then.
        ValueError
            Where there is no such field, or where a validator of the model fails.
        """
        rows = self.grid.rows
        if isinstance(value, BaseModel):
            self._more = dict(value.model_extra or {})
            self.show(self.grid.held(value))
            return
        wanted = self.grid.by_key(value)
        unknown = [key for key in wanted if key not in rows]
        if unknown and self.model.model_config.get("extra") in (None, "ignore"):
            hint = meant(str(unknown[0]), rows, "Fields")
            raise ValueError(f"The form has no field {unknown[0]!r}. {hint}")
        instance = self._with(wanted)
        if instance is None:
            self.show({key: wanted[key] for key in wanted if key in rows})
            return
        self._more = {**self._more, **{key: wanted[key] for key in unknown}}
        names = {key: rows[key].spec.name for key in wanted if key in rows}
        self.show({key: attribute(instance, name) for key, name in names.items()})

    def _with(self, wanted: Mapping[str, Any]) -> BaseModel | None:
        """Make an instance of some values, and of those shown for the other fields.

        None where the model refuses only others, which lack a value yet: that is not
        the fault of these.
        """
        merged = {**self.sound(), **self.grid.merged(wanted)}
        try:
            return validate(self.model, merged)
        except ValidationError as error:
            wrong = by_field(error, self.model, self.grid)
            if any(is_named(path, wanted) for path in wrong):
                raise
            return None
        except Exception as error:  # a validator of anybody's model
            why = str(error) or type(error).__name__
            raise ValueError(f"The values can't be checked: {why}") from error

    def reset(self) -> None:
        """Go back to the defaults."""

        def put() -> None:
            self._more = {}
            self.grid.reset()

        self._change(put)

    def set_defaults(self, values: Mapping[str, Any]) -> None:
        """Put other defaults under the values; what a person has changed stays."""
        self._change(lambda: self.grid.set_defaults(values))

    # Shown, half-typed text too

    def state(self) -> State:
        """Return all that is shown."""
        return self.grid.state(), self._more

    def changed_state(self) -> State:
        """Return of `state` what differs from the defaults."""
        return self.grid.changed_state(), self._more

    def restore(self, state: State) -> None:
        """Show again what was shown; the other fields stay as they are."""

        def put() -> None:
            self.grid.restore(state[0])
            self._more = state[1]

        self._change(put)

    def undo(self, before: State, after: State) -> None:
        """Go back from one state to another, but for what has changed since."""

        def put() -> None:
            self.grid.undo(before[0], after[0])
            if self._more is after[1]:
                self._more = before[1]

        self._change(put)

    # What tells of it

    def _change(self, put: Callable[[], None]) -> None:
        """Change many fields, and tell of it once."""
        self._quiet = True
        try:
            put()
        finally:
            self._quiet = False
        self._tell()

    def _on_field(self) -> None:
        if not self._quiet:
            self._tell()

    def _tell(self) -> None:
        self.count_of_changes += 1
        self._on_change(self.check())
