"""Where the weights of all versions are, and which this computer can't read."""

from __future__ import annotations

from qtpy.QtCore import QObject, Signal

from ..locations import needs_disk
from ..registry import Registry, Resolution, Selection
from .background import Background
from .weights import reasons

_WORDS = {
    "available": "Weights on this computer.",
    "remote": "Weights on the web.",
}


class Unreadable(QObject):
    """Looks at all the paths of a registry, off the GUI thread.

    Parameters
    ----------
    background : Background
        Looks at the paths.
    parent : QObject
        The Qt parent.

    Attributes
    ----------
    found : Signal
        Emitted with a mapping, selection → reasons, when all paths have answered.
    """

    found = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._registry: Registry | None = None
        self._reasons: dict[Selection, str] = {}
        self._statuses: dict[Selection, str] = {}

    def look(self, registry: Registry) -> None:
        """Begin to look; what comes of an earlier registry is dropped."""
        self._registry = registry
        self._reasons, self._statuses = {}, {}
        on_disk = [one for one in registry.selections() if _is_on_disk(registry, one)]
        if not on_disk:
            self.found.emit({})
            return

        def look() -> tuple[Registry, list[Resolution]]:
            return registry, [registry.resolve(*selection) for selection in on_disk]

        self._background.run(look, self._on_looked)

    def where(self, selection: Selection) -> str:
        """Say where the weights of a selection are, as far as is known."""
        if self._registry is None or not self._registry.has(selection):
            return ""
        if not _is_on_disk(self._registry, selection):
            return _WORDS["remote"]
        return _WORDS.get(self._statuses.get(selection, ""), "")

    def why(self, selection: Selection) -> str | None:
        """Say why nothing of a selection can be read, as far as is known."""
        return self._reasons.get(selection)

    def _on_looked(self, looked: tuple[Registry, list[Resolution]]) -> None:
        registry, resolutions = looked
        if registry is not self._registry:
            return
        for found in resolutions:
            if found.chosen is None:
                self._reasons[found.selection] = reasons(found.checks)
            else:
                self._statuses[found.selection] = found.chosen.status
        self.found.emit(self._reasons)


def _is_on_disk(registry: Registry, selection: Selection) -> bool:
    task, model, version = selection
    entries = registry[model].versions[version].tasks[task].locations
    return any(needs_disk(entry.location) for entry in entries)
