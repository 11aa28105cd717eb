"""Where the weights of all versions are, and which this computer can't read."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from qtpy.QtCore import QObject, QTimer, Signal

from ...manifest import UnsetVariableError
from ...registry import (
    DEFAULT_TIMEOUT,
    Registry,
    Resolution,
    Selection,
    drive_of,
    look_anew,
    why_unreadable,
)
from ..parts import Background, breakable

_WORDS = {
    "available": "Weights on this computer.",
    "remote": "Weights on the web.",
}

_AT_ONCE = 0.01
"""Seconds for a disk to answer before the picker goes on without it."""

_MOST_AT_ONCE = 100
"""Locations that are looked at while a person waits."""

_MOST_LISTED = 20
"""Locations whose reasons a tooltip lists."""

_FIRST_DELAY, _LAST_DELAY = 1.0, 100.0
"""Seconds until a drive that did not answer is asked again: three times as many each
time, and no more after the last."""

_FOR_A_WHILE = 0.5
"""Seconds after which what has been found is shown, before the search goes on."""


class _Round:
    """One look at all the paths of a registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.silent: deque[Selection] = deque()  # of drives that did not answer
        self.delay = _FIRST_DELAY  # until they are asked again
        self._on_disk: dict[Selection, bool] = {}

    def is_on_disk(self, selection: Selection) -> bool:
        """Whether a location lies on a disk; asked often, and of thousands."""
        found = self._on_disk.get(selection)
        if found is None:
            found = _is_on_disk(self.registry, selection)
            self._on_disk[selection] = found
        return found


class _Found(NamedTuple):
    """What some looking has found, and what is left to look at."""

    round: _Round
    resolutions: list[tuple[Resolution, str | None]]
    """Each with the reason why nothing can be read, if that is so."""
    left: deque[Selection]


class Availability(QObject):
    """Looks at the paths of a registry, off the GUI thread, and remembers.

    Each drive is looked at in a thread of its own: one that hangs delays no other.

    Parameters
    ----------
    background : Background
        Looks at the paths.
    parent : QObject
        The Qt parent.
    looks : bool
        Whether to look at all. Otherwise only what the manifests state is told.

    Attributes
    ----------
    changed : Signal
        Emitted whenever more is known.
    answered : Signal
        Emitted with a `Resolution` when what `resolve` gave was not the last word.
    time_limit : float
        Seconds for a disk to answer before its weights count as not readable.
    is_waiting : bool
        Whether a path of what was resolved last has not answered yet.
    """

    changed = Signal()
    answered = Signal(object)

    def __init__(self, background: Background, parent: QObject, *, looks: bool) -> None:
        super().__init__(parent)
        self.time_limit = DEFAULT_TIMEOUT
        self.is_waiting = False
        self._background = background
        self._looks = looks
        self._round = _Round(Registry({}))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._ask_the_silent)
        self._reasons: dict[Selection, str] = {}
        self._resolutions: dict[Selection, Resolution] = {}

    def set_registry(self, registry: Registry) -> None:
        """Begin to look; what comes of an earlier look is dropped."""
        this = self._round = _Round(registry)
        self._later.stop()
        self._reasons, self._resolutions = {}, {}
        self.changed.emit()
        on_disk = map(this.is_on_disk, registry.selections())
        if self._looks and any(on_disk):
            self._background.run(lambda: (this, _by_drive(registry)), self._begin)

    def look_again(self) -> None:
        """Look at all paths anew, also of drives that hung before."""
        look_anew()
        self.set_registry(self._round.registry)

    def resolve(self, selection: Selection) -> Resolution:
        """Say what is known of a version, and let slow disks answer later.

        What was found before is told at once, and looked at again all the same.
        """
        this, registry = self._round, self._round.registry
        if not self._looks:
            return registry.stated(*selection)
        known = self._resolutions.get(selection)
        found = known or self._at_once(registry, selection)
        self.is_waiting = known is None and any(
            "timed-out" in (check.status, check.config_status) for check in found.checks
        )
        if known is not None or self.is_waiting:
            find = partial(registry.resolve, *selection, timeout=self.time_limit)
            self._background.run(find, partial(self._on_answer, this, found))
        return found

    def _at_once(self, registry: Registry, selection: Selection) -> Resolution:
        if len(registry.locations(selection)) > _MOST_AT_ONCE:
            return registry.stated(*selection)
        return registry.resolve(*selection, timeout=_AT_ONCE)

    def _on_answer(
        self, this: _Round, before: Resolution, resolution: Resolution
    ) -> None:
        if this is not self._round:
            return
        told = self._reasons.get(resolution.selection)
        if this.is_on_disk(resolution.selection):
            self._take(resolution, _why(resolution))
        if self._reasons.get(resolution.selection) != told:
            self.changed.emit()
        if self.is_waiting or not _say_the_same(before, resolution):
            self.answered.emit(resolution)

    def where(self, selection: Selection) -> str:
        """Say whether weights are ``available``, ``remote`` or ``unreadable`` here.

        An empty text stands for what is not known yet.
        """
        if not self._round.registry.has(selection):
            return ""
        if selection in self._reasons:
            return "unreadable"
        if not self._round.is_on_disk(selection):
            return "remote"
        found = self._resolutions.get(selection)
        return found.chosen.status if found is not None and found.chosen else ""

    def words(self, selection: Selection) -> str:
        """Say the same in words, or why nothing can be read, and whom to ask."""
        return self.why(selection) or _WORDS.get(self.where(selection), "")

    def why(self, selection: Selection) -> str | None:
        """Say why nothing of a selection can be read, as far as is known."""
        return self._reasons.get(selection)

    def _begin(self, found: tuple[_Round, list[deque[Selection]]]) -> None:
        this, groups = found
        for group in groups:
            self._go_on(this, group)

    def _go_on(self, this: _Round, selections: deque[Selection]) -> None:
        if this is self._round and selections:
            look = partial(_look_for_a_while, this, selections, self.time_limit)
            self._background.run(look, self._on_looked)

    def _on_looked(self, found: _Found) -> None:
        if found.round is not self._round:
            return
        this = found.round
        for resolution, why in found.resolutions:
            before = self._resolutions.get(resolution.selection)
            self._take(resolution, why)
            if before is not None and not _say_the_same(before, resolution):
                self.answered.emit(resolution)
            if any(check.status == "timed-out" for check in resolution.checks):
                this.silent.append(resolution.selection)
        self.changed.emit()
        self._go_on(this, found.left)
        if this.silent and not self._later.isActive() and this.delay < _LAST_DELAY:
            # A disk that has to spin up first answers later.
            this.delay *= 3
            self._later.start(int(1000 * this.delay))

    def _ask_the_silent(self) -> None:
        this = self._round
        silent, this.silent = this.silent, deque()
        self._go_on(this, silent)

    def _take(self, resolution: Resolution, why: str | None) -> None:
        selection = resolution.selection
        self._resolutions[selection] = resolution
        self._reasons.pop(selection, None)
        if why is not None:
            self._reasons[selection] = why


