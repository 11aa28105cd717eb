"""Which axes an image layer has, as far as anybody says so. Nothing is loaded.

All that asks for axes asks here: the fit, and which axis holds the channels. Each axis
has the name that the first of these gives it:

1. the layer's ``axis_labels``;
2. the dimensions of an xarray;
3. the layer's metadata;
4. the image of which the layer is a part, since napari's *Split Stack*;
5. the labels beside the viewer's sliders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from napari.components import LayerList, ViewerModel
    from napari.layers import Image

from ...registry.image_fit import ImageAxes
from .channel_metadata import AXES_PATHS, AXIS_PATH, member, read_path
from .layer_facts import array_of, bare, layers_of, metadata_of, shape_of
from .lineage import Lineage, Split

_LETTERS = {
    **dict.fromkeys(("c", "ch", "channel", "channels"), "C"),
    **dict.fromkeys(("z", "depth", "plane", "planes", "slice", "slices"), "Z"),
    **dict.fromkeys(("t", "time", "frame", "frames", "timepoint", "timepoints"), "T"),
    **dict.fromkeys(("y", "row", "rows", "height"), "Y"),
    **dict.fromkeys(("x", "column", "columns", "col", "width"), "X"),
}
"""What an axis is called, in lower case → its letter."""

_UNIT = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")

Letters = list[str | None]


class AxesReader:
    """Reads which axes layers have, and remembers it of images that will be split.

    Parameters
    ----------
    viewer_or_layers : napari.Viewer, ViewerModel or LayerList, optional
        The viewer; in its sliders' labels people write what an axis is.
    """

    def __init__(self, viewer_or_layers: ViewerModel | LayerList | None = None) -> None:
        self._dims = getattr(bare(viewer_or_layers), "dims", None)
        self._layers = layers_of(viewer_or_layers) if self._dims is not None else ()
        self._lineage = Lineage()
        self._own: dict[tuple[int, str], set[int]] | None = None

    @property
    def events(self) -> Any:
        """The event after which axes may be others, or None without a viewer."""
        return None if self._dims is None else self._dims.events.axis_labels

    def refresh(self) -> None:
        """Ask the layers anew; to be called when they may be others."""
        self._own = None

    def of(self, layer: Image, channels: int | None = None) -> ImageAxes:
        """Say which axes a layer has.

        Parameters
        ----------
        layer : napari.layers.Image
            The layer. Only its shape, labels and metadata are asked.
        channels : int, optional
            Number of channels of the image, of which the layer may be one.

        Returns
        -------
        ImageAxes
            The last two axes are Y and X unless a label says otherwise.
        """
        letters = self.letters(layer)
        shape = shape_of(array_of(layer))[: len(letters)]
        axes = tuple(zip(letters, map(int, shape), strict=True))
        return ImageAxes(axes, rgb=bool(layer.rgb), channels=channels)

    def letters(self, layer: Image) -> Letters:
        """Name each axis of a layer by a letter of ``TCZYX``, or None."""
        data = array_of(layer)
        # The colours are no axis for napari.
        shape = shape_of(data)[: -1 if layer.rgb else None]
        found: Letters = [None] * len(shape)
        split = self.split(layer)
        for letters in self._said(layer, data, len(shape)):
            _fill(found, letters)
        if split is not None and not layer.rgb:
            _fill(found, split.letters)
        _fill(found, self._beside_sliders(shape))
        found = _with_plane(found)
        if not layer.rgb:
            self._lineage.remember(data, found)
        return found

    def split(self, layer: Image) -> Split | None:
        """Say of which axis of another image a layer is a part, if that is known."""
        data = array_of(layer)
        found = self._lineage.of(data)
        base = getattr(data, "base", None)
        shape = shape_of(base)
        if found is None and len(shape) == len(shape_of(data)) + 1:
            # It was split before anybody looked; the metadata may be of the whole.
            for letters in _in_metadata(metadata_of(layer), len(shape)):
                whole = Lineage()
                whole.remember(base, letters)
                found = found or whole.of(data)
        return found

    def _said(self, layer: Image, data: Any, ndim: int) -> Iterator[Sequence[Any]]:
        for labels in (
            getattr(layer, "axis_labels", None),
            getattr(data, "dims", None),
        ):
            yield _read(labels, ndim) or ()
        yield from _in_metadata(metadata_of(layer), ndim)

    def _beside_sliders(self, shape: tuple[int, ...]) -> Letters:
        """Read the labels of the sliders that may be of an image of a shape.

        napari writes those of layers there, too. They are of another image where no
        layer that has such a label is as long there.
        """
        if self._dims is None:
            return []
        ndim = len(shape)
        labels = list(self._dims.axis_labels)[-ndim:] if ndim else []
        letters = _read(labels, ndim) or []
        if self._own is None:
            self._own = self._labels_of_layers() if letters else None
        for place, (label, size) in enumerate(zip(labels, shape, strict=False)):
            owners = (self._own or {}).get((ndim - place, label))
            if letters and owners and size not in owners:
                letters[place] = None
        return letters

    def _labels_of_layers(self) -> dict[tuple[int, str], set[int]]:
        """List how long the axes are: by place, counted from the last, and label."""
        found: dict[tuple[int, str], set[int]] = {}
        for layer in self._layers:
            labels = getattr(layer, "axis_labels", ())
            if not any(map(_letter, labels)) or not hasattr(layer, "multiscale"):
                continue
            sizes = shape_of(array_of(layer))[: len(labels)]
            for place, (label, size) in enumerate(zip(labels, sizes, strict=False)):
                found.setdefault((len(labels) - place, label), set()).add(int(size))
        return found


def _in_metadata(metadata: Any, ndim: int) -> Iterator[Letters]:
    """Read all that metadata says of the axes of an image of so many."""

    def read(labels: Any) -> Letters | None:
        return _read(labels, ndim)

    def numbered(number: Any) -> Letters | None:
        is_whole = isinstance(number, int) and not isinstance(number, bool)
        if not is_whole or not -ndim <= number < ndim:
            return None
        return ["C" if axis == number % ndim else None for axis in range(ndim)]

    found = [read_path(metadata, path, read) for path in AXES_PATHS]
    found.append(read_path(metadata, AXIS_PATH, numbered))
    return filter(None, found)


def _read(labels: Any, ndim: int) -> Letters | None:
    """Read one label for each axis, if at least one is known and none comes twice.

    Labels of another number are not of this layer: metadata is often that of the file.
    """
    if not isinstance(labels, str | list | tuple) or len(labels) != ndim:
        return None
    letters = [_letter(label) for label in labels]
    known = [letter for letter in letters if letter is not None]
    return letters if known and len(set(known)) == len(known) else None


def _letter(label: Any) -> str | None:
    # OME-Zarr: {"name": "z", "type": "space"}, {"name": "q", "type": "channel"}
    is_text = isinstance(label, str)
    words = [label] if is_text else [member(label, "name"), member(label, "type")]
    texts = (word for word in words if isinstance(word, str))
    # Some write a unit behind the name: "Z (µm)", "time [s]".
    letters = (_LETTERS.get(_UNIT.sub("", text).strip().lower()) for text in texts)
    return next(filter(None, letters), None)


def _fill(found: Letters, letters: Sequence[str | None]) -> None:
    """Name the axes that have no name yet, each name once."""
    for axis, letter in enumerate(letters):
        if found[axis] is None and letter not in found:
            found[axis] = letter


def _with_plane(letters: Letters) -> Letters:
    """Call the last unknown axes Y and X, where nothing else is."""
    for letter in ("X", "Y"):
        if letter in letters:
            continue
        unknown = [axis for axis, known in enumerate(letters) if known is None]
        if unknown:
            letters[unknown[-1]] = letter
    return letters
