"""The values of a form: shown, read, reset, and given back as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from qtpy.QtCore import Signal
from qtpy.QtWidgets import QWidget

from ...messages.wording import meant
from ..parts.input import WheelFilter
from ..parts.themed import ThemedWidget
from .editors.base import State
from .editors.specs import FieldSpec, attribute, copied, field_specs, validate
from .grid import FieldGrid
from .rows import Path, Row
from .validation import by_field, is_named


class ValueForm(ThemedWidget):
    """The rows of a model, and the values in them.

    `ParamForm` adds what is around them.

    Parameters
    ----------
    model : type[BaseModel]
        Any model class.
    parent : QWidget, optional
        The Qt parent.

    Attributes
    ----------
    changed : Signal
        Emitted when a value changes, by hand or by the program.
    """

    changed = Signal()

    def __init__(self, model: type[BaseModel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._quiet = True  # until all is there
        self._errors: dict[Path, str] = {}
        self._more: dict[str, Any] = {}  # what the model has beside its fields
        self._grid = FieldGrid(field_specs(model), self._on_change, WheelFilter(self))

    # What others use

    @property
    def model(self) -> type[BaseModel]:
        """The model class."""
        return self._model

    def value(self) -> BaseModel:
        """Return the values as an instance of the model.

        Raises
        ------
        pydantic.ValidationError
            With everything that the model refuses; `errors` has it in plain words.
        """
        return validate(self._model, self._values())

    def errors(self) -> dict[str, str]:
        """List what is wrong: key of the field → a sentence.

        The key of a field in a group is written ``group.field``; what belongs to no
        field has the key ``""``.
        """
        return {".".join(path): text for path, text in self._errors.items()}

    def changes(self) -> list[str]:
        """List the keys of the fields that differ from their defaults."""
        return [key for key, row in self._grid.rows.items() if row.changed]

    def changed_values(self) -> dict[str, Any]:
        """Return the changed values that are right, by key."""
        sound = self._sound_values()
        return {key: sound[key] for key in self.changes() if key in sound}

    @property
    def specs(self) -> dict[str, FieldSpec]:
        """What the form knows of each field, by key."""
        return {key: row.spec for key, row in self._grid.rows.items()}

    def walk(self) -> Iterator[tuple[Path, Row]]:
        """Go through the rows by path, those inside of groups too."""
        return self._grid.walk()

    def set_value(self, value: BaseModel | Mapping[str, Any]) -> None:
        """Show values.

        Parameters
        ----------
        value : BaseModel or mapping
            An instance of the model, or values by key or field name; fields that a
            mapping does not name stay as they are, those inside of a group too.

        Raises
        ------
        pydantic.ValidationError
            Where the model refuses a value. Nothing is changed then.
        ValueError
            Where there is no such field, or where a validator of the model fails.
        """
        rows = self._grid.rows
        if isinstance(value, BaseModel):
            self._more = dict(value.model_extra or {})
            specs = self.specs.items()
            self._show({k: spec.held(attribute(value, spec.name)) for k, spec in specs})
            return
        wanted = self._grid.by_key(value)
        unknown = [key for key in wanted if key not in rows]
        if unknown and self._model.model_config.get("extra") in (None, "ignore"):
            hint = meant(str(unknown[0]), rows, "Fields")
            raise ValueError(f"The form has no field {unknown[0]!r}. {hint}")
        merged = {**self._sound_values(), **self._grid.merged(wanted)}
        try:
            instance = validate(self._model, merged)
        except ValidationError as error:
            wrong = by_field(error, self._model, self._grid)
            if any(is_named(path, wanted) for path in wrong):
                raise
            # Others lack a value yet, which is not the fault of these.
            self._show({key: wanted[key] for key in wanted if key in rows})
            return
        except Exception as error:  # a validator of anybody's model
            why = str(error) or type(error).__name__
            raise ValueError(f"The values can't be checked: {why}") from error
        self._more = {**self._more, **{key: wanted[key] for key in unknown}}
        names = {key: rows[key].spec.name for key in wanted if key in rows}
        self._show({key: attribute(instance, name) for key, name in names.items()})

    def reset(self) -> None:
        """Go back to the defaults."""

        def put() -> None:
            self._more = {}
            for row in self._grid.rows.values():
                row.reset()

        self._change(put)

    def set_defaults(self, values: Mapping[str, Any]) -> None:
        """Put other defaults under the values; what a person has changed stays.

        Parameters
        ----------
        values : mapping
            Key → a value that the model takes. A field that is not named has the
            model's own default.
        """
        self._change(lambda: self._grid.set_defaults(values))

    def set_channels(self, names: Sequence[str] | None) -> None:
        """Offer the channels of an image in every channel field.

        Parameters
        ----------
        names : sequence of str or None
            One for each channel, empty where a channel has no name. None where nobody
            knows which channels there are.
        """
        for _, row in self._grid.walk():
            row.set_channels(names)

    def state(self) -> State:
        """Return all that is shown, half-typed text too, for `restore`."""
        return self._grid.state(), self._more

    def changed_state(self) -> State:
        """Return of `state` what differs from the defaults, for `restore`."""
        return self._grid.changed_state(), self._more

    def restore(self, state: State) -> None:
        """Show again what was shown when `state` or `changed_state` was called.

        The other fields stay as they are.
        """

        def put() -> None:
            self._grid.restore(state[0])
            self._more = state[1]

        self._change(put)

    def way_back(self, before: State) -> Callable[[], None]:
        """Make what undoes a change that has just been made, and nothing after it.

        Parameters
        ----------
        before : State
            What `state` returned before the change.
        """
        after = self.state()

        def put() -> None:
            self._grid.undo(before[0], after[0])
            if self._more is after[1]:
                self._more = before[1]

        return lambda: self._change(put)

    # What happens inside

    def _sound_values(self) -> dict[str, Any]:
        """Read the values without those that are wrong."""
        wrong = {path[0] for path in self._errors if path}
        return {key: value for key, value in self._values().items() if key not in wrong}

    def _values(self) -> dict[str, Any]:
        return {**self._more, **self._grid.get()}

    def _show(self, values: Mapping[str, Any]) -> None:
        def put() -> None:
            for key, value in values.items():
                # A copy, for others may change theirs.
                self._grid.rows[key].set(copied(value))

        self._change(put)

    def _change(self, put: Any) -> None:
        """Change many fields, and tell of it once."""
        self._quiet = True
        try:
            put()
        finally:
            self._quiet = False
        self._update()
        self.changed.emit()

    def _on_change(self) -> None:
        if not self._quiet:
            self._update()
            self.changed.emit()

    def _update(self) -> None:
        """Validate, and mark what is wrong or changed."""
        raise NotImplementedError
