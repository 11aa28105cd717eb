"""The dock in napari: its memory, its settings, its place in menus."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from manifests_for_tests import GOOD, write
from napari.components import ViewerModel
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLineEdit, QListWidget, QToolButton

from napari_aiod_registry import Registry, Selection
from napari_aiod_registry.widgets import settings
from napari_aiod_registry.widgets.dock import RegistryDock

Sections = dict[str, SimpleNamespace]
REAL_SECTION = settings.section
"""Before the fixture hides the settings of whoever runs the tests."""

STARDIST = Selection("nuclei", "stardist", "2D_demo")
SAM = Selection("everything", "sam", "MedSAM")


def dock(qtbot: QtBot) -> RegistryDock:
    found = RegistryDock(ViewerModel())  # type: ignore[arg-type]
    qtbot.addWidget(found)
    found.show()
    return found


def choose(picker: RegistryDock, selection: Selection) -> None:
    picker.task, picker.model, picker.version = selection


def star(picker: RegistryDock) -> QToolButton:
    found = picker.findChild(QToolButton, "aiod-favourite")
    assert found is not None
    return found


def test_the_last_selection_and_open_folds_come_back(qtbot: QtBot) -> None:
    first = dock(qtbot)
    choose(first, STARDIST)
    fold = first.findChild(QToolButton, "aiod-about-fold")
    assert fold is not None
    fold.click()

    second = dock(qtbot)

    assert second.selection == STARDIST
    fold = second.findChild(QToolButton, "aiod-about-fold")
    assert fold is not None
    assert fold.isChecked()


def test_favourites_and_recent_ones_are_offered_first(qtbot: QtBot) -> None:
    first = dock(qtbot)
    choose(first, SAM)
    assert star(first).text() == "☆"
    star(first).click()
    assert star(first).text() == "★"
    choose(first, STARDIST)
    assert star(first).text() == "☆"

    second = dock(qtbot)
    line = second.findChild(QLineEdit, "aiod-search")
    results = second.findChild(QListWidget, "aiod-search-results")
    assert line is not None
    assert results is not None
    qtbot.keyClick(line, Qt.Key.Key_Down)

    shown = [results.item(row).text() for row in range(2)]
    assert shown == [
        "Segment Anything · MedSAM · Everything!",
        "StarDist · 2D_demo · Nuclei",
    ]
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert second.selection == SAM
    assert star(second).text() == "★"
    star(second).click()
    third = dock(qtbot)
    assert third._remembered.favourites == []


def test_what_comes_late_is_chosen_when_it_is_there(
    qtbot: QtBot, own_settings: Sections, tmp_path: Path
) -> None:
    write(tmp_path, GOOD)
    own_settings["sources"].folders = f" {tmp_path} ;/no/such/folder"
    wanted = Selection("mito", "good", "v1")
    own_settings["memory"].remembered = json.dumps({"recent": [wanted]})

    picker = dock(qtbot)

    qtbot.waitUntil(lambda: picker.selection == wanted)


def test_what_is_gone_is_passed_over(qtbot: QtBot, own_settings: Sections) -> None:
    gone = Selection("mito", "gone", "v1")
    own_settings["memory"].remembered = json.dumps({"recent": [gone, STARDIST]})

    picker = dock(qtbot)

    assert picker.selection is not None
    choose(picker, SAM)
    assert dock(qtbot).selection == SAM


@pytest.mark.parametrize(
    "text", ["{", "[1]", '{"recent": 3}', '{"recent": [[1, 2, 3], ["a"]], "folds": 7}']
)
def test_a_memory_that_is_not_ours_is_passed_over(
    text: str, qtbot: QtBot, own_settings: Sections
) -> None:
    own_settings["memory"].remembered = text

    assert dock(qtbot).selection is not None


def test_previews_are_not_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    picker = dock(qtbot)
    choose(picker, STARDIST)
    picker.open_manifest(write(tmp_path, GOOD))
    qtbot.waitUntil(lambda: picker.model == "preview:manifest.json")

    assert dock(qtbot).selection == STARDIST


def test_the_time_limit_is_the_settings(qtbot: QtBot, own_settings: Sections) -> None:
    own_settings["sources"].time_limit = 7.5

    assert dock(qtbot).time_limit == 7.5


@pytest.mark.viewer
def test_napari_has_the_settings_the_menu_and_the_command(
    make_napari_viewer: Any,
) -> None:
    import npe2

    viewer = make_napari_viewer()
    manager = npe2.PluginManager.instance()
    plugin = manager.get_manifest("napari-aiod-registry")

    menus = plugin.contributions.menus["napari/layers/segment"]
    assert [item.command for item in menus] == ["napari-aiod-registry.picker"]
    registry = manager.commands.execute("napari-aiod-registry.registry")
    assert set(Registry.bundled()) <= set(registry)
    if hasattr(plugin.contributions, "configurations"):  # since npe2 0.9
        assert isinstance(REAL_SECTION("sources").time_limit, float)
        assert isinstance(REAL_SECTION("memory").remembered, str)
    _, widget = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    assert isinstance(widget, RegistryDock)
