"""A small manifest that is right, for tests to break."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from napari_aiod_registry import (
    ManifestError,
    ModelManifest,
    Problem,
    check_manifest,
    read_manifest,
)

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
    for (*place, key), new in changes:
        value = new if new is DELETE else copy.deepcopy(new)
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


TASK = ("versions", "v1", "tasks", "mito")
LOCATION = (*TASK, "locations", 0, "location")
SIZE = ("params", 0)
MODE = ("params", 1)
OTHER_TASK = {"locations": [{"location": "/w.pt"}]}
CHANNEL = {"name": "C", "value": 0, "param_type": "channel", "tooltip": "t"}

Break = tuple[list[Change], str, str, str]
"""What is changed, and the problem: code, place and words of message or hint."""


def assert_one_problem(case: Break, suffix: str, folder: Path) -> None:
    """Break the good manifest, and look at the one problem that is told of it."""
    changes, code, place, words = case
    data = changed(*changes)
    text = json.dumps(data, indent=1)
    if suffix == "yaml":
        text = yaml.safe_dump(json.loads(text), sort_keys=False)

    (problem,) = problems(folder, text, f"m.{suffix}")

    assert (problem.severity, problem.code, problem.loc) == ("error", code, place)
    assert words in f"{problem.message} {problem.hint}"
    assert problem.message.endswith(".")
    assert problem.line is not None
    key = place.rpartition(".")[2].partition("[")[0]
    line = text.splitlines()[problem.line - 1]
    if code != "missing-key" and code != "missing-dtype" and not place.endswith("]"):
        assert key in line
    with pytest.raises(ManifestError) as caught:
        read_manifest(folder / f"m.{suffix}")
    assert caught.value.problems == (problem,)
    with pytest.raises(ValueError, match=r".+"):
        ModelManifest.model_validate(data)
