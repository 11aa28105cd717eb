"""One editor for each kind of field, and what tells the kinds apart.

An editor holds the very value that it was given until a person changes it. Rows, groups
and validation belong to `widgets.form`.
"""

from __future__ import annotations

from .all import plain_editor
from .base import NARROWEST, Editor, State, keep_narrow
from .choices import ChannelEditor
from .lines import PathEditor
from .nullable import NullableEditor
from .specs import (
    NOTHING,
    UNSET,
    FieldSpec,
    attribute,
    copied,
    field_specs,
    validate,
)

__all__ = [
    "NARROWEST",
    "NOTHING",
    "UNSET",
    "ChannelEditor",
    "Editor",
    "FieldSpec",
    "NullableEditor",
    "PathEditor",
    "State",
    "attribute",
    "copied",
    "field_specs",
    "keep_narrow",
    "plain_editor",
    "validate",
]
