"""Manifests, folders and registries compared."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from generated_manifests import MANIFESTS
from hypothesis import given, settings
from manifests_for_tests import DELETE, GOOD, LOCATION, SIZE, TASK, changed, write
from searches import examples

from napari_aiod_registry import ModelManifest
from napari_aiod_registry.authoring.convert import convert_manifest, write_manifest
from napari_aiod_registry.compare.differences import compare_paths, manifest_changes
from napari_aiod_registry.registry.sources import bundled_folder

V2 = ("versions", "v2")
W = "https://example.org/w.pt"


def told(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    models = [ModelManifest.model_validate(data) for data in (old, new)]
    return list(map(str, manifest_changes(*models)))


def two_versions(*changes: Any) -> dict[str, Any]:
    """Return a manifest with three version-tasks, changed."""
    data = changed((V2, copy.deepcopy(GOOD["versions"]["v1"])))
    nuclei = copy.deepcopy(data["versions"]["v2"]["tasks"]["mito"])
    data["versions"]["v2"]["tasks"]["nuclei"] = nuclei
    for (*place, key), value in changes:
        holder: Any = data
        for part in place:
            holder = holder[part]
        holder[key] = value
    return data


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((("name",), "Better"), ["better: name Good → Better"]),
        ((("usage_guide",), "Read."), ["good: usage guide none → Read."]),
        (
            (("metadata", "license"), "BSD-3-Clause"),
            ["good: licence MIT → BSD-3-Clause"],
        ),
        (
            ((*TASK, "locations", 1), {"location": "/b"}),
            ["good · v1 · mito: location /b added"],
        ),
        (
            ((*TASK, "locations"), [{"location": "/b"}, {"location": W}]),
            [
                "good · v1 · mito: location /b added",
                "good · v1 · mito: location /b is now tried first",
            ],
        ),
        (
            (LOCATION, "/b"),
            [
                f"good · v1 · mito: location {W} is gone",
                "good · v1 · mito: location /b added",
                "good · v1 · mito: location /b is now tried first",
            ],
        ),
        (
            ((*TASK, "locations", 0, "config_path"), "/c"),
            [f"good · v1 · mito: location {W}: config none → /c"],
        ),
        (
            (("versions", "v1", "axes"), "ZYX"),
            ["good · v1: axes YX → ZYX"],
        ),
        (
            (("versions", "v1", "axes"), DELETE),
            ["good · v1: axes YX → none"],
        ),
        ((("versions", "v1", "slug"), "x"), ["good · v1: slug v1 → x"]),
        (
            (("versions", "v1", "tasks", "er"), {"locations": [{"location": "/w"}]}),
            ["good · v1: task er added"],
        ),
        (((*SIZE, "value"), 4), ["good · v1 · mito: Size: default 3 → 4"]),
        (
            ((*TASK, "param_overrides"), {"size": 4}),
            ["good · v1 · mito: Size: default 3 → 4"],
        ),
        (((*TASK, "params"), GOOD["params"]), []),
        (((*TASK, "metadata"), GOOD["metadata"]), []),
        ((("$schema",), "s.json"), []),
        ((("config",), "c.yaml"), []),
        ((("short_name",), "good"), []),
    ],
)
def test_a_change_is_told_with_its_place(change: Any, expected: list[str]) -> None:
    assert told(GOOD, changed(change)) == expected


def test_what_is_the_same_for_all_is_told_once() -> None:
    old = two_versions()

    assert told(old, two_versions(((*SIZE, "value"), 4))) == [
        "good: Size: default 3 → 4"
    ]
    metadata = {"description": "Other.", "license": "MIT"}
    assert told(old, two_versions(((*V2, "metadata"), metadata))) == [
        "good · v2: description For tests. → Other."
    ]
    overrides = (*V2, "tasks", "mito", "param_overrides")
    assert told(old, two_versions((overrides, {"size": 4}))) == [
        "good · v2 · mito: Size: default 3 → 4"
    ]


def test_a_family_default_that_one_version_overrides_is_told_of_the_others() -> None:
    overrides = ((*TASK, "param_overrides"), {"size": 3})
    old, new = two_versions(overrides), two_versions(overrides, ((*SIZE, "value"), 4))

    assert told(old, new) == ["good · v2: Size: default 3 → 4"]


def test_versions_come_go_and_get_other_names() -> None:
    old = two_versions()
    new = two_versions()
    new["versions"]["new"] = new["versions"].pop("v1")
    gone = two_versions()
    del gone["versions"]["v1"]
    renamed = two_versions()
    renamed["versions"]["first"] = {**renamed["versions"].pop("v1"), "slug": "v1"}
    other_order = two_versions()
    other_order["versions"]["v1"] = other_order["versions"].pop("v1")

    assert told(old, new) == [
        "good: version v1 is gone",
        "good: version new added, for mito",
    ]
    assert told(old, gone) == ["good: version v1 is gone"]
    assert told(gone, old) == ["good: version v1 added, for mito"]
    assert told(old, renamed) == [
        "good: versions in another order",
        "good · first: was called v1 before",
    ]
    assert told(old, other_order) == ["good: versions in another order"]


@given(MANIFESTS, MANIFESTS)
@settings(deadline=None, max_examples=examples(50))
def test_any_two_manifests_can_be_compared(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    first, second = map(ModelManifest.model_validate, (one, other))

    assert manifest_changes(first, first) == []
    again = ModelManifest.model_validate(json.loads(json.dumps(one)))
    assert manifest_changes(first, again) == []
    for change in manifest_changes(first, second):
        assert "\n" not in str(change)


# Files and folders


def test_another_format_is_no_change(tmp_path: Path) -> None:
    for file in bundled_folder().glob("*.json"):
        write_manifest(tmp_path / f"{file.stem}.yml", convert_manifest(file).data)

    found = compare_paths(bundled_folder(), tmp_path)

    assert (found.changes, found.problems) == ((), ())


def test_families_come_and_go(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    write(old, GOOD, "a.json")
    write(old, changed((("short_name",), "other")), "b.json")
    write(new, changed((("short_name",), "third")), "a.json")
    write(new, changed((("short_name",), "other"), ((*SIZE, "value"), 4)), "c.json")

    found = compare_paths(old, new)

    assert list(map(str, found.changes)) == [
        "good: family is gone",
        "other · v1 · mito: Size: default 3 → 4",
        "third: family added",
    ]


def test_a_file_is_compared_with_its_family_in_a_folder(tmp_path: Path) -> None:
    file = bundled_folder() / "sam.json"

    assert compare_paths(bundled_folder(), file).changes == ()
    assert compare_paths(file, bundled_folder()).changes == ()
    other = write(tmp_path, GOOD)
    assert list(map(str, compare_paths(bundled_folder(), other).changes)) == [
        "good: family added"
    ]
    assert list(map(str, compare_paths(other, bundled_folder()).changes)) == [
        "good: family is gone"
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        {"name": "Good"},
        {"name": "Other", "short_name": "good", "no": 1},
    ],
)
@pytest.mark.parametrize("name", ["good.json", "renamed.json"])
def test_a_family_with_an_error_is_named_and_not_taken_for_gone(
    tmp_path: Path, bad: Any, name: str
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    write(old, GOOD, "good.json")
    write(old, changed((("short_name",), "other")), "other.json")
    write(new, bad, name)
    write(new, changed((("short_name",), "other"), ((*SIZE, "value"), 4)), "other.json")

    there, back = compare_paths(old, new), compare_paths(new, old)

    messages = ["other · v1 · mito: Size: default 3 → 4"]
    if bad == "{" and name == "renamed.json":  # nothing says which family it was
        messages.insert(0, "good: family is gone")
    assert list(map(str, there.changes)) == messages
    assert there.problems == back.problems
    assert {problem.path for problem in there.problems} == {new / name}
    assert "other · v1 · mito: Size: default 4 → 3" in map(str, back.changes)


@pytest.mark.parametrize("content", [None, "{", b"\xff"])
def test_where_one_side_is_unknown_nothing_is_compared(
    tmp_path: Path, content: Any
) -> None:
    path = tmp_path / "m.json"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    for sides in ((path, bundled_folder()), (bundled_folder(), path)):
        found = compare_paths(*sides)
        assert found.changes == ()
        assert [problem.path for problem in found.problems] == [path]


def test_of_two_files_with_one_short_name_the_first_is_compared(tmp_path: Path) -> None:
    old = write(tmp_path, GOOD, "old.json")
    new = tmp_path / "new"
    new.mkdir()
    write(new, changed(((*SIZE, "value"), 4)), "a.json")
    write(new, changed(((*SIZE, "value"), 5)), "b.json")

    found = compare_paths(old, new)

    assert list(map(str, found.changes)) == ["good · v1 · mito: Size: default 3 → 4"]
    assert [problem.code for problem in found.problems] == ["duplicate-short-name"]
