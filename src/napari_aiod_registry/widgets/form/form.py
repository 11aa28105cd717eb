"""Any Pydantic model → a form of magicgui widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel
from qtpy.QtWidgets import QVBoxLayout, QWidget

from ...config.files import ConfigFit, as_config, fit_config
from ..parts.input import order_tabs
from ..parts.labels import plain_label, wrapped_label
from ..parts.marks import error_style
from ..parts.notes import Note
from .area import FieldArea
from .config_files import ConfigFiles, table_of
from .editors.base import NARROWEST
from .editors.specs import UNSET, alike
from .head import FormHead
from .validation import find_errors
from .value_form import ValueForm


class ParamForm(ValueForm):
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

    def __init__(self, model: type[BaseModel], parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.config_head: list[str] = []
        self._extra: dict[str, Any] = {}
        self._note: Note | None = None
        self._files = ConfigFiles(self)
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
        self._quiet = False
        self.follow_theme()
        self._update()
        self._order_tabs()

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
        # The file may have been saved from here.
        passed_on = {k for k in data if alike(data[k], self._extra.get(k, UNSET))}
        known = {key: data[key] for key in data if key not in passed_on}
        fit = fit_config(self._model, known, self._sound_values())
        entries = fit.entries + tuple((key, data[key], None) for key in passed_on)
        fit = replace(fit, entries=entries)
        before = self.state()
        named = self._grid.by_key(known)
        self._show(self._grid.named_parts(fit.taken, named))
        undo = self.way_back(before)
        count = len(fit.taken) + len(passed_on)
        note = f"{count} of {len(data)} values taken from {source}."
        self.show_note(note, table_of(fit), undo=undo)
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
