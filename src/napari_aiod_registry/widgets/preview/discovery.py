"""Looks for manifests in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from qtpy.QtCore import QObject, Signal

from ...registry import Registry
from ..parts import Background

_MORE_TIME, _LONGEST = 5, 500
"""How much longer slow folders are waited for each time, and seconds until no more."""


class Discovery(QObject):
    """Has the registry that somebody gives, or else finds it: disks may be slow.

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
    registry : Registry
        What is given, or has been found so far.
    changed : Signal
        Emitted when `registry` is given, or when another one has been found.
    """

    changed = Signal()

    def __init__(
        self,
        folders: Callable[[], Sequence[str]],
        background: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.registry = Registry({})
        self._folders = folders
        self._background = background
        self._number = 0
        self._is_given = False

    def begin(self, time_limit: float) -> None:
        """Have the bundled manifests at once, and look for all others.

        Parameters
        ----------
        time_limit : float
            As in `look`.
        """
        self._use(Registry.bundled())
        self.look(time_limit)  # other folders may lie on a drive that hangs

    def give(self, registry: Registry) -> None:
        """Have this registry, and look for no other any more."""
        self._is_given = True
        self._number += 1
        self._use(registry)

    def look(self, time_limit: float) -> None:
        """Look everywhere; what comes of an earlier look is dropped.

        Nothing is looked for where a registry has been given.

        Parameters
        ----------
        time_limit : float
            Seconds after which what has been found so far is told. What comes late is
            told as well.
        """
        if not self._is_given:
            self._number += 1
            self._look(self._folders(), time_limit, self._number)

    def _look(self, folders: Sequence[str], time_limit: float, number: int) -> None:
        def tell(registry: Registry) -> None:
            if number != self._number:
                return
            self._use_if_new(registry)
            is_late = any(one.code == "timed-out" for one in registry.problems)
            if is_late and time_limit < _LONGEST:
                self._look(folders, time_limit * _MORE_TIME, number)

        find = partial(Registry.discover, folders, timeout=time_limit)
        self._background.run(find, tell)

    def _use_if_new(self, registry: Registry) -> None:
        has_others = dict(registry) != dict(self.registry)
        if has_others or registry.problems != self.registry.problems:
            self._use(registry)

    def _use(self, registry: Registry) -> None:
        self.registry = registry
        self.changed.emit()
