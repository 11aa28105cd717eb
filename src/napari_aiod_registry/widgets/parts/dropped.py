"""Files that are dragged onto a widget: whether to take them, and what they are."""

from __future__ import annotations

import re
from pathlib import Path

from qtpy.QtCore import QMimeData

from ...text.files import SUFFIXES

CONFIG_FILES = "Config files (*.yaml *.yml *.json)"


def dropped_files(data: QMimeData | None) -> list[Path]:
    """Return the files that are being dragged, if all may be configs or manifests."""
    urls = data.urls() if data is not None and data.hasUrls() else []
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    is_ours = all(path.suffix.lower() in SUFFIXES for path in paths)
    return paths if is_ours and len(paths) == len(urls) else []


_VERSIONS = re.compile(rb"""["']?versions["']?\s*:""")

_ENOUGH = 200_000


def is_manifest(path: Path) -> bool:
    """Whether a file looks like a manifest rather than a config, even a broken one.

    It reads the disk: not on the GUI thread.
    """
    try:
        with open(path, "rb") as file:
            return _VERSIONS.search(file.read(_ENOUGH)) is not None
    except (OSError, ValueError):
        return False
