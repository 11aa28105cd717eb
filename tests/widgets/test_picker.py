"""The picker without a viewer: dropdowns, weights, form, and what goes wrong."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
)

from napari_aiod_registry import Registry, Selection
from napari_aiod_registry.registry import disks
from napari_aiod_registry.widgets import ModelPicker

WEB = "https://example.org/weights.pt"


def manifest(name: str, tasks: dict[str, Any], **versions: dict[str, Any]) -> str:
    whole = {
        "name": name,
        "metadata": {"description": "For tests.", "license": "MIT"},
        "versions": versions or {"v1": {"tasks": tasks}},
        "params": [{"name": "Size", "arg_name": "size", "value": 3, "tooltip": "px"}],
    }
    return json.dumps(whole)


def at(*places: str) -> dict[str, Any]:
    return {"locations": [{"location": place} for place in places]}


@pytest.fixture
def picker(qtbot: QtBot) -> ModelPicker:
    picker = ModelPicker(registry=Registry.bundled())
    qtbot.addWidget(picker)
    return picker


def picker_of(folder: Path, qtbot: QtBot) -> ModelPicker:
    picker = ModelPicker(registry=Registry.from_paths([folder]))
    qtbot.addWidget(picker)
    return picker


def line(picker: ModelPicker, name: str) -> QLineEdit:
    found = picker.findChild(QLineEdit, name)
    assert found is not None
    return found


def text(picker: ModelPicker, name: str) -> str:
    label = picker.findChild(QLabel, name)
    assert label is not None
    return label.text().replace("\u200b", "")


def entries(picker: ModelPicker, name: str) -> list[str]:
    combo = picker.findChild(QComboBox, name)
    assert combo is not None
    return [combo.itemText(index) for index in range(combo.count())]


def test_dropdowns_show_names_and_keep_keys(picker: ModelPicker) -> None:
    picker.task = "nuclei"
    picker.model = "cellpose"

    assert entries(picker, "aiod-task")[:2] == ["Mitochondria", "Endoplasmic Reticulum"]
    assert entries(picker, "aiod-model") == [
        "Cellpose",
        "Cellpose-SAM",
        "Empanada",
        "PanSeg",
        "StarDist",
    ]
    assert picker.task == "nuclei"
    assert picker.model == "cellpose"
    assert picker.selection == Selection("nuclei", "cellpose", "nuclei")


def test_the_choice_is_kept_where_it_still_exists(picker: ModelPicker) -> None:
    picker.task = "nuclei"
    picker.model = "cellposesam"

    picker.task = "cyto"
    assert picker.model == "cellposesam"

    picker.task = "mito"
    assert picker.model == "empanada"


def test_what_is_shown_is_what_is_chosen(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.task = "mito"
    picker.model = "seai_unet"
    qtbot.waitUntil(
        lambda: (
            entries(picker, "aiod-model") == ["Empanada", "SEAI U-Net – not readable"]
        )
    )
    combo = picker.findChild(QComboBox, "aiod-version")
    assert combo is not None
    for index, version in enumerate(["U-Net", "Attention U-Net"]):
        picker.version = version
        assert combo.currentIndex() == index
        assert combo.currentText() == f"{version} – not readable"


def test_a_version_can_be_set_by_slug(picker: ModelPicker) -> None:
    picker.task = "mito"
    picker.model = "empanada"

    picker.version = "mitonet_mini_v1"

    assert picker.version == "MitoNet Mini v1"


@pytest.mark.parametrize("attribute", ["task", "model", "version"])
def test_an_unknown_key_is_refused_and_changes_nothing(
    picker: ModelPicker, attribute: str
) -> None:
    before = picker.selection

    with pytest.raises(LookupError, match="nonsense"):
        setattr(picker, attribute, "nonsense")

    assert picker.selection == before


def test_the_location_is_shown_and_can_be_copied(picker: ModelPicker) -> None:
    picker.task = "cyto"
    picker.model = "cellpose"
    picker.version = "cyto3"

    location = line(picker, "aiod-location")
    button = picker.findChild(QToolButton, "aiod-location-copy")
    clipboard = QGuiApplication.clipboard()
    assert button is not None
    assert clipboard is not None
    button.click()

    assert location.text() == "https://www.cellpose.org/models/cyto3"
    assert location.isReadOnly()
    assert clipboard.text() == location.text()
    assert "web" in text(picker, "aiod-status")
    assert line(picker, "aiod-config-path").isHidden()


def test_each_location_says_why_it_can_not_be_read(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    picker.task = "ne"
    picker.version = "Attention U-Net"

    qtbot.waitUntil(lambda: "not readable" in text(picker, "aiod-status"))

    reasons = text(picker, "aiod-reasons")
    assert reasons.index("/nemo/stp") < reasons.index("/media/DATA")
    assert "is not mounted" in reasons
    assert line(picker, "aiod-location").isHidden()


def test_a_readable_path_is_shown_with_its_config(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "weights.pt").write_bytes(b"x")
    entry = {"location": "weights.pt", "config_path": "config.yml"}
    tasks = {"mito": {"locations": [{"location": "/not/there"}, entry]}}
    (tmp_path / "a.json").write_text(manifest("A", tasks))

    picker = picker_of(tmp_path, qtbot)
    qtbot.waitUntil(lambda: "this computer" in text(picker, "aiod-status"))

    assert line(picker, "aiod-location").text() == str(tmp_path / "weights.pt")
    assert line(picker, "aiod-config-path").text() == str(tmp_path / "config.yml")


def test_a_config_that_can_not_be_found_says_why(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AIOD_CONFIGS", raising=False)
    entry = {"location": WEB, "config_path": "$AIOD_CONFIGS/a.yml"}
    (tmp_path / "a.json").write_text(manifest("A", {"mito": {"locations": [entry]}}))

    picker = picker_of(tmp_path, qtbot)

    assert "AIOD_CONFIGS is not set" in text(picker, "aiod-reasons")
    assert line(picker, "aiod-location").text() == WEB


def test_a_disk_that_hangs_does_not_hold_up_the_picker(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = threading.Event()

    def slow(path: str) -> tuple[str, str]:
        answer.wait(60)
        return "available", "On this computer."

    monkeypatch.setattr(disks, "_look", slow)
    (tmp_path / "a.json").write_text(manifest("A", {"mito": at("/slow/weights.pt")}))
    picker = picker_of(tmp_path, qtbot)

    assert "Looking" in text(picker, "aiod-status")
    assert picker.form is not None
    with qtbot.waitSignal(picker.changed, timeout=5000):
        answer.set()

    assert line(picker, "aiod-location").text() == os.path.abspath("/slow/weights.pt")


def test_the_form_follows_and_remembers(picker: ModelPicker) -> None:
    picker.task = "cyto"
    picker.model = "cellpose"
    assert picker.form is not None
    picker.form.set_value({"diameter": 30})

    picker.model = "cellposesam"
    assert picker.form is not None
    assert "diameter" not in picker.form.value().model_dump()

    picker.model = "cellpose"
    assert picker.form is not None
    assert picker.form.value().model_dump()["diameter"] == 30


def test_reset_brings_back_the_defaults(picker: ModelPicker) -> None:
    picker.task = "cyto"
    picker.model = "cellpose"
    assert picker.form is not None
    assert picker.resolution is not None
    picker.form.set_value({"diameter": 30})

    reset = picker.form.findChild(QPushButton, "aiod-reset")
    assert reset is not None
    reset.click()

    assert picker.form.value() == picker.resolution.params_model()


def test_changed_is_emitted_for_selection_and_values(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(picker.changed):
        picker.task = "cyto"
    assert picker.form is not None
    with qtbot.waitSignal(picker.changed):
        picker.form.set_value({"flow_threshold": 0.5})


def test_an_empty_registry_shows_an_empty_picker(qtbot: QtBot) -> None:
    picker = ModelPicker(registry=Registry({}))
    qtbot.addWidget(picker)

    assert picker.selection is None
    assert picker.resolution is None
    assert picker.form is None


def test_two_families_of_one_name_can_be_told_apart(
    tmp_path: Path, qtbot: QtBot
) -> None:
    for short in ("one", "two"):
        whole = json.loads(manifest("Same", {"mito": at(WEB)})) | {"short_name": short}
        (tmp_path / f"{short}.json").write_text(json.dumps(whole))

    picker = picker_of(tmp_path, qtbot)

    assert entries(picker, "aiod-model") == ["Same (one)", "Same (two)"]


BAD_FILES = {
    "empty": ("", "empty"),
    "trailing comma": ('{"name": "A",}', "comma"),
    "a list at the root": ("[1, 2]", "mapping"),
    "an unknown task": (manifest("A", {"nucleii": at(WEB)}), "Did you mean 'nuclei'?"),
    "a key misspelt": (
        manifest("A", {"mito": {"locatons": [{"location": WEB}]}}),
        "Did you mean 'locations'?",
    ),
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_manifest_is_told_and_the_others_stay_usable(
    content: tuple[str, str],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "napari_aiod_registry.widgets.preview.left_out._notify", told.append
    )
    bad, words = content
    (tmp_path / "bad.json").write_text(bad)
    (tmp_path / "good.json").write_text(manifest("Good", {"mito": at(WEB)}))

    picker = picker_of(tmp_path, qtbot)

    assert picker.selection == Selection("mito", "good", "v1")
    assert not picker._problems.isHidden()
    assert "bad.json" in text(picker, "aiod-problems")
    assert len(told) == 1
    assert words in told[0]


def test_configured_folders_are_added_in_the_background(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.json").write_text(manifest("Mine", {"mito": at(WEB)}))
    monkeypatch.setenv("AIOD_REGISTRY_PATH", str(tmp_path))

    picker = ModelPicker()
    qtbot.addWidget(picker)
    picker.task = "nuclei"

    qtbot.waitUntil(lambda: "mine" in picker.registry)
    assert picker.task == "nuclei"
    assert len(picker.registry) == 9


def test_another_registry_with_the_same_names_is_shown_as_it_is(
    tmp_path: Path, qtbot: QtBot
) -> None:
    weights = tmp_path / "w.pt"
    weights.write_bytes(b"x")
    old = json.loads(manifest("A", {"mito": at(str(weights))}))
    new = json.loads(manifest("A", {"mito": at(str(weights))}))
    new["metadata"]["description"] = "The newer one."
    (tmp_path / "a.json").write_text(json.dumps(old))
    picker = picker_of(tmp_path, qtbot)
    assert picker.selection is not None
    qtbot.waitUntil(lambda: picker._availability.where(picker.selection) == "available")
    (tmp_path / "a.json").write_text(json.dumps(new))

    picker.registry = Registry.from_paths([tmp_path])

    assert picker.resolution is not None
    assert picker.resolution.metadata.description == "The newer one."


def test_typing_in_a_dropdown_goes_by_names_not_by_marks(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    picker.task = "nuclei"
    combo = picker.findChild(QComboBox, "aiod-model")
    assert combo is not None
    qtbot.keyClick(combo, Qt.Key.Key_S)
    assert picker.model == "stardist"
    qtbot.wait(QApplication.keyboardInputInterval() + 100)
    qtbot.keyClick(combo, Qt.Key.Key_P)

    assert picker.model == "panseg"
