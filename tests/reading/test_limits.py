"""Files that hold far too much: an answer at once, and not a million of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from manifests_for_tests import GOOD, TASK, changed, problems, write

from napari_aiod_registry import ManifestError, check_manifest, read_manifest
from napari_aiod_registry.messages.limits import MAX_PROBLEMS, MAX_VALUES
from napari_aiod_registry.messages.wording import shortened

AT_THE_MOST = 10
"""Seconds until a test takes the reader for hung. Each takes less than a half."""

TEXT = json.dumps(GOOD)
MANY = 8_000


def with_params(item: str, number: int) -> str:
    items = ",".join(item.replace("#", str(i)) for i in range(number))
    return TEXT.replace('"params": [', f'"params": [{items},')


# id: (what is in the file, its name); as large as it may be, or larger
RUBBISH: dict[str, tuple[Callable[[], str], str]] = {
    "unknown keys": (
        lambda: json.dumps(GOOD | {f"k{i}": 1 for i in range(MANY)}),
        "m.json",
    ),
    "one key again and again": (lambda: "{" + '"k":1,' * MANY + '"k":1}', "m.json"),
    "empty parameters": (lambda: with_params("{}", MANY), "m.json"),
    "parameters alike": (
        lambda: with_params('{"name":"a","value":1}', 5_000),
        "m.json",
    ),
    "overrides of nothing": (
        lambda: with_params('{"name":"a#","value":1}', 2_000).replace(
            '"locations"',
            json.dumps({"param_overrides": {f"b{i}": 1 for i in range(MANY)}})[1:-1]
            + ', "locations"',
        ),
        "m.json",
    ),
    "unknown tasks": (
        lambda: json.dumps(
            GOOD
            | {"versions": {f"v{i}": {"tasks": {f"t{i}": {}}} for i in range(4_000)}}
        ),
        "m.json",
    ),
    "anchors": (lambda: "\n".join(f"k{i}: &a x" for i in range(MANY)), "m.yaml"),
    "tags": (lambda: "\n".join(f"k{i}: !a no" for i in range(MANY)), "m.yaml"),
    "choices that are none": (
        lambda: TEXT.replace('["a", "b"]', f"[{'[],' * MANY}1]"),
        "m.json",
    ),
    "a long list": (lambda: "[" + "1," * 2_400_000 + "1]", "m.json"),
    "a long YAML list": (lambda: "a: [" + "x," * 2_400_000 + "x]", "m.yaml"),
    "a long YAML mapping": (
        lambda: "\n".join(f"k{i}: x" for i in range(300_000)),
        "m.yaml",
    ),
    "deep YAML": (lambda: "[" * 4_900_000, "m.yaml"),
    "a long key": (lambda: '{"' + "k" * 4_900_000 + '": 1}', "m.json"),
    "a long number": (lambda: '{"a": ' + "1" * 4_900_000 + "}", "m.json"),
    "a long YAML number": (lambda: "a: " + "1" * 4_900_000, "m.yaml"),
    "a long licence": (
        lambda: TEXT.replace('"MIT"', f'"{"(MIT) AND " * 400_000}"'),
        "m.json",
    ),
}


@pytest.mark.parametrize("case", RUBBISH.values(), ids=RUBBISH)
def test_a_file_full_of_rubbish_is_answered_at_once(
    case: tuple[Callable[[], str], str], tmp_path: Path
) -> None:
    text, name = case
    path = write(tmp_path, text(), name)
    started = time.monotonic()

    found = check_manifest(path).problems
    with pytest.raises(ManifestError) as caught:
        read_manifest(path)

    assert time.monotonic() - started < AT_THE_MOST
    assert caught.value.problems == found
    assert 1 <= len(found) <= MAX_PROBLEMS + 1
    assert max(len(str(problem)) for problem in found) < 2_000


def many_unknown_keys(number: int) -> dict[str, Any]:
    return {f"k{i}": 1 for i in range(number)} | GOOD


def test_as_many_problems_as_are_told_are_told_whole(tmp_path: Path) -> None:
    found = problems(tmp_path, many_unknown_keys(MAX_PROBLEMS))

    assert [problem.loc for problem in found] == [f"k{i}" for i in range(MAX_PROBLEMS)]


@pytest.mark.parametrize("more", [1, 3_000])
def test_of_more_the_first_are_told_and_that_there_are_more(
    more: int, tmp_path: Path
) -> None:
    found = problems(tmp_path, many_unknown_keys(MAX_PROBLEMS + more))

    *told, last = found
    assert [problem.loc for problem in told] == [f"k{i}" for i in range(MAX_PROBLEMS)]
    assert (last.severity, last.code, last.loc) == ("error", "too-many-problems", "")
    assert last.message == (
        "This file has more than 200 problems; only these are listed."
    )
    assert last.hint == "Mend them, and check the file again."
    assert last.line


def test_errors_are_told_before_warnings_and_all_in_the_order_of_the_file(
    tmp_path: Path,
) -> None:
    own = [{"name": f"p{i}", "value": 1} for i in range(MAX_PROBLEMS)]
    data = changed(((*TASK, "params"), own), (("metadata", "url"), "nowhere"))
    data["params"].append({"name": "n", "value": None, "tooltip": "t"})

    *told, last = problems(tmp_path, data)

    assert [problem.code for problem in told if problem.severity == "error"] == [
        "bad-url",
        "missing-dtype",
    ]
    lines = [problem.line or 0 for problem in told]
    assert lines == sorted(lines)
    assert (last.severity, last.code) == ("warning", "too-many-problems")


def test_very_many_warnings_are_no_error(tmp_path: Path) -> None:
    own = [{"name": f"p{i}", "value": 1} for i in range(MAX_PROBLEMS + 5)]
    path = write(tmp_path, changed(((*TASK, "params"), own)))

    reading = check_manifest(path)

    assert reading.manifest == read_manifest(path)
    assert {problem.severity for problem in reading.problems} == {"warning"}
    assert len(reading.problems) == MAX_PROBLEMS + 1


def values(data: Any) -> int:
    if not isinstance(data, dict | list):
        return 1
    return 1 + sum(map(values, data.values() if isinstance(data, dict) else data))


@pytest.mark.parametrize("name", ["m.json", "m.yaml"])
def test_there_is_an_end_to_how_many_values_are_read(name: str, tmp_path: Path) -> None:
    without = values(changed((("params", 1, "value"), [])))
    choices = [f"c{i}" for i in range(MAX_VALUES - without)]
    just = write(tmp_path, changed((("params", 1, "value"), choices)), f"just-{name}")
    over = write(
        tmp_path, changed((("params", 1, "value"), [*choices, "one"])), f"over-{name}"
    )

    assert check_manifest(just).manifest == read_manifest(just)
    (problem,) = check_manifest(over).problems
    assert problem.code == "too-many-values"
    assert problem.message == "The file holds more than 20,000 values."
    with pytest.raises(ManifestError) as caught:
        read_manifest(over)
    assert caught.value.problems == (problem,)


def test_a_long_text_loses_its_middle() -> None:
    assert shortened("short") == "short"
    assert shortened("a" * 700 + "z" * 700) == "a" * 300 + "…" + "z" * 150
