"""How much is read and listed at the most; what is more is no manifest or no use."""

from __future__ import annotations

MAX_DEPTH = 40
"""How deep a file may nest; a manifest needs 9 levels."""

MAX_DIGITS = 400
"""Digits of a whole number at the most; the largest float has 309."""

MAX_VALUES = 20_000
"""Values in a manifest at the most, counting lists and mappings; the largest bundled
one has 1,700."""

LARGEST = 10**MAX_DIGITS
"""The first whole number that has too many digits."""

MAX_NAME = 50
"""Characters in a name, short name or slug at the most (from AIoD 0.1)."""

MAX_PROBLEMS = 200
"""Problems of one file that are told at the most."""
