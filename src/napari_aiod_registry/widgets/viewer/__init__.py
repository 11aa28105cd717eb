"""What the selected layer of napari says: axes, channels, and whether a model fits.

Whether axes fit is decided in `registry.image_fit`; here they are found out.
"""

from __future__ import annotations

from .axis_question import AxisQuestion
from .fit_label import FitLabel, Fits
from .following import FollowedViewer

__all__ = ["AxisQuestion", "FitLabel", "Fits", "FollowedViewer"]
