"""A config file that is passed on untouched, where a model has no parameters here."""

from __future__ import annotations

from qtpy.QtCore import Signal
from qtpy.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...registry import PREVIEW, Registry, Resolution, Selection
from ..parts import CONFIG_FILES, breakable, plain_tooltip, wrapped_label

_NONE = "No config file: the model's own settings are used."
_GIVEN = "This config file is passed on to the model untouched."
_CHOSEN = "Your config file is passed on to the model untouched."


class PassedOn(QWidget):
    """Shows the config file of a version without parameters, and lets people choose.

    Attributes
    ----------
    changed : Signal
        Emitted when a person chooses a file, or goes back to the manifest's.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._resolution: Resolution | None = None
        self._chosen: dict[Selection, str] = {}
        self._text = wrapped_label("aiod-passed-on", self)
        self._path = QLineEdit(self)
        self._path.setObjectName("aiod-passed-on-path")
        self._path.setReadOnly(True)
        self._path.setAccessibleName("Config file that is passed on")
        self._choose = QPushButton("Choose config…", self)
        self._choose.setObjectName("aiod-passed-on-choose")
        self._choose.clicked.connect(self._on_choose)
        self._back = QPushButton("Take mine back", self)
        self._back.setObjectName("aiod-passed-on-back")
        self._back.setToolTip(
            "Pass on the manifest's config file again, if it has one."
        )
        self._back.clicked.connect(self._on_back)
        buttons = QHBoxLayout()
        buttons.addWidget(self._choose)
        buttons.addWidget(self._back)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)
        layout.addWidget(self._path)
        layout.addLayout(buttons)

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [self._path, self._choose, self._back]

    @property
    def path(self) -> str | None:
        """The file that is passed on: chosen by a person, or the manifest's."""
        found = self._resolution
        if found is None:
            return None
        return self._chosen.get(found.selection) or found.config_path

    def set_registry(self, registry: Registry) -> None:
        """Forget what was chosen for previews that are closed.

        Another file may come under the name of one.
        """
        self._chosen = {
            selection: path
            for selection, path in self._chosen.items()
            if not selection.model.startswith(PREVIEW) or selection.model in registry
        }

    def choose(self, path: str) -> None:
        """Pass on a person's file for this version, or with an empty text none."""
        if self._resolution is not None:
            self._chosen[self._resolution.selection] = path
            self.show_resolution(self._resolution)
            self.changed.emit()

    def show_resolution(self, resolution: Resolution | None) -> None:
        """Show which config file is passed on, for a version without parameters."""
        self._resolution = resolution
        if resolution is None:
            self.hide()
            return
        chosen = self._chosen.get(resolution.selection)
        path = self.path or ""
        text = _CHOSEN if chosen else _GIVEN if path else _NONE
        places = resolution.version_task.locations
        stated = next(filter(None, (place.config_path for place in places)), None)
        if stated and not path:
            text = (
                f"The model's config file is not on this computer: {breakable(stated)}"
            )
        self._text.setText(text)
        self._path.setText(path)
        self._path.setToolTip(plain_tooltip(path))
        self._path.setVisible(bool(path))
        self._back.setVisible(bool(chosen))
        self.setVisible(not resolution.version_task.params)

    def _on_back(self) -> None:
        self.choose("")

    def _on_choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Choose config", "", CONFIG_FILES)
        if path:
            self.choose(path)
