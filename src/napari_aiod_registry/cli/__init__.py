"""``aiod-registry``: the registry for people at a terminal, for jobs and for CI.

A thin layer over the core. What costs time to import is imported by the command that
needs it.

Exit codes: 0, all is well; 1, something is wrong with a file or a value; 2, the command
was not understood; 3, no weights can be read on this computer. `diff` has those of
diff(1).
"""

from __future__ import annotations

from . import (  # noqa: F401 - each adds its commands to `app`
    checks,
    converting,
    models,
    seeing,
    writing,
)
from .shared import NOT_HERE, WRONG, app

__all__ = ["NOT_HERE", "WRONG", "app"]


def __dir__() -> list[str]:
    return sorted(__all__)