def _say_the_same(one: Resolution, other: Resolution) -> bool:
    """Whether two looks at the same locations have found the same.

    The locations themselves are not compared: with thousands, that takes long.
    """
    return len(one.checks) == len(other.checks) and all(
        (a.status, a.reason, a.location, a.config_status, a.config_reason)
        == (b.status, b.reason, b.location, b.config_status, b.config_reason)
        for a, b in zip(one.checks, other.checks, strict=True)
    )


def _why(resolution: Resolution) -> str | None:
    if resolution.chosen is not None:
        return None
    return breakable(why_unreadable(resolution, _MOST_LISTED))


def _look_for_a_while(
    this: _Round, selections: deque[Selection], limit: float
) -> _Found:
    found = []
    begun = time.monotonic()
    while selections and time.monotonic() - begun < _FOR_A_WHILE:
        resolution = this.registry.resolve(*selections.popleft(), timeout=limit)
        found.append((resolution, _why(resolution)))
    return _Found(this, found, selections)


def _by_drive(registry: Registry) -> list[deque[Selection]]:
    """Group what lies on a disk by the drives it lies on."""
    groups: defaultdict[frozenset[str], deque[Selection]] = defaultdict(deque)
    for selection in registry.selections():
        drives = frozenset(_drives(registry, selection))
        if drives:
            groups[drives].append(selection)
    return list(groups.values())


def _drives(registry: Registry, selection: Selection) -> Iterator[str]:
    base = registry.paths[selection.model].parent
    for entry in registry.locations(selection):
        for address in entry.addresses:
            if address.needs_disk:
                try:
                    yield drive_of(address.expand(base))
                except UnsetVariableError:
                    yield ""


def _is_on_disk(registry: Registry, selection: Selection) -> bool:
    entries = registry.locations(selection)
    return any(entry.address.needs_disk for entry in entries)
