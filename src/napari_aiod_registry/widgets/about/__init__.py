"""Who made a model, its papers, its licence and its usage guide.

The facts come from a `Resolution`; how to cite is worked out in `citing`.
"""

from __future__ import annotations

from .panel import AboutPanel

__all__ = ["AboutPanel"]
