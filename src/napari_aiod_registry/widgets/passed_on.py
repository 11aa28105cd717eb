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

from .config_files import CONFIG_FILES
from .labels import breakable, plain_tooltip, wrapped_label

_NONE = "No config file: the model's own settings are used."
_GIVEN = "This config file is passed on to the model untouched."
_CHOSEN = "Your config file is passed on to the model untouched."


class PassedOn(QWidget):
    """Shows the config file of a version without parameters, and lets people choose.

    Attributes
    ----------
    chosen : Signal
        Emitted with a path when a person chooses a file, with an empty text when they
        go back to the manifest's.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self._back.clicked.connect(lambda: self.chosen.emit(""))
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

    def show_config(
        self, given: str | None, chosen: str | None, stated: str | None = None
    ) -> None:
        """Show which config file is passed on.

        Parameters
        ----------
        given : str or None
            The manifest's, if this machine can tell it.
        chosen : str or None
            The person's, which goes before.
        stated : str or None, optional
            What the manifest names, though nothing of it can be had here.
        """
        path = chosen or given or ""
        text = _CHOSEN if chosen else _GIVEN if given else _NONE
        if stated and not path:
            text = f"The model's config file can't be had here: {breakable(stated)}"
        self._text.setText(text)
        self._path.setText(path)
        self._path.setToolTip(plain_tooltip(path))
        self._path.setVisible(bool(path))
        self._back.setVisible(bool(chosen))

    def _on_choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Choose config", "", CONFIG_FILES)
        if path:
            self.chosen.emit(path)
