"""What the axes of an image were before it was split, for the layers made of it.

napari's *Split Stack* makes a layer of each plane and forgets the names of all axes.
But the planes are parts of the array that was there before, and this was looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from weakref import ref

from .layer_facts import shape_of

Letters = tuple[str | None, ...]

_Whole = tuple[int | frozenset[str], int]
_Place = tuple[tuple[int, ...], tuple[int, ...], int | None]
"""Shape, strides and address."""

_MOST = 500
"""Arrays that are remembered, the latest, and places in one of them."""


class Split(NamedTuple):
    """How an array was made of a larger one.

    Attributes
    ----------
    off : str or None
        Letter of the axis of which it is one step, if that is known.
    letters : tuple of (str or None)
        Its own axes.
    """

    off: str | None
    letters: Letters


class Lineage:
    """Remembers the axes of arrays, and finds the arrays that are parts of them.

    No array is kept alive, and nothing of one is loaded.
    """

    def __init__(self) -> None:
        # By what holds the memory, or dask's names, and the number of axes; then by the
        # place in it. The reference says whether the holder's number still means it.
        self._known: dict[_Whole, dict[_Place, tuple[ref[Any] | None, Letters]]] = {}

    def remember(self, array: Any, letters: Sequence[str | None]) -> None:
        """Keep in mind which axes an array has."""
        shape = shape_of(array)
        if len(shape) < 3 or len(letters) != len(shape):
            return
        strides = getattr(array, "strides", None)
        if isinstance(strides, tuple):
            place = shape, strides, _address(array)
            for owner in (array, getattr(array, "base", None)):
                alive = _reference(owner)
                if alive is not None:
                    whole = id(owner), len(shape)
                    self._keep(whole, place, (alive, tuple(letters)))
            return
        names = frozenset(_names(array))
        if names:
            place = shape, (), None
            self._keep((names, len(shape)), place, (None, tuple(letters)))

    def _keep(
        self, whole: _Whole, place: _Place, known: tuple[ref[Any] | None, Letters]
    ) -> None:
        places = self._known.pop(whole, {})
        places.pop(place, None)
        places[place] = known
        self._known[whole] = places
        if len(places) > _MOST:
            del places[next(iter(places))]
        if len(self._known) > _MOST:
            del self._known[next(iter(self._known))]

    def of(self, array: Any) -> Split | None:
        """Say of what axes an array is a part, or None where nobody knows."""
        ndim = len(shape_of(array)) + 1
        if not isinstance(getattr(array, "strides", None), tuple):
            sources = sources_of(array)
            known = self._known.get((sources, ndim), {}) if sources else {}
            for (shape, _, _), (_, letters) in reversed(known.items()):
                axis = _missing(shape, shape_of(array))
                if axis is not None:
                    return _split(letters, axis)
            return None
        base = getattr(array, "base", None)
        known = self._known.get((id(base), ndim), {}) if base is not None else {}
        for place, (alive, letters) in reversed(known.items()):
            if alive is not None and alive() is base:
                axis = step_of(array, *place)
                if axis is not None:
                    return _split(letters, axis)
        return None


def step_of(
    array: Any, shape: tuple[int, ...], strides: tuple[int, ...], address: int | None
) -> int | None:
    """Say of which axis of a larger array in memory an array is one step, or None."""
    at = _address(array)
    if at is None or address is None or len(shape) != len(shape_of(array)) + 1:
        return None
    for axis, (size, stride) in enumerate(zip(shape, strides, strict=True)):
        without = slice(axis), slice(axis + 1, None)
        alike = all(
            whole[without[0]] + whole[without[1]] == part
            for whole, part in ((shape, shape_of(array)), (strides, array.strides))
        )
        steps, rest = divmod(at - address, stride) if stride else (0, 1)
        if alike and rest == 0 and 0 <= steps < size:
            return axis
    return None


def sources_of(array: Any) -> frozenset[str]:
    """Name what a dask array takes its parts from; empty if it is not just a part."""
    names = _names(array)
    if not names or not all(name.startswith("getitem") for name in names):
        return frozenset()
    before = getattr(array.__dask_graph__(), "dependencies", {})
    return frozenset().union(*(before.get(name, ()) for name in names))


def _names(array: Any) -> tuple[str, ...]:
    layers = getattr(array, "__dask_layers__", None)
    return () if layers is None else tuple(map(str, layers()))


def _split(letters: Letters, axis: int) -> Split:
    return Split(letters[axis], letters[:axis] + letters[axis + 1 :])


def _missing(shape: tuple[int, ...], part: tuple[int, ...]) -> int | None:
    """Say which axis was taken away; of several, the first: napari takes that."""
    axes = range(len(shape))
    return next((n for n in axes if shape[:n] + shape[n + 1 :] == part), None)


def _address(array: Any) -> int | None:
    memory = getattr(array, "__array_interface__", None)
    return memory["data"][0] if memory is not None else None


def _reference(owner: Any) -> ref[Any] | None:
    try:
        return None if owner is None else ref(owner)
    except TypeError:  # bytes, for example
        return None
