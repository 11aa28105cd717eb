"""Writing manifests: a new family, additions to one, another shape.

An edit leaves the rest of a file as it is: layout, comments, line ends. What would not
be valid is not written. Asking people belongs to `cli`, the format itself to
`manifest`.
"""

from __future__ import annotations

from .convert import Shape, convert_manifest, manifest_text
from .new_family import (
    Family,
    fields_from,
    publication_from,
    refuse_path,
    write_manifest,
    wrong_answer,
)

# `edits` is imported by whoever needs it: most do not.
__all__ = [
    "Family",
    "Shape",
    "convert_manifest",
    "edits",
    "fields_from",
    "manifest_text",
    "publication_from",
    "refuse_path",
    "write_manifest",
    "wrong_answer",
]
