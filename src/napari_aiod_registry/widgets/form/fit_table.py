"""What a form has taken of a config, as a table for people."""

from __future__ import annotations

import json
from typing import Any

from ...config import ConfigFit
from ...messages import shortened, show


def table_of(fit: ConfigFit) -> list[tuple[str, str, str]]:
    """List what a form has taken of a config: key, value, what became of it."""
    rows = [
        (
            shortened(str(key)),
            _in_file(value),
            f"not taken: {reason}" if reason else "taken",
        )
        for key, value, reason in fit.entries
    ]
    # What did not work comes first.
    return sorted(rows, key=lambda row: row[2] == "taken")


def _in_file(value: Any) -> str:
    """Write a value of a config file as it may stand there; of a long one, two ends."""
    if isinstance(value, dict | list):
        return shortened(json.dumps(value, ensure_ascii=False, default=str))
    return show(value)
