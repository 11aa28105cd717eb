"""With which selection a picker begins."""

from __future__ import annotations

from collections.abc import Iterable

from ...registry import Registry, Selection


class Beginning:
    """Says what to choose of a registry that has just come.

    Of the first registry, the best that there is will do. After that, only the best of
    all is still waited for, which may lie in a folder that is slow.

    Parameters
    ----------
    selections : iterable of Selection, default ()
        What to begin with, the best first.
    """

    def __init__(self, selections: Iterable[Selection] = ()) -> None:
        self._wanted = list(selections)

    def choose(self, registry: Registry) -> Selection | None:
        """Return what to choose of a registry, or None to leave all as it is."""
        wanted, self._wanted = self._wanted, self._wanted[:1]
        found = next((one for one in wanted if registry.has(one)), None)
        if found in self._wanted:
            self.end()
        return found

    def end(self) -> None:
        """Wait for nothing more: somebody has begun to work."""
        self._wanted = []
