"""The channels of the image that is selected in a napari viewer.

Where channels are told from, and the first that tells is believed:

1. An RGB layer has red, green and blue.
2. One axis of the layer is labelled as the channels: in ``axis_labels``, by the
   dimensions of an xarray, or in the layer's metadata.
3. The layer is one of several into which an image was split, as
   ``viewer.add_image(…, channel_axis=0)`` and most readers do.
4. The metadata lists channels, or says how many there are.

Nothing is loaded: of an image only its shape, type and place in memory are asked.
Metadata comes from any plugin, so none of its code is run: only dicts, lists and the
plain attributes of objects are read, which can't fail and can't touch a disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from weakref import ref

if TYPE_CHECKING:
    from napari.components import LayerList, ViewerModel
    from napari.layers import Image, Layer

T = TypeVar("T")

RGB = ("red", "green", "blue")

CHANNEL_LABELS = frozenset({"c", "ch", "channel", "channels"})
"""What an axis of channels is called, in lower case."""

AXES_PATHS = (
    ("axes",),  # tifffile, as in imwrite(metadata={"axes": "CYX"})
    ("dims",),  # xarray
    ("dimorder",),  # bioio and aicsimageio: dim_order
    ("axislabels",),  # napari's own word
    ("dimensions", "order"),  # aiod-napari: bioio's Dimensions
    ("multiscales", "axes"),  # the attributes of an OME-Zarr
    ("ome", "multiscales", "axes"),  # … since version 0.5
)
"""Where in the metadata the names of the axes are, as `_member` reads the keys."""

AXIS_PATH = ("channelaxis",)
"""Where the metadata gives the number of the axis: add_image's own word for it."""

NAMES_PATHS = (
    ("channelnames",),  # channel_names: ome-zarr, aiod-napari, many small plugins
    ("channels",),  # the same, as names or as one dict a channel
    ("omero", "channels"),  # the attributes of an OME-Zarr: label
    ("ome", "omero", "channels"),  # … since version 0.5
    ("rawimagemetadata", "omero", "channels"),  # ndevio, on an OME-Zarr
    ("rawimagemetadata", "ome", "omero", "channels"),
    ("omemetadata", "images", "pixels", "channels"),  # ndevio: an OME of ome-types
    ("ometypes", "images", "pixels", "channels"),  # napari-aicsimageio
    ("bioiometadata", "images", "pixels", "channels"),  # napari-bioio-reader
    ("images", "pixels", "channels"),  # … one scene: napari makes a dict of its OME
    ("bioiometadata", "ome", "images", "pixels", "channels"),  # aiod-napari
    ("omemetadata", "ome", "image", "pixels", "channel"),  # napari-tiff: XML as dicts
    ("omero", "pixels", "channels"),  # napari-omero
    ("rawimagemetadata", "metadata", "channels"),  # nd2, by napari-aicsimageio, ndevio
    ("naparimicromanager", "useqsequence", "channels"),  # napari-micromanager
    ("channel", "name"),  # tifffile, as in imwrite(metadata={"Channel": {"Name": …}})
)
"""Where in the metadata channels are listed."""

NAME_KEYS = ("label", "name", "channelname", "config", "fluor")
"""What a channel's name is called: OME-Zarr, OME and nd2, others, useq, OME."""

COUNT_PATHS = (
    ("dimensions", "c"),  # aiod-napari
    ("imagejmetadata", "channels"),  # napari-tiff
    ("omero", "pixels", "sizec"),  # napari-omero
)
"""Where the metadata says only how many channels there are."""

LABELS_PATH = ("imagejmetadata", "labels")
"""Where napari-tiff keeps ImageJ's labels: one a plane, which may be a channel."""

OVERLAID = frozenset({"additive", "minimum"})
"""Blending of layers that are looked at together; napari's own for split channels."""

WATCHED = (
    "affine",
    "axis_labels",
    "blending",
    "data",
    "metadata",
    "name",
    "scale",
    "translate",
)
"""Events of a layer after which its image may have other channels.

There is none for ``rgb``, which napari sets once.
"""


def channel_names(
    viewer_or_layers: ViewerModel | LayerList, layer: Layer | None = None
) -> list[str] | None:
    """Name the channels of the selected image.

    Parameters
    ----------
    viewer_or_layers : napari.Viewer, ViewerModel or LayerList
        The viewer, or its layers.
    layer : napari.layers.Layer, optional
        The layer to name the channels of. Default: the selected one; of several, what
        holds for all of the images among them.

    Returns
    -------
    list of str or None
        One text a channel, empty for a channel without a name. None where it can't be
        told: no image is selected, or nothing says which channels it has.
    """
    layers = _layers(viewer_or_layers)
    chosen = layers.selection if layer is None else [_bare(layer)]
    return _answer(filter(_is_image, chosen), list(layers), _Splits()).names


