"""What the format allows, what is derived, and the JSON Schema."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from manifests_for_tests import (
    CHANNEL,
    DELETE,
    LOCATION,
    MODE,
    OTHER_TASK,
    SIZE,
    TASK,
    Change,
    changed,
    problems,
    write,
)

from napari_aiod_registry import ModelManifest, read_manifest

ALLOWED: dict[str, list[Change]] = {
    "50 characters": [(("name",), "x" * 50)],
    "nulls": [
        (("short_name",), "good"),
        (("params", 0, "min"), None),
        (("metadata", "url"), None),
        ((*TASK, "params"), None),
        ((*TASK, "metadata"), None),
    ],
    "what AIoD 0.1 writes where nothing is given": [
        (("short_name",), None),
        (("versions", "v1", "slug"), None),
        ((*SIZE, "arg_name"), None),
    ],
    "empty names that are derived": [
        (("short_name",), ""),
        (("versions", "v1", "slug"), ""),
    ],
    "letters that become two in lower case": [
        (("name",), "İ" * 50),
        (("versions", "İ" * 50), {"tasks": {"mito": OTHER_TASK}}),
    ],
    "names of which no letter is safe": [
        (("name",), "日本語"),
        (("versions", "…"), {"tasks": {"mito": OTHER_TASK}}),
        (("versions", "..."), {"slug": "dots", "tasks": {"mito": OTHER_TASK}}),
    ],
    **{
        f"licence {text}": [(("metadata", "license"), text)]
        for text in (
            "MIT",
            "GPL-2.0+",
            "LicenseRef-our-own",
            "DocumentRef-x:LicenseRef-y",
            "MIT OR Apache-2.0",
            "mit or apache-2.0",
            "GPL-2.0-only WITH Classpath-exception-2.0",
            "(MIT AND (BSD-3-Clause OR ISC)) AND CC0-1.0",
        )
    },
    **{
        f"config path {text}": [((*TASK, "locations", 0, "config_path"), text)]
        for text in ("c.yml", "https://x.org/c.yml", "$CONFIGS/c.yml", "file:///c.yml")
    },
    "blanks inside a path": [(LOCATION, "/our models/w 1.pt")],
    "drive letter in a file url": [(LOCATION, "file:///C:/models/w.pt")],
    "file url of a server": [(LOCATION, "file://server/models/w.pt")],
    "a schema": [(("$schema",), "https://example.org/schema.json")],
    "letter case of tasks": [(("versions", "v1", "tasks", "Nuclei"), OTHER_TASK)],
    "drive letter": [(LOCATION, "C:\\models\\w.pt")],
    "drive letter and slash": [(LOCATION, "C:/models/w.pt")],
    "network share": [(LOCATION, "\\\\server\\models\\w.pt")],
    "file url": [(LOCATION, "file:///models/w%20x.pt")],
    "variable": [(LOCATION, "$MODELS/${NAME}.pt")],
    "web address with port and query": [(LOCATION, "https://x.org:8080/a?b=1#c")],
    "all axes": [(("versions", "v1", "axes"), "TCZYX")],
    "no parameters": [((*TASK, "params"), [])],
    "no family parameters": [(("params",), DELETE)],
    "choices that differ in type": [((*MODE, "value"), [1, 1.0, True, "1"])],
    "default among them": [
        ((*MODE, "value"), [1, 1.0, True, "1"]),
        ((*MODE, "default"), True),
    ],
    "channel": [(("params", 2), CHANNEL | {"value": -1})],
    "channel from 0": [
        (
            ("params", 2),
            CHANNEL | {"channel_start": 0, "channel_start_label": "Gray"},
        )
    ],
    "channel_start written out": [((*SIZE, "channel_start"), -1)],
    "bounds at the default": [((*SIZE, "min"), 3), ((*SIZE, "max"), 4)],
    "float bounds": [
        ((*SIZE, "value"), 0.5),
        ((*SIZE, "min"), 0),
        ((*SIZE, "max"), 1),
        ((*SIZE, "step"), 0.1),
        ((*SIZE, "units"), "µm"),
        ((*SIZE, "advanced"), True),
    ],
    "null of every type": [
        (
            ("params",),
            [
                {"name": dtype, "value": None, "dtype": dtype, "tooltip": "t"}
                for dtype in ("int", "float", "bool", "str", "list", "tuple")
            ],
        )
    ],
    "int as float": [((*SIZE, "dtype"), "float")],
    "override": [((*TASK, "param_overrides"), {"size": 4, "Mode": "b"})],
    "override of null": [
        ((*SIZE, "value"), None),
        ((*SIZE, "dtype"), "float"),
        ((*TASK, "param_overrides"), {"size": 4}),
    ],
    "a licence where it is shown": [
        (("metadata", "license"), DELETE),
        (("versions", "v1", "metadata"), {"description": "d"}),
        ((*TASK, "metadata"), {"description": "d", "license": "MIT"}),
    ],
    "older shape": [(TASK, {"location": "/w.pt", "location_type": "file"})],
    "older shape with lists": [
        (TASK, {"location": ["/a", "/b"], "config_path": ["/c", "/d"]})
    ],
    "older shape with one config": [
        (TASK, {"location": ["/a", "/b"], "config_path": "/c"})
    ],
}


@pytest.mark.parametrize("changes", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_reads_and_reads_back(
    changes: list[Change], tmp_path: Path
) -> None:
    data = changed(*changes)
    assert problems(tmp_path, data) == []

    manifest = read_manifest(tmp_path / "manifest.json")

    assert ModelManifest.model_validate(data) == manifest
    again = ModelManifest.model_validate_json(manifest.model_dump_json())
    assert again == manifest
    as_yaml = write(tmp_path, yaml.safe_dump(data, sort_keys=False), "m.yaml")
    assert read_manifest(as_yaml) == manifest
    as_yaml.write_text(yaml.safe_dump(manifest.model_dump(), sort_keys=False))
    assert read_manifest(as_yaml) == manifest


def test_names_are_derived_and_parameters_are_handed_down() -> None:
    data = changed(
        (("name",), "My Family (2)"),
        (("versions", "MitoNet v1"), {"tasks": {"ER": OTHER_TASK}}),
        ((*TASK, "param_overrides"), {"size": 9, "Mode": "b"}),
    )

    manifest = ModelManifest.model_validate(data)

    assert manifest.short_name == "my_family_2_"
    assert manifest.versions["MitoNet v1"].slug == "mitonet_v1"
    assert list(manifest.versions["MitoNet v1"].tasks) == ["er"]
    defaults = [
        [param.default_value for param in version.tasks[task].params or []]
        for task, version in zip(
            ("mito", "er"), manifest.versions.values(), strict=True
        )
    ]
    assert defaults == [[9, "b"], [3, "a"]]
    assert manifest.params is not None
    assert manifest.params[1].arg_name == "Mode"


@pytest.mark.parametrize(
    ("location", "config", "pairs"),
    [
        (["/a", "/b"], ["/c", "/d"], [("/a", "/c"), ("/b", "/d")]),
        (["/a", "/b"], "/c", [("/a", "/c"), ("/b", "/c")]),
        (["/a", "/b"], ["/c", None], [("/a", "/c"), ("/b", None)]),
        (["/a", "/b"], None, [("/a", None), ("/b", None)]),
        ("/a", "/c", [("/a", "/c")]),
        ("/a", ["/c"], [("/a", "/c")]),
    ],
    ids=str,
)
def test_the_older_shape_pairs_configs_by_position(
    location: Any, config: Any, pairs: list[Any], tmp_path: Path
) -> None:
    data = changed((TASK, {"location": location, "config_path": config}))

    task = read_manifest(write(tmp_path, data)).versions["v1"].tasks["mito"]

    assert [(entry.location, entry.config_path) for entry in task.locations] == pairs


def test_a_name_that_gets_longer_in_lower_case_is_shortened() -> None:
    manifest = ModelManifest.model_validate(changed((("name",), "İ" * 50)))

    assert len(manifest.short_name) == 50


def test_a_value_takes_its_dtype() -> None:
    data = changed(((*SIZE, "dtype"), "float"))

    manifest = ModelManifest.model_validate(data)

    assert manifest.params is not None
    assert repr(manifest.params[0].value) == "3.0"


def test_a_new_task_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from napari_aiod_registry import TASK_NAMES, Registry

    monkeypatch.setitem(TASK_NAMES, "golgi", "Golgi Apparatus")
    data = changed((("versions", "v1", "tasks", "Golgi"), OTHER_TASK))

    registry = Registry({Path("a.json"): ModelManifest.model_validate(data)})
    schema = ModelManifest.model_json_schema()["$defs"]["ModelVersion"]

    assert registry.tasks() == {"mito": "Mitochondria", "golgi": "Golgi Apparatus"}
    listed, any_case = schema["properties"]["tasks"]["propertyNames"]["anyOf"]
    assert listed == {"enum": list(TASK_NAMES)}
    assert re.search(any_case["pattern"], "GOLGI")


def test_the_json_schema_lists_the_tasks() -> None:
    schema = ModelManifest.model_json_schema()["$defs"]["ModelVersion"]

    assert schema["properties"]["tasks"]["propertyNames"]["anyOf"][0] == {
        "enum": [
            "mito",
            "er",
            "ne",
            "everything",
            "nuclei",
            "cyto",
            "drop",
            "boundaries",
        ]
    }
    assert schema["properties"]["tasks"]["minProperties"] == 1
