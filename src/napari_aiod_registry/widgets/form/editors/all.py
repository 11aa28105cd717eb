"""All kinds of editors, and which one fits a field."""

from __future__ import annotations

from .base import Editor
from .choices import BoolChoiceEditor, BoolEditor, ChannelEditor, ChoiceEditor
from .lines import (
    AnyEditor,
    FloatEditor,
    IntEditor,
    JsonEditor,
    PathEditor,
    SecretEditor,
    SequenceEditor,
    TextEditor,
)
from .nullable import NullableEditor
from .specs import FieldSpec

EDITORS: tuple[type[Editor], ...] = (
    ChannelEditor,
    ChoiceEditor,
    BoolEditor,
    BoolChoiceEditor,
    IntEditor,
    FloatEditor,
    TextEditor,
    SecretEditor,
    SequenceEditor,
    PathEditor,
    JsonEditor,
    AnyEditor,
)
"""Kinds of editors; the first that fits a field is used."""


def plain_editor(spec: FieldSpec) -> Editor:
    """Make the editor of a field that is not a group."""
    kind = next(kind for kind in EDITORS if kind.fits(spec))
    editor = kind(spec)
    if not spec.nullable or kind is BoolChoiceEditor:
        return editor
    return NullableEditor(spec, editor)
