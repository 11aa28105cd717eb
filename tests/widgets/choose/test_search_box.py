"""Finding a model in the dock, by keys alone."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from napari.components import ViewerModel
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QEvent, Qt
from qtpy.QtGui import QAction, QFocusEvent
from qtpy.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QToolButton,
)

from napari_aiod_registry import Registry, Selection
from napari_aiod_registry.widgets import ModelPicker
from napari_aiod_registry.widgets.choose import search_box
from napari_aiod_registry.widgets.choose.search_filter import SearchFilter

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
    texts = [shown.item(row).text() for row in range(shown.count())]
    return [text.replace("\u200b", "") for text in texts]


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


def test_it_is_said_when_there_are_more_than_are_shown(
    picker: ModelPicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_box, "_MOST_FOUND", 10)
    qtbot.keyClicks(line(picker), "nuclei")

    assert len(titles(picker)) == 11
    assert titles(picker)[-1] == "The best 10: one more word leaves fewer."


def test_a_click_chooses(picker: ModelPicker, qtbot: QtBot) -> None:
    qtbot.keyClicks(line(picker), "lipid")
    shown = results(picker)
    place = shown.visualItemRect(shown.item(0)).center()

    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert picker.selection == ("drop", "empanada", "DropNet v1")


def test_nothing_found_says_so_and_enter_does_nothing(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    picker.registry = Registry.from_paths([BUNDLED.paths["stardist"]])
    before = picker.selection
    qtbot.keyClicks(line(picker), "xyzzyq")
    assert titles(picker) == ["No model has “xyzzyq”. Try other words."]

    qtbot.keyClick(line(picker), Qt.Key.Key_Return)

    assert picker.selection == before


def test_for_a_structure_that_no_model_has_those_for_everything_are_offered(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    qtbot.keyClicks(line(picker), "xyzzyq")

    note, first, *_ = titles(picker)
    assert note == "No model has “xyzzyq”. These are for structures of any kind:"
    assert first.endswith("· Everything!")
    qtbot.keyClick(line(picker), Qt.Key.Key_Return)
    assert picker.task == "everything"


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
    seai = [one for one in BUNDLED.selections() if one.model == "seai_unet"]
    # They are marked as the answers come; nobody need type again.
    qtbot.waitUntil(lambda: all(map(picker._availability.why, seai)))
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


def test_results_wrap_and_are_whole_in_a_narrow_dock(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    picker.resize(240, 700)
    qtbot.keyClicks(line(picker), "lightsheet nuclei")
    shown = results(picker)
    QApplication.processEvents()

    assert shown.horizontalScrollBar().maximum() == 0
    heights = [shown.sizeHintForRow(row) for row in range(shown.count())]
    text = shown.fontMetrics().lineSpacing()
    assert max(heights) > 1.8 * text, "of two lines"
    inside = shown.height() - 2 * shown.frameWidth() - 2
    sums = [sum(heights[:count]) for count in range(len(heights) + 1)]
    assert inside in sums, "no row is cut"


def test_results_that_are_gone_can_not_be_chosen(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    qtbot.keyClicks(line(picker), "stardist")
    picker.hide()
    others = [path for path in BUNDLED.paths.values() if "stardist" not in path.name]
    picker.registry = Registry.from_paths(others)
    picker.show()
    before = picker.selection

    assert not any("StarDist" in title for title in titles(picker))
    picker._search.chosen.emit(Selection("nuclei", "stardist", "2D_demo"))

    assert picker.selection == before


def test_a_tag_that_is_gone_filters_no_more(picker: ModelPicker, qtbot: QtBot) -> None:
    button = picker.findChild(QPushButton, "aiod-search-filter")
    assert button is not None
    action(picker, "histology").setChecked(True)
    assert button.text() == "Filter (1)"
    assert "histology" in button.toolTip()
    others = [path for path in BUNDLED.paths.values() if "stardist" not in path.name]

    picker.registry = Registry.from_paths(others)

    assert button.text() == "Filter"
    assert titles(picker), "all that is left"
    qtbot.keyClick(line(picker), Qt.Key.Key_Escape)
    assert titles(picker) == []


def test_nothing_with_these_filters_says_so(picker: ModelPicker, qtbot: QtBot) -> None:
    action(picker, "histology").setChecked(True)
    qtbot.keyClicks(line(picker), "cellpose")

    (words,) = titles(picker)
    assert words.endswith(
        " models are hidden by the filters. Clear them in the menu Filter."
    )


def test_escape_closes_the_list_from_the_filter_too(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    qtbot.keyClicks(line(picker), "nuclei")
    button = picker.findChild(QPushButton, "aiod-search-filter")

    qtbot.keyClick(button, Qt.Key.Key_Escape)

    assert (line(picker).text(), titles(picker)) == ("", [])


def test_going_on_closes_the_list_and_coming_back_opens_it(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    qtbot.keyClicks(line(picker), "nuclei")
    found = titles(picker)
    leave = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason)
    line(picker).clearFocus()
    QApplication.sendEvent(line(picker), leave)
    qtbot.waitUntil(lambda: titles(picker) == [])

    QApplication.sendEvent(line(picker), QFocusEvent(QEvent.Type.FocusIn))
    assert titles(picker) == found
    popup = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    QApplication.sendEvent(line(picker), popup)
    assert titles(picker) == found, "it is the line's own menu"


def test_words_that_no_model_has_are_named_above_what_is_found(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    qtbot.keyClicks(line(picker), "nuclei xyzzyq")

    assert titles(picker)[0] == "No model has “xyzzyq”."
    assert "Nuclei" in titles(picker)[1]
    qtbot.keyClick(line(picker), Qt.Key.Key_Up)
    qtbot.keyClick(line(picker), Qt.Key.Key_Return)
    assert picker.task == "nuclei", "the first that is found"


def test_blanks_are_no_search(picker: ModelPicker, qtbot: QtBot) -> None:
    qtbot.keyClicks(line(picker), "   ")

    assert titles(picker) == []


def test_results_say_whether_they_fit_the_image(qtbot: QtBot) -> None:
    viewer = ViewerModel()
    viewer.add_image(np.zeros((4, 8, 8)), axis_labels=("z", "y", "x"))
    picker = ModelPicker(viewer, BUNDLED)  # type: ignore[arg-type]
    qtbot.addWidget(picker)
    picker.show()
    qtbot.keyClicks(line(picker), "stardist demo")

    marks = {title.split(" · ")[1]: title[0] for title in titles(picker)[:2]}
    assert marks == {"3D_demo": "✓", "2D_demo": "✗"}
    viewer.layers.clear()
    viewer.add_image(np.zeros((8, 8)))
    marks = {title.split(" · ")[1]: title[0] for title in titles(picker)[:2]}
    assert marks == {"3D_demo": "✗", "2D_demo": "✓"}


def test_a_click_below_the_list_is_not_lost(picker: ModelPicker, qtbot: QtBot) -> None:
    fold = picker.findChild(QToolButton, "aiod-about-fold")
    assert fold is not None
    qtbot.keyClicks(line(picker), "nuclei")
    before = fold.mapToGlobal(fold.rect().center())
    leave = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.MouseFocusReason)

    line(picker).clearFocus()
    QApplication.sendEvent(line(picker), leave)

    assert fold.mapToGlobal(fold.rect().center()) == before, "while it is pressed"
    qtbot.waitUntil(lambda: titles(picker) == [])


def test_a_choice_stays_while_more_is_found_out(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    action(picker, "Usable here").setChecked(True)
    qtbot.keyClicks(line(picker), "nuclei")
    for _ in range(3):
        qtbot.keyClick(line(picker), Qt.Key.Key_Down)
    chosen = results(picker).selection

    picker._availability.changed.emit()

    assert results(picker).selection == chosen


def test_the_note_above_is_seen(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.resize(260, 700)
    qtbot.keyClicks(line(picker), "nuclei xyzzyq")
    shown = results(picker)
    QApplication.processEvents()

    assert shown.visualItemRect(shown.item(0)).top() >= 0
    for _ in range(12):
        qtbot.keyClick(line(picker), Qt.Key.Key_Down)
    qtbot.keyClick(line(picker), Qt.Key.Key_PageUp)
    qtbot.keyClick(line(picker), Qt.Key.Key_PageUp)
    assert shown.currentRow() == 1
    assert shown.visualItemRect(shown.item(0)).top() >= 0


def test_several_filters_can_be_ticked_in_one_go(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    button = picker.findChild(QPushButton, "aiod-search-filter")
    assert button is not None
    menu = button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    texts = [one.text() for one in picker.findChildren(QAction)]
    assert "histology" in texts
    assert "2D" not in texts, "it is there as 2D images"
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    for text in ("3D images", "Usable here"):
        place = menu.actionGeometry(action(picker, text)).center()
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)

    assert menu.isVisible()
    assert button.text() == "Filter (2)"
    menu.close()


def test_a_model_opens_on_a_version_that_fits(qtbot: QtBot) -> None:
    viewer = ViewerModel()
    viewer.add_image(np.zeros((8, 8)))
    picker = ModelPicker(viewer, BUNDLED)  # type: ignore[arg-type]
    qtbot.addWidget(picker)
    picker.task = "nuclei"
    combo = picker.findChild(QComboBox, "aiod-model")
    assert combo is not None
    row = combo.findData("panseg")

    picker.model = "panseg"
    assert picker.fit is not None
    assert picker.fit.status == "misfit", "a program gets what the manifest has first"
    combo.setCurrentIndex(row)
    combo.activated.emit(row)

    assert picker.fit.status == "fits"


def test_of_many_tags_the_first_are_in_the_menu(picker: ModelPicker) -> None:
    filter_ = picker.findChild(SearchFilter)
    assert filter_ is not None
    tags = [f"tag {number:04}" for number in range(10_000)]

    filter_.blockSignals(True)  # or the search would offer its own
    filter_.offer_tags(tags)
    filter_._tags.actions()[7].setChecked(True)
    filter_.offer_tags(tags[100:] + tags[:100])

    actions = filter_._tags.actions()
    assert len(actions) == 202, "and the one that is ticked, and how many more"
    assert actions[-1].text() == "… and 9,799 more: type them"
    assert not actions[-1].isEnabled()
    assert filter_.tags == ["tag 0007"]
