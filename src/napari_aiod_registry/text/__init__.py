"""JSON and YAML with the place of every value, and files written in one piece.

A reader gives data, places and what is wrong with the syntax. What the data mean
belongs to the rooms above.
"""

from __future__ import annotations

from .document import Document, decode
from .files import (
    MAX_BYTES,
    SUFFIXES,
    FileError,
    FileKind,
    NotAFileError,
    is_json,
    read_beginning,
    read_bytes,
    read_mapping,
)

# `atomic`, `json_reader`, `writer` and `yaml_reader` are imported by whoever needs
# them: most do not.
__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "Document",
    "FileError",
    "FileKind",
    "NotAFileError",
    "atomic",
    "decode",
    "is_json",
    "json_reader",
    "read_beginning",
    "read_bytes",
    "read_mapping",
    "writer",
    "yaml_reader",
]
