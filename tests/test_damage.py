"""Random damage to a good manifest: problems come of it, never an exception."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from manifests_for_tests import changed

from napari_aiod_registry import (
    ManifestError,
    ModelManifest,
    Reading,
    check_manifest,
    params_model,
    read_manifest,
)

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
SIGNS = "\"'{}[],:\n\t \\@`%&*!|>-#=0.\x00é~"
TEXT_CODES = {"json-syntax", "yaml-syntax", "yaml-anchor", "yaml-tag"}


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


def damaged_text(random: Random, text: str) -> str:
    """Take signs out of a text, or put one in."""
    start = random.randrange(len(text) + 1)
    end = start + random.choice([0, 0, 1, 20])
    return text[:start] + random.choice(["", *SIGNS]) + text[end:]


def check_all_readers(path: Path) -> Reading:
    """Read a file every way there is, and look that they agree."""
    reading = check_manifest(path)
    for problem in reading.problems:
        assert problem.message.endswith("."), problem
        assert problem.line, problem
    manifest, refused = None, reading.problems
    try:
        manifest = read_manifest(path)
    except ManifestError as error:
        refused = error.problems
    assert reading.manifest == manifest
    assert reading.problems == refused
    if manifest is None:
        return reading
    again = path.with_name("again.json")
    again.write_text(manifest.model_dump_json(), encoding="utf-8")
    assert read_manifest(again) == manifest
    for version in manifest.versions.values():
        for task in version.tasks.values():
            params_model(task.params or [])()
    return reading


def check_damaged(random: Random, folder: Path) -> None:
    data = copy.deepcopy(RICH)
    for _ in range(random.choice([1, 1, 2, 3, 5])):
        damage(random, data)
    texts = {
        "m.json": json.dumps(data, indent=1, ensure_ascii=random.random() < 0.5),
        "m.yaml": yaml.safe_dump(data, sort_keys=False, allow_unicode=True),
    }
    told: list[list[tuple[str, str]]] = []
    for name, text in texts.items():
        path = folder / name
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        found = check_all_readers(path).problems
        told.append(sorted((problem.code, problem.loc) for problem in found))
        broken = damaged_text(random, text)
        path.write_bytes(broken.encode("utf-8", "surrogatepass"))
        check_all_readers(path)
    if TEXT_CODES.isdisjoint(code for problems in told for code, _ in problems):
        assert told[0] == told[1], "JSON and YAML are the same manifest"


def test_the_manifest_is_right_before_it_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(json.dumps(RICH))

    assert check_all_readers(path).manifest is not None


@settings(max_examples=150, deadline=None, print_blob=True)
@given(random=st.randoms(use_true_random=False))
def test_no_damage_is_an_exception(
    random: Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_damaged(random, tmp_path_factory.getbasetemp())


def test_damaged_files_do_not_take_the_others_down(tmp_path: Path) -> None:
    from napari_aiod_registry import Registry

    (tmp_path / "a.json").write_text(json.dumps(RICH))
    for number in range(40):
        random = Random(number)
        data = copy.deepcopy(RICH) | {"name": f"Family {number}"}
        damage(random, data)
        text = json.dumps(data) if number % 2 else yaml.safe_dump(data)
        suffix = "json" if number % 2 else "yaml"
        broken = damaged_text(random, text).encode("utf-8", "surrogatepass")
        (tmp_path / f"b{number}.{suffix}").write_bytes(broken)

    registry = Registry.from_paths([tmp_path])

    assert isinstance(registry["good"], ModelManifest)
    assert registry.problems
