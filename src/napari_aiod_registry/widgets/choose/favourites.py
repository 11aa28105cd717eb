"""What a search box offers before anybody has typed a word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from ...registry import Registry, Selection


class Favourites(Protocol):
    """Remembers favourites, and what was used last."""

    @property
    def favourites(self) -> Collection[Selection]:
        """Those that have a star."""

    def offered(self, registry: Registry) -> Sequence[Selection]:
        """Return what to offer of a registry, the best first."""

    def favour(self, selection: Selection, is_favourite: bool) -> None:
        """Make a selection a favourite, or take that back."""


class NoFavourites:
    """Remembers nothing."""

    favourites: Collection[Selection] = ()

    def offered(self, registry: Registry) -> Sequence[Selection]:
        """Return nothing."""
        return ()

    def favour(self, selection: Selection, is_favourite: bool) -> None:
        """Let it pass."""
