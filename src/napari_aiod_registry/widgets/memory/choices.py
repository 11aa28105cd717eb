"""Which selection somebody chooses, written down for the next napari."""

from __future__ import annotations

from qtpy.QtCore import QObject, QTimer

from ...registry import Selection
from .between_sessions import Remembered

_SOON = 300
"""Milliseconds after which a choice is written down for the next napari."""

_STAYED = 2000
"""Milliseconds after which a choice counts as used, and not as passed by."""


class Choices(QObject):
    """Sees each selection, and writes down those that somebody stays with.

    Parameters
    ----------
    remembered : Remembered
        Where they are written.
    parent : QObject
        The Qt parent.
    """

    def __init__(self, remembered: Remembered, parent: QObject) -> None:
        super().__init__(parent)
        self._remembered = remembered
        self._current: Selection | None = None
        self._seen: Selection | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._write)
        self._stayed = QTimer(self)
        self._stayed.setSingleShot(True)
        self._stayed.setInterval(_STAYED)
        self._stayed.timeout.connect(self._use)

    def pass_over(self, selection: Selection | None) -> None:
        """See what nobody has chosen: it is not written down."""
        self._seen = self._current = selection

    def see(self, selection: Selection | None) -> None:
        """See what is chosen now, be it the same as before or another."""
        self._current = selection
        if selection is None or selection == self._seen:
            return
        self._seen = selection
        self._soon.start()
        self._stayed.start()

    def write_now(self) -> None:
        """Write down at once what would be written soon."""
        if self._soon.isActive():
            self._soon.stop()
            self._write()

    def _write(self) -> None:
        if self._seen is not None:
            self._remembered.choose(self._seen)

    def _use(self) -> None:
        if self._current is not None:
            self._remembered.use(self._current)
