"""A version or a location more for a manifest file; the rest stays as it is."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from ..manifest import OLD_KEYS, ModelManifest, breach, check_task, listed_tasks
from ..messages import ManifestError, Place, Problem, dotted, meant
from ..reading import MANIFEST_FILE, Reading, check_bytes
from ..text import FileError, decode, is_json, read_bytes
from ..text.atomic import replace_file, unwritable
from .insertion import Layout, Piece, with_pieces

_BOM = b"\xef\xbb\xbf"
_BY_HAND = "Edit the file in a text editor."
_CONVERT = (
    "Bring it into today's shape first, with aiod-registry convert, or edit it by hand."
)


class EditError(ManifestError):
    """A manifest was not edited; it is as it was.

    Attributes
    ----------
    reason : str
        Why, as a sentence. The problems say more.
    """

    def __init__(self, path: Path, reason: str, problems: Sequence[Problem]) -> None:
        super().__init__(path, problems)
        self.reason = reason


def add_location(
    path: str | os.PathLike[str],
    version: str,
    task: str,
    location: Mapping[str, Any],
    *,
    first: bool = False,
) -> list[Problem]:
    """Add a location to a version-task in a manifest file.

    Parameters
    ----------
    path : path-like
        The file, which must have no error.
    version : str
        Name or slug of the version.
    task : str
        Key of the task.
    location : mapping
        As in the file: ``location``, and perhaps ``config_path`` and ``sha256``.
    first : bool, default False
        Prefer it to the locations that are there.

    Returns
    -------
    list of Problem
        Warnings about what was added.

    Raises
    ------
    EditError
        Where the file can't be read or written, has an error, or would have one. It is
        then as it was.
    """
    draft = _Draft(Path(path))
    place = draft.task_place(draft.version_name(version), task)
    entry = dict(location)
    there = draft.manifest.versions[place[1]].tasks[check_task(task)].locations
    if entry.get("location") in [item.location for item in there]:
        raise draft.error(
            (*place, "locations"),
            "duplicate-location",
            f"{entry['location']} is one of the locations already.",
        )
    if "location" in draft.at(place):
        return draft.save(*_in_older_shape(draft, place, entry, first))
    inner = (*place, "locations")
    after = copy.deepcopy(draft.data)
    index = 0 if first else len(there)
    _at(after, inner).insert(index, entry)
    return draft.save(
        lambda layout: layout.insert(inner, entry, first=first), after, (*inner, index)
    )


def add_version(
    path: str | os.PathLike[str],
    name: str,
    tasks: Sequence[str],
    locations: Sequence[Mapping[str, Any]],
    *,
    copy_from: str | None = None,
    axes: str | None = None,
    slug: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> list[Problem]:
    """Add a version to a manifest file, behind the others.

    Parameters
    ----------
    path : path-like
        The file, which must have no error.
    name : str
        Name of the new version.
    tasks : sequence of str
        Keys of its tasks. May be empty with ``copy_from``: those of that version.
    locations : sequence of mapping
        Where its weights are, for each of the tasks. As in the file: ``location``, and
        perhaps ``config_path`` and ``sha256``.
    copy_from : str, optional
        Name or slug of a version that lends its axes, metadata and parameters.
    axes, slug : str, optional
        As in the file.
    metadata : mapping, optional
        As in the file; with ``copy_from``, only what differs.

    Returns
    -------
    list of Problem
        Warnings about what was added.

    Raises
    ------
    EditError
        Where the file can't be read or written, has an error, or would have one. It is
        then as it was.
    """
    draft = _Draft(Path(path))
    if name in draft.manifest.versions:
        raise draft.error(
            ("versions", name),
            "duplicate-version",
            f"There is a version {name!r} already.",
            "Choose another name. To add a location to it, use add-location.",
        )
    model: dict[str, Any] = {}
    lent: dict[str, Place] = {}
    # In the listed spelling, as far as they are known.
    tasks = list(listed_tasks(tasks).values())
    if copy_from is not None:
        lender = ("versions", draft.version_name(copy_from))
        model = copy.deepcopy(draft.at(lender))
        model.pop("slug", None)
        lent = {key: draft.task_place(lender[1], key) for key in tasks} or {
            listed: (*lender, "tasks", key)
            for key, listed in listed_tasks(model["tasks"]).items()
        }
    entries = [dict(entry) for entry in locations]
    model["tasks"] = {
        key: _without_locations(draft.at(lent[key]) if key in lent else {}, entries)
        for key in (lent or tasks)
    }
    given = {"axes": axes, "slug": slug}
    model |= {key: value for key, value in given.items() if value is not None}
    if metadata:
        model["metadata"] = {**(model.get("metadata") or {}), **metadata}
    after = copy.deepcopy(draft.data)
    after["versions"][name] = model
    return draft.save(
        lambda layout: layout.insert(("versions",), model, key=name),
        after,
        ("versions", name),
    )


def _without_locations(
    task: Mapping[str, Any], entries: list[dict[str, Any]]
) -> dict[str, Any]:
    """Put other locations into a version-task, and keep the rest of it."""
    old = (*OLD_KEYS, "locations")
    rest = {key: value for key, value in task.items() if key not in old}
    return {"locations": copy.deepcopy(entries), **copy.deepcopy(rest)}


Plan = tuple[Callable[[Layout], list[Piece]], dict[str, Any], Place]
"""How the text is edited, what it holds then, and the place of what is new."""


def _in_older_shape(
    draft: _Draft, place: Place, entry: dict[str, Any], first: bool
) -> Plan:
    """Plan one more location for the shape of 2025."""
    inner = (*place, "location")
    if entry.keys() != {"location"} or draft.at(place).get("config_path") is not None:
        raise draft.error(
            inner,
            "older-shape",
            "This task is written in the shape of 2025, which has no room beside a "
            "location for its config path or checksum.",
            _CONVERT,
        )
    after = copy.deepcopy(draft.data)
    task, new = _at(after, place), entry["location"]
    listed = task["location"] if isinstance(task["location"], list) else None
    old = listed if listed is not None else [task["location"]]
    task["location"] = [new, *old] if first else [*old, new]

    def pieces(layout: Layout) -> list[Piece]:
        if listed is None:
            return layout.make_list(inner, new, first=first)
        return layout.insert(inner, new, first=first)

    return pieces, after, (*inner, 0 if first else len(old))


class _Draft:
    """A manifest file without errors, before it is edited."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.raw = read_bytes(path, MANIFEST_FILE)
        except FileError as error:
            reason = "The file can't be read."
            raise EditError(path, reason, [error.problem]) from error
        reading = check_bytes(path, self.raw)
        if reading.manifest is None or reading.document is None:
            reason = f"{path} has errors. Mend them first; nothing was changed."
            raise EditError(path, reason, _errors(reading))
        self.manifest: ModelManifest = reading.manifest
        self.document = reading.document
        self.data: dict[str, Any] = self.document.data

    def at(self, place: Place) -> Any:
        return _at(self.data, place)

    def error(
        self, place: Place, code: str, message: str, hint: str | None = None
    ) -> EditError:
        line, column = self.document.position(place, key=True)
        found = Problem(
            "error", code, dotted(place), message, hint, line, column, self.path
        )
        return EditError(self.path, f"{self.path} was not changed.", [found])

    def version_name(self, version: str) -> str:
        """Find a version by its name or slug."""
        versions = self.manifest.versions
        if version in versions:
            return version
        for name, item in versions.items():
            if item.slug == version:
                return name
        raise self.error(
            ("versions",),
            "unknown-version",
            f"{self.manifest.name} has no version {version!r}.",
            meant(version, versions, "Versions"),
        )

    def task_place(self, version: str, task: str) -> tuple[str, str, str, str]:
        """Find a task of a version, whatever its letter case in the file."""
        raw = self.data["versions"][version]["tasks"]
        keys = {listed: key for key, listed in listed_tasks(raw).items()}
        place = ("versions", version, "tasks")
        try:
            listed = check_task(task)
            if listed not in keys:
                raise breach(
                    "unknown-task",
                    f"{version} has no task {task!r}.",
                    meant(task, keys, "Tasks"),
                )
        except PydanticCustomError as error:
            told = error.context or {}
            raise self.error(
                place, error.type, told["message"], told["hint"]
            ) from error
        return (*place, keys[listed])

    def save(
        self,
        pieces: Callable[[Layout], list[Piece]],
        after: dict[str, Any],
        added: Place,
    ) -> list[Problem]:
        """Write the edited text, if it holds what it should and is right."""
        raw, reading = self._edited(pieces, after)
        if reading.manifest is None:
            reason = f"{self.path} was not changed. With this it would be wrong:"
            raise EditError(self.path, reason, _errors(reading))
        try:
            replace_file(self.path, raw)
        except (OSError, ValueError) as error:
            reason = f"{self.path} was not changed."
            problem = unwritable(self.path, error)
            raise EditError(self.path, reason, [problem]) from error
        return [
            problem
            for problem in reading.problems
            if problem.loc.startswith(dotted(added))
        ]

    def _edited(
        self, pieces: Callable[[Layout], list[Piece]], after: dict[str, Any]
    ) -> tuple[bytes, Reading]:
        """Return the edited text, and what came of reading it."""
        text = decode(self.raw)
        try:
            json.dumps(after, ensure_ascii=False).encode()  # YAML would escape it
            added = pieces(Layout(text, is_json=is_json(self.path)))
            raw = with_pieces(text, added).encode()
            if self.raw.startswith(_BOM):
                raw = _BOM + raw
            reading = check_bytes(self.path, raw)
            # As text: to Python, 1 and true are the same.
            if repr(reading.data) == repr(after):
                return raw, reading
        except UnicodeEncodeError as error:
            message = "What was to be added has a character that can't be written."
            raise self.error((), "not-utf8", message) from error
        except ValueError:
            pass  # told below: there is no end to how a text may be laid out
        message = "This file is laid out in a way that can't be edited safely."
        raise self.error((), "unusual-layout", message, _BY_HAND)


def _errors(reading: Reading) -> list[Problem]:
    return [problem for problem in reading.problems if problem.severity == "error"]


def _at(data: Any, place: Place) -> Any:
    for part in place:
        data = data[part]
    return data
