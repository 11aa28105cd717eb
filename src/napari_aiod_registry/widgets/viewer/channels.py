"""The channels of the image that is selected in a napari viewer.

Where channels are told from, and the first that tells is believed:

1. An RGB layer has red, green and blue.
2. One axis of the layer is the channels: see `image_axes`.
3. The layer is one of several into which an image was split, as
   ``viewer.add_image(…, channel_axis=0)`` and most readers do. Planes and time points
   of an image are no channels.
4. The metadata lists channels, or says how many there are.

Nothing is loaded: of an image only its shape, type and place in memory are asked.
Metadata comes from any plugin, so none of its code is run: only dicts, lists and the
plain attributes of objects are read, which can't fail and can't touch a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from napari.components import LayerList, ViewerModel
    from napari.layers import Image, Layer

from .channel_metadata import metadata_count, metadata_names, read_names
from .image_axes import AxesReader
from .layer_facts import array_of, bare, is_image, layers_of, metadata_of, shape_of
from .splits import Splits

RGB = ("red", "green", "blue")

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
    layers = layers_of(viewer_or_layers)
    chosen = layers.selection if layer is None else [bare(layer)]
    axes = AxesReader(viewer_or_layers)
    return _answer(filter(is_image, chosen), list(layers), Splits(), axes).names


class ChannelSource:
    """Follows the selected image of a viewer, and calls back when its channels change.

    It knows more than `channel_names`, because it remembers. Channels keep their
    numbers when the layer of one before them is removed, or when layers are dragged.
    And while no image is selected, but labels or points or nothing at all, the image
    selected last stays the one to go by, until it is removed.

    Parameters
    ----------
    viewer : napari.Viewer or ViewerModel
        The viewer to follow.
    changed : callable
        Called with the new `names`, and only when they differ from before.
    looked : callable, optional
        Called whenever the images may be others, or have other axes.

    Attributes
    ----------
    axes : AxesReader
        Says which axes an image has.
    """

    def __init__(
        self,
        viewer: ViewerModel,
        changed: Callable[[list[str] | None], object],
        looked: Callable[[], object] | None = None,
    ) -> None:
        self._layers = layers_of(viewer)
        self._changed = changed
        self._looked = looked or (lambda: None)
        self._splits = Splits()
        self.axes = AxesReader(viewer)
        self._chosen: set[Image] = set()
        self._answer = _Answer()
        self._follows = self._was_selected = True
        for emitter in self._list_emitters():
            emitter.connect(self._update)
        # Not `active`, which is silent when a third layer is selected beside two.
        self._layers.selection.events.changed.connect(self._select)
        self._choose()
        self._was_selected = self.is_selected
        self._look()

    @property
    def images(self) -> list[Image]:
        """The images that are selected, or that were before something else was."""
        return [layer for layer in self._layers if layer in self._chosen]

    @property
    def together(self) -> list[Image]:
        """`images`, and the layers that hold the other channels of one of them."""
        both = self._chosen | self._answer.alike
        return [layer for layer in self._layers if layer in both]

    @property
    def is_selected(self) -> bool:
        """Whether an image is selected now, or nothing is for a moment."""
        selection = self._layers.selection
        return not selection or any(layer in self._chosen for layer in selection)

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
        emitters = [events.inserted, events.removed, events.reordered, events.changed]
        sliders = self.axes.events
        return emitters if sliders is None else [*emitters, sliders]

    def _select(self, _event: object = None) -> None:
        before, was_selected = self._chosen, self._was_selected
        self._choose()
        self._was_selected = self.is_selected
        if self._chosen == before:
            if self._was_selected != was_selected:
                self._looked()
            return
        # Most selections have the same channels: what napari does for a moment, and
        # another channel of the same image. Their axes may be others.
        if self._chosen and self._chosen <= self._answer.alike:
            self._looked()
        else:
            self._update()

    def _choose(self) -> None:
        chosen = set(filter(is_image, self._layers.selection))
        if chosen:
            self._chosen = chosen

    def _update(self, _event: object = None) -> None:
        if not self._follows:  # stopped by who was told of the same event just before
            return
        before = self._answer.names
        self._look()
        if self._answer.names != before:
            self._changed(self.names)
        self._looked()

    def _look(self) -> None:
        layers = list(self._layers)  # a list is far quicker to go through than napari's
        chosen = [layer for layer in layers if layer in self._chosen]
        self._chosen = set(chosen)
        self.axes.refresh()
        self._show(_answer(chosen, layers, self._splits, self.axes))

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
    chosen: Iterable[Image], layers: Sequence[Layer], splits: Splits, axes: AxesReader
) -> _Answer:
    """Name the channels that all chosen images have."""
    answer: list[str] | None = None
    alike: set[Image] = set()
    seen: set[Image] = set()
    for layer in chosen:
        if layer in alike:  # a channel of an image that has been looked at
            continue
        names = _inside(layer, axes)
        parts: list[Image | None] = []
        if names is None:
            split = axes.split(layer)
            if split is None or split.off in (None, "C"):
                parts, near = splits.of(layer, layers)
                seen.update(near)
            names = _of_parts(parts) if parts else _listed(layer)
        alike.update([layer, *filter(None, parts)])
        seen.update(alike)
        if names is None or (answer is not None and names != answer):
            return _Answer(None, frozenset(), seen)
        answer = names
    return _Answer(answer, alike, seen)


def _inside(layer: Image, axes: AxesReader) -> list[str] | None:
    """Name the channels that are an axis of the layer itself."""
    if layer.rgb:
        return list(RGB)  # of RGBA, alpha is not a channel to look for cells in
    letters = axes.letters(layer)
    if "C" not in letters:
        return None
    data, axis = array_of(layer), letters.index("C")
    size = shape_of(data)[axis]
    for names in (_coordinates(data, axis), metadata_names(metadata_of(layer))):
        if names is not None and len(names) == size:
            return names
    return [""] * size  # names of another number are of something else


def _coordinates(data: Any, axis: int) -> list[str] | None:
    """Read the names that an xarray keeps for the channels, which are in memory."""
    coords, dims = getattr(data, "coords", None), getattr(data, "dims", None)
    if coords is None or dims is None or dims[axis] not in coords:
        return None
    return read_names(getattr(coords[dims[axis]], "values", None))


def _of_parts(parts: Sequence[Image | None]) -> list[str]:
    """Name the channels of an image that was split into layers."""
    first = next(part for part in parts if part is not None)
    listed = metadata_names(metadata_of(first)) or []
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
    metadata = metadata_of(layer)
    names = metadata_names(metadata)
    count = metadata_count(metadata)
    return [""] * count if names is None and count else names
