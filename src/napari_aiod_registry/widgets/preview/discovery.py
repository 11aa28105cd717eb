"""Looks for manifests in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from qtpy.QtCore import QObject, Signal

from ...registry.registry import Registry
from ..parts.background import Background

_MORE_TIME, _LONGEST = 5, 500
"""How much longer slow folders are waited for each time, and seconds until no more."""


class Discovery(QObject):
    """Finds the manifests of all configured sources, whose disks may be slow.

    Parameters
    ----------
    folders : callable
        Returns more folders than those that are configured.
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

    def __init__(
        self,
        folders: Callable[[], Sequence[str]],
        background: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._folders = folders
        self._background = background
        self._number = 0
        self._is_over = False

    def look(self, time_limit: float) -> None:
        """Look everywhere, unless stopped; what comes of an earlier look is dropped.

        Parameters
        ----------
        time_limit : float
            Seconds after which what has been found so far is told.
        """
        if self._is_over:
            return
        self._number += 1
        self._look(self._folders(), time_limit, self._number)

    def stop(self) -> None:
        """Drop what would still be found, and look no more."""
        self._is_over = True
        self._number += 1

    def _look(self, folders: Sequence[str], time_limit: float, number: int) -> None:
        def tell(registry: Registry) -> None:
            if number != self._number:
                return
            self.found.emit(registry)
            is_late = any(one.code == "timed-out" for one in registry.problems)
            if is_late and time_limit < _LONGEST:
                # What comes late is told as well.
                self._look(folders, time_limit * _MORE_TIME, number)

        find = partial(Registry.discover, folders, timeout=time_limit)
        self._background.run(find, tell)