class ChannelSource:
    """Follows the selected image of a viewer, and calls back when its channels change.

    It knows more than `channel_names`, because it remembers. Channels keep their
    numbers when the layer of one before them is removed, or when layers are dragged.
    And while nothing at all is selected, the image selected last stays the one to go
    by: napari deselects everything for a moment whenever another layer is selected.

    Parameters
    ----------
    viewer : napari.Viewer or ViewerModel
        The viewer to follow.
    changed : callable
        Called with the new `names`, and only when they differ from before.
    """

    def __init__(
        self, viewer: ViewerModel, changed: Callable[[list[str] | None], object]
    ) -> None:
        self._layers = _layers(viewer)
        self._changed = changed
        self._splits = _Splits()
        self._chosen: set[Image] = set()
        self._answer = _Answer()
        self._follows = True
        for emitter in self._list_emitters():
            emitter.connect(self._update)
        # Not `active`, which is silent when a third layer is selected beside two.
        self._layers.selection.events.changed.connect(self._select)
        self._choose()
        self._look()

    @property
    def names(self) -> list[str] | None:
        """The channels, as `channel_names` gives them."""
        names = self._answer.names
        return None if names is None else list(names)

    def stop(self) -> None:
        """Disconnect from the viewer and all its layers."""
        self._follows = False
        for emitter in self._list_emitters():
            emitter.disconnect(self._update)
        self._layers.selection.events.changed.disconnect(self._select)
        self._show(_Answer(self._answer.names))
        self._chosen = set()

    def _list_emitters(self) -> list[Any]:
        events = self._layers.events
        return [events.inserted, events.removed, events.reordered, events.changed]

    def _select(self, _event: object = None) -> None:
        before = self._chosen
        self._choose()
        # Most selections change nothing: what napari does for a moment, and going to
        # another channel of the same image.
        is_alike = bool(self._chosen) and self._chosen <= self._answer.alike
        if self._chosen != before and not is_alike:
            self._update()

    def _choose(self) -> None:
        if self._layers.selection:
            self._chosen = set(filter(_is_image, self._layers.selection))

    def _update(self, _event: object = None) -> None:
        if not self._follows:  # stopped by who was told of the same event just before
            return
        before = self._answer.names
        self._look()
        if self._answer.names != before:
            self._changed(self.names)

    def _look(self) -> None:
        layers = list(self._layers)  # a list is far quicker to go through than napari's
        chosen = [layer for layer in layers if layer in self._chosen]
        self._chosen = set(chosen)
        self._show(_answer(chosen, layers, self._splits))

    def _show(self, answer: _Answer) -> None:
        """Take an answer, and listen to the layers that it depends on."""
        before, self._answer = self._answer, answer
        for emitter in _layer_emitters(before.seen - answer.seen):
            emitter.disconnect(self._update)
        for emitter in _layer_emitters(answer.seen - before.seen):
            emitter.connect(self._update)


def _layer_emitters(layers: Iterable[Image]) -> Iterator[Any]:
    return (getattr(layer.events, name) for layer in layers for name in WATCHED)


# From layers to names


class _Answer(NamedTuple):
    """The channels of an image, and what the answer depends on.

    Attributes
    ----------
    names : list of str or None
        See `channel_names`.
    alike : set of napari.layers.Image
        The layers of which any selection has this answer.
    seen : set of napari.layers.Image
        The layers in which a change can change the answer.
    """

    names: list[str] | None = None
    alike: AbstractSet[Image] = frozenset()
    seen: AbstractSet[Image] = frozenset()


def _answer(
    chosen: Iterable[Image], layers: Sequence[Layer], splits: _Splits
) -> _Answer:
    """Name the channels that all chosen images have."""
    answer: list[str] | None = None
    alike: set[Image] = set()
    seen: set[Image] = set()
    for layer in chosen:
        if layer in alike:  # a channel of an image that has been looked at
            continue
        names = _inside(layer)
        parts: list[Image | None] = []
        if names is None:
            parts, near = splits.of(layer, layers)
            names = _of_parts(parts) if parts else _listed(layer)
            seen.update(near)
        alike.update([layer, *filter(None, parts)])
        seen.update(alike)
        if names is None or (answer is not None and names != answer):
            return _Answer(None, frozenset(), seen)
        answer = names
    return _Answer(answer, alike, seen)


