"""Files that are dropped on a widget."""

from __future__ import annotations

from pathlib import Path

from qtpy.QtCore import QEvent, QMimeData, QObject, Signal
from qtpy.QtGui import QDragEnterEvent, QDropEvent
from qtpy.QtWidgets import QWidget

from ...text import SUFFIXES


class DroppedFiles(QObject):
    """Lets files be dropped on a widget, wherever its children do not want them.

    Only files that may be configs or manifests by their names are taken.

    Parameters
    ----------
    widget : QWidget
        The widget, which is also the Qt parent.
    one : bool, default False
        Whether several files at once are left to the widget around.

    Attributes
    ----------
    dropped : Signal
        Emitted with the list of paths.
    """

    dropped = Signal(object)

    def __init__(self, widget: QWidget, *, one: bool = False) -> None:
        super().__init__(widget)
        self._one = one
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take files, and tell of them when they are dropped."""
        if not isinstance(event, QDragEnterEvent | QDropEvent):
            return super().eventFilter(watched, event)
        paths = _files(event.mimeData())
        if not paths or (self._one and len(paths) > 1):
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(paths)
        return True


def _files(data: QMimeData | None) -> list[Path]:
    """Return the files that are being dragged, if all may be configs or manifests."""
    urls = data.urls() if data is not None and data.hasUrls() else []
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    is_ours = all(path.suffix.lower() in SUFFIXES for path in paths)
    return paths if is_ours and len(paths) == len(urls) else []
