"""Going to another version: what is kept, what is said, what comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QLabel, QPushButton

from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker
from napari_aiod_registry.widgets.form.editors.numbers import NumberBox

WEIGHTS = [{"location": "https://example.org/weights"}]


def param(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"name": name.title(), "arg_name": name, "value": value, **more} | {
        "tooltip": "?"
    }


SIZE, LEVEL = param("size", 3), param("level", 0.5, min=0, max=1)
VERSIONS: dict[str, list[dict[str, Any]] | None] = {
    "first": None,
    "same": None,
    "narrow": [param("size", 3, max=5), LEVEL],
    "other type": [param("size", 3.0), LEVEL],
    "choices": [param("size", [3, 30]), LEVEL],
}


def write(folder: Path, name: str) -> None:
    versions = {
        version: {
            "tasks": {
                "mito": {"locations": WEIGHTS} | ({"params": params} if params else {})
            }
        }
        for version, params in VERSIONS.items()
    }
    manifest = {
        "name": name,
        "metadata": {"description": "?", "license": "MIT"},
        "versions": versions,
        "params": [SIZE, LEVEL],
    }
    (folder / f"{name}.json").write_text(json.dumps(manifest))


@pytest.fixture
def picker(tmp_path: Path, qtbot: QtBot) -> ModelPicker:
    write(tmp_path, "A")
    write(tmp_path, "B")
    picker = ModelPicker(registry=Registry.from_paths([tmp_path]))
    qtbot.addWidget(picker)
    picker.show()
    return picker


def values(picker: ModelPicker) -> dict[str, Any]:
    assert picker.form is not None
    return picker.form.value().model_dump()


def note(picker: ModelPicker) -> str:
    assert picker.form is not None
    label = picker.form.findChild(QLabel, "aiod-note-text")
    is_there = label is not None and label.isVisible()
    return label.text().replace("\u200b", "") if is_there else ""


def undo(picker: ModelPicker) -> None:
    assert picker.form is not None
    button = picker.form.findChild(QPushButton, "aiod-note-undo")
    assert button is not None
    button.click()


def change(picker: ModelPicker, **changes: Any) -> None:
    assert picker.form is not None
    picker.form.set_value(changes)


def test_what_a_person_changed_is_kept_and_said(picker: ModelPicker) -> None:
    change(picker, size=4, level=0.7)

    picker.version = "narrow"

    assert values(picker) == {"size": 4, "level": 0.7}
    assert note(picker) == "Kept from first: Size, Level."


@pytest.mark.parametrize(
    ("version", "size"), [("narrow", 3), ("other type", 3.0), ("choices", 3)]
)
def test_only_what_means_the_same_and_will_do_is_kept(
    picker: ModelPicker, version: str, size: Any
) -> None:
    change(picker, size=7, level=0.7)

    picker.version = version

    assert values(picker) == {"size": size, "level": 0.7}
    assert type(values(picker)["size"]) is type(size)
    assert note(picker) == "Kept from first: Level."


def test_keeping_can_be_undone_for_good(picker: ModelPicker) -> None:
    change(picker, size=4)
    picker.version = "same"

    undo(picker)

    assert values(picker) == {"size": 3, "level": 0.5}
    assert note(picker) == ""
    picker.version = "first"
    picker.version = "same"
    assert values(picker) == {"size": 3, "level": 0.5}


def test_going_back_finds_the_earlier_values(picker: ModelPicker) -> None:
    change(picker, size=4)
    picker.version = "same"
    change(picker, size=9)

    picker.version = "first"
    assert values(picker)["size"] == 4
    assert note(picker) == ""

    picker.version = "same"
    assert values(picker)["size"] == 9


def test_what_was_only_handed_on_follows_the_version_that_it_is_from(
    picker: ModelPicker,
) -> None:
    change(picker, size=4)
    picker.version = "same"
    picker.version = "first"
    change(picker, size=5)

    picker.version = "same"

    assert values(picker)["size"] == 5


def test_half_typed_text_comes_back_but_is_not_handed_on(picker: ModelPicker) -> None:
    assert picker.form is not None
    box = picker.form.findChild(NumberBox, "aiod-param-size")
    assert box is not None
    box.setText("4x")

    picker.version = "same"
    assert values(picker)["size"] == 3
    picker.version = "first"

    assert picker.form.errors().keys() == {"size"}
    assert box.text() == "4x"


def test_nothing_is_handed_on_to_another_model(picker: ModelPicker) -> None:
    change(picker, size=4)

    picker.model = "b"

    assert values(picker) == {"size": 3, "level": 0.5}
    assert note(picker) == ""
    picker.model = "a"
    assert values(picker)["size"] == 4


def test_a_switch_tells_of_it_once(picker: ModelPicker) -> None:
    change(picker, size=4)
    heard: list[Any] = []
    picker.changed.connect(lambda: heard.append(picker.selection))

    picker.version = "same"

    assert heard == [("mito", "a", "same")]


def test_values_stay_when_the_manifest_changes_under_the_form(
    picker: ModelPicker, tmp_path: Path
) -> None:
    change(picker, size=4, level=0.7)
    manifest = json.loads((tmp_path / "A.json").read_text())
    manifest["params"] = [SIZE, param("more", True), param("level", "high")]
    (tmp_path / "A.json").write_text(json.dumps(manifest))

    picker.registry = Registry.from_paths([tmp_path])

    assert picker.selection == ("mito", "a", "first")
    assert values(picker) == {"size": 4, "more": True, "level": "high"}
