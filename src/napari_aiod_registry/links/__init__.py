"""Asking a server whether a file is there, of what size and type.

The only place that opens a connection. Whether an address is well written belongs to
`manifest`.
"""

from __future__ import annotations

from .check import LinkCheck, check_link

__all__ = ["LinkCheck", "check_link"]
