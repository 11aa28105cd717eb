"""What is asked of an image layer, without loading its image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from napari.components import LayerList
    from napari.layers import Image

OVERLAID = frozenset({"additive", "minimum"})
"""Blending of layers that are looked at together; napari's own for split channels."""


def bare(thing: Any) -> Any:
    """Take off the proxy in which napari hands itself to plugins.

    It makes everything slow that is asked, and other objects of the layers every time.
    """
    return getattr(thing, "__wrapped__", thing)


def layers_of(viewer_or_layers: Any) -> LayerList:
    """Return the layers of a viewer, or layers as they are."""
    thing = bare(viewer_or_layers)
    return getattr(thing, "layers", thing)


def is_image(layer: Any) -> bool:
    """Whether a layer is an image."""
    return hasattr(layer, "rgb")  # only napari's image layers have it


def is_overlaid(layer: Image) -> bool:
    """Whether a layer lets those below it shine through."""
    return layer.blending in OVERLAID


def metadata_of(layer: Image) -> Any:
    """Return a layer's metadata."""
    return getattr(layer, "metadata", None)


def path_of(layer: Image) -> str | None:
    """Return the file that a layer comes from, or None."""
    path = getattr(getattr(layer, "source", None), "path", None)
    return None if path is None else str(path)


def array_of(layer: Image) -> Any:
    """Return the image, of a multiscale one the first and largest level."""
    return layer.data[0] if layer.multiscale else layer.data


def shape_of(array: Any) -> tuple[int, ...]:
    """Return the shape of an image, of whatever kind of array."""
    return tuple(getattr(array, "shape", ()))


def grid_of(layer: Image) -> tuple[Any, ...]:
    """Return what images have in common that show the same place in the same way."""
    array = array_of(layer)
    return (
        shape_of(array),
        getattr(array, "dtype", None),
        layer.scale.tolist(),
        layer.translate.tolist(),
        layer.affine.affine_matrix.tolist(),
    )
