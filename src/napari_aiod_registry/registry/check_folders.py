"""Many manifests checked together, as a pull request or a folder has them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..messages import Problem
from ..reading import Reading, check_manifest
from .registry import Registry
from .sources import manifest_files


def check_paths(paths: Iterable[str | os.PathLike[str]]) -> list[Reading]:
    """Check manifest files, and all the manifests of folders.

    Parameters
    ----------
    paths : iterable of path-like
        Files and folders.

    Returns
    -------
    list of Reading
        One for each file, in order, with all its problems: those of the file itself,
        and that another one has the same short name. A folder that can't be read, or
        has no manifest, is a reading without a manifest.
    """
    readings: list[Reading] = []
    for path in map(Path, paths):
        found = [_reading(item, path) for item in manifest_files([path])]
        if not found:
            message = f"{path} has no manifest in it."
            hint = "Manifests end in .json, .yaml or .yml."
            problem = Problem("error", "empty-folder", "", message, hint, path=path)
            found = [Reading(path, None, (problem,))]
        readings += found
    return _with_shared_names(readings)


def _reading(found: Path | Problem, path: Path) -> Reading:
    if isinstance(found, Problem):
        return Reading(path, None, (found,))
    return check_manifest(found)


def _with_shared_names(readings: list[Reading]) -> list[Reading]:
    """Add what is wrong between files."""
    manifests = {
        reading.path: reading.manifest
        for reading in readings
        if reading.manifest is not None
    }
    between: dict[Path | None, list[Problem]] = {}
    for problem in Registry(manifests).problems:
        between.setdefault(problem.path, []).append(replace(problem, line=1, column=1))
    return [
        replace(reading, problems=(*reading.problems, *between.get(reading.path, ())))
        for reading in readings
    ]
