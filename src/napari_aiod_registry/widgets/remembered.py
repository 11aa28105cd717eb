"""What the dock remembers from one napari to the next."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..registry import PREVIEW, Registry, Selection
from . import settings

_MOST_RECENT = 10


class Remembered:
    """The last selection, favourites, recent selections and open folds.

    All of it is one text in napari's settings of the plugin. A text that is none of
    ours is passed over.
    """

    def __init__(self) -> None:
        data = _read()
        self.recent: list[Selection] = _selections(data.get("recent"))
        self.favourites: list[Selection] = _selections(data.get("favourites"))
        folds = data.get("folds")
        self.folds: dict[str, bool] = {
            str(name): bool(is_open)
            for name, is_open in (folds.items() if isinstance(folds, dict) else ())
        }

    def last(self, registry: Registry) -> Selection | None:
        """Return what was selected last, of what there still is."""
        return next(iter(self.known(self.recent, registry)), None)

    def known(
        self, selections: Iterable[Selection], registry: Registry
    ) -> list[Selection]:
        """Leave out what there is no more."""
        return [one for one in selections if registry.has(one)]

    def offered(self, registry: Registry) -> list[Selection]:
        """Return the favourites, then what was used last."""
        return self.known(dict.fromkeys([*self.favourites, *self.recent]), registry)

    def use(self, selection: Selection) -> None:
        """Remember a selection as the last; previews are not for long."""
        if selection.model.startswith(PREVIEW):
            return
        rest = [one for one in self.recent if one != selection]
        self.recent = [selection, *rest][:_MOST_RECENT]
        self._write()

    def favour(self, selection: Selection, is_favourite: bool) -> None:
        """Make a selection a favourite, or take that back."""
        rest = [one for one in self.favourites if one != selection]
        self.favourites = [*rest, selection] if is_favourite else rest
        self._write()

    def fold(self, name: str, is_open: bool) -> None:
        """Remember whether a part of the dock is open."""
        self.folds[name] = is_open
        self._write()

    def _write(self) -> None:
        memory = settings.section("memory")
        if memory is None:
            return
        memory.remembered = json.dumps(
            {
                "recent": self.recent,
                "favourites": self.favourites,
                "folds": self.folds,
            }
        )


def _read() -> dict[str, Any]:
    text = getattr(settings.section("memory"), "remembered", "")
    try:
        data = json.loads(text or "{}")
    except (TypeError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _selections(data: Any) -> list[Selection]:
    return [
        Selection(*item)
        for item in (data if isinstance(data, list) else ())
        if isinstance(item, list)
        and len(item) == 3
        and all(isinstance(part, str) for part in item)
    ]
