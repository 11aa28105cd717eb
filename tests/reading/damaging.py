"""A manifest that has nearly every key, and random damage to one."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from random import Random
from typing import Any

from manifests_for_tests import changed

AUTHOR = {"name": "A", "affiliation": "B", "url": "https://x.org", "orcid": "0"}
RICH = changed(
    (("short_name",), "good"),
    (("$schema",), "https://example.org/schema.json"),
    (("metadata", "authors"), [AUTHOR]),
    (
        ("metadata", "pubs"),
        [{"title": "T", "info": "I", "url": "https://x.org", "year": 2021}],
    ),
    (("versions", "v1", "slug"), "v-1"),
    (("versions", "v1", "metadata"), {"description": "d", "license": "MIT"}),
    (
        ("versions", "v1", "tasks", "Nuclei"),
        {
            "locations": [
                {"location": "w.pt", "config_path": "/c", "sha256": "a" * 64}
            ],
            "param_overrides": {"size": 4, "Mode": "b", "n": None, "f": 2, "c": 1},
        },
    ),
    (
        ("versions", "v 2"),
        {
            "tasks": {
                "ER": {"location": ["/a", "/b"], "config_path": ["/c", "/d"]},
                "ne": {
                    "location": "http://x.org/w",
                    "location_type": "url",
                    "params": [{"name": "own", "value": 1.5, "min": 0, "step": 0.5}],
                },
            }
        },
    ),
    (("params", 0, "max"), 10),
    (("params", 1, "default"), "b"),
    (("params", 2), {"name": "Mixed", "value": [1, 1.0, True, "1"], "default": True}),
    (("params", 3), {"name": "n", "value": None, "dtype": "int", "min": 1}),
    (("params", 4), {"name": "f", "value": 1, "dtype": "float", "advanced": True}),
    (("params", 5), {"name": "c", "value": 0, "param_type": "channel"}),
    (("params", 6), {"name": "l", "value": None, "dtype": "list", "tooltip": "t"}),
)
VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2**70, 10**350, -(10**350), 10**399, 10**400),
    *(0.5, 1.0, -0.0, 1e308, math.inf, math.nan),
    *("", " ", "x", "size", "Mode", "MITO", "channel", "int", "integer", "list"),
    *("=", "0x_", "no", "~", "é", "İ" * 50, "x" * 51, "日本", "\x00", "\x85", "\ud83d"),
    *("https://x.org/a b", "file://", "file://[x/w", "s3://x", "$A/${B", "C:\\x"),
    *("1:30", "2020-01-01", "MIT License", "{a}", "%s", "\t"),
    *([], {}, [1], ["a"], [None], [[1]], {"a": 1}, {"location": "/x"}, [{}]),
]
KEYS = [
    *("name", "arg_name", "value", "dtype", "default", "min", "max", "step", "type"),
    *("param_type", "channel_start", "location", "locations", "config_path"),
    *("location_type", "params", "param_overrides", "metadata", "license", "tasks"),
    *("versions", "MITO", "nuclei", "slug", "schema_", "config", "no", "description"),
]


def places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Walk through all the keys and indices."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        yield (*place, key)
        if isinstance(value, dict | list):
            yield from places(value, (*place, key))


def at(data: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        data = data[key]
    return data


def damage(random: Random, data: dict[str, Any]) -> None:
    """Take away, replace, add, copy or rename something."""
    everywhere = list(places(data))
    if not everywhere:
        return
    *place, key = random.choice(everywhere)
    holder = at(data, tuple(place))
    new = copy.deepcopy(random.choice(VALUES))
    match random.choice(["remove", "replace", "replace", "add", "copy", "rename"]):
        case "remove":
            del holder[key]
        case "replace":
            holder[key] = new
        case "add" if isinstance(holder[key], dict):
            holder[key][random.choice(KEYS)] = new
        case "add" if isinstance(holder[key], list):
            holder[key].append(new)
        case "copy":
            holder[key] = copy.deepcopy(at(data, random.choice(everywhere)))
        case "rename" if isinstance(holder, dict):
            holder[random.choice(KEYS)] = holder.pop(key)
