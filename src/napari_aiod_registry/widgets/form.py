"""Any Pydantic model → a form of magicgui widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError
from qtpy.QtCore import Signal
from qtpy.QtWidgets import QVBoxLayout, QWidget

from ..configs import ConfigFit, as_config, fit_config
from ..rules import meant
from .area import FieldArea
from .config_files import ConfigFiles, table_of
from .editor import NARROWEST, State
from .grid import FieldGrid
from .head import FormHead
from .labels import plain_label, wrapped_label
from .marks import error_style
from .notes import Note
from .rows import Path, Row
from .specs import FieldSpec, attribute, field_specs, validate
from .tabs import order_tabs
from .themed import ThemedWidget
from .validation import by_field, find_errors, is_named
from .wheel import WheelFilter


class ParamForm(ThemedWidget):
    """A form with one row for each field of a Pydantic model.

    The model says what is right: after each key press the values are validated, and a
    wrong field shows beside it what is wrong. The form works without napari and
    without a registry.

    Parameters
    ----------
    model : type[BaseModel]
        Any model class. Title, description, type, default, bounds and, in
        ``json_schema_extra``, ``units``, ``step``, ``advanced`` of its fields are used.
        A nested model becomes a group; a type that has no control of its own becomes a
        line of JSON.
    parent : QWidget, optional
        The Qt parent.

    Attributes
    ----------
    changed : Signal
        Emitted when a value changes, by hand or by the program.
    config_head : list of str
        Lines that a saved config file begins with, as comments.

    Examples
    --------
    >>> class Threshold(BaseModel):
    ...     level: float = Field(0.5, ge=0, le=1, title="Level")
    >>> form = ParamForm(Threshold)
    >>> form.value()
    Threshold(level=0.5)
    """

    changed = Signal()

    def __init__(self, model: type[BaseModel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.config_head: list[str] = []
        self._model = model
        self._quiet = True  # until all is there
        self._errors: dict[Path, str] = {}
        self._extra: dict[str, Any] = {}
        self._more: dict[str, Any] = {}  # what the model has beside its fields
        self._note: Note | None = None
        specs = field_specs(model)
        self._files = ConfigFiles(self)
        self._head = FormHead(len(specs), self)
        self._head.filtered.connect(self._on_filter)
        self._head.reset.connect(self._on_reset)
        self._head.load.connect(self._files.choose_and_load)
        self._head.save.connect(self._files.choose_and_save)
        self._whole = wrapped_label("aiod-form-error", self)
        self._whole.hide()
        self._none_found = plain_label("No parameter has these words.", self)
        self._none_found.hide()
        self._grid = FieldGrid(specs, self._on_change, WheelFilter(self))
        self._area = FieldArea(self._grid, (self._whole, self._none_found), self)
        self._area.stacked.connect(self._head.set_stacked)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addWidget(self._head)
        self._layout.addWidget(self._area, 1)
        self._quiet = False
        self.follow_theme()
        self._update()
        self._order_tabs()

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

    # Config files

    def config(self) -> dict[str, Any]:
        """Return the values as a config: key → plain value, in the fields' order.

        What `set_extra` was given comes behind.

        Raises
        ------
        pydantic.ValidationError
            As `value`.
        """
        config = as_config(self.value())
        return self._grid.without_implied(config) | self._extra

    def set_extra(self, extra: Mapping[str, Any]) -> None:
        """Pass on more keys with the config, which the form does not show."""
        self._extra = {k: v for k, v in extra.items() if k not in self._grid.rows}

    def apply_config(self, data: Mapping[str, Any], source: str) -> ConfigFit:
        """Show what the model takes of a config, and say what it does not take.

        Parameters
        ----------
        data : mapping
            What the file holds.
        source : str
            The file's name, for the note.

        Returns
        -------
        ConfigFit
            Which keys were taken, and why others were not. The form shows it as a
            table, with a button that undoes all of it.
        """
        fit = fit_config(self._model, data, self._sound_values())
        before = self.state()
        self._show(fit.taken)
        undo = self.way_back(before)
        count = f"{len(fit.taken)} of {len(data)} values taken from {source}."
        self.show_note(count, table_of(fit), undo=undo)
        return fit

    @property
    def files(self) -> ConfigFiles:
        """What loads and saves config files."""
        return self._files

    def load_config(self, path: str | FilePath) -> None:
        """Read a config file in the background, and show it when it is there."""
        self._files.load(FilePath(path))

    def save_config(self, path: str | FilePath) -> None:
        """Write the values to a config file in the background.

        Raises
        ------
        pydantic.ValidationError
            As `value`.
        """
        self._files.save(FilePath(path), self.config())

    def show_note(self, text: str, rows: Any = (), undo: Any = None) -> None:
        """Say something above the fields: see `Note.show_note`."""
        if self._note is None:
            self._note = Note(self)
            self._layout.insertWidget(1, self._note)
        self._note.show_note(text, rows, undo)
        self._order_tabs()

    def hide_note(self) -> None:
        """Take the note away."""
        if self._note is not None:
            self._note.hide_note()

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
                self._grid.rows[key].editor.set(value)

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
        self._errors = find_errors(self._model, self._values(), self._grid)
        self._grid.set_errors(self._errors)
        if any(self._errors):
            self._none_found.hide()  # the wrong ones are there
        self._whole.setText(self._errors.get((), ""))
        self._whole.setVisible(() in self._errors)
        if self._grid.refresh():
            self._order_tabs()
        self._head.show_status(self._grid.count_changes(), len(self._errors))

    def _on_filter(self, text: str) -> None:
        found = self._grid.filter(text.lower().split())
        self._none_found.setVisible(not found and not any(self._errors))

    def _on_reset(self) -> None:
        before, count = self.state(), len(self.changes())
        self.reset()
        undo = self.way_back(before)
        words = "One parameter is" if count == 1 else f"{count} parameters are"
        self.show_note(f"{words} back at the default.", undo=undo)

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in the order of the Tab key."""
        note = self._note.parts() if self._note is not None else []
        return [*self._head.parts(), *note, *self._grid.parts()]

    def _order_tabs(self) -> None:
        order_tabs(self.parts())

    # Qt

    def theme_style(self) -> str:
        """Return the style of the form for the colours that there are now."""
        # napari's style asks for more width than a dock of 260 pixels has.
        return (
            f"QAbstractSpinBox, QComboBox, QLineEdit {{min-width: {NARROWEST}px}}"
            + error_style(self)
        )

    def follow_theme(self) -> None:
        """Follow the theme with the colours, and the font with the room for fields."""
        super().follow_theme()
        self._area.measure_again()
