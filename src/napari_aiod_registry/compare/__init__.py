"""What changed for a user between two manifests, or two folders of them.

The words are for people; comparing values goes by their types. Reading the files
belongs to `reading` and `registry`.
"""

from __future__ import annotations

from .differences import compare_paths

__all__ = ["compare_paths"]