def _inside(layer: Image) -> list[str] | None:
    """Name the channels that are an axis of the layer itself."""
    if layer.rgb:
        return list(RGB)  # of RGBA, alpha is not a channel to look for cells in
    data = _array(layer)
    shape = _shape(data)
    axis = _axis(layer, data, len(shape))
    if axis is None:
        return None
    size = shape[axis]
    for names in (_coordinates(data, axis), _metadata_names(_metadata(layer))):
        if names is not None and len(names) == size:
            return names
    return [""] * size  # names of another number are of something else


def _axis(layer: Image, data: Any, ndim: int) -> int | None:
    """Find the axis of channels."""

    def labelled(labels: Any) -> int | None:
        return _labelled(labels, ndim)

    def numbered(number: Any) -> int | None:
        whole = isinstance(number, int) and not isinstance(number, bool)
        return number % ndim if whole and -ndim <= number < ndim else None

    metadata = _metadata(layer)
    found = labelled(getattr(layer, "axis_labels", None))
    if found is None:
        found = labelled(getattr(data, "dims", None))
    for path in AXES_PATHS:
        found = _read(metadata, path, labelled) if found is None else found
    return _read(metadata, AXIS_PATH, numbered) if found is None else found


def _labelled(labels: Any, ndim: int) -> int | None:
    """Find the one label that means channels, if there is one label an axis.

    Labels of another number are not of this layer: metadata is often that of the file.
    """
    if not isinstance(labels, str | list | tuple) or len(labels) != ndim:
        return None
    at = [axis for axis, label in enumerate(labels) if _means_channels(label)]
    return at[0] if len(at) == 1 else None


def _means_channels(label: Any) -> bool:
    if isinstance(label, str):
        return label.strip().lower() in CHANNEL_LABELS
    # OME-Zarr: {"name": "c", "type": "channel"}
    kinds = (_member(label, "type"), _member(label, "name"))
    return any(isinstance(kind, str) and _means_channels(kind) for kind in kinds)


def _coordinates(data: Any, axis: int) -> list[str] | None:
    """Read the names that an xarray keeps for the channels, which are in memory."""
    coords, dims = getattr(data, "coords", None), getattr(data, "dims", None)
    if coords is None or dims is None or dims[axis] not in coords:
        return None
    return _names(getattr(coords[dims[axis]], "values", None))


def _of_parts(parts: Sequence[Image | None]) -> list[str]:
    """Name the channels of an image that was split into layers."""
    first = next(part for part in parts if part is not None)
    listed = _metadata_names(_metadata(first)) or []
    # Readers give each layer the metadata of the whole image. If that has more channels
    # than there are layers, some layers have been removed.
    count = max(len(parts), len(listed))
    if len(listed) < len(parts):
        listed = [""] * count
    shown = [part.name if part is not None else "" for part in parts]
    shown += [""] * (count - len(shown))
    return [name or title for name, title in zip(listed, shown, strict=True)]


def _listed(layer: Image) -> list[str] | None:
    """Name the channels that only the metadata tells of."""
    metadata = _metadata(layer)
    names = _metadata_names(metadata)
    count = _metadata_count(metadata)
    return [""] * count if names is None and count else names


# Metadata


def _metadata_names(metadata: Any) -> list[str] | None:
    for path in NAMES_PATHS:
        names = _read(metadata, path, _names)
        if names is not None:
            return names
    labels = _read(metadata, LABELS_PATH, _names)
    is_one_each = labels is not None and len(labels) == _metadata_count(metadata)
    return labels if is_one_each else None


def _metadata_count(metadata: Any) -> int | None:
    def count(value: Any) -> int | None:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and value > 0 else None

    found = (_read(metadata, path, count) for path in COUNT_PATHS)
    return next((number for number in found if number is not None), None)


def _names(channels: Any) -> list[str] | None:
    """Read a list of channels: texts, or things that have a name."""
    if type(channels).__name__ == "ndarray" and channels.dtype.kind in "UO":
        channels = channels.tolist()
    if not isinstance(channels, list | tuple) or not channels:
        return None
    # In nd2, each channel is a thing that has a "channel".
    return [_name(item) or _name(_member(item, "channel")) for item in channels]


def _name(channel: Any) -> str:
    texts = [channel, *(_member(channel, key) for key in NAME_KEYS)]
    names = (" ".join(text.split()) for text in texts if isinstance(text, str))
    return next(filter(None, names), "")


def _read(value: Any, path: Sequence[str], reader: Callable[[Any], T]) -> T | None:
    """Read what lies at the end of a path; of several things there, if they agree."""
    if not path:
        return reader(value)
    if not isinstance(value, list | tuple):
        return _read(_member(value, path[0]), path[1:], reader)
    # Scenes of a file, for example.
    found = [_read(_member(item, path[0]), path[1:], reader) for item in value]
    return found[0] if found and found.count(found[0]) == len(found) else None


