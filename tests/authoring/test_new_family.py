"""Manifests for new families."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from napari_aiod_registry import TASK_NAMES, ManifestError, read_manifest
from napari_aiod_registry.authoring.new_family import (
    Family,
    fields_from,
    publication_from,
    write_manifest,
    wrong_answer,
)

FAMILY = Family(
    name="My Net",
    description="Finds it.",
    version="1.0",
    tasks=["Mito", "er"],
    locations=[{"location": "/w.pt"}],
)
FULL = replace(
    FAMILY,
    short_name="net",
    axes="ZYX",
    license="MIT",
    url="https://x.org",
    repo="https://x.org/code",
    tags=["3D"],
    authors=[{"name": "Ada", "affiliation": "Institute"}],
    pubs=[{"title": "T", "info": "I", "url": "https://x.org/p"}],
    params=[{"name": "Size", "value": 3, "tooltip": "How large."}],
)


@pytest.mark.parametrize("name", ["m.json", "m.yaml", "m.yml"])
def test_what_is_written_is_a_manifest_without_errors(
    name: str, tmp_path: Path
) -> None:
    reading = write_manifest(tmp_path / name, FULL.manifest())

    manifest = read_manifest(tmp_path / name)
    assert reading.manifest == manifest
    assert reading.problems == ()
    assert (manifest.short_name, manifest.metadata.license) == ("net", "MIT")
    assert list(manifest.versions["1.0"].tasks) == ["mito", "er"]
    assert manifest.versions["1.0"].axes == "ZYX"
    assert manifest.versions["1.0"].tasks["er"].params == manifest.params


def test_what_is_not_answered_is_left_out(tmp_path: Path) -> None:
    data = FAMILY.manifest()
    reading = write_manifest(tmp_path / "m.yaml", data)

    assert data.keys() == {"name", "metadata", "versions"}
    assert data["metadata"].keys() == {"description"}
    assert [problem.code for problem in reading.problems] == ["no-license"]
    assert "&" not in (tmp_path / "m.yaml").read_text()


def test_a_manifest_with_errors_is_not_written(tmp_path: Path) -> None:
    for wrong in ({"axes": "yx"}, {"name": "a\ud800"}):
        with pytest.raises(ManifestError, match=r"Write 'YX'|be written\.$"):
            write_manifest(tmp_path / "m.json", replace(FAMILY, **wrong).manifest())

    assert os.listdir(tmp_path) == []


def test_a_file_that_is_there_is_replaced_only_if_asked(tmp_path: Path) -> None:
    file, link = tmp_path / "m.json", tmp_path / "link.json"
    file.write_text("mine")
    link.symlink_to(tmp_path / "gone.json")

    for path in (file, link):
        with pytest.raises(ManifestError, match=r"is there already\. Choose another"):
            write_manifest(path, FAMILY.manifest())
    assert file.read_text() == "mine"

    write_manifest(file, FAMILY.manifest(), force=True)
    assert read_manifest(file).name == "My Net"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("m.txt", "Manifests end in .json"),
        ("no/m.json", "no does not exist"),
        ("folder.json", "folder.json is a folder"),
    ],
)
def test_where_nothing_can_be_written_it_is_told(
    name: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.json").mkdir()

    with pytest.raises(ManifestError, match=words):
        write_manifest(tmp_path / name, FAMILY.manifest(), force=True)


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ManifestError, match="no room left"):
        write_manifest(tmp_path / "m.json", FAMILY.manifest())
    assert os.listdir(tmp_path) == []


# Answers


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"name": ""}, "empty"),
        ({"name": "x" * 51}, "50"),
        ({"short_name": "a b"}, "Use 'a_b'."),
        ({"version": ""}, "empty"),
        ({"tasks": ["mitos"]}, "Did you mean 'mito'?"),
        ({"tasks": ["mito", "nope"]}, "There is no task 'nope'."),
        ({"locations": [{"location": "s3://x"}]}, "Use https://"),
        ({"locations": [{"location": "/a", "sha256": "1"}]}, "64 digits"),
        ({"axes": "ZY"}, "lacks Y or X"),
        ({"license": "Apache 2.0"}, "Did you mean Apache-2.0?"),
        ({"repo": "github"}, "not a web address"),
        ({"authors": [{"name": "A"}]}, "affiliation"),
        ({"params": [{"name": "A", "value": None}]}, "dtype"),
        ({"params": [{"name": "A", "value": 1}] * 2}, "A"),
        ({"params": [{"name": "A", "vaule": 1, "value": 1}]}, "Did you mean 'value'?"),
    ],
)
def test_a_wrong_answer_is_told_by_the_rules_for_manifests(
    answer: dict[str, Any], words: str
) -> None:
    assert words in (wrong_answer(**answer) or "")


def test_right_answers_are_right() -> None:
    for field in FULL.__dataclass_fields__:
        assert wrong_answer(**{field: getattr(FULL, field)}) is None
    assert all(wrong_answer(tasks=[key]) is None for key in TASK_NAMES)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("name=Size, value=3", {"name": "Size", "value": 3}),
        ("name=3,value=3.0", {"name": "3", "value": 3.0}),
        ("value=[a, b],default=a", {"value": ["a", "b"], "default": "a"}),
        ("value=null , dtype=int", {"value": None, "dtype": "int"}),
        ("tooltip=A, b: c = d,min=1", {"tooltip": "A, b: c = d", "min": 1}),
        ("advanced=true", {"advanced": True}),
        ("tooltip=", {"tooltip": ""}),
    ],
)
def test_fields_are_read_from_one_line(text: str, fields: dict[str, Any]) -> None:
    assert repr(fields_from(text)) == repr(fields)


@pytest.mark.parametrize(
    ("text", "words"),
    [("Size", "has no '='"), ("", "has no '='"), ("a=1,a=2", "a is given twice")],
)
def test_what_are_no_fields_is_told(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        fields_from(text)


def test_a_doi_is_an_address() -> None:
    doi = publication_from("title=T,doi=10.1/x")
    both = publication_from("title=T,doi=10.1/x,url=https://x.org")

    assert doi["url"] == "https://doi.org/10.1/x"
    assert both["url"] == "https://x.org"
