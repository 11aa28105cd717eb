"""Config files and manifests, told apart: their names are alike."""

from __future__ import annotations

import re
from pathlib import Path

from ...text import read_beginning

CONFIG_FILES = "Config files (*.yaml *.yml *.json)"
"""The kind of file that a dialog shows."""

_VERSIONS = re.compile(rb"""["']?versions["']?\s*:""")

_ENOUGH = 200_000
"""Bytes of a manifest in which the key stands."""


def is_manifest(path: Path) -> bool:
    """Whether a file looks like a manifest rather than a config, even a broken one.

    It reads the disk: not on the GUI thread.
    """
    try:
        return _VERSIONS.search(read_beginning(path, _ENOUGH)) is not None
    except (OSError, ValueError):
        return False
