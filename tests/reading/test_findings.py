"""All problems at once: one hides no other, and warnings come together with errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from manifests_for_tests import (
    DELETE,
    LOCATION,
    MODE,
    OTHER_TASK,
    SIZE,
    TASK,
    Change,
    changed,
    problems,
)

from napari_aiod_registry import ModelManifest, read_manifest
from napari_aiod_registry.reading import warnings as lint


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    data = changed(
        (("short_nme",), "x"),
        (("metadata", "url"), "ftp://x"),
        (("versions", "v1", "axes"), "XX"),
        (("versions", "v1", "tasks", "MITO"), {"locations": []}),
        (("versions", "v1", "tasks", "nucleii"), OTHER_TASK),
        (LOCATION, "s3://x"),
        ((*TASK, "param_overrides"), {"nothing": 1}),
        (("versions", "V1"), {"tasks": {"mito": OTHER_TASK}}),
        ((*SIZE, "min"), 4),
        ((*SIZE, "tooltp"), "x"),
        ((*MODE, "default"), "c"),
        ((*MODE, "arg_name"), "size"),
        (("params", 2), {"name": "N", "value": None}),
    )

    found = problems(tmp_path, data)

    assert {problem.code for problem in found} >= {
        "unknown-key",
        "bad-url",
        "bad-axes",
        "duplicate-task",
        "unknown-task",
        "unsupported-scheme",
        "unknown-override",
        "duplicate-slug",
        "default-out-of-bounds",
        "bad-choice-default",
        "duplicate-arg-name",
        "missing-dtype",
    }
    lines = [problem.line or 0 for problem in found]
    assert lines == sorted(lines)


def told(data: dict[str, Any], folder: Path) -> list[tuple[str, str]]:
    """List the code and place of each problem, as they are told."""
    return [(one.code, one.loc) for one in problems(folder, data)]


def test_warnings_come_together_with_errors(tmp_path: Path) -> None:
    task = {
        "locations": [
            {"location": "s3://x"},
            {"location": "http://x.org/w"},
            {"location": "~/w.pt", "sha256": 5},
        ],
        "params": [{"name": "A", "value": 1, "tooltip": 5}, {"name": "B", "value": 1}],
    }
    data = changed(
        (("name",), 5),
        (("metadata", "license"), DELETE),
        (("config",), "c.yml"),
        (TASK, task),
        (("versions", "v2"), {"tasks": {"mito": 5, "er": OTHER_TASK}, "metadata": 5}),
        ((*SIZE, "tooltip"), DELETE),
    )

    assert told(data, tmp_path) == [
        ("wrong-type", "name"),
        ("no-license", "metadata"),
        ("unsupported-scheme", "versions.v1.tasks.mito.locations[0].location"),
        ("insecure-url", "versions.v1.tasks.mito.locations[1].location"),
        ("home-folder", "versions.v1.tasks.mito.locations[2].location"),
        ("wrong-type", "versions.v1.tasks.mito.locations[2].sha256"),
        ("wrong-type", "versions.v1.tasks.mito.params[0].tooltip"),
        ("no-tooltip", "versions.v1.tasks.mito.params[1]"),
        ("wrong-type", "versions.v2.tasks.mito"),
        ("wrong-type", "versions.v2.metadata"),
        ("no-tooltip", "params[0]"),
        ("unused-config", "config"),
    ]


@pytest.mark.parametrize(
    ("key", "code"), [("license", "bad-license"), ("description", "wrong-type")]
)
def test_nothing_is_warned_of_where_it_is_wrong(
    key: str, code: str, tmp_path: Path
) -> None:
    data = changed((("metadata", key), {"license": "a b"}.get(key, 5)))

    assert told(data, tmp_path) == [(code, f"metadata.{key}")]


def test_a_warning_that_fails_hides_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(manifest: ModelManifest) -> list[Any]:
        raise AttributeError("A part is not what the rule thought.")

    monkeypatch.setattr(lint, "warnings", fail)

    assert told(changed((("name",), 5)), tmp_path) == [("wrong-type", "name")]


def test_what_is_inside_a_task_that_is_there_twice_is_told_too(tmp_path: Path) -> None:
    again = {"locations": [{"location": "s3://x"}], "params": [{"name": "A"}]}
    data = changed((("versions", "v1", "tasks", "MITO"), again))

    assert set(told(data, tmp_path)) == {
        ("duplicate-task", "versions.v1.tasks.MITO"),
        ("unsupported-scheme", "versions.v1.tasks.MITO.locations[0].location"),
        ("missing-key", "versions.v1.tasks.MITO.params[0].value"),
        ("no-tooltip", "versions.v1.tasks.MITO.params[0]"),
    }


def test_a_task_in_other_letters_keeps_its_place_in_the_file(tmp_path: Path) -> None:
    tasks = {"MITO": {"location": ["http://x.org/w", "s3://x"]}}
    data = changed((("versions", "v1", "tasks"), tasks))

    found = problems(tmp_path, data)

    assert [(one.loc, one.line) for one in found] == [
        ("versions.v1.tasks.MITO.location[0]", 13),
        ("versions.v1.tasks.MITO.location[1]", 14),
    ]


def test_location_beside_locations_hides_nothing_in_either(tmp_path: Path) -> None:
    task = {
        "location": ["", "/a"],
        "config_path": ["/c", 5, "/d"],
        "locations": [{"location": "s3://x"}, {"location": "http://x.org/w"}],
        "param_overrides": [1],
    }

    assert told(changed((TASK, task)), tmp_path) == [
        ("location-conflict", "versions.v1.tasks.mito.location"),
        ("empty-location", "versions.v1.tasks.mito.location[0]"),
        ("config-path-mismatch", "versions.v1.tasks.mito.config_path"),
        ("wrong-type", "versions.v1.tasks.mito.config_path[1]"),
        ("unsupported-scheme", "versions.v1.tasks.mito.locations[0].location"),
        ("insecure-url", "versions.v1.tasks.mito.locations[1].location"),
        ("wrong-type", "versions.v1.tasks.mito.param_overrides"),
    ]


@pytest.mark.parametrize(
    "task",
    [
        {"location": "/a", "locations": [], "param_overrides": [1]},
        {"location": "/a", "locations": 5, "param_overrides": "x"},
        {"location": ["/a"], "config_path": [], "param_overrides": "x"},
    ],
    ids=str,
)
def test_the_older_shape_beside_other_errors_is_told(
    task: dict[str, Any], tmp_path: Path
) -> None:
    codes = {code for code, _ in told(changed((TASK, task)), tmp_path)}

    assert codes >= {"wrong-type"}
    assert codes & {"location-conflict", "config-path-mismatch"}


WARNINGS: dict[str, tuple[list[Change], str, str]] = {
    "no tooltip": ([((*SIZE, "tooltip"), DELETE)], "no-tooltip", "params[0]"),
    "no tooltip in a task": (
        [((*TASK, "params"), [{"name": "A", "value": 1}])],
        "no-tooltip",
        "versions.v1.tasks.mito.params[0]",
    ),
    "no licence": ([(("metadata", "license"), DELETE)], "no-license", "metadata"),
    "no licence in a version, which is shown instead of the family's": (
        [(("versions", "v1", "metadata"), {"description": "d"})],
        "no-license",
        "versions.v1.metadata",
    ),
    "no licence in a task, which is shown instead of the version's": (
        [
            (("versions", "v1", "metadata"), {"description": "d", "license": "MIT"}),
            ((*TASK, "metadata"), {"description": "d"}),
        ],
        "no-license",
        "versions.v1.tasks.mito.metadata",
    ),
    "no licence in a version that two tasks show": (
        [
            (("versions", "v1", "metadata"), {"description": "d"}),
            (("versions", "v1", "tasks", "nuclei"), OTHER_TASK),
        ],
        "no-license",
        "versions.v1.metadata",
    ),
    "no licence in a family that two versions show": (
        [
            (("metadata", "license"), DELETE),
            (("versions", "v2"), {"tasks": {"mito": OTHER_TASK}}),
        ],
        "no-license",
        "metadata",
    ),
    "config": ([(("config",), "c.yml")], "unused-config", "config"),
    "http": (
        [(LOCATION, "http://x.org/w")],
        "insecure-url",
        "versions.v1.tasks.mito.locations[0].location",
    ),
    **{
        home: (
            [(LOCATION, f"{home}/w.pt")],
            "home-folder",
            "versions.v1.tasks.mito.locations[0].location",
        )
        for home in ("~", "/home/me", "/Users/me", "C:\\Users\\me", "$HOME")
    },
}


@pytest.mark.parametrize("case", WARNINGS.values(), ids=WARNINGS)
def test_a_warning_leaves_the_manifest_usable(
    case: tuple[list[Change], str, str], tmp_path: Path
) -> None:
    changes, code, place = case

    (problem,) = problems(tmp_path, changed(*changes))

    assert (problem.severity, problem.code, problem.loc) == ("warning", code, place)
    assert read_manifest(tmp_path / "manifest.json").name == "Good"


def test_every_metadata_without_a_licence_is_warned_of(tmp_path: Path) -> None:
    data = changed(
        (("metadata", "license"), DELETE),
        (("versions", "v1", "metadata"), {"description": "d"}),
        (("versions", "v1", "tasks", "nuclei"), OTHER_TASK),
        ((*TASK, "metadata"), {"description": "d"}),
        (("versions", "v2"), {"tasks": {"mito": OTHER_TASK}}),
    )

    found = problems(tmp_path, data)

    assert {problem.code for problem in found} == {"no-license"}
    assert sorted(problem.loc for problem in found) == [
        "metadata",
        "versions.v1.metadata",
        "versions.v1.tasks.mito.metadata",
    ]


def test_a_version_is_told_that_the_familys_licence_is_not_shown(
    tmp_path: Path,
) -> None:
    data = changed((("versions", "v1", "metadata"), {"description": "d"}))

    (problem,) = problems(tmp_path, data)

    assert "as not stated for this version" in (problem.hint or "")
