"""Finding a model in the dock, by keys alone."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtGui import QAction
from qtpy.QtWidgets import QLineEdit, QListWidget, QPushButton

from napari_aiod_registry import Registry, Selection
from napari_aiod_registry.widgets import ModelPicker, search_box

BUNDLED = Registry.bundled()


@pytest.fixture
def picker(qtbot: QtBot) -> ModelPicker:
    picker = ModelPicker(registry=BUNDLED)
    qtbot.addWidget(picker)
    picker.resize(300, 900)
    picker.show()
    qtbot.waitExposed(picker)
    return picker


def line(picker: ModelPicker) -> QLineEdit:
    found = picker.findChild(QLineEdit, "aiod-search")
    assert found is not None
    return found


def results(picker: ModelPicker) -> Any:
    found = picker.findChild(QListWidget, "aiod-search-results")
    assert found is not None
    return found


def titles(picker: ModelPicker) -> list[str]:
    shown = results(picker)
    if not shown.isVisible():
        return []
    return [shown.item(row).text() for row in range(shown.count())]


def action(picker: ModelPicker, text: str) -> QAction:
    button = picker.findChild(QPushButton, "aiod-search-filter")
    assert button is not None
    menu = button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    found = [a for a in picker.findChildren(QAction) if a.text() == text]
    assert len(found) == 1
    return found[0]


def test_words_arrows_and_enter_set_all_three(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    changes: list[Any] = []
    picker.changed.connect(lambda: changes.append(picker.selection))

    qtbot.keyClicks(line(picker), "stradist demo")
    assert titles(picker)[:2] == [
        "StarDist · 2D_demo · Nuclei",
        "StarDist · 3D_demo · Nuclei",
    ]
    qtbot.keyClick(line(picker), Qt.Key.Key_Down)
    qtbot.keyClick(line(picker), Qt.Key.Key_Return)

    wanted = Selection("nuclei", "stardist", "3D_demo")
    assert picker.selection == wanted
    assert set(changes) == {wanted}, "nothing on the way is told"
    assert (line(picker).text(), titles(picker)) == ("", [])


def test_the_keys_stop_at_the_ends_and_escape_clears(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    before = picker.selection
    qtbot.keyClicks(line(picker), "stardist")
    shown = results(picker)

    qtbot.keyClick(line(picker), Qt.Key.Key_Up)
    assert shown.currentRow() == 0
    for _ in range(3):
        qtbot.keyClick(line(picker), Qt.Key.Key_PageDown)
    assert shown.currentRow() == shown.count() - 1
    qtbot.keyClick(line(picker), Qt.Key.Key_Escape)

    assert (line(picker).text(), titles(picker)) == ("", [])
    assert picker.selection == before


def test_the_arrow_opens_the_list_of_all(picker: ModelPicker, qtbot: QtBot) -> None:
    qtbot.keyClick(line(picker), Qt.Key.Key_Down)

    assert len(titles(picker)) == min(50, len(list(BUNDLED.selections())))


def test_a_click_chooses(picker: ModelPicker, qtbot: QtBot) -> None:
    qtbot.keyClicks(line(picker), "lipid")
    shown = results(picker)
    place = shown.visualItemRect(shown.item(0)).center()

    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert picker.selection == ("drop", "empanada", "DropNet v1")


def test_nothing_found_says_so_and_enter_does_nothing(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    before = picker.selection
    qtbot.keyClicks(line(picker), "xyzzyq")
    assert titles(picker) == ["Nothing is found. Try fewer words."]

    qtbot.keyClick(line(picker), Qt.Key.Key_Return)

    assert picker.selection == before


def test_filters(picker: ModelPicker, qtbot: QtBot) -> None:
    button = picker.findChild(QPushButton, "aiod-search-filter")
    assert button is not None

    action(picker, "3D images").setChecked(True)
    qtbot.keyClicks(line(picker), "nuclei")
    found = titles(picker)
    assert found
    assert not any("2D_" in title for title in found)
    assert button.text() == "Filter (1)"

    action(picker, "2D images").setChecked(True)
    assert not action(picker, "3D images").isChecked()
    action(picker, "histology").setChecked(True)
    assert titles(picker) == ["StarDist · 2D_versatile_he · Nuclei"]

    action(picker, "Clear").trigger()
    assert button.text() == "Filter"
    assert len(titles(picker)) > 5


def test_only_what_is_usable_here(picker: ModelPicker, qtbot: QtBot) -> None:
    qtbot.keyClicks(line(picker), "seai")
    selection = Selection("mito", "seai_unet", "U-Net")
    qtbot.waitUntil(lambda: picker._availability.why(selection) is not None)
    line(picker).clear()
    qtbot.keyClicks(line(picker), "seai")
    assert titles(picker)[0].endswith(" – not readable")
    assert "is not mounted on this computer." in results(picker).item(0).toolTip()

    action(picker, "Usable here").setChecked(True)

    assert not any("SEAI" in title for title in titles(picker))


def test_a_large_registry_is_made_searchable_off_the_gui_thread(
    picker: ModelPicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[Any] = []
    make = search_box.Search

    def watched(registry: Registry) -> Any:
        threads.append(threading.current_thread())
        return make(registry)

    monkeypatch.setattr(search_box, "_AT_ONCE", 10)
    monkeypatch.setattr(search_box, "Search", watched)
    picker.registry = BUNDLED

    qtbot.keyClicks(line(picker), "stardist")

    qtbot.waitUntil(lambda: "StarDist · 2D_demo · Nuclei" in titles(picker))
    assert threading.main_thread() not in threads
