"""From what people type to version-tasks: typos, synonyms, tags, addresses.

Showing results belongs to `widgets.choose`.
"""

from __future__ import annotations

from .search import Search

__all__ = ["Search"]
