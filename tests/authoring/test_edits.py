"""Versions and locations added to manifest files."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from manifests_for_tests import GOOD, TASK, changed, write

from napari_aiod_registry import read_manifest
from napari_aiod_registry.authoring.edits import EditError, add_location, add_version

NEW = {"location": "/new/w.pt", "config_path": "/new/c.yaml", "sha256": "a" * 64}
OLD = "https://example.org/w.pt"


def locations(path: Path, version: str = "v1", task: str = "mito") -> list[str]:
    entries = read_manifest(path).versions[version].tasks[task].locations
    return [entry.location for entry in entries]


def refused(path: Path, *arguments: Any, **options: Any) -> EditError:
    """Add a location or, where a list of tasks is given, a version, in vain."""
    before = path.read_bytes()
    edit = add_version if isinstance(arguments[1], list) else add_location
    with pytest.raises(EditError) as caught:
        edit(path, *arguments, **options)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]
    return caught.value


# Locations


@pytest.mark.parametrize("name", ["m.json", "m.yaml", "m.YML"])
def test_a_location_is_added_behind_or_before_the_others(
    name: str, tmp_path: Path
) -> None:
    path = write(tmp_path, GOOD, name)

    assert add_location(path, "v1", "MITO", NEW) == []
    assert add_location(path, "v1", "mito", {"location": "/first"}, first=True) == []

    assert locations(path) == ["/first", OLD, "/new/w.pt"]
    entry = read_manifest(path).versions["v1"].tasks["mito"].locations[2]
    assert (entry.config_path, entry.sha256) == ("/new/c.yaml", "a" * 64)


def test_all_bytes_but_the_new_ones_stay(tmp_path: Path) -> None:
    lines = [
        "# head\t",
        "name:   'Good'   # quoted",
        'metadata: {description: "For tests.", license: MIT}',
        "versions:",
        "    v1: # the first",
        "        tasks:",
        "            Mito:",
        "                locations: # in order",
        "                -   location: /a  # slow",
        "                # end",
        "    ",
        "# foot",
    ]
    raw = b"\xef\xbb\xbf" + "\r\n".join(lines).encode()
    path = tmp_path / "m.yaml"
    path.write_bytes(raw)

    add_location(path, "v1", "mito", {"location": "/b"})
    add_version(path, "v2", ["er"], [{"location": "/c"}])

    location = b"                -   location: /b\r\n"
    version = b"\r\n".join(
        [
            b"    v2:",
            b"        tasks:",
            b"            er:",
            b"                locations:",
            b"                - location: /c",
            b"",
        ]
    )
    after = path.read_bytes()
    assert after.count(location) == after.count(version) == 1
    assert after.replace(location, b"").replace(version, b"") == raw
    assert locations(path) == ["/a", "/b"]


def test_warnings_are_those_of_what_was_added(tmp_path: Path) -> None:
    path = write(tmp_path, changed((("metadata", "license"), None)))

    (warning,) = add_location(path, "v1", "mito", {"location": "http://x.org/w"})

    assert (warning.code, warning.severity) == ("insecure-url", "warning")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("v11", "mito"), "unknown-version", "Did you mean 'v1'?"),
        (("v1", "mit"), "unknown-task", "Did you mean 'mito'?"),
        (("v1", "er"), "unknown-task", "v1 has no task 'er'. Tasks: mito."),
    ],
)
def test_what_is_not_there_is_told_with_what_was_meant(
    arguments: tuple[str, str], code: str, words: str, tmp_path: Path
) -> None:
    (problem,) = refused(write(tmp_path, GOOD), *arguments, NEW).problems

    assert problem.code == code
    assert words in f"{problem.message} {problem.hint}"
    assert (problem.line or 0) > 1


def test_a_location_that_is_there_is_not_added_again(tmp_path: Path) -> None:
    error = refused(write(tmp_path, GOOD), "v1", "mito", {"location": OLD})

    assert error.problems[0].code == "duplicate-location"


@pytest.mark.parametrize("name", ["m.json", "m.yaml"])
def test_a_wrong_location_is_told_where_it_would_be(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, name)

    error = refused(path, "v1", "mito", {"location": "ftp://x.org", "sha256": "12"})

    assert {problem.code for problem in error.problems} == {
        "unsupported-scheme",
        "bad-sha256",
    }
    assert error.problems[0].loc == "versions.v1.tasks.mito.locations[1].location"
    assert error.problems[0].line is not None
    assert "would be wrong" in error.reason


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "json-syntax"),
        (json.dumps(changed(((*TASK, "locations"), []))), "empty"),
        (json.dumps(GOOD).replace('"v1"', '"v1": 1, "v1"'), "duplicate-key"),
    ],
)
def test_a_file_with_errors_is_left_alone(text: str, code: str, tmp_path: Path) -> None:
    error = refused(write(tmp_path, text), "v1", "mito", NEW)

    assert "Mend them first" in error.reason
    assert all(problem.line for problem in error.problems)
    assert code in {problem.code for problem in error.problems}


def test_what_is_shared_by_an_alias_is_not_edited(tmp_path: Path) -> None:
    text = yaml.safe_dump(GOOD).replace("locations:", "locations: &x")

    error = refused(write(tmp_path, text, "m.yaml"), "v1", "mito", NEW)

    assert error.problems[0].code == "yaml-anchor"


# The shape of 2025


def older(folder: Path, name: str, location: Any, **more: Any) -> Path:
    data = changed((TASK, {"location": location, **more}))
    text = json.dumps(data) if name.endswith("json") else yaml.safe_dump(data)
    return write(folder, text, name)


@pytest.mark.parametrize("name", ["m.json", "m.yaml"])
@pytest.mark.parametrize("old", ["/a", ["/a"], ["/a", "/b"]])
@pytest.mark.parametrize("first", [True, False])
def test_the_shape_of_2025_takes_another_location(
    name: str, old: Any, first: bool, tmp_path: Path
) -> None:
    path = older(tmp_path, name, old, location_type="path")

    add_location(path, "v1", "mito", {"location": "/n: x"}, first=first)

    before = [old] if isinstance(old, str) else old
    assert locations(path) == (["/n: x", *before] if first else [*before, "/n: x"])
    task = yaml.safe_load(path.read_text())["versions"]["v1"]["tasks"]["mito"]
    assert task.keys() == {"location", "location_type"}


@pytest.mark.parametrize(
    ("new", "more"), [(NEW, {}), ({"location": "/n"}, {"config_path": "/c"})]
)
def test_config_paths_in_the_shape_of_2025_are_left_to_convert(
    new: dict[str, str], more: dict[str, str], tmp_path: Path
) -> None:
    error = refused(older(tmp_path, "m.json", "/a", **more), "v1", "mito", new)

    assert error.problems[0].code == "older-shape"
    assert "convert" in (error.problems[0].hint or "")


# Versions


def test_a_version_is_added_with_all_that_is_given(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    about = {"description": "Better.", "license": "MIT"}

    warnings = add_version(
        path, "2.0", ["Mito", "er"], [NEW], axes="ZYX", slug="two", metadata=about
    )

    assert warnings == []
    version = read_manifest(path).versions["2.0"]
    assert (version.axes, version.slug, list(version.tasks)) == (
        "ZYX",
        "two",
        ["mito", "er"],
    )
    assert version.metadata is not None
    assert version.metadata.description == "Better."
    assert locations(path, "2.0", "er") == ["/new/w.pt"]


@pytest.mark.parametrize("name", ["m.json", "m.yaml"])
@pytest.mark.parametrize("tasks", [[], ["ER"]])
def test_a_version_can_lend_all_but_its_locations(
    name: str, tasks: list[str], tmp_path: Path
) -> None:
    task = {"location": ["/a"], "location_type": "p", "param_overrides": {"size": 5}}
    lender = {
        "axes": "ZYX",
        "slug": "lender",
        "metadata": {"description": "Old.", "license": "MIT"},
        "tasks": {"Er": task, "ne": {"locations": [{"location": "/b"}]}},
    }
    path = write(tmp_path, changed((("versions", "L"), lender)), name)

    add_version(
        path,
        "v3",
        tasks,
        [{"location": "/n"}],
        copy_from="lender",
        metadata={"description": "New."},
    )

    version = read_manifest(path).versions["v3"]
    assert list(version.tasks) == (tasks and ["er"]) or ["er", "ne"]
    assert (version.axes, version.slug) == ("ZYX", "v3")
    assert version.metadata is not None
    assert (version.metadata.description, version.metadata.license) == ("New.", "MIT")
    assert version.tasks["er"].param_overrides == {"size": 5}
    assert locations(path, "v3", "er") == ["/n"]


@pytest.mark.parametrize(
    ("name", "tasks", "options", "code"),
    [
        ("v1", ["er"], {}, "duplicate-version"),
        ("V1", ["er"], {}, "duplicate-slug"),
        ("v" * 51, ["er"], {}, "bad-length"),
        ("v2", ["nuclie"], {}, "unknown-task"),
        ("v2", ["er"], {"axes": "yx"}, "bad-axes"),
        ("v2", ["er"], {"copy_from": "v1"}, "unknown-task"),
        ("v2", [], {"copy_from": "v0"}, "unknown-version"),
        ("v2", [], {}, "empty"),
        ("v2", ["er"], {"metadata": {"license": "MIT"}}, "missing-key"),
        ("v\ud800", ["er"], {}, "not-utf8"),
    ],
)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_a_wrong_version_is_refused(
    name: str,
    tasks: list[str],
    options: dict[str, Any],
    code: str,
    suffix: str,
    tmp_path: Path,
) -> None:
    path = write(tmp_path, GOOD, f"m.{suffix}")

    error = refused(path, name, tasks, [{"location": "/n"}], **options)

    assert code in {problem.code for problem in error.problems}
    assert all(problem.line for problem in error.problems)


# Files


def test_a_link_stays_and_its_file_keeps_its_permissions(tmp_path: Path) -> None:
    real = write(tmp_path, GOOD, "real.json")
    real.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(real)

    add_location(link, "v1", "mito", NEW)

    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert locations(real) == [OLD, "/new/w.pt"]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.json").symlink_to(tmp_path / "gone.json")

    for path in (tmp_path, tmp_path / "broken.json", tmp_path / "no" / "m.json"):
        with pytest.raises(EditError, match=r"is a folder|does not exist"):
            add_location(path, "v1", "mito", NEW)


def test_a_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left")

    monkeypatch.setattr(os, "fsync", fail)

    error = refused(write(tmp_path, GOOD), "v1", "mito", NEW)

    assert error.problems[0].code == "disk-full"


def test_a_layout_that_is_not_understood_is_told(tmp_path: Path) -> None:
    # A line break would become part of the text at the end.
    text = yaml.safe_dump(GOOD, sort_keys=False)
    head, _, rest = text.partition("versions:\n")
    versions, _, params = rest.partition("params:\n")
    versions = versions.replace(
        f"location: {OLD}\n", f"location: |\n              {OLD}"
    )
    path = write(tmp_path, f"{head}params:\n{params}versions:\n{versions}", "m.yaml")

    error = refused(path, "v1", "mito", {"location": "/n"})

    assert error.problems[0].code == "unusual-layout"
    assert error.problems[0].hint == "Edit the file in a text editor."
