"""What a reviewer would ask for: each thing, its place and the score."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from manifests_for_tests import (
    DELETE,
    GOOD,
    LOCATION,
    OTHER_TASK,
    SIZE,
    TASK,
    Change,
    changed,
    write,
)

from napari_aiod_registry import ModelManifest, check_manifest
from napari_aiod_registry.reading.completeness import WORDS, Gap, completeness

METADATA: dict[str, Any] = {
    "description": "For tests.",
    "license": "MIT",
    "authors": [{"name": "A", "affiliation": "B"}],
    "url": "https://example.org",
    "tags": ["2D"],
    "pubs": [
        {"title": "T", "info": "I", "url": "https://example.org", "doi": "10.1/2"}
    ],
}
COMPLETE: list[Change] = [
    (("metadata",), METADATA),
    (("usage_guide",), "Press the button."),
    ((*LOCATION[:-1], "sha256"), "a" * 64),
]
SECOND = {**OTHER_TASK["locations"][0], "sha256": "b" * 64}


def missing(*changes: Change) -> list[tuple[str, str]]:
    manifest = ModelManifest.model_validate(changed(*COMPLETE, *changes))
    return [(gap.code, gap.loc) for gap in completeness(manifest).missing]


def test_a_manifest_that_says_it_all_has_the_full_score() -> None:
    score = completeness(ModelManifest.model_validate(changed(*COMPLETE)))

    assert (score.score, score.asked, score.missing) == (100, 11, ())
    assert str(score) == "completeness 100 %: 11 of 11 are there."


# code: (what is changed, place)
GAPS: dict[str, tuple[list[Change], str]] = {
    "no-license": ([(("metadata", "license"), DELETE)], "metadata.license"),
    "no-authors": ([(("metadata", "authors"), [])], "metadata.authors"),
    "no-publication": ([(("metadata", "pubs"), DELETE)], "metadata.pubs"),
    "no-doi": ([(("metadata", "pubs", 0, "doi"), DELETE)], "metadata.pubs[0].doi"),
    "no-source": ([(("metadata", "url"), DELETE)], "metadata.url"),
    "no-tags": ([(("metadata", "tags"), [])], "metadata.tags"),
    "no-usage-guide": ([(("usage_guide",), DELETE)], "usage_guide"),
    "no-axes": ([(("versions", "v1", "axes"), DELETE)], "versions.v1.axes"),
    "no-tooltip": ([((*SIZE, "tooltip"), " ")], "params[0].tooltip"),
    "no-checksum": (
        [((*LOCATION[:-1], "sha256"), DELETE)],
        "versions.v1.tasks.mito.locations[0].sha256",
    ),
    "no-version-description": (
        [
            (
                ("versions", "v2"),
                {"axes": "YX", "tasks": {"mito": {"locations": [SECOND]}}},
            ),
            (("versions", "v1", "metadata"), METADATA),
        ],
        "versions.v2.metadata",
    ),
    "no-task-description": (
        [
            ((*TASK, "metadata"), METADATA),
            (("versions", "v1", "tasks", "er"), {"locations": [SECOND]}),
        ],
        "versions.v1.tasks.er.metadata",
    ),
}


@pytest.mark.parametrize("code", GAPS)
def test_what_is_missing_is_named_with_its_place(code: str) -> None:
    changes, place = GAPS[code]

    assert missing(*changes) == [(code, place)]


def test_every_kind_has_a_word_and_a_test() -> None:
    assert GAPS.keys() == WORDS.keys()


def test_source_code_stands_for_a_home_page() -> None:
    repo = [(("metadata", "url"), DELETE), (("metadata", "repo"), "https://x.org")]

    assert missing(*repo) == []


def test_parameters_of_a_task_are_asked_and_inherited_ones_once() -> None:
    own = [{"name": "p", "value": 1}]

    assert missing(((*TASK, "params"), own)) == [
        ("no-tooltip", "versions.v1.tasks.mito.params[0].tooltip")
    ]


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_the_gaps_of_a_file_have_lines_in_order(suffix: str, tmp_path: Path) -> None:
    data = changed(
        (("params", 1, "tooltip"), DELETE), (TASK, {"location": ["/a", "/b"]})
    )
    text = json.dumps(data, indent=1)
    if suffix == "yaml":
        text = yaml.safe_dump(data, sort_keys=False)

    found = check_manifest(write(tmp_path, text, f"m.{suffix}")).completeness

    assert found is not None
    lines = [gap.line or 0 for gap in found.missing]
    assert lines == sorted(lines)
    assert min(lines) >= 1
    by_place = {gap.loc: gap for gap in found.missing}
    # The older shape: the place is that in the file.
    second = by_place["versions.v1.tasks.mito.location[1].sha256"]
    assert "/b" in text.splitlines()[(second.line or 0) - 1]
    assert isinstance(by_place["params[1].tooltip"], Gap)


def test_a_file_with_errors_has_no_score(tmp_path: Path) -> None:
    assert check_manifest(write(tmp_path, {**GOOD, "name": 1})).completeness is None
    assert check_manifest(write(tmp_path, GOOD)).completeness is not None


def test_the_score_is_rounded_down() -> None:
    data = changed(*COMPLETE, ((*SIZE, "tooltip"), ""))
    score = completeness(ModelManifest.model_validate(data))

    assert (score.answered, score.asked, score.score) == (10, 11, 90)
