"""Manifests in other shapes: nothing is lost, or it is said."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from generated_manifests import MANIFESTS
from hypothesis import given, settings
from manifests_for_tests import GOOD, LOCATION, SIZE, TASK, changed, write

from napari_aiod_registry import (
    ManifestError,
    ModelManifest,
    check_manifest,
    read_manifest,
)
from napari_aiod_registry.authoring.convert import (
    EXTENSIONS,
    convert_manifest,
    manifest_text,
    write_manifest,
)
from napari_aiod_registry.reading.reading import check_bytes
from napari_aiod_registry.registry.sources import bundled_folder

FILES = sorted(bundled_folder().glob("*.json"))

AUTHOR = {"name", "affiliation", "email", "url", "github", "orcid"}
PARAM = {
    *("name", "arg_name", "value", "default", "tooltip", "dtype", "param_type"),
    *("channel_start", "channel_start_label"),
}
AIOD_01 = {
    "manifest": {
        *("name", "short_name", "versions", "params", "config", "metadata"),
        "usage_guide",
    },
    "version": {"axes", "tasks", "metadata", "slug"},
    "task": {"locations", "params", "metadata"},
    "location": {"location", "config_path"},
    "metadata": {"description", "authors", "pubs", "url", "repo"},
}
"""The keys that AIoD 0.1 knows."""


def effective(manifest: ModelManifest) -> dict[tuple[str, str], list[Any]]:
    """List what a run script gets: the key and default of every parameter."""
    return {
        (name, key): [
            (param.arg_name, repr(param.default_value), repr(param.choices))
            for param in task.params or []
        ]
        for name, version in manifest.versions.items()
        for key, task in version.tasks.items()
    }


def assert_only_known(data: dict[str, Any]) -> None:
    """Check that there is no key that AIoD 0.1 would refuse."""

    def check(kind: str, part: dict[str, Any]) -> None:
        assert part.keys() <= AIOD_01[kind], kind
        if part.get("metadata"):
            assert part["metadata"].keys() <= AIOD_01["metadata"]
        for param in part.get("params") or []:
            assert param.keys() <= PARAM
            if param["value"] is not None and param.get("dtype"):
                first = param["value"]
                first = first[0] if isinstance(first, list) else first
                assert type(first).__name__ == param["dtype"]
        for key in ("short_name", "slug"):
            assert part.get(key, "") is not None

    check("manifest", data)
    for version in data["versions"].values():
        check("version", version)
        for task in version["tasks"].values():
            check("task", task)
            for entry in task["locations"]:
                assert entry.keys() <= AIOD_01["location"]


def test_the_extensions_are_keys_of_the_format() -> None:
    for kind, keys in EXTENSIONS.items():
        names = {field.alias or key for key, field in kind.model_fields.items()}
        assert names >= set(keys)
    assert EXTENSIONS


# JSON and YAML


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_bundled_manifest_comes_back_letter_by_letter(
    file: Path, tmp_path: Path
) -> None:
    as_yaml, as_json = tmp_path / "m.yaml", tmp_path / "m.json"

    write_manifest(as_yaml, convert_manifest(file).data)
    write_manifest(as_json, convert_manifest(as_yaml).data)

    assert as_json.read_bytes() == file.read_bytes()
    assert read_manifest(as_yaml) == read_manifest(file)


@given(MANIFESTS)
@settings(deadline=None)
def test_any_manifest_comes_back_with_its_types(data: dict[str, Any]) -> None:
    text = manifest_text(data, ".yaml")

    reading = check_bytes(Path("m.yaml"), text.encode())

    assert repr(reading.data) == repr(data)
    assert reading.manifest == ModelManifest.model_validate(data)
    assert json.loads(manifest_text(reading.data or {})) == data


def test_values_keep_their_types_and_keys_their_order(tmp_path: Path) -> None:
    values = [1, 1.0, "1", True, "no", "2025-01-31", "a\nb\n", "µm 🙂", "null", "1e3"]
    params = [{"value": value, "name": f"p{i}"} for i, value in enumerate(values)]
    params.append({"dtype": "float", "value": None, "name": "last"})
    path = write(tmp_path, changed((("params",), params)))

    for suffix in (".yaml", ".json"):
        other = tmp_path / f"other{suffix}"
        write_manifest(other, convert_manifest(path).data)
        found = check_manifest(other).data or {}
        assert [repr(param) for param in found["params"]] == list(map(repr, params))
        text = other.read_text("utf-8")
        assert "µm 🙂" in text
        path = other


def test_task_keys_stay_as_they_are_written(tmp_path: Path) -> None:
    tasks = {"MITO": {"locations": [{"location": "/w"}]}}
    data = changed((("versions", "v1", "tasks"), tasks))

    converted = convert_manifest(write(tmp_path, data))

    assert (converted.data, converted.notes) == (data, ())


def test_a_file_with_errors_is_refused_with_all_of_them(tmp_path: Path) -> None:
    path = write(tmp_path, changed((("nam",), 1), (("versions", "v1", "axes"), "x")))

    with pytest.raises(ManifestError) as caught:
        convert_manifest(path)

    assert [problem.code for problem in caught.value.problems] == [
        "bad-axes",
        "unknown-key",
    ]


def test_what_no_file_can_hold_is_named() -> None:
    with pytest.raises(ManifestError) as caught:
        manifest_text({"a": [10**400]})

    (problem,) = caught.value.problems
    assert (problem.code, problem.loc) == ("unfit-value", "a[0]")


def test_a_file_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="is a folder"):
        write_manifest(tmp_path, GOOD)
    with pytest.raises(ManifestError, match="does not exist"):
        write_manifest(tmp_path / "no" / "m.json", GOOD)
    assert list(tmp_path.iterdir()) == []


# AIoD 0.1


@pytest.mark.parametrize("shape", ["aiod-0.1", "2025"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_bundled_manifest_keeps_its_defaults_without_extensions(
    file: Path, shape: Any, tmp_path: Path
) -> None:
    converted = convert_manifest(file, shape)

    write_manifest(tmp_path / file.name, converted.data)
    found = read_manifest(tmp_path / file.name)
    assert effective(found) == effective(read_manifest(file))
    assert converted.notes
    if shape == "aiod-0.1":
        assert_only_known(converted.data)


@given(MANIFESTS)
@settings(deadline=None)
def test_any_manifest_keeps_its_defaults_without_extensions(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    path = write(tmp_path_factory.mktemp("m"), data)
    before = copy.deepcopy(data)

    converted = convert_manifest(path, "aiod-0.1")

    assert data == before
    assert_only_known(converted.data)
    found = ModelManifest.model_validate(converted.data)
    whole = ModelManifest.model_validate(data)
    assert effective(found) == effective(whole)
    assert (found.short_name, list(found.versions)) == (
        whole.short_name,
        list(whole.versions),
    )
    for name, version in whole.versions.items():
        assert found.versions[name].axes == version.axes
        for key, task in version.tasks.items():
            entries = found.versions[name].tasks[key].locations
            assert [(entry.location, entry.config_path) for entry in entries] == [
                (entry.location, entry.config_path) for entry in task.locations
            ]


def test_every_extension_is_left_out_and_listed(tmp_path: Path) -> None:
    data = changed(
        (("$schema",), "s.json"),
        (("metadata", "tags"), ["2D"]),
        ((*SIZE, "min"), 0),
        ((*SIZE, "max"), 9),
        ((*SIZE, "step"), 3),
        ((*SIZE, "units"), "px"),
        ((*SIZE, "advanced"), True),
        ((*TASK, "locations", 0, "sha256"), "a" * 64),
        ((*TASK, "param_overrides"), {"size": 4, "Mode": "b"}),
    )

    converted = convert_manifest(write(tmp_path, data), "aiod-0.1")

    assert [str(note).partition(": ")[0] for note in converted.notes] == [
        "$schema",
        "metadata.license",
        "metadata.tags",
        "params[0].min",
        "params[0].max",
        "params[0].step",
        "params[0].units",
        "params[0].advanced",
        "versions.v1.tasks.mito.param_overrides",
        "versions.v1.tasks.mito.locations[0].sha256",
    ]
    assert all(str(note).endswith(".") for note in converted.notes)
    task = converted.data["versions"]["v1"]["tasks"]["mito"]
    assert task["params"] == [
        {"name": "Size", "arg_name": "size", "value": 4, "tooltip": "How large."},
        {
            "name": "Mode",
            "value": ["a", "b"],
            "default": "b",
            "tooltip": "Which way.",
        },
    ]
    assert list(task["params"][1]) == ["name", "value", "default", "tooltip"]
    assert converted.data["params"][0]["value"] == 3


def test_a_value_has_the_type_that_its_dtype_says(tmp_path: Path) -> None:
    """AIoD 0.1 looks at dtype only where the value is null."""
    data = changed(
        ((*SIZE, "dtype"), "float"),
        (("params", 1), {"name": "m", "value": [1, 2], "dtype": "float", "default": 2}),
        ((*TASK, "param_overrides"), {"size": 5}),
    )

    converted = convert_manifest(write(tmp_path, data), "aiod-0.1")

    size, mode = converted.data["params"]
    assert repr([size["value"], mode["value"], mode["default"]]) == (
        "[3.0, [1.0, 2.0], 2.0]"
    )
    task = converted.data["versions"]["v1"]["tasks"]["mito"]
    assert repr(task["params"][0]["value"]) == "5.0"
    assert "params[1].value: Written as 1.0, 2.0, as its dtype says." in map(
        str, converted.notes
    )


def test_null_that_is_lost_and_null_that_is_refused_are_told(tmp_path: Path) -> None:
    data = changed(
        (("short_name",), None),
        (("versions", "v1", "slug"), None),
        (SIZE, {"name": "size", "value": None, "dtype": "int"}),
        ((*TASK, "params"), None),
        ((*TASK, "param_overrides"), {"size": 5}),
    )

    converted = convert_manifest(write(tmp_path, data), "aiod-0.1")

    places = [str(note).partition(": ")[0] for note in converted.notes]
    assert "versions.v1.tasks.mito.param_overrides.size" in places
    assert {"short_name", "versions.v1.slug"} <= set(places)
    assert "short_name" not in converted.data
    task = converted.data["versions"]["v1"]["tasks"]["mito"]
    assert task["params"][0] == {"name": "size", "value": 5, "dtype": "int"}


# The shape of 2025


def places_of(*pairs: tuple[str, str | None]) -> list[dict[str, str]]:
    return [
        {"location": location} | ({"config_path": config} if config else {})
        for location, config in pairs
    ]


@pytest.mark.parametrize(
    ("entries", "older"),
    [
        (places_of(("/a", None)), {"location": "/a"}),
        (places_of(("/a", "/c")), {"location": "/a", "config_path": "/c"}),
        (places_of(("/a", None), ("/b", None)), {"location": ["/a", "/b"]}),
        (
            places_of(("/a", "/c"), ("/b", "/c")),
            {"location": ["/a", "/b"], "config_path": "/c"},
        ),
        (
            places_of(("/a", "/c"), ("/b", "/d")),
            {"location": ["/a", "/b"], "config_path": ["/c", "/d"]},
        ),
    ],
)
def test_locations_go_to_the_shape_of_2025_and_back(
    tmp_path: Path, entries: list[dict[str, str]], older: dict[str, Any]
) -> None:
    data = changed((TASK, {"metadata": None, "locations": entries, "params": []}))
    path = write(tmp_path, data)

    converted = convert_manifest(path, "2025").data
    back = convert_manifest(write(tmp_path, converted, "old.json")).data

    task = converted["versions"]["v1"]["tasks"]["mito"]
    assert list(task.items()) == [("metadata", None), *older.items(), ("params", [])]
    task = back["versions"]["v1"]["tasks"]["mito"]
    assert list(task.items()) == [
        *(("metadata", None), ("locations", entries), ("params", []))
    ]


def test_what_2025_can_not_say_is_listed(tmp_path: Path) -> None:
    entries = places_of(("/a", "/c"), ("/b", None))
    entries[1]["sha256"] = "a" * 64
    path = write(tmp_path, changed(((*TASK, "locations"), entries)))

    converted = convert_manifest(path, "2025")

    assert [str(note).partition(": ")[0] for note in converted.notes] == [
        "metadata.license",
        "versions.v1.tasks.mito.locations[1].sha256",
        "versions.v1.tasks.mito.locations[0].config_path",
    ]
    task = converted.data["versions"]["v1"]["tasks"]["mito"]
    assert task == {"location": ["/a", "/b"]}


def test_a_key_of_2025_that_says_nothing_is_left_out(tmp_path: Path) -> None:
    data = changed((TASK, {"location": "/w", "location_type": "file"}))

    converted = convert_manifest(write(tmp_path, data))

    assert [note.place for note in converted.notes] == [(*TASK, "location_type")]
    assert converted.data == changed((LOCATION, "/w"))
