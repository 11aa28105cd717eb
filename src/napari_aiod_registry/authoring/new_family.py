"""A manifest for a new family, from the answers of its author."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..config import ConfigError, config_text
from ..manifest import listed_tasks
from ..messages import ManifestError, Problem
from ..reading import Reading, check_bytes
from ..reading.findings import find
from ..tasks import TASK_NAMES
from ..text import SUFFIXES
from ..text.atomic import replace_file, unwritable
from ..text.json_reader import read_json
from ..text.yaml_reader import read_value

_NOT_TEXT = (
    *("value", "default", "min", "max", "step", "advanced", "channel_start"),
    "year",
)
"""Fields of parameters and publications that may be something else than text."""


@dataclass(frozen=True)
class Family:
    """What is asked about a new family; the names are the format's.

    ``locations``, ``authors``, ``pubs`` and ``params`` hold mappings as in the file.
    What is empty is left out of the manifest.
    """

    name: str
    description: str
    version: str
    tasks: Sequence[str]
    locations: Sequence[Mapping[str, Any]]
    short_name: str | None = None
    axes: str | None = None
    license: str | None = None
    url: str | None = None
    repo: str | None = None
    tags: Sequence[str] = ()
    authors: Sequence[Mapping[str, Any]] = ()
    pubs: Sequence[Mapping[str, Any]] = ()
    params: Sequence[Mapping[str, Any]] = ()

    def manifest(self) -> dict[str, Any]:
        """Put the answers where they stand in a manifest."""
        metadata = {
            "description": self.description,
            "authors": [dict(author) for author in self.authors],
            "pubs": [dict(publication) for publication in self.pubs],
            "url": self.url,
            "repo": self.repo,
            "license": self.license,
            "tags": list(self.tags),
        }
        tasks = {
            key: {"locations": [dict(entry) for entry in self.locations]}
            for key in listed_tasks(self.tasks).values()
        }
        version = {"tasks": tasks, "axes": self.axes}
        params = [dict(param) for param in self.params]
        return _without_empty(
            {
                "name": self.name,
                "short_name": self.short_name,
                "metadata": _without_empty(metadata),
                "versions": {self.version: _without_empty(version)},
                "params": params,
            }
        )


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    needed = ("name", "description", "tasks")
    return {key: value for key, value in data.items() if value or key in needed}


_RIGHT = Family("A", "A.", "1", [next(iter(TASK_NAMES))], [{"location": "/a"}])


def wrong_answer(**answer: Any) -> str | None:
    """Say what is wrong with an answer, by the rules for manifests.

    Parameters
    ----------
    **answer
        A field of `Family` and what is to be in it.

    Returns
    -------
    str or None
        What is wrong and what to do, or None where the answer is right.
    """
    text = json.dumps(replace(_RIGHT, **answer).manifest())
    for found in find(read_json(text)).findings:
        if found.severity == "error":
            key = found.place[-1] if found.code in ("missing-key", "wrong-type") else ""
            where = f"{key}: " if isinstance(key, str) and key else ""
            return f"{where}{found.message} {found.hint or ''}".rstrip()
    return None


def fields_from(text: str) -> dict[str, Any]:
    """Read fields that are written in one line: ``name=Size,value=3,tooltip=How big``.

    A comma parts two fields where a word and an equals sign follow it.

    Parameters
    ----------
    text : str
        The line.

    Returns
    -------
    dict
        Values and bounds as YAML reads them, so ``value=[a, b]`` is a list; all else
        is text.

    Raises
    ------
    ValueError
        Where it does not begin with a word and an equals sign, or names a field twice.
    """
    fields: dict[str, Any] = {}
    for part in re.split(r",\s*(?=\w+\s*=)", text.strip()):
        key, sign, value = (piece.strip() for piece in part.partition("="))
        if not sign or not key:
            message = f"{part!r} has no '='. Write name=…, then a comma and the next."
            raise ValueError(message)
        if key in fields:
            raise ValueError(f"{key} is given twice.")
        fields[key] = read_value(value) if key in _NOT_TEXT else value
    return fields


def publication_from(text: str) -> dict[str, Any]:
    """Read a publication from one line, its address from its DOI where it has none."""
    fields = fields_from(text)
    if fields.get("doi") and "url" not in fields:
        fields["url"] = f"https://doi.org/{fields['doi']}"
    return fields


def write_manifest(
    path: str | os.PathLike[str], data: Mapping[str, Any], *, force: bool = False
) -> Reading:
    """Write a manifest that has no errors into a new file.

    Parameters
    ----------
    path : path-like
        A ``.json``, ``.yaml`` or ``.yml`` file.
    data : mapping
        The manifest, with the format's keys.
    force : bool, default False
        Replace a file that is there.

    Returns
    -------
    Reading
        What our own reader makes of the file, with its warnings.

    Raises
    ------
    ManifestError
        Where it has errors or can't be written. Nothing is written then.
    """
    path = Path(path)
    refuse_path(path, force=force)
    try:
        raw = config_text(data, suffix=path.suffix).encode()
    except ConfigError as error:
        # Such a text comes from a terminal that is not set to UTF-8.
        message = "This has a character that can't be written."
        problems = [
            Problem("error", "not-utf8", problem.loc, message, path=path)
            for problem in error.problems
        ]
        raise ManifestError(path, problems) from error
    reading = check_bytes(path, raw)
    if reading.manifest is None:
        raise ManifestError(path, reading.problems)
    try:
        replace_file(path, raw)
    except (OSError, ValueError) as error:
        raise ManifestError(path, [unwritable(path, error)]) from error
    return reading


def refuse_path(path: Path, *, force: bool = False) -> None:
    """Refuse a file that no new manifest can be written to.

    Raises
    ------
    ManifestError
        Where its name has another ending, or it is there and ``force`` is false.
    """
    if path.suffix.lower() not in SUFFIXES:
        message = f"{path.name} is not a manifest by its name."
        hint = f"Manifests end in {', '.join(SUFFIXES)}."
        problem = Problem("error", "unknown-suffix", "", message, hint, path=path)
        raise ManifestError(path, [problem])
    if os.path.lexists(path) and not force:
        message = f"{path} is there already."
        hint = "Choose another name, or replace it with --force."
        problem = Problem("error", "file-exists", "", message, hint, path=path)
        raise ManifestError(path, [problem])
