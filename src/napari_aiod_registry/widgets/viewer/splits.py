"""Images that napari holds as several layers, one for each channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from weakref import ref

if TYPE_CHECKING:
    from napari.layers import Image, Layer

from .layer_facts import array_of, grid_of, is_image, is_overlaid, path_of, shape_of
from .lineage import sources_of


class Splits:
    """Finds the layers into which an image was split, and remembers them."""

    def __init__(self) -> None:
        self._known: list[list[ref[Image]]] = []

    def of(
        self, layer: Image, layers: Sequence[Layer]
    ) -> tuple[list[Image | None], list[Image]]:
        """List the layers of an image in the order of its channels.

        Returns
        -------
        parts : list of napari.layers.Image or None
            The layers, and None for each that is gone. Empty for an image that was
            not split.
        seen : list of napari.layers.Image
            The layers that were looked at, because a change in them changes the parts.
        """
        images = [other for other in layers if is_image(other) and not other.rgb]
        found, seen = _siblings(layer, images)
        order = self._remembered(found or [layer])
        known = set(images).intersection(order)
        grid = grid_of(layer)
        present = {part for part in known.difference(found) if grid_of(part) == grid}
        present.update(found)
        parts = [part if part in present else None for part in order]
        while parts and parts[-1] is None:
            del parts[-1]
        return parts, [*seen, *known]

    def _remembered(self, found: list[Image]) -> list[Image | None]:
        """Complete a split by its layers that are gone, and remember it."""
        self._known = [known for known in self._known if any(part() for part in known)]
        for known in self._known:
            order = [part() for part in known]
            if any(layer in order for layer in found):
                break
        else:
            if len(found) < 2:
                return []
            known, order = [], []
            self._known.append(known)
        new = [layer for layer in found if layer not in order]
        if new:
            # What is found is in order, unless something is missing from it.
            order = found if set(order) <= set(found) else [*order, *new]
            known[:] = [ref(layer) for layer in order]
        return order


def _siblings(layer: Image, images: Sequence[Image]) -> tuple[list[Image], list[Image]]:
    """Find the layers that are channels of one image together with a layer.

    napari keeps no link between layers that it makes of one image, so it is told from
    what they share; two images of one shape are not enough. They lie on one grid, and
    they are planes of one array, or they are neighbours that are shown as an overlay
    and come from one file or have the names that napari numbers.
    """
    planes, seen = _planes(layer, images)
    if planes:
        return planes, seen
    run, near = _run(layer, images)
    return run, [*seen, *near]


def _planes(layer: Image, images: Sequence[Image]) -> tuple[list[Image], list[Image]]:
    """Find the layers that are planes of the same array, in their order in it.

    Parts of an array may also be time points. So all of it has to be there, or the
    layers have to be an overlay.
    """
    array = array_of(layer)
    origin = _origin(array)
    if origin is None:
        return [], []
    shape, grid = shape_of(array), grid_of(layer)
    alike = [other for other in images if shape_of(array_of(other)) == shape]
    related = [
        (place[1], other)
        for other in alike
        if (place := _origin(array_of(other))) and _is_one(place[0], origin[0])
    ]
    # A duplicate of a layer has the same place, and is no channel of its own.
    planes: dict[Any, Image] = {}
    for place, other in related:
        if grid_of(other) == grid:
            planes.setdefault(place, other)
    found = _in_order(planes)
    whole = getattr(origin[0], "size", None) == len(found) * getattr(array, "size", 0)
    is_split = len(found) > 1 and (whole or any(map(is_overlaid, found[1:])))
    return found if is_split else [], [other for _, other in related]


def _in_order(planes: dict[Any, Image]) -> list[Image]:
    """Sort planes by their address; dask's have none, and stay as they are listed."""
    by_address = all(isinstance(place, int) for place in planes)
    found = [planes[place] for place in (sorted(planes) if by_address else planes)]
    # napari overlays all but the first: the array was flipped, or the list was.
    if found and is_overlaid(found[0]) and not is_overlaid(found[-1]):
        found.reverse()
    return found


def _origin(array: Any) -> tuple[Any, Any] | None:
    """Return what an array is a part of, and which part, or None.

    For a view, this is the array that owns the memory, and the address. For dask, this
    is the array before it was indexed, and the name of the indexing.
    """
    memory = getattr(array, "__array_interface__", None) if _is_view(array) else None
    if memory is not None:
        return array.base, memory["data"][0]  # numpy's base is never itself a view
    sources = sources_of(array)
    return (sources, tuple(array.__dask_layers__())) if sources else None


def _is_view(array: Any) -> bool:
    """Whether an array, as numpy has them, is part of another one."""
    strides = getattr(array, "strides", None)
    return isinstance(strides, tuple) and getattr(array, "base", None) is not None


def _is_one(origin: Any, other: Any) -> bool:
    """Compare two arrays by identity, dask's by the names that stand for them."""
    return origin is other or (isinstance(origin, frozenset) and origin == other)


def _run(layer: Image, images: Sequence[Image]) -> tuple[list[Image], list[Image]]:
    """Find the neighbours in the list of layers that belong to the image.

    Only the first channel of an overlay covers what is below it. If another one does,
    there may be two images, and then nobody knows where the second begins.
    """
    if layer not in images:
        return [], []
    first = last = images.index(layer)
    while first > 0 and _belong(images[first - 1], images[first]):
        first -= 1
        if not is_overlaid(images[first + 1]):
            return [], list(images[first : last + 2])
    while last + 1 < len(images) and _belong(images[last], images[last + 1]):
        last += 1
        if not is_overlaid(images[last]):
            return [], list(images[max(0, first - 1) : last + 1])
    run = images[first : last + 1] if last > first else []
    return list(run), list(images[max(0, first - 1) : last + 2])


def _belong(below: Image, above: Image) -> bool:
    """Whether two neighbours may be channels of one image."""
    path, other = path_of(below), path_of(above)
    if path != other or grid_of(below) != grid_of(above):
        return False
    if path is not None:
        return True
    in_turn = _number(above.name) == _next(_number(below.name))
    return in_turn and _are_apart(array_of(below), array_of(above))


def _are_apart(array: Any, other: Any) -> bool:
    """Whether arrays may have been read one by one, from an HDF5 file for example.

    Views and dask arrays have not: `_planes` knows all that belong to them.
    """
    return array is not other and not any(map(_has_origin, (array, other)))


def _has_origin(array: Any) -> bool:
    graph = getattr(array, "__dask_graph__", None)
    return _is_view(array) or (graph is not None and graph() is not None)


def _number(name: str) -> tuple[str, int]:
    """Take a name apart: napari makes "cells", "cells [1]", "cells [2]" of one name."""
    match = re.fullmatch(r"(.*) \[(\d+)\]", name, re.DOTALL)
    return (match[1], int(match[2])) if match else (name, 0)


def _next(numbered: tuple[str, int]) -> tuple[str, int]:
    return numbered[0], numbered[1] + 1
