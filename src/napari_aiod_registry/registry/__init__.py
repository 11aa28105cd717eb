"""Which models there are, and where the weights of one are on this computer.

Sources of manifests, the mapping of families, selections and what they resolve to,
looking at disks, default configs, and whether a version fits an image. Reading one file
belongs to `reading`, words to search by to `search`.
"""

from __future__ import annotations

from .disks import drive_of, look_anew
from .location_checks import DEFAULT_TIMEOUT, LocationCheck
from .registry import PREVIEW, Registry
from .resolution import (
    Resolution,
    Selection,
    UnknownSelectionError,
    class_name,
    reasons,
    whom_to_ask,
    why_unreadable,
)

# `check_folders`, `default_configs`, `image_fit` and `sources` are imported by whoever
# needs them: most do not.
__all__ = [
    "DEFAULT_TIMEOUT",
    "PREVIEW",
    "LocationCheck",
    "Registry",
    "Resolution",
    "Selection",
    "UnknownSelectionError",
    "check_folders",
    "class_name",
    "default_configs",
    "drive_of",
    "image_fit",
    "look_anew",
    "reasons",
    "sources",
    "whom_to_ask",
    "why_unreadable",
]
