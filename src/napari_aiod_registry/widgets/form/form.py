"""Any Pydantic model → a form of magicgui widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from qtpy.QtCore import Signal
from qtpy.QtWidgets import QVBoxLayout, QWidget

from ...config import ConfigFit, as_config
from ..parts import (
    HeldWidget,
    Note,
    Theme,
    WheelFilter,
    error_style,
    order_tabs,
    plain_label,
    wrapped_label,
)
from .area import FieldArea
from .config_files import ConfigFiles
from .editors import NARROWEST, FieldSpec, State
from .form_values import FormValues
from .grid import FieldRow
from .head import FormHead
from .judging import ConfigQuestion, JudgedConfig
from .rows import FieldPath

_BORDERS = 6
"""Pixels that styles may put around what is in a form."""


class ParamForm(HeldWidget):
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
        self._extra: dict[str, Any] = {}
        self._note: Note | None = None
        self._values = FormValues(model, self._on_values, WheelFilter(self))
        self._grid = self._values.grid
        self._files = ConfigFiles(self, self)
        self._head = FormHead(len(self.specs), self)
        self._head.filtered.connect(self._on_filter)
        self._head.reset.connect(self._on_reset)
        self._head.load.connect(self._files.choose_and_load)
        self._head.save.connect(self._files.choose_and_save)
        self._whole = wrapped_label("aiod-form-error", self)
        self._whole.hide()
        self._none_found = plain_label("No parameter has these words.", self)
        self._none_found.hide()
        self._area = FieldArea(self._grid, (self._whole, self._none_found), self)
        self._area.stacked.connect(self._head.set_stacked)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addWidget(self._head)
        self._layout.addWidget(self._area, 1)
        self._theme = Theme(self, _style)
        # With the font, the room that the fields want changes.
        self._theme.followed.connect(self._area.measure_again)
        self._theme.follow()
        self._values.check()
        self._show_status()
        self._order_tabs()

    # What a form is asked

    @property
    def model(self) -> type[BaseModel]:
        """The model class."""
        return self._values.model

    def value(self) -> BaseModel:
        """Return the values as an instance of the model.

        Raises
        ------
        pydantic.ValidationError
            With everything that the model refuses; `errors` has it in plain words.
        """
        return self._values.get()

    def errors(self) -> dict[str, str]:
        """List what is wrong: key of the field → a sentence.

        The key of a field in a group is written ``group.field``; what belongs to no
        field has the key ``""``.
        """
        return {".".join(path): text for path, text in self._values.errors.items()}

    def changes(self) -> list[str]:
        """List the keys of the fields that differ from their defaults."""
        return [key for key, row in self._grid.rows.items() if row.changed]

    def changed_values(self) -> dict[str, Any]:
        """Return the changed values that are right, by key."""
        sound = self._values.sound()
        return {key: sound[key] for key in self.changes() if key in sound}

    @property
    def specs(self) -> dict[str, FieldSpec]:
        """What the form knows of each field, by key."""
        return {key: row.spec for key, row in self._grid.rows.items()}

    def walk(self) -> Iterator[tuple[FieldPath, FieldRow]]:
        """Go through the rows by path, those inside of groups too."""
        return self._grid.walk()

    # What a form is told

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
        self._values.set(value)

    def reset(self) -> None:
        """Go back to the defaults."""
        self._values.reset()

    def set_defaults(self, values: Mapping[str, Any]) -> None:
        """Put other defaults under the values; what a person has changed stays.

        Parameters
        ----------
        values : mapping
            Key → a value that the model takes. A field that is not named has the
            model's own default.
        """
        self._values.set_defaults(values)

    def set_channels(self, names: Sequence[str] | None) -> None:
        """Offer the channels of an image in every channel field.

        Parameters
        ----------
        names : sequence of str or None
            One for each channel, empty where a channel has no name. None where nobody
            knows which channels there are.
        """
        for _, row in self.walk():
            row.set_channels(names)

    def state(self) -> State:
        """Return all that is shown, half-typed text too, for `restore`."""
        return self._values.state()

    def changed_state(self) -> State:
        """Return of `state` what differs from the defaults, for `restore`."""
        return self._values.changed_state()

    def restore(self, state: State) -> None:
        """Show again what was shown when `state` or `changed_state` was called.

        The other fields stay as they are.
        """
        self._values.restore(state)

    def way_back(self, before: State) -> Callable[[], None]:
        """Make what undoes a change that has just been made, and nothing after it.

        Parameters
        ----------
        before : State
            What `state` returned before the change.
        """
        after = self.state()
        return lambda: self._values.undo(before, after)

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
        return self.take_config(self.ask(data).judge(), source)

    def ask(self, data: Mapping[str, Any]) -> ConfigQuestion:
        """Ask what the model takes of a config; any thread may answer."""
        values = self._values
        sound, changes = values.sound(), values.count_of_changes
        return ConfigQuestion(self.model, data, sound, self._extra, changes)

    def take_config(self, judged: JudgedConfig, source: str) -> ConfigFit:
        """Show what the model takes of a config, as `apply_config` does."""
        before = self.state()
        named = self._grid.by_key(judged.known)
        self._values.show(self._grid.named_parts(judged.fit.taken, named))
        undo = self.way_back(before)
        count, of = judged.count, len(judged.question.data)
        note = f"{count} of {of} values taken from {source}."
        self.show_note(note, judged.rows, undo=undo)
        return judged.fit

    # How high it is

    def set_whole(self, whole: bool) -> None:
        """Show all the fields, for something around that scrolls, or scroll them."""
        self._area.set_whole(whole)

    def least_height(self, *, whole: bool) -> int:
        """Return the height in pixels that is needed, if all the fields are shown."""
        above = [part for part in (self._head, self._note) if part is not None]
        heights = [
            max(part.heightForWidth(self.width()), part.minimumSizeHint().height())
            + self._layout.spacing()
            for part in above
            if not part.isHidden()
        ]
        return sum(heights) + _BORDERS + self._area.least_height(whole=whole)

    @property
    def files(self) -> ConfigFiles:
        """What loads and saves config files."""
        return self._files

    def load_config(self, path: str | Path) -> None:
        """Read a config file in the background, and show it when it is there."""
        self._files.load(Path(path))

    def save_config(self, path: str | Path) -> None:
        """Write the values to a config file in the background.

        Raises
        ------
        pydantic.ValidationError
            As `value`.
        """
        self._files.save(Path(path), self.config())

    def show_note(self, text: str, rows: Any = (), undo: Any = None) -> None:
        """Say something above the fields: see `Note.show_note`."""
        self._there_is_a_note().show_note(text, rows, undo)
        self._order_tabs()

    def add_note(self, text: str, rows: Any = ()) -> None:
        """Say something more above the fields: see `Note.add`."""
        self._there_is_a_note().add(text, rows)
        self._order_tabs()

    def _there_is_a_note(self) -> Note:
        if self._note is None:
            self._note = Note(self)
            self._layout.insertWidget(1, self._note)
        return self._note

    def hide_note(self) -> None:
        """Take the note away."""
        if self._note is not None:
            self._note.hide_note()

    # What happens inside

    def _on_values(self, marks_are_new: bool) -> None:
        self._show_status()
        if marks_are_new:
            self._order_tabs()
        self.changed.emit()

    def _show_status(self) -> None:
        """Say what is wrong as a whole, and how many fields are wrong or changed."""
        errors = self._values.errors
        if any(errors):
            self._none_found.hide()  # the wrong ones are there
        self._whole.setText(errors.get((), ""))
        self._whole.setVisible(() in errors)
        self._head.show_status(self._grid.count_changes(), len(errors))

    def _on_filter(self, text: str) -> None:
        found = self._grid.filter(text.lower().split())
        self._none_found.setVisible(not found and not any(self._values.errors))

    def _on_reset(self) -> None:
        before, count = self.state(), self._grid.count_changes()
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


def _style(form: QWidget) -> str:
    # napari's style asks for more width than a dock of 260 pixels has.
    return (
        f"QAbstractSpinBox, QComboBox, QLineEdit {{min-width: {NARROWEST}px}}"
        + error_style(form)
    )
