"""The widgets: a form for any Pydantic model, and the picker that napari docks.

The modules here put the parts together: the picker, the dock around it, napari with it
open, and pictures of it. Each part has a package of its own below, and what needs no Qt
is not here at all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .form import ParamForm
    from .picker import ModelPicker

__all__ = ["ModelPicker", "ParamForm"]

_HOMES = {"ModelPicker": "picker", "ParamForm": "form"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
