"""Random damage to a good manifest: problems come of it, never an exception."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from reading.damaging import RICH, damage
from searches import examples

from napari_aiod_registry import (
    ManifestError,
    ModelManifest,
    Reading,
    check_manifest,
    params_model,
    read_manifest,
)

SIGNS = "\"'{}[],:\n\t \\@`%&*!|>-#=0.\x00é~"
TEXT_CODES = {"json-syntax", "yaml-syntax", "yaml-anchor", "yaml-tag"}


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


@settings(max_examples=examples(150), deadline=None, print_blob=True)
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
