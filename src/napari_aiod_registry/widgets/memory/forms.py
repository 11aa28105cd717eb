"""The forms of a picker: made when they are first wanted, kept, and filled."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from qtpy.QtCore import QObject, QSize, Signal
from qtpy.QtWidgets import QStackedWidget, QWidget

from ...config import ConfigError, ConfigFit, fit_config, read_config
from ...registry import Registry, Resolution, Selection
from ..form import ParamForm
from ..parts import Background
from .values import FormMemory

MAX_FORMS = 24
"""Forms that are kept. Their values are remembered longer, and cost little."""

_OTHER = "you chose another version"

_NO_FIT = ConfigFit({}, {}, ())
"""What a model takes where there is no config file."""


class FormStack(QStackedWidget):
    """The forms, of which one is shown.

    Their height is not a matter of their width, but of the room that there is: each
    form scrolls by itself.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_whole = False

    def hasHeightForWidth(self) -> bool:
        """Whether another width asks for another height: no."""
        return False

    def set_whole(self, whole: bool) -> None:
        """Show all the fields, for something around that scrolls, or scroll them."""
        if whole != self._is_whole:
            self._is_whole = whole
            for form in self._forms():
                form.set_whole(whole)
            self.updateGeometry()

    def least_height(self, *, whole: bool) -> int:
        """Return the height in pixels that the form in sight needs."""
        form = self.currentWidget()
        return form.least_height(whole=whole) if isinstance(form, ParamForm) else 0

    def minimumSizeHint(self) -> QSize:
        """Ask for the height of the form in sight, not of the highest."""
        width = super().minimumSizeHint().width()
        return QSize(width, self.least_height(whole=self._is_whole))

    def addWidget(self, widget: QWidget | None) -> int:
        """Add a form."""
        if isinstance(widget, ParamForm):
            widget.set_whole(self._is_whole)
        return super().addWidget(widget)

    def _forms(self) -> list[ParamForm]:
        widgets = map(self.widget, range(self.count()))
        return [form for form in widgets if isinstance(form, ParamForm)]


class Forms(QObject):
    """Shows the form of a resolution in a stack, with the values it had before.

    Parameters
    ----------
    stack : QStackedWidget
        Where the forms are shown.
    background : Background
        Reads config files.

    Attributes
    ----------
    changed : Signal
        Emitted when a person or the program changes a value of the form shown.
    manifest_dropped : Signal
        Emitted with a path when a manifest is dropped on a form.
    """

    changed = Signal()
    manifest_dropped = Signal(object)

    def __init__(self, stack: QStackedWidget, background: Background) -> None:
        super().__init__(stack)
        self._stack = stack
        self._background = background
        self._memory = FormMemory()
        self._forms: OrderedDict[type[BaseModel], ParamForm] = OrderedDict()
        self._bases: dict[Selection, tuple[str, dict[str, Any] | ConfigError]] = {}
        self._channels: Sequence[str] | None = None
        self._selection: Selection | None = None
        self._entering = False

    @property
    def current(self) -> ParamForm | None:
        """The form that is shown."""
        form = self._stack.currentWidget()
        return form if isinstance(form, ParamForm) else None

    def set_channels(self, names: Sequence[str] | None) -> None:
        """Offer the channels of an image in all the forms."""
        self._channels = names
        for form in self._forms.values():
            form.set_channels(names)

    def set_registry(self, registry: Registry) -> None:
        """Hear that there are other models now.

        Config files are read anew: the manifests may name others. What was typed for a
        preview goes with it: another file may come under its name.
        """
        self._bases = {}
        self._memory.keep(registry)

    def show(self, resolution: Resolution) -> None:
        """Show the form of a resolution."""
        selection = resolution.selection
        self._entering = True
        try:
            form, stopped = self._form_for(resolution.params_model), None
            if self.current is not None:
                self._memory.leave(self.current)
                if selection != self._selection or form is not self.current:
                    stopped = self.current.files.cancel()
            has_changed = selection == self._selection
            form.config_head = resolution.config_head
            self._selection = selection
            fit = self._fit_base(form, selection)
            form.set_defaults(fit.taken)
            form.set_extra(self._base(selection))
            self._memory.enter(selection, form)
            self._tell_of_base(form, selection, fit)
            if stopped is not None:
                why = "the manifest has changed" if has_changed else _OTHER
                form.add_note(f"{stopped} is not loaded: {why}.")
            self._stack.setCurrentWidget(form)
        finally:
            self._entering = False
        self.find_base(resolution)

    def _form_for(self, model: type[BaseModel]) -> ParamForm:
        form = self._forms.get(model)
        if form is None:
            form = self._forms[model] = ParamForm(model)
            form.set_channels(self._channels)
            form.changed.connect(self._on_changed)
            form.files.open_manifest = self.manifest_dropped.emit
            self._stack.addWidget(form)
        self._forms.move_to_end(model)
        while len(self._forms) > MAX_FORMS:
            _, old = self._forms.popitem(last=False)
            self._stack.removeWidget(old)
            old.deleteLater()
        return form

    def _on_changed(self) -> None:
        if not self._entering:
            self.changed.emit()

    # The config file that lies under the values

    def find_base(self, resolution: Resolution) -> None:
        """Read the config file of the weights in the background, if they have one."""
        chosen, selection = resolution.chosen, resolution.selection
        form = self.current
        if (
            chosen is None
            or chosen.config_path is None
            or chosen.config_is_remote
            or form is None
            or not form.model.model_fields
            or selection in self._bases
        ):
            return
        path, bases = chosen.config_path, self._bases

        def read() -> dict[str, Any] | ConfigError:
            try:
                return read_config(Path(path))
            except ConfigError as error:
                return error

        def use(data: dict[str, Any] | ConfigError) -> None:
            if bases is self._bases:  # or else the manifest may name another by now
                self._use_base(selection, path, data)

        self._background.run(read, use)

    def _use_base(
        self, selection: Selection, path: str, data: dict[str, Any] | ConfigError
    ) -> None:
        self._bases[selection] = path, data
        form = self.current
        if form is None or selection != self._selection:
            return
        fit = self._fit_base(form, selection)
        form.set_extra(self._base(selection))
        self._memory.set_defaults(form, fit.taken)
        self._tell_of_base(form, selection, fit)

    def _tell_of_base(
        self, form: ParamForm, selection: Selection, fit: ConfigFit
    ) -> None:
        """Say where the defaults come from, and what could not be used."""
        if selection not in self._bases:
            return
        path, data = self._bases[selection]
        if isinstance(data, ConfigError):
            form.add_note(f"The model's config file is not used. {data}")
            return
        rows = [
            (key, str(data[key]), f"not taken: {why}")
            for key, why in fit.refused.items()
            if key in form.specs
        ]
        form.add_note(f"The defaults are those of {Path(path).name}.", rows)

    def _base(self, selection: Selection) -> dict[str, Any]:
        _, data = self._bases.get(selection, ("", {}))
        return {} if isinstance(data, ConfigError) else data

    def _fit_base(self, form: ParamForm, selection: Selection) -> ConfigFit:
        base = self._base(selection)
        return fit_config(form.model, base) if base else _NO_FIT
