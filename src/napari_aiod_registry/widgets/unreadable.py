"""Which versions have no weights that this computer can read."""

from __future__ import annotations

from qtpy.QtCore import QObject, Signal

from ..locations import needs_disk
from ..registry import Registry, Selection
from .background import Background
from .weights import reasons


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

    def look(self, registry: Registry) -> None:
        """Begin to look; what comes of an earlier registry is dropped."""
        self._registry = registry
        self._reasons = {}
        on_disk = [one for one in registry.selections() if _is_on_disk(registry, one)]
        if not on_disk:
            self.found.emit({})
            return

        def look() -> tuple[Registry, dict[Selection, str]]:
            found = [registry.resolve(*selection) for selection in on_disk]
            return registry, {
                resolution.selection: reasons(resolution.checks)
                for resolution in found
                if resolution.chosen is None
            }

        self._background.run(look, self._on_looked)

    def why(self, selection: Selection) -> str | None:
        """Say why nothing of a selection can be read, as far as is known."""
        return self._reasons.get(selection)

    def _on_looked(self, looked: tuple[Registry, dict[Selection, str]]) -> None:
        registry, unreadable = looked
        if registry is self._registry:
            self._reasons = unreadable
            self.found.emit(unreadable)


def _is_on_disk(registry: Registry, selection: Selection) -> bool:
    task, model, version = selection
    entries = registry[model].versions[version].tasks[task].locations
    return all(needs_disk(entry.location) for entry in entries)
