"""Which axes an image layer has, as far as anybody says so. Nothing is loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from napari.layers import Image

from ...registry.image_fit import ImageAxes
from .channel_metadata import AXES_PATHS, AXIS_PATH, member, read_path
from .channels import CHANNEL_LABELS
from .layer_facts import array_of, metadata_of, shape_of

_LETTERS = {
    **dict.fromkeys(CHANNEL_LABELS, "C"),
    **dict.fromkeys(("z", "depth", "plane", "planes", "slice", "slices"), "Z"),
    **dict.fromkeys(("t", "time", "frame", "frames", "timepoint", "timepoints"), "T"),
    **dict.fromkeys(("y", "row", "rows", "height"), "Y"),
    **dict.fromkeys(("x", "column", "columns", "col", "width"), "X"),
}
"""What an axis is called → its letter."""


_UNIT = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def image_axes(
    layer: Image, channels: int | None = None, labels: Sequence[str] = ()
) -> ImageAxes:
    """Say which axes a layer has.

    Parameters
    ----------
    layer : napari.layers.Image
        The layer. Only its shape, labels and metadata are asked.
    channels : int, optional
        Number of channels of the image, of which the layer may be one.
    labels : sequence of str, default ()
        What people have called the axes in the viewer, for layers that do not say it.

    Returns
    -------
    ImageAxes
        The last two axes are Y and X unless a label says otherwise.
    """
    data = array_of(layer)
    ndim = int(layer.ndim)
    shape = shape_of(data)[:ndim]
    letters = _letters(layer, data, ndim, labels)
    axes = tuple(zip(letters, map(int, shape), strict=True))
    return ImageAxes(axes, rgb=bool(layer.rgb), channels=channels)


def _letters(
    layer: Image, data: Any, ndim: int, labels: Sequence[str]
) -> list[str | None]:
    metadata = metadata_of(layer)

    def read(labels: Any) -> list[str | None] | None:
        return _read(labels, ndim)

    found = read(getattr(layer, "axis_labels", None)) or read(
        getattr(data, "dims", None)
    )
    for path in AXES_PATHS:
        found = found or read_path(metadata, path, read)
    found = found or read(list(labels)[-ndim:])
    if found is None:
        found = [None] * ndim
        axis = read_path(metadata, AXIS_PATH, lambda number: number)
        if isinstance(axis, int) and -ndim <= axis < ndim:
            found[axis] = "C"
    return _with_plane(found)


def _read(labels: Any, ndim: int) -> list[str | None] | None:
    """Read one label for each axis, if at least one is known and none comes twice."""
    if not isinstance(labels, str | list | tuple) or len(labels) != ndim:
        return None
    letters = [_letter(label) for label in labels]
    known = [letter for letter in letters if letter is not None]
    return letters if known and len(set(known)) == len(known) else None


def _letter(label: Any) -> str | None:
    # OME-Zarr: {"name": "z", "type": "space"}
    words = [label] if isinstance(label, str) else [member(label, "name")]
    text = next((word for word in words if isinstance(word, str)), "")
    # Some write a unit behind the name: "Z (µm)", "time [s]".
    return _LETTERS.get(_UNIT.sub("", text).strip().lower())


def _with_plane(letters: list[str | None]) -> list[str | None]:
    """Call the last unknown axes Y and X, where nothing else is."""
    for letter in ("X", "Y"):
        if letter in letters:
            continue
        unknown = [axis for axis, known in enumerate(letters) if known is None]
        if unknown:
            letters[unknown[-1]] = letter
    return letters
