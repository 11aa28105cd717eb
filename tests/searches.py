"""How many examples a search for what goes wrong tries: `tox -e long` tries more."""

from __future__ import annotations

import os

_TIMES = int(os.environ.get("SEARCH_TIMES", "1"))


def examples(usual: int) -> int:
    """Return how many examples to try, of which the usual tests try so many."""
    return usual * _TIMES
