"""From a file to a manifest, or to all that is wrong with it.

A problem gets its place in the file and a sentence; warnings and completeness are found
here, too. The rules themselves belong to `manifest`, the syntax of JSON and YAML to
`text`.
"""

from __future__ import annotations

from .reading import MANIFEST_FILE, Reading, check_bytes, check_manifest, read_manifest

# `completeness` and `findings` are imported by whoever needs them: most do not.
__all__ = [
    "MANIFEST_FILE",
    "Reading",
    "check_bytes",
    "check_manifest",
    "completeness",
    "findings",
    "read_manifest",
]
