"""Tells when a file on disk has changed, however it was saved.

An editor writes into the file, or puts another file in its place, or deletes it and
writes it anew. The system loses sight of a file that is replaced, so its folder is
watched as well.
"""

from __future__ import annotations

from pathlib import Path

from qtpy.QtCore import QElapsedTimer, QFileSystemWatcher, QObject, QTimer, Signal

_QUIET = 60
"""Milliseconds without news after which a save is taken to be done."""

_LONGEST = 180
"""Milliseconds after which a file is looked at though news go on."""


class FileWatch(QObject):
    """Watches one file.

    Parameters
    ----------
    path : Path
        The file, which need not exist yet.
    parent : QObject
        The Qt parent.

    Attributes
    ----------
    changed : Signal
        Emitted when the file may have changed: it was written, replaced, deleted, or it
        has come back. Also when another file of the folder has.
    """

    changed = Signal()

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._paths = [str(path), str(path.parent)]
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_news)
        self._watcher.directoryChanged.connect(self._on_news)
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_quiet)

    def look(self) -> None:
        """Begin to watch, or watch again what the system has lost sight of.

        Call this when the disk has just answered: one that hangs would hold up the
        caller.
        """
        watched = {*self._watcher.files(), *self._watcher.directories()}
        for path in self._paths:
            if path not in watched:
                self._watcher.addPath(path)

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)

    def _on_news(self, _path: str) -> None:
        if not self._timer.isActive():
            self._since.start()
        left = max(0, _LONGEST - self._since.elapsed())
        self._timer.start(min(_QUIET, left))

    def _on_quiet(self) -> None:
        self.changed.emit()
