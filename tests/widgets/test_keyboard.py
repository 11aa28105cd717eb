"""The dock without a mouse, and where there is little room."""

from __future__ import annotations

from typing import Any

import pytest
from napari.settings import get_settings
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import QApplication, QScrollArea, QToolButton, QWidget

from napari_aiod_registry.widgets import ModelPicker
from napari_aiod_registry.widgets.choose.entries import KeyCombo

pytestmark = pytest.mark.viewer


@pytest.fixture
def docked(make_napari_viewer: Any) -> tuple[Any, ModelPicker]:
    viewer = make_napari_viewer(show=True)
    dock, picker = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    return dock, picker


def press(key: Qt.Key, qtbot: QtBot, picker: QWidget) -> None:
    """Press a key where the focus is; without a window manager Qt may know none."""
    target = QApplication.focusWidget() or picker.window().focusWidget()
    assert target is not None
    qtbot.keyClick(target, key)


def test_from_opening_to_copying_the_location_by_keys_alone(
    docked: tuple[Any, ModelPicker], qtbot: QtBot
) -> None:
    _, picker = docked
    window = picker.window()
    assert window is not None
    window.activateWindow()
    search = picker.findChild(QWidget, "aiod-search")
    copy = picker.findChild(QToolButton, "aiod-location-copy")
    assert search is not None
    assert copy is not None
    search.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClicks(search, "versatile fluo")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert picker.selection == ("nuclei", "stardist", "2D_versatile_fluo")

    for _ in range(20):
        if window.focusWidget() is copy:
            break
        press(Qt.Key.Key_Tab, qtbot, picker)
    assert window.focusWidget() is copy, "Tab gets there"
    press(Qt.Key.Key_Space, qtbot, picker)

    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert picker.resolution is not None
    assert clipboard.text() == picker.resolution.location


def wait_until_known(picker: ModelPicker, qtbot: QtBot) -> None:
    """Wait until it is shown what can be read where: that needs more lines."""
    qtbot.waitUntil(lambda: not picker._background._waiting)
    QApplication.processEvents()  # each layout tells the one around it


def test_the_dock_opens_as_wide_as_it_needs(docked: tuple[Any, ModelPicker]) -> None:
    dock, picker = docked
    QApplication.processEvents()
    outer = picker.findChild(QScrollArea, "aiod-scroll")
    assert outer is not None
    inside, viewport = outer.widget(), outer.viewport()
    assert inside is not None
    assert viewport is not None

    assert dock.width() >= 300
    assert inside.minimumSizeHint().width() <= viewport.width()


def test_there_are_no_two_scroll_bars_where_one_will_do(
    docked: tuple[Any, ModelPicker], qtbot: QtBot
) -> None:
    dock, picker = docked
    picker.task, picker.model = "cyto", "cellpose"
    dock.setFixedSize(320, 600)
    wait_until_known(picker, qtbot)
    outer = picker.findChild(QScrollArea, "aiod-scroll")
    assert outer is not None
    bar = outer.verticalScrollBar()
    assert bar is not None

    assert bar.maximum() == 0, "the form scrolls, and nothing around it"


@pytest.mark.parametrize("size", [9, 18])
def test_a_dock_of_260_by_400_cuts_nothing_off(
    docked: tuple[Any, ModelPicker], size: int, qtbot: QtBot
) -> None:
    dock, picker = docked
    get_settings().appearance.font_size = size
    dock.setFixedSize(260, 400)
    picker.task, picker.model = "cyto", "cellpose"
    for name in ("aiod-about-fold", "aiod-locations-fold"):
        fold = picker.findChild(QToolButton, name)
        assert fold is not None
        fold.setChecked(True)
    wait_until_known(picker, qtbot)

    outer = picker.findChild(QScrollArea, "aiod-scroll")
    assert outer is not None
    bar = outer.horizontalScrollBar()
    assert bar is not None
    assert not bar.isVisible()
    inside = outer.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= outer.width()
    last = picker.findChild(QWidget, "aiod-open-manifest")
    assert last is not None

    def can_be_reached() -> bool:
        # What scrolls is chosen once the layout is known, and that moves the rows.
        outer.ensureWidgetVisible(last)
        return last.mapTo(picker, last.rect().bottomLeft()).y() <= picker.height()

    qtbot.waitUntil(can_be_reached)
    qtbot.wait(50)
    assert can_be_reached(), "and it stays so"
    assert not bar.isVisible()
    assert inside.minimumSizeHint().width() <= outer.width()


def test_the_focus_is_seen_wherever_tab_goes(
    docked: tuple[Any, ModelPicker], qtbot: QtBot
) -> None:
    dock, picker = docked
    dock.setFixedSize(320, 1100)
    picker.task, picker.model = "nuclei", "stardist"
    window = picker.window()
    assert window is not None
    window.activateWindow()
    qtbot.wait(200)

    def picture(widget: QWidget) -> bytes:
        image = widget.grab().toImage()
        return bytes(image.constBits().asstring(image.sizeInBytes()))

    unseen = []
    for name in (
        "aiod-search",
        "aiod-favourite",
        "aiod-search-filter",
        "aiod-task",
        "aiod-model",
        "aiod-version",
        "aiod-location-copy",
        "aiod-locations-fold",
        "aiod-about-fold",
        "aiod-open-manifest",
    ):
        part = picker.findChild(QWidget, name)
        assert part is not None, name
        assert part.isVisible(), name
        picker.setFocus()
        before = picture(part)
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert part.hasFocus(), name
        if picture(part) == before:
            unseen.append(name)
    assert unseen == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_and_the_space_bar_press_buttons(
    docked: tuple[Any, ModelPicker], key: Qt.Key, qtbot: QtBot
) -> None:
    _, picker = docked
    fold = picker.findChild(QToolButton, "aiod-about-fold")
    copy = picker.findChild(QToolButton, "aiod-location-copy")
    assert fold is not None
    assert copy is not None
    qtbot.keyClick(fold, key)
    qtbot.keyClick(copy, key)

    assert fold.isChecked()
    assert copy.text() == "✓", "it says that it has copied"
    qtbot.waitUntil(lambda: copy.text() == "Copy")


def test_small_texts_grow_with_the_font(
    docked: tuple[Any, ModelPicker], qtbot: QtBot
) -> None:
    _, picker = docked
    parts = [
        picker.findChild(QWidget, name) for name in ("aiod-search", "aiod-about-fold")
    ]
    before = [part.font().pointSizeF() for part in parts if part is not None]

    get_settings().appearance.font_size = 14

    qtbot.waitUntil(
        lambda: all(
            part.font().pointSizeF() > size
            for part, size in zip(parts, before, strict=True)
            if part is not None
        )
    )


def test_a_dropdown_shows_dots_where_its_text_has_no_room(
    docked: tuple[Any, ModelPicker], qtbot: QtBot
) -> None:
    dock, picker = docked
    dock.setFixedSize(260, 600)
    picker.task, picker.model = "nuclei", "panseg"
    combo = picker.findChild(KeyCombo, "aiod-version")
    assert combo is not None
    qtbot.wait(100)
    shown = combo.shown_text()

    assert shown.endswith("…")
    assert combo.currentText().startswith(shown[:-1])
    assert combo.fontMetrics().horizontalAdvance(shown) < combo.width()
