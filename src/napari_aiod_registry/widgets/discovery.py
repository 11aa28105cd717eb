"""Looks for manifests in the background."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from qtpy.QtCore import QObject, Signal

from ..registry import Registry
from .background import Background


class Discovery(QObject):
    """Finds the manifests of all configured sources, whose disks may be slow.

    Parameters
    ----------
    background : Background
        Reads the files.
    parent : QObject
        The Qt parent.

    Attributes
    ----------
    found : Signal
        Emitted with a `Registry`, and again when a slow folder has answered.
    """

    found = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._number = 0

    def look(self, folders: Sequence[str], time_limit: float) -> None:
        """Look everywhere; what comes of an earlier look is dropped.

        Parameters
        ----------
        folders : sequence of str
            More folders than those that are configured.
        time_limit : float
            Seconds after which what has been found so far is told.
        """
        self._number += 1
        number = self._number

        def tell(registry: Registry) -> None:
            if number != self._number:
                return
            self.found.emit(registry)
            if any(problem.code == "timed-out" for problem in registry.problems):
                # What comes late is told as well.
                self._background.run(partial(Registry.discover, folders), tell)

        find = partial(Registry.discover, folders, timeout=time_limit)
        self._background.run(find, tell)
