"""For images of how many dimensions a model is."""

from __future__ import annotations

from collections.abc import Iterable


def dimensions(axes: str | None, tags: Iterable[str]) -> frozenset[int]:
    """Say for images of how many dimensions in space a model is.

    Parameters
    ----------
    axes : str or None
        The axes of the version, if it states them: they are believed first.
    tags : iterable of str
        Otherwise the tags ``2D`` and ``3D`` count.

    Returns
    -------
    frozenset of int
        Of 2 and 3; empty where nothing says so.
    """
    if axes:
        return frozenset({3 if "Z" in axes else 2})
    words = {tag.strip().lower() for tag in tags}
    return frozenset(number for number in (2, 3) if f"{number}d" in words)
