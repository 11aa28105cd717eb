"""Where the weights are: the panel, what is available, link checks.

Looking at disks belongs to `registry`, asking servers to `links`; here both are asked
in the background and shown.
"""

from __future__ import annotations

from .availability import Availability
from .panel import WeightsPanel
from .passed_on import PassedOn
from .where_icons import WhereIcons

__all__ = ["Availability", "PassedOn", "WeightsPanel", "WhereIcons"]
