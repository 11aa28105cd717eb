"""The picker in a real napari viewer, opened as people open it: by its plugin name."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from napari.settings import get_settings
from napari.utils.notifications import notification_manager
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QEvent, QPoint, Qt
from qtpy.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTextBrowser,
    QWidget,
)

from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker
from napari_aiod_registry.widgets.form.editors.numbers import NumberBox

pytestmark = pytest.mark.viewer

BUNDLED = Registry.bundled()


@pytest.fixture
def viewer(make_napari_viewer: Callable[..., Any]) -> Any:
    return make_napari_viewer(show=True)


@pytest.fixture
def picker(viewer: Any) -> ModelPicker:
    _, widget = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    assert isinstance(widget, ModelPicker)
    return widget


def choose(picker: ModelPicker, name: str, key: str, qtbot: QtBot) -> None:
    """Choose an entry by the keyboard, as a person does."""
    combo = picker.findChild(QComboBox, name)
    assert combo is not None
    wanted = next(i for i in range(combo.count()) if combo.itemData(i) == key)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(wanted):
        qtbot.keyClick(combo, Qt.Key.Key_Down)


def test_every_task_model_and_version_can_be_chosen(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    location = picker.findChild(QLineEdit, "aiod-location")
    assert location is not None
    seen = 0
    for task in BUNDLED.tasks():
        choose(picker, "aiod-task", task, qtbot)
        for model in BUNDLED.models(task):
            choose(picker, "aiod-model", model, qtbot)
            for version in BUNDLED.versions(task, model):
                choose(picker, "aiod-version", version, qtbot)
                expected = BUNDLED.resolve(task, model, version)

                assert picker.selection == (task, model, version)
                assert picker.form is not None
                assert picker.form.value() == expected.params_model()
                qtbot.waitUntil(
                    lambda expected=expected: (
                        location.text() == (expected.location or "")
                    )
                )
                seen += 1
    assert seen == sum(
        len(version.tasks)
        for manifest in BUNDLED.values()
        for version in manifest.versions.values()
    )


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [8, 12, 18])
@pytest.mark.parametrize("width", [260, 300, 500])
def test_nothing_is_cut_off(
    viewer: Any, picker: ModelPicker, width: int, size: int, theme: str, qtbot: QtBot
) -> None:
    viewer.theme = theme
    get_settings().appearance.font_size = size
    dock = picker.parent()
    assert dock is not None
    dock.setFixedSize(width, 500)
    for task, model in [
        ("cyto", "cellpose"),
        ("boundaries", "panseg"),
        ("mito", "seai_unet"),
        ("nuclei", "stardist"),
        ("mito", "empanada"),
        ("everything", "sam"),
    ]:
        picker.task = task
        picker.model = model
        area = picker.form.findChild(QScrollArea, "aiod-form-area")

        def fits(area: Any = area) -> bool:
            outer = picker.findChild(QScrollArea, "aiod-scroll")
            return all(
                one.widget().minimumSizeHint().width() <= one.viewport().width()
                for one in (outer, area)
            )

        qtbot.waitUntil(fits, timeout=1000)
        assert not area.horizontalScrollBar().isVisible()


def test_every_number_has_a_line_that_it_fits_into(
    viewer: Any, picker: ModelPicker, qtbot: QtBot
) -> None:
    sliders = 0
    for task, model in (("cyto", "cellpose"), ("mito", "empanada")):
        picker.task, picker.model = task, model
        for theme in ("light", "dark"):
            viewer.theme = theme
            QApplication.processEvents()
            boxes = [box for box in picker.findChildren(NumberBox) if box.isVisible()]
            sliders += sum(box.parentWidget().slider is not None for box in boxes)
            for box in boxes:
                line = box.lineEdit()
                text = box.fontMetrics().horizontalAdvance(box.text())
                assert line.width() >= min(text, box.width() // 2), box.text()
    assert sliders


def cut_off(picker: ModelPicker) -> list[str]:
    """Name the lines and buttons in sight that are lower than their text."""
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit)
    return [
        f"{type(one).__name__} {one.objectName()}: {one.height()}"
        for kind in kinds
        for one in picker.findChildren(kind)
        if one.isVisible()
        and one.height()
        < min(one.fontMetrics().height(), one.minimumSizeHint().height())
    ]


def nested_bars(picker: ModelPicker) -> list[str]:
    """Name what scrolls of the panel and the form in it."""
    assert picker.form is not None
    areas = (
        picker.findChild(QScrollArea, "aiod-scroll"),
        picker.form.findChild(QScrollArea, "aiod-form-area"),
    )
    return [
        one.objectName() for one in areas if one and one.verticalScrollBar().maximum()
    ]


@pytest.mark.parametrize(
    ("size", "width", "theme"),
    [
        (8, 260, "dark"),
        (12, 260, "light"),
        (16, 260, "dark"),
        (18, 260, "light"),
        (18, 320, "dark"),
    ],
)
@pytest.mark.parametrize("height", [400, 700, 1400])
def test_heights_follow_the_font_and_one_thing_scrolls(
    viewer: Any,
    picker: ModelPicker,
    height: int,
    size: int,
    width: int,
    theme: str,
    qtbot: QtBot,
) -> None:
    viewer.theme = theme
    get_settings().appearance.font_size = size
    dock = picker.parent()
    assert dock is not None
    dock.setFixedSize(width, height)
    about = picker.findChild(QAbstractButton, "aiod-about-fold")
    for model, is_open in [("cellpose", False), ("stardist", True)]:
        picker.task, picker.model = "nuclei", model
        about.setChecked(is_open)

        qtbot.waitUntil(lambda: cut_off(picker) == [] and len(nested_bars(picker)) <= 1)
        assert "aiod-reset" in {
            one.objectName() for one in picker.findChildren(QAbstractButton)
        }


def test_about_takes_the_room_that_is_free(
    viewer: Any, picker: ModelPicker, qtbot: QtBot
) -> None:
    dock = picker.parent()
    picker.task, picker.model = "nuclei", "stardist"
    picker.findChild(QAbstractButton, "aiod-about-fold").setChecked(True)
    text = picker.findChild(QTextBrowser, "aiod-about")
    heights = []
    for height in (500, 1000, 1400):
        dock.setFixedSize(400, height)
        qtbot.waitUntil(lambda: len(nested_bars(picker)) <= 1)
        qtbot.wait(100)
        heights.append(text.height())

    assert heights[0] <= heights[1] < heights[2]
    assert nested_bars(picker) == [], "and nothing else needs to scroll"


def test_channels_follow_the_selected_image(viewer: Any, picker: ModelPicker) -> None:
    picker.task = "cyto"
    picker.model = "cellpose"
    combo = picker.form.findChild(QComboBox, "aiod-param-segment_channel")
    viewer.add_image(np.zeros((8, 8, 3), np.uint8), rgb=True)

    texts = [combo.itemText(index) for index in range(combo.count())]

    assert texts == [
        "Grayscale",
        "Channel 1: red",
        "Channel 2: green",
        "Channel 3: blue",
    ]


def entries(combo: QComboBox) -> list[str]:
    return [combo.itemText(index) for index in range(combo.count())]


def test_channels_are_named_by_the_layers_of_a_split_image(
    viewer: Any, picker: ModelPicker, qtbot: QtBot
) -> None:
    picker.task = "cyto"
    picker.model = "cellpose"
    combo = picker.form.findChild(QComboBox, "aiod-param-segment_channel")
    names = ["DAPI", "GFP", "RFP"]
    image = np.zeros((3, 8, 8), np.uint8)
    layers = viewer.add_image(image, channel_axis=0, name=names)

    numbered = [f"Channel {n}: {name}" for n, name in enumerate(names, 1)]
    assert entries(combo) == ["Grayscale", *numbered]

    combo.setFocus()
    for _ in range(3):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert picker.form.value().model_dump()["segment_channel"] == 3

    layers[1].name = "YFP"
    assert entries(combo)[2] == "Channel 2: YFP"
    other = viewer.add_image(np.zeros((2, 8, 8)), metadata={"axes": "CYX"}, name="o")
    assert entries(combo) == [
        "Grayscale",
        "Channel 1",
        "Channel 2",
        "Channel 3 (not in this image)",
    ]
    assert picker.form.value().model_dump()["segment_channel"] == 3, "it stays"
    viewer.layers.remove(other)
    viewer.layers.selection.active = layers[0]
    assert combo.currentText() == "Channel 3: RFP"
    viewer.layers.clear()
    assert picker.form.value().model_dump()["segment_channel"] == 3


def listeners(viewer: Any) -> int:
    """Count who listens to the layers and is still there."""
    events = [viewer.layers.events, viewer.layers.selection.events]
    emitters = [emitter for group in events for emitter in group.emitters.values()]
    return sum(
        not isinstance(callback, tuple) or callback[0]() is not None
        for emitter in emitters
        for callback in emitter.callbacks
    )


def open_with_problems(viewer: Any, qtbot: QtBot) -> tuple[Any, str]:
    """Open the dock, and return it with what napari tells of bad manifests."""
    with notification_manager:
        _, widget = viewer.window.add_plugin_dock_widget(
            "napari-aiod-registry", "Model Registry"
        )
        qtbot.waitUntil(lambda: bool(widget.registry.problems))
    return widget, notification_manager.records[-1].message


def test_a_bad_manifest_is_told_where_napari_tells_things(
    viewer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (tmp_path / "bad.json").write_text('{"name": "A",}')
    monkeypatch.setenv("AIOD_REGISTRY_PATH", str(tmp_path))

    widget, told = open_with_problems(viewer, qtbot)

    assert "One manifest was left out" in told
    assert "Remove the comma" in told
    assert len(widget.registry) == 8


def test_a_notification_shows_nothing_as_html(
    viewer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (tmp_path / "bad.json").write_text('{"name": "x", "<b>key</b>": 1}')
    monkeypatch.setenv("AIOD_REGISTRY_PATH", str(tmp_path))

    _, told = open_with_problems(viewer, qtbot)

    assert "‹b›key‹/b›" in told
    assert "<" not in told


def test_there_is_one_panel_however_it_is_opened(
    viewer: Any, picker: ModelPicker
) -> None:
    from napari._app_model import get_app_model

    dock, again = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    assert again is picker, "as the README says to other plugins"
    commands = get_app_model().commands
    names = ("napari-aiod-registry.picker", "napari-aiod-registry:Model Registry")
    # Older versions of napari give it another name.
    commands.execute_command(next(name for name in names if name in commands))

    found = viewer.window._qt_window.findChildren(ModelPicker)
    assert found == [picker]
    assert not dock.isVisible(), "the menu has closed it"


def test_the_palette_offers_the_panel_and_not_what_only_programs_need() -> None:
    import npe2

    manifest = npe2.PluginManager.instance().get_manifest("napari-aiod-registry")
    commands = {one.id: one for one in manifest.contributions.commands}

    assert commands["napari-aiod-registry.picker"].enablement is None
    assert commands["napari-aiod-registry.registry"].enablement == "False"


@pytest.mark.parametrize("area", ["left", "bottom", "top", "floating"])
def test_the_dock_goes_wherever_it_is_dragged(
    viewer: Any, qtbot: QtBot, area: str
) -> None:
    dock, picker = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    areas = {
        "left": Qt.DockWidgetArea.LeftDockWidgetArea,
        "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
        "top": Qt.DockWidgetArea.TopDockWidgetArea,
    }
    if area == "floating":
        dock.setFloating(True)
        dock.resize(260, 400)
    else:
        viewer.window._qt_window.addDockWidget(areas[area], dock)
    qtbot.wait(100)
    outer = picker.findChild(QScrollArea, "aiod-scroll")
    assert outer is not None

    assert outer.widget().minimumSizeHint().width() <= outer.viewport().width()
    viewer.add_image(np.zeros((4, 8, 8)), axis_labels=("z", "y", "x"))
    assert picker.fit is not None, "it follows the viewer from there too"


def test_a_wide_and_low_place_has_two_columns(viewer: Any, qtbot: QtBot) -> None:
    dock, picker = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    dock.setFloating(True)

    def form_is_beside() -> bool:
        form, search = (
            picker.findChild(QWidget, name).mapTo(picker, QPoint())
            for name in ("aiod-form", "aiod-search")
        )
        return form.x() > search.x() + 100 and form.y() < 40

    for width, height, beside in ((1200, 300, True), (300, 900, False)):
        dock.resize(width, height)
        qtbot.waitUntil(lambda beside=beside: form_is_beside() is beside)
        assert dock.width() == width, "two columns do not keep it wide"


def test_opening_and_closing_many_times_leaves_nothing(
    viewer: Any, qtbot: QtBot
) -> None:
    def open_and_close() -> None:
        _, widget = viewer.window.add_plugin_dock_widget(
            "napari-aiod-registry", "Model Registry"
        )
        qtbot.keyClicks(widget.findChild(QLineEdit, "aiod-search"), "nuclei")
        qtbot.waitUntil(lambda: not widget._background._waiting)
        viewer.window.remove_dock_widget(widget)

    def there_is() -> tuple[int, int, int]:
        qtbot.wait(50)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        widgets = len(QApplication.allWidgets())
        return widgets, listeners(viewer), threading.active_count()

    open_and_close()
    before = there_is()
    for _ in range(8):
        open_and_close()

    assert there_is() == before


def test_closing_the_dock_leaves_nothing_behind(viewer: Any, qtbot: QtBot) -> None:
    heard = listeners(viewer)
    _, widget = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    widget.task = "nuclei"
    qtbot.wait(100)
    gone = weakref.ref(widget)
    assert listeners(viewer) > heard

    viewer.window.remove_dock_widget(widget)
    assert widget._viewer.source is None
    del widget, _
    qtbot.wait(100)
    gc.collect()

    assert gone() is None
    assert listeners(viewer) == heard
