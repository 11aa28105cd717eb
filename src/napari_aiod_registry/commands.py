"""Commands that other plugins of napari may run."""

from __future__ import annotations

from . import settings
from .registry import Registry

__all__ = ["get_registry"]


def __dir__() -> list[str]:
    return sorted(__all__)


def get_registry() -> Registry:
    """Return the registry: the bundled manifests and those of every configured source.

    The folders of napari's settings are among them, so that it has what the panel has.
    Other plugins have it by
    ``npe2.PluginManager.instance().commands.execute("napari-aiod-registry.registry")``.
    It reads the disk: not on the GUI thread.
    """
    return Registry.discover(settings.folders())
