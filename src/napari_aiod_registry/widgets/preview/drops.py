"""Config files and manifests that are dropped on a widget, and told apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qtpy.QtCore import QEvent, QObject
from qtpy.QtGui import QDragEnterEvent, QDropEvent
from qtpy.QtWidgets import QWidget

from ..parts.background import Background
from ..parts.dropped import dropped_files, is_manifest


def take_drops(
    widget: QWidget,
    background: Background,
    take: Callable[[list[Path], list[bool]], None],
) -> None:
    """Let files be dropped on a widget, wherever its children do not want them.

    Parameters
    ----------
    widget : QWidget
        The widget.
    background : Background
        Looks into the files.
    take : callable
        Called with the files, and for each whether it is a manifest.
    """
    widget.setAcceptDrops(True)
    widget.installEventFilter(_Drops(widget, background, take))


class _Drops(QObject):
    def __init__(
        self,
        widget: QWidget,
        background: Background,
        take: Callable[[list[Path], list[bool]], None],
    ) -> None:
        super().__init__(widget)
        self._background = background
        self._take = take

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take what all may be configs or manifests."""
        if not isinstance(event, QDragEnterEvent | QDropEvent):
            return super().eventFilter(watched, event)
        paths = dropped_files(event.mimeData())
        if not paths:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._background.run(
                lambda: [is_manifest(path) for path in paths],
                lambda manifests: self._take(paths, manifests),
            )
        return True
