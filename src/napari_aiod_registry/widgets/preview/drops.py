"""Config files and manifests that are dropped on a widget, and told apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qtpy.QtCore import QObject
from qtpy.QtWidgets import QWidget

from ..parts import Background, DroppedFiles, is_manifest


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
    _Drops(widget, background, take)


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
        DroppedFiles(widget).dropped.connect(self._look)

    def _look(self, paths: list[Path]) -> None:
        self._background.run(
            lambda: [is_manifest(path) for path in paths],
            lambda manifests: self._take(paths, manifests),
        )
