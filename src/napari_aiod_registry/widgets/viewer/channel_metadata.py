"""The channels that a layer's metadata tells of, whichever plugin wrote it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    pass

T = TypeVar("T")

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


def metadata_names(metadata: Any) -> list[str] | None:
    """Name the channels that metadata lists, or return None."""
    for path in NAMES_PATHS:
        names = read_path(metadata, path, read_names)
        if names is not None:
            return names
    labels = read_path(metadata, LABELS_PATH, read_names)
    is_one_each = labels is not None and len(labels) == metadata_count(metadata)
    return labels if is_one_each else None


def metadata_count(metadata: Any) -> int | None:
    """Return how many channels metadata speaks of, or None."""

    def count(value: Any) -> int | None:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and value > 0 else None

    found = (read_path(metadata, path, count) for path in COUNT_PATHS)
    return next((number for number in found if number is not None), None)


def read_names(channels: Any) -> list[str] | None:
    """Read a list of channels: texts, or things that have a name."""
    if type(channels).__name__ == "ndarray" and channels.dtype.kind in "UO":
        channels = channels.tolist()
    if not isinstance(channels, list | tuple) or not channels:
        return None
    # In nd2, each channel is a thing that has a "channel".
    return [_name(item) or _name(member(item, "channel")) for item in channels]


def _name(channel: Any) -> str:
    texts = [channel, *(member(channel, key) for key in NAME_KEYS)]
    names = (" ".join(text.split()) for text in texts if isinstance(text, str))
    return next(filter(None, names), "")


def read_path(value: Any, path: Sequence[str], reader: Callable[[Any], T]) -> T | None:
    """Read what lies at the end of a path; of several things there, if they agree."""
    if not path:
        return reader(value)
    if not isinstance(value, list | tuple):
        return read_path(member(value, path[0]), path[1:], reader)
    # Scenes of a file, for example.
    found = [read_path(member(item, path[0]), path[1:], reader) for item in value]
    return found[0] if found and found.count(found[0]) == len(found) else None


def member(value: Any, key: str) -> Any:
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
