"""AIoD's registry of segmentation models: the core, without Qt and without napari.

Names are loaded when they are first used, so that importing the package costs next to
nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .manifest.models import ModelManifest
    from .manifest.param import ModelParam
    from .manifest.params_model import params_model
    from .messages.problems import ManifestError, Problem
    from .reading.reading import Reading, check_manifest, read_manifest
    from .registry.location_checks import LocationCheck
    from .registry.registry import (
        Registry,
        Resolution,
        Selection,
        UnknownSelectionError,
    )
    from .tasks import TASK_NAMES

    __version__: str

_HOMES = {
    "TASK_NAMES": "tasks",
    "LocationCheck": "registry.location_checks",
    "ManifestError": "messages.problems",
    "ModelManifest": "manifest.models",
    "ModelParam": "manifest.param",
    "Problem": "messages.problems",
    "Reading": "reading.reading",
    "Registry": "registry.registry",
    "Resolution": "registry.registry",
    "Selection": "registry.registry",
    "UnknownSelectionError": "registry.registry",
    "check_manifest": "reading.reading",
    "params_model": "manifest.params_model",
    "read_manifest": "reading.reading",
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
