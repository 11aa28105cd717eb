"""Small Qt parts that any widget uses: labels, folds, marks, tabs, background work.

Nothing here knows models, manifests or the viewer.
"""

from __future__ import annotations

from .background import Background
from .dropped import DroppedFiles
from .elided import ElidedLine
from .fold import Fold
from .folders import WEB_SCHEMES, open_link, show_in_folder
from .held import HeldWidget, delete_if_left_alone, is_alive
from .input import EnterPresses, WheelFilter, order_tabs
from .kinds import CONFIG_FILES, is_manifest
from .labels import (
    anchor,
    breakable,
    lines,
    plain_label,
    plain_tooltip,
    unit_label,
    wrapped_label,
)
from .marks import (
    ErrorMark,
    ResetButton,
    error_colour,
    error_style,
    is_dark,
    mark_wrong,
    reset_width,
)
from .notes import Note
from .scrolled import ScrolledRows
from .themed import Theme

__all__ = [
    "CONFIG_FILES",
    "WEB_SCHEMES",
    "Background",
    "DroppedFiles",
    "ElidedLine",
    "EnterPresses",
    "ErrorMark",
    "Fold",
    "HeldWidget",
    "Note",
    "ResetButton",
    "ScrolledRows",
    "Theme",
    "WheelFilter",
    "anchor",
    "breakable",
    "delete_if_left_alone",
    "error_colour",
    "error_style",
    "is_alive",
    "is_dark",
    "is_manifest",
    "lines",
    "mark_wrong",
    "open_link",
    "order_tabs",
    "plain_label",
    "plain_tooltip",
    "reset_width",
    "show_in_folder",
    "unit_label",
    "wrapped_label",
]