def _member(value: Any, key: str) -> Any:
    """Return an entry of a dict or a plain attribute of an object, or None.

    Neither case nor anything but letters and digits of its name matters.
    """
    if not isinstance(value, dict):
        try:
            value = object.__getattribute__(value, "__dict__")
        except AttributeError:
            return None
    for name, member in value.items():
        if isinstance(name, str) and _letters(name) == key:
            return member
    return None


@lru_cache(maxsize=1000)
def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


# Images that were split into layers


class _Splits:
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
        images = [other for other in layers if _is_image(other) and not other.rgb]
        found, seen = _siblings(layer, images)
        order = self._remembered(found or [layer])
        known = set(images).intersection(order)
        grid = _grid(layer)
        present = {part for part in known.difference(found) if _grid(part) == grid}
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
    array = _array(layer)
    origin = _origin(array)
    if origin is None:
        return [], []
    shape, grid = _shape(array), _grid(layer)
    alike = [other for other in images if _shape(_array(other)) == shape]
    related = [
        (place[1], other)
        for other in alike
        if (place := _origin(_array(other))) and _is_one(place[0], origin[0])
    ]
    # A duplicate of a layer has the same place, and is no channel of its own.
    planes: dict[Any, Image] = {}
    for place, other in related:
        if _grid(other) == grid:
            planes.setdefault(place, other)
    order = sorted(planes) if isinstance(origin[1], int) else list(planes)
    found = [planes[place] for place in order]
    whole = getattr(origin[0], "size", None) == len(found) * getattr(array, "size", 0)
    is_split = len(found) > 1 and (whole or any(map(_is_overlaid, found[1:])))
    return found if is_split else [], [other for _, other in related]


def _origin(array: Any) -> tuple[Any, Any] | None:
    """Return what an array is a part of, and which part, or None.

    For a view, this is the array that owns the memory, and the address. For dask, this
    is the array before it was indexed, and the name of the indexing.
    """
    memory = getattr(array, "__array_interface__", None) if _is_view(array) else None
    if memory is not None:
        base = array.base
        while _is_view(base):
            base = base.base
        return base, memory["data"][0]
    layers = getattr(array, "__dask_layers__", None)
    if layers is None:
        return None
    names = tuple(layers())
    before = getattr(array.__dask_graph__(), "dependencies", {})
    sources = frozenset().union(*(before.get(name, ()) for name in names))
    is_part = bool(sources) and all(str(name).startswith("getitem") for name in names)
    return (sources, names) if is_part else None


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
        if not _is_overlaid(images[first + 1]):
            return [], list(images[first : last + 2])
    while last + 1 < len(images) and _belong(images[last], images[last + 1]):
        last += 1
        if not _is_overlaid(images[last]):
            return [], list(images[max(0, first - 1) : last + 1])
    run = images[first : last + 1] if last > first else []
    return list(run), list(images[max(0, first - 1) : last + 2])


def _belong(below: Image, above: Image) -> bool:
    """Whether two neighbours may be channels of one image."""
    path, other = _path(below), _path(above)
    if path != other or _grid(below) != _grid(above):
        return False
    if path is not None:
        return True
    in_turn = _number(above.name) == _next(_number(below.name))
    return in_turn and _are_apart(_array(below), _array(above))


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


# What is asked of a layer


def _bare(thing: Any) -> Any:
    """Take off the proxy in which napari hands itself to plugins.

    Its layers are other objects every time, and so can't be compared or remembered.
    """
    return getattr(thing, "__wrapped__", thing)


def _layers(viewer_or_layers: Any) -> LayerList:
    bare = _bare(viewer_or_layers)
    return getattr(bare, "layers", bare)


def _is_image(layer: Any) -> bool:
    return hasattr(layer, "rgb")  # only napari's image layers have it


def _is_overlaid(layer: Image) -> bool:
    return layer.blending in OVERLAID


def _metadata(layer: Image) -> Any:
    return getattr(layer, "metadata", None)


def _path(layer: Image) -> str | None:
    path = getattr(getattr(layer, "source", None), "path", None)
    return None if path is None else str(path)


def _array(layer: Image) -> Any:
    """Return the image, of a multiscale one the first and largest level."""
    return layer.data[0] if layer.multiscale else layer.data


def _shape(array: Any) -> tuple[int, ...]:
    return tuple(getattr(array, "shape", ()))


def _grid(layer: Image) -> tuple[Any, ...]:
    """Return what images have in common that show the same place in the same way."""
    array = _array(layer)
    return (
        _shape(array),
        getattr(array, "dtype", None),
        layer.scale.tolist(),
        layer.translate.tolist(),
        layer.affine.affine_matrix.tolist(),
    )
