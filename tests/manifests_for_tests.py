"""A small manifest that is right, for tests to break."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from napari_aiod_registry import Problem, check_manifest

GOOD: dict[str, Any] = {
    "name": "Good",
    "metadata": {"description": "For tests.", "license": "MIT"},
    "versions": {
        "v1": {
            "axes": "YX",
            "tasks": {
                "mito": {"locations": [{"location": "https://example.org/w.pt"}]}
            },
        }
    },
    "params": [
        {"name": "Size", "arg_name": "size", "value": 3, "tooltip": "How large."},
        {"name": "Mode", "value": ["a", "b"], "tooltip": "Which way."},
    ],
}

DELETE = object()
"""Stands for a key that is taken away."""

Change = tuple[tuple[str | int, ...], Any]
"""A place in the manifest, and what comes there."""


def changed(*changes: Change) -> dict[str, Any]:
    """Return the good manifest with something else at some places."""
    whole = copy.deepcopy(GOOD)
    for (*place, key), value in changes:
        holder: Any = whole
        for part in place:
            holder = holder[part]
        if value is DELETE:
            del holder[key]
        elif isinstance(holder, list) and key == len(holder):
            holder.append(value)
        else:
            holder[key] = value
    return whole


def write(folder: Path, data: Any, name: str = "manifest.json") -> Path:
    """Write a manifest, a line for each key."""
    path = folder / name
    text = data if isinstance(data, str) else json.dumps(data, indent=1)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def problems(folder: Path, data: Any, name: str = "manifest.json") -> list[Problem]:
    """Write a manifest and list its problems."""
    return list(check_manifest(write(folder, data, name)).problems)
