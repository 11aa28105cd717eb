"""The manifests of 2025, and task keys in any letter case, in today's shape.

The places of what is moved are kept, so that a problem can be told where it is in the
file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from pydantic_core import PydanticCustomError

from ..messages import Place, show
from ..tasks import TASK_NAMES
from .rules import Breach, breach, check_task

OLD_KEYS = ("location", "config_path", "location_type")
"""Keys of a version-task in the shape of 2025, before there were ``locations``."""


@dataclass
class Modern:
    """A part of a manifest in today's shape.

    Attributes
    ----------
    data : dict
        The part. The one that it was made of is left as it was.
    breaches : list of Breach
        What kept it from being turned as a whole, with places in today's shape.
    moved : dict of Place to Place
        Place in today's shape → place in the file, where the two differ.
    """

    data: dict[str, Any]
    breaches: list[Breach] = field(default_factory=list)
    moved: dict[Place, Place] = field(default_factory=dict)

    def place_in_file(self, place: Place) -> Place:
        """Translate a place in today's shape into the one in the file."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.moved:
                return (*self.moved[place[:end]], *place[end:])
        return place

    def add(self, before: Place, in_file: Place, inner: Modern) -> None:
        """Take over the breaches and places of an inner part."""
        self.breaches += [((*before, *place), error) for place, error in inner.breaches]
        if before != in_file:
            self.moved[before] = in_file
        for now, old in inner.moved.items():
            self.moved[(*before, *now)] = (*in_file, *old)


def modern_manifest(data: Mapping[str, Any]) -> Modern:
    """Turn a manifest into today's shape, as far as it can be told what it means."""
    whole = Modern(dict(data))
    versions = data.get("versions")
    if not isinstance(versions, Mapping):
        return whole
    whole.data["versions"] = {
        name: _modern_version(version, ("versions", name), whole)
        for name, version in versions.items()
    }
    return whole


def _modern_version(version: Any, place: Place, whole: Modern) -> Any:
    raw = version.get("tasks") if isinstance(version, Mapping) else None
    if not isinstance(raw, Mapping):
        return version
    tasks: dict[str, Any] = {}
    for key, listed in listed_tasks(raw).items():
        task = raw[key]
        turned = modern_task(task) if isinstance(task, Mapping) else Modern({})
        whole.add((*place, "tasks", listed), (*place, "tasks", key), turned)
        tasks[listed] = turned.data if isinstance(task, Mapping) else task
    return {**version, "tasks": tasks}


def listed_tasks(keys: Iterable[Any]) -> dict[Any, Any]:
    """Find the listed spelling of task keys, whatever their letter case.

    A key that is unknown stays as it is, and so does one whose listed spelling another
    has taken: `ModelManifest` refuses both, after the parts inside were checked.
    """
    keys = list(keys)
    taken = {key for key in keys if key in TASK_NAMES}
    spelling: dict[Any, Any] = {}
    for key in keys:
        spelling[key] = key
        if key in TASK_NAMES or not isinstance(key, str):
            continue
        with suppress(PydanticCustomError):
            task = check_task(key)
            if task not in taken:
                spelling[key] = task
                taken.add(task)
    return spelling


def modern_task(data: Mapping[str, Any]) -> Modern:
    """Turn the version-task of 2025 into today's.

    ``location`` was one text or a list; ``config_path`` likewise, paired with the
    locations by position, and one text belonged to all of them.
    """
    turned = Modern({key: data[key] for key in data if key != "location_type"})
    if _nests(data.get("location_type")):
        kind = show(data["location_type"])
        error = breach("wrong-type", f"This must be text, not {kind}.", "Remove it.")
        turned.breaches.append((("location_type",), error))
    if "location" not in data:
        return turned
    rest = turned.data
    one_or_many = rest.pop("location")
    listed = data.get("locations")
    if listed is not None:
        error = breach(
            "location-conflict",
            "There is location beside locations, and only one can be right.",
            "Move it into the locations list.",
        )
        turned.breaches.append((("location",), error))
    else:
        turned.moved["locations",] = ("location",)
    places = one_or_many if isinstance(one_or_many, list) else [one_or_many]
    pairs = _with_configs(places, rest.pop("config_path", None), turned)
    if listed is not None and not isinstance(listed, list):
        return turned
    rest["locations"] = list(listed or ())
    for number, pair in enumerate(pairs):
        index = len(rest["locations"])
        rest["locations"].append(pair)
        for key in ("location", "config_path"):
            many = isinstance(data.get(key), list)
            turned.moved["locations", index, key] = (key, number) if many else (key,)
        turned.moved["locations", index] = turned.moved["locations", index, "location"]
    # In the order of the file, with the locations where the first of them stood.
    order = ("locations" if key == "location" else key for key in data)
    turned.data = {key: rest[key] for key in dict.fromkeys(order) if key in rest}
    return turned


def _with_configs(
    places: list[Any], configs: Any, turned: Modern
) -> list[dict[str, Any]]:
    """Pair locations with their configs, as far as there are any."""
    if not isinstance(configs, list):
        configs = [configs] * len(places)
    elif len(configs) != len(places):
        error = breach(
            "config-path-mismatch",
            f"There are {len(configs)} config paths for {len(places)} locations.",
            "Write one for each location, or a single one for all.",
        )
        turned.breaches.append((("config_path",), error))
    return [
        {"location": place} | ({} if config is None else {"config_path": config})
        for place, config in list(zip_longest(places, configs))[: len(places)]
    ]


def _nests(value: Any) -> bool:
    """Whether there is more than one text, or a list of them, in a value."""
    inner = value if isinstance(value, list) else [value]
    return any(isinstance(item, dict | list) for item in inner)
