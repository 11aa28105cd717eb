"""Whether two values are the very same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same, and of the same type all the way down.

    For Python, 1, 1.0 and True are equal, and "not a number" differs from itself.
    """
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(alike(one[k], other[k]) for k in one)
    if isinstance(one, BaseModel):
        # A model may be iterated over as its author likes.
        return alike(one.__dict__, other.__dict__) and alike(
            one.model_extra, other.model_extra
        )
    try:
        if hasattr(one, "shape") and hasattr(one, "dtype"):
            return _arrays_alike(one, other)
        return bool(one == other) or bool(one != one and other != other)
    except Exception:  # noqa: BLE001 - anybody's class
        return False


def _arrays_alike(one: Any, other: Any) -> bool:
    """Whether two arrays of numbers are the same; they compare item by item."""
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    return bool(((one == other) | ((one != one) & (other != other))).all())
