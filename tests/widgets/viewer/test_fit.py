"""Which images the bundled models are said to fit, in a picker with a viewer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from napari.components import ViewerModel
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QComboBox

from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker

BUNDLED = Registry.bundled()
COLOUR, FLUO = "2D_versatile_he", "2D_versatile_fluo"


def zeros(*shape: int) -> Any:
    return np.zeros(shape, np.uint8)


@pytest.fixture
def viewer() -> ViewerModel:
    return ViewerModel()


@pytest.fixture
def picker(viewer: ViewerModel, qtbot: QtBot) -> ModelPicker:
    picker = ModelPicker(viewer, registry=BUNDLED)
    qtbot.addWidget(picker)
    picker.show()
    picker.task, picker.model = "nuclei", "stardist"
    return picker


def status(picker: ModelPicker, version: str) -> str | None:
    picker.version = version
    return picker.fit.status if picker.fit is not None else None


def offered(picker: ModelPicker) -> list[str]:
    """List the channels that StarDist's own field offers, without its first entry."""
    assert picker.form is not None
    combo = picker.form._grid.rows["channel_idx"].editor.widget.native
    return [combo.itemText(index) for index in range(combo.count())][1:]


def choose_as_people_do(picker: ModelPicker, model: str) -> None:
    combo = picker.findChild(QComboBox, "aiod-model")
    assert combo is not None
    texts = [combo.itemText(index) for index in range(combo.count())]
    index = next(i for i, text in enumerate(texts) if model in text)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


@pytest.mark.parametrize(
    ("channels", "expected"),
    [(2, "misfit"), (3, "may-fit"), (4, "misfit"), (5, "misfit"), (16, "misfit")],
)
def test_a_colour_model_fits_colours_and_nothing_else(
    channels: int, expected: str, viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(zeros(channels, 8, 9), axis_labels=("c", "y", "x"))

    assert status(picker, COLOUR) == expected


@pytest.mark.parametrize("depth", [3, 4])
def test_a_colour_model_fits_rgb_with_and_without_alpha(
    depth: int, viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(zeros(8, 9, depth), rgb=True)

    assert status(picker, COLOUR) == "fits"


@pytest.mark.parametrize("shape", [(2, 8, 9), (3, 8, 9)])
def test_a_colour_model_is_not_chosen_by_itself_for_channels(
    shape: tuple[int, ...], viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(zeros(*shape), axis_labels=("c", "y", "x"))
    picker.model = "cellpose"

    choose_as_people_do(picker, "StarDist")

    assert picker.version == FLUO


def test_a_version_with_a_field_for_the_channel_takes_several(
    viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(zeros(2, 8, 9), axis_labels=("c", "y", "x"))

    assert status(picker, FLUO) == "fits"
    assert picker.fit is not None
    assert picker.form is not None
    title = picker.form.model.model_fields["channel_idx"].title
    assert f"choose it in “{title}”" in picker.fit.reason
    assert offered(picker) == ["Channel 0", "Channel 1"]
