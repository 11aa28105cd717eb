"""Whether this machine can read a location.

What a location is, its `Address` knows from the text alone. Here it is turned into a
path and looked at; `disks` does the looking.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..manifest import Address, UnsetVariableError
from .disks import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..manifest import Location

Status = Literal[
    "available", "remote", "missing", "unreadable", "unset-variable", "timed-out"
]

_USABLE: tuple[Status, ...] = ("available", "remote")

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
        return self.status in _USABLE

    @property
    def is_remote(self) -> bool:
        """Whether the weights are on the web."""
        return self.entry.address.is_remote

    @property
    def config_is_remote(self) -> bool:
        """Whether there is a config file, and it is on the web."""
        address = self.entry.config_address
        return address is not None and address.is_remote

    @property
    def links(self) -> list[str]:
        """The web addresses among the two places."""
        return [one.text for one in self.entry.addresses if one.is_remote]


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
    weights = _begin_one(entry.address, base)
    config_address = entry.config_address
    config = None if config_address is None else _begin_one(config_address, base)

    def finish(deadline: float, limit: float) -> LocationCheck:
        found = weights(deadline, limit)
        if config is None:
            return LocationCheck(entry, *found)
        status, reason, path = config(deadline, limit)
        is_there = status in _USABLE
        return LocationCheck(entry, *found, path, status, None if is_there else reason)

    return finish


_Found = tuple[Status, str, str | None]
"""Status, reason, and the place filled in."""


def _begin_one(address: Address, base: Path | None) -> Callable[[float, float], _Found]:
    if address.is_remote:
        url = address.text
        return lambda *_: ("remote", "On the web: fetched when the model runs.", url)
    try:
        path = address.expand(base)
    except UnsetVariableError as error:
        message = str(error)
        return lambda *_: ("unset-variable", message, None)
    question = ask(path)
    return lambda deadline, limit: (*question.wait(deadline, limit), path)
