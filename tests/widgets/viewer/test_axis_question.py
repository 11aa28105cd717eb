"""Buttons that say what an axis is, by mouse and keys, and the way back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from napari.components import ViewerModel
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker

BUNDLED = Registry.bundled()
FLUO = "2D_versatile_fluo"
LEFT = Qt.MouseButton.LeftButton


def zeros(*shape: int) -> Any:
    return np.zeros(shape, np.uint8)


@pytest.fixture
def viewer() -> ViewerModel:
    return ViewerModel()


@pytest.fixture
def picker(viewer: ViewerModel, qtbot: QtBot) -> ModelPicker:
    picker = ModelPicker(viewer, registry=BUNDLED)
    qtbot.addWidget(picker)
    picker.resize(300, 700)
    picker.show()
    picker.task, picker.model, picker.version = "nuclei", "stardist", "3D_demo"
    return picker


def part(picker: ModelPicker, name: str) -> QPushButton:
    found: QPushButton | None = picker.findChild(QPushButton, name)
    assert found is not None
    return found


def asked(picker: ModelPicker) -> tuple[str, list[str]]:
    """Return the question and the answers that are offered."""
    label = picker.findChild(QLabel, "aiod-axis-question")
    assert label is not None
    buttons = [part(picker, f"aiod-axis-{letter}") for letter in "ztc"]
    shown = [button.text() for button in buttons if button.isVisible()]
    return (label.text() if label.isVisible() else "", shown)


def note(picker: ModelPicker) -> str:
    label = picker.findChild(QLabel, "aiod-note-text")
    text = label.text() if label is not None and label.isVisible() else ""
    return text.replace("\u200b", "")


ALL = ["z", "time", "channels"]


@pytest.mark.parametrize(
    ("layer", "question"),
    [
        (((8, 9), {}), ("", [])),
        (((20, 8, 9), {}), ("Axis 0 has 20:", ALL)),
        (((1, 8, 9), {}), ("", [])),
        (((20, 8, 9), {"axis_labels": ("z", "y", "x")}), ("", [])),
        (((20, 8, 9), {"metadata": {"axes": "ZYX"}}), ("", [])),
        (
            ((4, 20, 8, 9), {"axis_labels": ("t", "-3", "y", "x")}),
            ("Axis 1 has 20:", ["z", "channels"]),
        ),
        (((8, 9, 3), {"rgb": True}), ("", [])),
        (((20, 8, 9, 3), {"rgb": True}), ("Axis 0 has 20:", ALL)),
        (((2, 2, 2, 2, 8, 9), {}), ("Axis 0 has 2:", ALL)),
    ],
)
def test_only_what_nobody_knows_is_asked(
    layer: Any, question: Any, viewer: ViewerModel, picker: ModelPicker
) -> None:
    assert asked(picker) == ("", [])
    shape, options = layer
    viewer.add_image(zeros(*shape), **options)

    assert asked(picker) == question


@pytest.mark.parametrize(
    ("name", "label", "said", "version"),
    [
        ("z", "z", "z", "3D_demo"),
        ("t", "t", "time", None),
        ("c", "c", "the channels", FLUO),
    ],
)
def test_an_answer_is_written_into_the_layer_and_can_be_taken_back(
    name: str,
    label: str,
    said: str,
    version: str | None,
    viewer: ViewerModel,
    picker: ModelPicker,
    qtbot: QtBot,
) -> None:
    layer = viewer.add_image(zeros(20, 8, 9), name="cells")
    before, sliders = layer.axis_labels, viewer.dims.axis_labels

    qtbot.mouseClick(part(picker, f"aiod-axis-{name}"), LEFT)

    assert layer.axis_labels == (label, *before[1:])
    assert asked(picker) == ("", [])
    assert note(picker) == f"Axis 0 of “cells” is {said}."
    for one in (FLUO, "3D_demo"):
        picker.version = one
        assert picker.fit is not None
        assert (picker.fit.status == "fits") == (one == version)

    qtbot.mouseClick(part(picker, "aiod-note-undo"), LEFT)

    assert (layer.axis_labels, viewer.dims.axis_labels) == (before, sliders)
    assert asked(picker) == ("Axis 0 has 20:", ALL)
    assert note(picker) == ""


def test_it_is_taken_back_beside_another_image_with_labels(
    viewer: ViewerModel, picker: ModelPicker, qtbot: QtBot
) -> None:
    viewer.add_image(zeros(3, 8, 9), axis_labels=("", "y", "x"))
    layer = viewer.add_image(zeros(20, 8, 9))

    qtbot.mouseClick(part(picker, "aiod-axis-z"), LEFT)
    qtbot.mouseClick(part(picker, "aiod-note-undo"), LEFT)

    assert asked(picker)[0] == "Axis 0 has 20:"
    assert "z" not in layer.axis_labels
    assert "z" not in viewer.dims.axis_labels


def test_one_axis_is_asked_after_the_other(
    viewer: ViewerModel, picker: ModelPicker, qtbot: QtBot
) -> None:
    layer = viewer.add_image(zeros(4, 20, 8, 9))
    qtbot.mouseClick(part(picker, "aiod-axis-t"), LEFT)
    assert asked(picker) == ("Axis 1 has 20:", ["z", "channels"])

    qtbot.mouseClick(part(picker, "aiod-axis-z"), LEFT)

    assert asked(picker) == ("", [])
    assert layer.axis_labels[:2] == ("t", "z")


def test_the_channels_of_an_image_are_answered_together(
    viewer: ViewerModel, picker: ModelPicker, qtbot: QtBot
) -> None:
    other = viewer.add_image(zeros(21, 8, 9))
    split = viewer.add_image(zeros(2, 20, 8, 9), channel_axis=0, name=["a", "b"])

    qtbot.mouseClick(part(picker, "aiod-axis-z"), LEFT)

    assert [layer.axis_labels[0] for layer in split] == ["z", "z"]
    assert other.axis_labels[0] != "z"
    assert note(picker) == "Axis 0 of 2 layers is z."
    viewer.layers.selection = {split[0], other}
    assert asked(picker)[0] == "Axis 0 of “Image” has 21:"
    assert note(picker) == ""


@pytest.mark.parametrize("gone", ["removed", "changed", "other"])
def test_what_is_changed_since_is_not_taken_back(
    gone: str, viewer: ViewerModel, picker: ModelPicker, qtbot: QtBot
) -> None:
    layer = viewer.add_image(zeros(20, 8, 9))
    qtbot.mouseClick(part(picker, "aiod-axis-z"), LEFT)
    assert note(picker)

    if gone == "removed":
        viewer.layers.remove(layer)
    elif gone == "changed":
        layer.axis_labels = ("t", "y", "x")
    else:
        layer.data = zeros(8, 9)

    assert note(picker) == ""
    assert asked(picker) == ("", [])


def test_the_keyboard_reaches_the_answers_and_the_way_back(
    viewer: ViewerModel, picker: ModelPicker, qtbot: QtBot
) -> None:
    layer = viewer.add_image(zeros(20, 8, 9))
    picker.activateWindow()
    version = picker.findChild(QWidget, "aiod-version")
    assert version is not None
    version.setFocus()
    qtbot.waitUntil(version.hasFocus)

    def focus() -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    names = []
    for _ in "ztc":
        qtbot.keyClick(focus(), Qt.Key.Key_Tab)
        names.append(focus().accessibleName())
    assert names == [
        "Axis 0 is z: the planes of a stack",
        "Axis 0 is time: the time points of a series",
        "Axis 0 is the channels",
    ]
    qtbot.keyClick(focus(), Qt.Key.Key_Return)

    assert layer.axis_labels[0] == "c"
    assert focus().objectName() == "aiod-note-undo"
    qtbot.keyClick(focus(), Qt.Key.Key_Space)
    assert layer.axis_labels[0] != "c"
    assert focus().objectName() == "aiod-axis-z"


@pytest.mark.parametrize("size", [8, 18])
@pytest.mark.parametrize("width", [160, 260, 600])
def test_the_buttons_fit_into_a_narrow_panel(
    width: int, size: int, viewer: ViewerModel, picker: ModelPicker, qtbot: QtBot
) -> None:
    picker.setStyleSheet(f"QWidget {{font-size: {size}pt}}")
    viewer.add_image(zeros(4, 20, 8, 9))
    qtbot.mouseClick(part(picker, "aiod-axis-t"), LEFT)
    picker.resize(width, 700)
    qtbot.wait(20)

    widget = picker.findChild(QWidget, "aiod-axis")
    assert widget is not None
    for letter in "zc":
        button = part(picker, f"aiod-axis-{letter}")
        assert button.width() >= button.minimumSizeHint().width()
        assert widget.rect().contains(button.geometry())
