"""Choosing a version-task: dropdowns, search box, results, filter.

These parts show signs that `widgets.weights` and `widgets.viewer` find out. Which words
find which model belongs to `search`.
"""

from __future__ import annotations

from .beginning import Beginning
from .dropdowns import Dropdowns
from .favourites import Favourites
from .search_box import SearchBox

__all__ = ["Beginning", "Dropdowns", "Favourites", "SearchBox"]
