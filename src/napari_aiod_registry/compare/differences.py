"""Two manifests, folders or registries compared: what changed for a user."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from ..manifest import (
    Location,
    ModelManifest,
    ModelVersion,
    VersionTask,
    file_name_from,
)
from ..messages import Problem
from ..reading import Reading
from ..registry.check_folders import check_paths
from .changes import (
    Change,
    keyed,
    list_changes,
    metadata_changes,
    order_change,
    plain_words,
    value_change,
)
from .param_changes import param_changes

VersionTaskKey: TypeAlias = tuple[str, str]
"""Name of a version, and key of a task."""


@dataclass(frozen=True)
class Comparison:
    """What became of comparing two sets of manifests.

    Attributes
    ----------
    changes : tuple of Change
        What changed, by family.
    problems : tuple of Problem
        Errors for which a file, and so its family, could not be compared.
    """

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def compare_paths(
    old: str | os.PathLike[str], new: str | os.PathLike[str]
) -> Comparison:
    """Compare manifest files, or folders of them.

    Parameters
    ----------
    old, new : path-like
        Files or folders. Families are matched by short name. Where one is a file and
        the other a folder, only the file's family is compared.

    Returns
    -------
    Comparison
        What changed for a user; not how it is written. Nothing is raised. A family
        whose file has an error is not taken for one that is gone.
    """
    before, after = _side(Path(old)), _side(Path(new))
    problems = tuple(dict.fromkeys([*before.problems, *after.problems]))
    if before.is_unknown or after.is_unknown:
        return Comparison((), problems)
    names = list(dict.fromkeys([*before.families, *after.families]))
    if before.is_file != after.is_file:
        names = list((before if before.is_file else after).families)
    changes: list[Change] = []
    for name in names:
        if name in before.families and name in after.families:
            pair = before.families[name], after.families[name]
            changes += manifest_changes(*pair)
        elif name in after.families:
            if not before.may_have(name, after):
                changes.append(Change("family", "family added", model=name))
        elif not after.may_have(name, before):
            changes.append(Change("family", "family is gone", model=name))
    return Comparison(tuple(changes), problems)


@dataclass
class _Side:
    """The families of one side, and what is known of those that can't be read."""

    is_file: bool
    families: dict[str, ModelManifest] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    is_unknown: bool = False

    def may_have(self, name: str, other: _Side) -> bool:
        """Whether a family of the other side may be one that can't be read here."""
        return not self.unread.isdisjoint({name, other.stems[name]})


def _side(path: Path) -> _Side:
    side = _Side(path.is_file())
    for reading in check_paths([path]):
        errors = [one for one in reading.problems if one.severity == "error"]
        side.problems += errors
        if reading.manifest is None:
            side.unread |= _names(reading)
            # Nothing at all is there to compare with.
            side.is_unknown |= reading.path == path
        elif not errors:  # none that another file has its short name
            name = reading.manifest.short_name
            side.families[name] = reading.manifest
            side.stems[name] = reading.path.stem
    return side


def _names(reading: Reading) -> set[str]:
    """Guess the short name of a family whose file has errors."""
    data = reading.data or {}
    found = {reading.path.stem}
    if isinstance(data.get("short_name"), str):
        found.add(data["short_name"])
    elif isinstance(data.get("name"), str):
        found.add(file_name_from(data["name"]))
    return found


def manifest_changes(old: ModelManifest, new: ModelManifest) -> list[Change]:
    """List what changed for a user between two manifests of a family.

    Parameters
    ----------
    old, new : ModelManifest
        The manifests. What is written in another place, but means the same, is no
        change: parameters and metadata are compared as they are in force for each task.

    Returns
    -------
    list of Change
        First what is the same for all of the family, then by version.
    """
    family = [
        *value_change("name", "name", old.name, new.name, plain_words),
        *value_change(
            "usage_guide",
            "usage guide",
            old.usage_guide,
            new.usage_guide,
            plain_words,
        ),
        *metadata_changes(old.metadata, new.metadata),
    ]
    told = {change.identity for change in family}
    pairs = _same_versions(old.versions, new.versions)
    family += _version_list(old.versions, new.versions, pairs)
    by_version: dict[str, list[Change]] = {}
    inside: dict[VersionTaskKey, list[Change]] = {}
    for before, after in pairs.items():
        versions = old.versions[before], new.versions[after]
        by_version[after] = list(_version_changes(before, after, *versions))
        for task, there in versions[1].tasks.items():
            if task in versions[0].tasks:
                shown = old.metadata_for(before, task), new.metadata_for(after, task)
                changes = [
                    *_task_changes(versions[0].tasks[task], there),
                    *metadata_changes(*shown),
                ]
                # What the family's metadata hand down is told once.
                inside[after, task] = [
                    change for change in changes if change.identity not in told
                ]
    found = [*family, *_gathered(inside, by_version)]
    return [replace(change, model=new.short_name) for change in found]


