"""A form for any Pydantic model.

Nothing here knows manifests, the registry or the viewer. How one kind of field is shown
belongs to `editors`.
"""

from __future__ import annotations

from .form import ParamForm
from .grid import FieldRow

__all__ = ["FieldRow", "ParamForm"]
