"""Our page of napari's settings, where this napari has such pages."""

from __future__ import annotations

import sys
from typing import Any

PLUGIN = "napari-aiod-registry"


def section(name: str) -> Any:
    """Return a part of our settings, or None where there are none.

    That is without napari, and with an old one.
    """
    if "napari.settings" not in sys.modules:
        return None
    try:
        from napari.settings import get_plugin_settings

        return getattr(get_plugin_settings(PLUGIN), name)
    except (ImportError, KeyError, AttributeError):
        return None


def folders() -> list[str]:
    """Return the folders of manifests that somebody has set."""
    text = str(getattr(section("sources"), "folders", ""))
    return [folder.strip() for folder in text.split(";") if folder.strip()]


def time_limit(default: float) -> float:
    """Return the seconds that a disk has to answer."""
    found = getattr(section("sources"), "time_limit", default)
    return float(found) if isinstance(found, int | float) and found > 0 else default
