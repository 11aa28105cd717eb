"""Manifests that somebody is writing: shown in the dock as they are saved."""

from __future__ import annotations

import os
from itertools import chain, count
from pathlib import Path
from typing import Any

from qtpy.QtCore import QObject, QTimer, Signal
from qtpy.QtWidgets import (
    QFileDialog,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...manifest import ModelManifest
from ...reading import Reading, check_manifest
from ...registry import PREVIEW
from ..parts import Background
from .preview_panel import PreviewPanel
from .watching import FileWatch

_POLL = 2000
"""Milliseconds after which a file is looked at though nobody told of a change."""

_DOUBT = 120
"""Milliseconds for which what is wrong must stay wrong before it is told."""

_PATIENCE = 500
"""Milliseconds for which an empty file is taken for one that is being written."""


class Preview(QObject):
    """One manifest file: what it was when it was last right, and what is wrong now.

    Parameters
    ----------
    path : Path
        The file.
    background : Background
        Reads it.
    parent : QObject
        The Qt parent.

    Attributes
    ----------
    read : Signal
        Emitted with the preview when its file was read anew.
    """

    read = Signal(object)

    def __init__(self, path: Path, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.path = path
        self.manifest: ModelManifest | None = None
        self.reading: Reading | None = None
        self._background = background
        self._signature: Any = None
        self._doubtful: Any = None
        self._closed = False
        self._is_looking = False
        self._again: bool | None = None
        self._watch = FileWatch(path, self)
        self._watch.changed.connect(self.look)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._lose_patience)
        # Of a network drive that others write to, the system tells nothing.
        self._poll = QTimer(self)
        self._poll.timeout.connect(self.look)
        self._poll.start(_POLL)
        self.look(wait=False)

    def look(self, *, wait: bool = True) -> None:
        """Read the file in the background, if it has changed.

        Parameters
        ----------
        wait : bool, default True
            Give whoever writes an empty file some time to fill it.
        """
        if self._is_looking:  # a disk that hangs gets no second thread
            self._again = wait
            return
        self._is_looking = True
        path, before = self.path, self._signature

        def read() -> tuple[Any, Reading | None]:
            signature = _signature(path)
            if signature == before or (wait and _is_empty(signature)):
                return signature, None
            return signature, check_manifest(path)

        self._background.run(read, self._on_read)

    def close(self) -> None:
        """Look no more; what is still being read is dropped."""
        self._closed = True
        self._patience.stop()
        self._poll.stop()
        self._watch.stop()
        self.deleteLater()

    def _lose_patience(self) -> None:
        self.look(wait=False)

    def _on_read(self, result: tuple[Any, Reading | None]) -> None:
        if self._closed:
            return
        self._is_looking = False
        self._watch.look()  # the disk has answered
        self._take(*result)
        if self._again is not None:
            wait, self._again = self._again, None
            self.look(wait=wait)

    def _take(self, signature: Any, reading: Reading | None) -> None:
        if reading is None:
            if _is_empty(signature):
                self._patience.start(_PATIENCE)
            return
        if reading.manifest is None and signature != self._doubtful:
            # It may be half written: wrong only if it stays as it is.
            self._doubtful = signature
            self._patience.start(_DOUBT)
            return
        self._signature = signature
        self.reading = reading
        if reading.manifest is not None:
            self.manifest = reading.manifest
        self.read.emit(self)


def _signature(path: Path) -> tuple[int, ...] | str:
    """Return what is another thing whenever the file is."""
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        return type(error).__name__
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _is_empty(signature: tuple[int, ...] | str) -> bool:
    return signature[0] == 0


class Previews(QWidget):
    """The previews of a dock, one below the other.

    Parameters
    ----------
    background : Background
        Reads the files.
    parent : QWidget
        The Qt parent.

    Attributes
    ----------
    changed : Signal
        Emitted when `manifests` is another one.
    opened : Signal
        Emitted with the key of a manifest that is right for the first time, after
        `changed`.
    """

    changed = Signal()
    opened = Signal(str)

    def __init__(self, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._background = background
        self._keys: dict[Path, str] = {}
        self._shown: dict[Path, tuple[Preview, PreviewPanel]] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def paths(self) -> list[Path]:
        """The files, in the order in which they were opened."""
        return list(self._shown)

    def manifests(self) -> dict[str, tuple[Path, ModelManifest]]:
        """Return each file, and what it was when it was last right, by key.

        The key is ``preview:`` and the name of the file, with a number behind it where
        two have one name. It stays the same as long as the preview is open, whatever
        becomes of names in the manifest.
        """
        return {
            self._keys[path]: (path, preview.manifest)
            for path, (preview, _) in self._shown.items()
            if preview.manifest is not None
        }

    def _new_key(self, path: Path) -> str:
        first = f"{PREVIEW}{path.name}"
        numbered = (f"{first} {number}" for number in count(2))
        taken = set(self._keys.values())
        return next(key for key in chain([first], numbered) if key not in taken)

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [part for _, panel in self._shown.values() for part in panel.parts()]

    def open(self, path: str | os.PathLike[str]) -> None:
        """Show a manifest, and follow it; one that is open already is read again."""
        path = Path(os.path.abspath(path))
        if path in self._shown:
            self._shown[path][0].look(wait=False)
            return
        self._keys[path] = self._new_key(path)
        preview = Preview(path, self._background, self)
        panel = PreviewPanel(path, self)
        preview.read.connect(self._on_read)
        panel.closed.connect(self.close_preview)
        self._shown[path] = preview, panel
        self._layout.addWidget(panel)
        self.show()

    def open_button(self, parent: QWidget) -> QPushButton:
        """Make a button that opens manifests."""
        button = QPushButton("Open manifest…", parent)
        button.setObjectName("aiod-open-manifest")
        button.setToolTip("See a manifest here before you propose it.")
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self.choose_and_open)
        return button

    def choose_and_open(self) -> None:
        """Let a person choose a manifest."""
        path, _ = QFileDialog.getOpenFileName(
            self, "Open manifest", "", "Manifests (*.json *.yaml *.yml)"
        )
        if path:
            self.open(path)

    def close_preview(self, path: str | os.PathLike[str]) -> None:
        """Take a preview away.

        Raises
        ------
        LookupError
            Where there is none of this file.
        """
        path = Path(os.path.abspath(path))
        if path not in self._shown:
            raise LookupError(f"There is no preview of {path}.")
        preview, panel = self._shown.pop(path)
        del self._keys[path]
        preview.close()
        self._layout.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.setVisible(bool(self._shown))
        self.changed.emit()

    def _on_read(self, preview: Preview) -> None:
        path = preview.path
        _, panel = self._shown[path]
        assert preview.reading is not None
        is_first = not panel.has_shown_entries and preview.manifest is not None
        panel.show_reading(preview.reading, has_entries=preview.manifest is not None)
        if preview.reading.manifest is not None:
            self.changed.emit()
        if is_first and path in self._keys:  # who heard of it may have closed it
            self.opened.emit(self._keys[path])
