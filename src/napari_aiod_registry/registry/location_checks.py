"""What a location is, and whether this machine can read it.

A location is classified by its text alone (`classify`), turned into a path
(`expand`), and only then looked at on the disk (`check_locations`, which leaves that to
`disks`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..manifest.addresses import UnsetVariableError, classify, expand
from .disks import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..manifest.models import Location

Status = Literal[
    "available", "remote", "missing", "unreadable", "unset-variable", "timed-out"
]

DEFAULT_TIMEOUT = 2.0
"""Seconds that one look at all the locations of a version may take."""


@dataclass(frozen=True)
class LocationCheck:
    """What this machine can say about one location.

    Attributes
    ----------
    entry : Location
        The location as the manifest has it.
    status : str
        ``available`` (exists and can be read), ``remote`` (a URL; it is not
        contacted), ``missing``, ``unreadable`` (no permission), ``unset-variable``
        or ``timed-out``.
    reason : str
        The status in a sentence for people.
    location : str or None
        The location with variables and ``~`` filled in, or None where a variable
        is not set.
    config_path : str or None
        The config file of this copy, filled in likewise.
    config_status : str or None
        What became of the config file, likewise; None where there is none.
    config_reason : str or None
        Why the config file can't be used here, in a sentence, or None.
    """

    entry: Location
    status: Status
    reason: str
    location: str | None
    config_path: str | None = None
    config_status: Status | None = None
    config_reason: str | None = None

    @property
    def usable(self) -> bool:
        """Whether weights can be had from here: on this machine, or by a URL."""
        return self.status in ("available", "remote")


def check_locations(
    entries: Iterable[Location],
    *,
    base: Path | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> tuple[LocationCheck, ...]:
    """Look at locations, all at once and never for longer than a time limit.

    Parameters
    ----------
    entries : iterable of Location
        In order of preference.
    base : Path, optional
        The folder that relative paths start from.
    timeout : float, default 2.0
        Seconds to wait for all of them together. A path that has not answered by
        then is ``timed-out``.

    Returns
    -------
    tuple of LocationCheck
        One for each entry, in the same order.
    """
    waiting = [_begin(entry, base) for entry in entries]
    deadline = time.monotonic() + timeout
    return tuple(finish(deadline, timeout) for finish in waiting)


def _begin(
    entry: Location, base: Path | None
) -> Callable[[float, float], LocationCheck]:
    """Start the check of one location; give back what waits for its end."""
    weights = _begin_one(entry.location, base)
    config = _begin_one(entry.config_path, base) if entry.config_path else None

    def finish(deadline: float, limit: float) -> LocationCheck:
        found = weights(deadline, limit)
        if config is None:
            return LocationCheck(entry, *found)
        status, reason, path = config(deadline, limit)
        is_there = status in ("available", "remote")
        return LocationCheck(entry, *found, path, status, None if is_there else reason)

    return finish


_Found = tuple[Status, str, str | None]
"""Status, reason, and the place filled in."""


def _begin_one(place: str, base: Path | None) -> Callable[[float, float], _Found]:
    if classify(place) == "remote":
        return lambda *_: ("remote", "On the web: fetched when the model runs.", place)
    try:
        path = expand(place, base)
    except UnsetVariableError as error:
        message = str(error)
        return lambda *_: ("unset-variable", message, None)
    question = ask(path)
    return lambda deadline, limit: (*question.wait(deadline, limit), path)
