"""AIoD's registry of segmentation models: the core, without Qt and without napari.

Names are loaded when they are first used, so that importing the package costs next to
nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .manifest import ModelManifest, ModelParam, params_model
    from .messages import ManifestError, Problem
    from .reading import Reading, check_manifest, read_manifest
    from .registry import (
        LocationCheck,
        Registry,
        Resolution,
        Selection,
        UnknownSelectionError,
    )
    from .tasks import TASK_NAMES

    __version__: str

_HOMES = {
    "TASK_NAMES": "tasks",
    "LocationCheck": "registry",
    "ManifestError": "messages",
    "ModelManifest": "manifest",
    "ModelParam": "manifest",
    "Problem": "messages",
    "Reading": "reading",
    "Registry": "registry",
    "Resolution": "registry",
    "Selection": "registry",
    "UnknownSelectionError": "registry",
    "check_manifest": "reading",
    "params_model": "manifest",
    "read_manifest": "reading",
}

__all__ = [
    "TASK_NAMES",
    "LocationCheck",
    "ManifestError",
    "ModelManifest",
    "ModelParam",
    "Problem",
    "Reading",
    "Registry",
    "Resolution",
    "Selection",
    "UnknownSelectionError",
    "check_manifest",
    "params_model",
    "read_manifest",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("napari-aiod-registry")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
