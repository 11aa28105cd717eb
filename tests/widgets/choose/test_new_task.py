"""A new task is one line in `tasks.py`: the panel's dropdown follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from manifests_for_tests import OTHER_TASK, changed, write
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QComboBox

from napari_aiod_registry import TASK_NAMES, Registry
from napari_aiod_registry.widgets import ModelPicker


def test_a_new_task_can_be_chosen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TASK_NAMES, "golgi", "Golgi Apparatus")
    path = write(tmp_path, changed((("versions", "v1", "tasks", "golgi"), OTHER_TASK)))
    picker = ModelPicker(registry=Registry.from_paths([path]))
    qtbot.addWidget(picker)
    dropdown = picker.findChild(QComboBox, "aiod-task")

    names = [dropdown.itemText(index) for index in range(dropdown.count())]
    assert names == ["Mitochondria", "Golgi Apparatus"]
    qtbot.keyClicks(dropdown, "G")

    assert picker.task == "golgi"
    assert picker.selection == ("golgi", "good", "v1")
