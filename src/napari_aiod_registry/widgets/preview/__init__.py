"""A manifest while it is written: followed as it is saved, with its problems.

Also the search for manifests in the background, and what was left out of the registry.
Reading a manifest belongs to `reading`.
"""

from __future__ import annotations

from .discovery import Discovery
from .drops import take_drops
from .left_out import LeftOut
from .previews import Previews

__all__ = ["Discovery", "LeftOut", "Previews", "take_drops"]
