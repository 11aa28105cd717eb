"""Open napari with the dock in it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import napari

from .picker import ModelPicker


def open_dock(paths: Iterable[str | os.PathLike[str]] = ()) -> tuple[Any, ModelPicker]:
    """Open a viewer with the dock, and manifests in it.

    Parameters
    ----------
    paths : iterable of path-like
        Manifests to preview.

    Returns
    -------
    viewer : napari.Viewer
        The viewer.
    picker : ModelPicker
        The widget in the dock.
    """
    viewer = napari.Viewer()
    _, picker = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    assert isinstance(picker, ModelPicker)
    for path in paths:
        picker.open_manifest(path)
    return viewer, picker


def preview_in_napari(paths: Iterable[str | os.PathLike[str]]) -> None:
    """Open napari with manifests in the dock, and return when it is closed."""
    open_dock(paths)
    napari.run()
