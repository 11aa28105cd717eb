"""The document on how the code is built is right about the code."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

import napari_aiod_registry

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "architecture.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
PACKAGE = Path(napari_aiod_registry.__file__).parent


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`([\w/]+\.py)`", TEXT))))
def test_a_file_that_is_named_exists(path: str) -> None:
    in_package = [*PACKAGE.rglob(path)]
    assert in_package or (ROOT / path).exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/]+)`", TEXT))))
def test_a_folder_of_tests_that_is_named_exists(path: str) -> None:
    assert (ROOT / path).is_dir()


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`([A-Za-z_]+(?:\.[a-z_]+)?)`", TEXT)))
)
def test_a_name_that_is_used_stands_in_the_code(name: str) -> None:
    word = re.compile(rf"\b{name.rpartition('.')[2]}\b")
    files = [*PACKAGE.rglob("*.py")]

    assert any(word.search(path.read_text(encoding="utf-8")) for path in files)


def test_the_picture_is_drawn_from_the_document() -> None:
    script = ROOT / "docs" / "draw_architecture.py"
    spec = importlib.util.spec_from_file_location("draw_architecture", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    rooms = module.read_rooms(TEXT)
    drawn = (ROOT / "docs" / "images" / "architecture.svg").read_text("utf-8")

    assert len(rooms) > 20
    assert drawn == module.draw(rooms), "run docs/draw_architecture.py"
    for _, passed in module.STORIES.values():
        assert set(passed) <= set(rooms)