def _same_versions(
    old: Mapping[str, ModelVersion], new: Mapping[str, ModelVersion]
) -> dict[str, str]:
    """Match the versions of two manifests: by name, else by slug."""
    slugs = {item.slug: name for name, item in new.items() if name not in old}
    pairs: dict[str, str] = {}
    for name, version in old.items():
        if name in new:
            pairs[name] = name
        elif version.slug in slugs:
            pairs[name] = slugs[version.slug]
    return pairs


def _version_list(
    old: Mapping[str, ModelVersion],
    new: Mapping[str, ModelVersion],
    pairs: Mapping[str, str],
) -> Iterator[Change]:
    for name in old:
        if name not in pairs:
            yield Change(f"versions.{name}", f"version {name} is gone")
    for name, version in new.items():
        if name not in pairs.values():
            tasks = ", ".join(version.tasks)
            yield Change(f"versions.{name}", f"version {name} added, for {tasks}")
    order = [pairs.get(name, name) for name in old]
    yield from order_change("versions", "version", order, list(new))


def _version_changes(
    before: str, after: str, old: ModelVersion, new: ModelVersion
) -> Iterator[Change]:
    """Yield what changed in a version, but not inside its tasks."""
    if before != after:
        yield Change("name", f"was called {before} before", before, after)
    yield from value_change("axes", "axes", old.axes, new.axes, plain_words)
    yield from value_change("slug", "slug", old.slug, new.slug, plain_words)
    yield from list_changes("tasks", "task", old.tasks, new.tasks, ordered=False)


def _task_changes(old: VersionTask, new: VersionTask) -> Iterator[Change]:
    before = keyed(old.locations, lambda entry: entry.location)
    after = keyed(new.locations, lambda entry: entry.location)
    yield from list_changes(
        "locations", "location", before, after, _location_changes, ordered=False
    )
    firsts = old.locations[0].location, new.locations[0].location
    if firsts[0] != firsts[1]:
        message = f"location {firsts[1]} is now tried first"
        yield Change("locations", message, *firsts)
    else:
        yield from order_change("locations", "location", list(before), list(after))
    yield from param_changes(old.params or [], new.params or [])


def _location_changes(
    what: str, name: str, old: Location, new: Location
) -> Iterator[Change]:
    for key, label in (("config_path", "config"), ("sha256", "checksum")):
        yield from value_change(
            f"{what}.{key}",
            f"location {name}: {label}",
            getattr(old, key),
            getattr(new, key),
            plain_words,
        )


def _gathered(
    inside: Mapping[VersionTaskKey, Sequence[Change]],
    by_version: Mapping[str, Iterable[Change]],
) -> Iterator[Change]:
    """Tell once what changed in all version-tasks, or in all tasks of a version."""
    shared = _in_all(inside.values())
    yield from shared.values()
    for name, changes in by_version.items():
        yield from (replace(change, version=name) for change in changes)
        tasks = {
            task: [one for one in found if one.identity not in shared]
            for (version, task), found in inside.items()
            if version == name
        }
        of_all = _in_all(tasks.values())
        yield from (replace(change, version=name) for change in of_all.values())
        for task, found in tasks.items():
            for change in found:
                if change.identity not in of_all:
                    yield replace(change, version=name, task=task)


def _in_all(
    lists: Iterable[Sequence[Change]],
) -> dict[tuple[str, str, str, str], Change]:
    """Find the changes that are in each of several lists; in a single one, none."""
    lists = list(lists)
    if len(lists) < 2:
        return {}
    others = [{change.identity for change in found} for found in lists[1:]]
    return {
        change.identity: change
        for change in lists[0]
        if all(change.identity in other for other in others)
    }
