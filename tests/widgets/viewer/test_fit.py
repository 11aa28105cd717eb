"""Which images the bundled models are said to fit, in a picker with a viewer."""

from __future__ import annotations

from typing import Any

import dask.array as da
import numpy as np
import pytest
from napari.components import ViewerModel
from napari.layers._layer_actions import _split_stack
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QComboBox, QLabel

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


# One place says what the axes are


@pytest.mark.parametrize("label", ["c", "C", "Channel [nm]", "CHANNELS (a.u.)"])
def test_what_is_written_beside_a_slider_counts_for_the_channels_too(
    label: str, viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(zeros(2, 8, 9))
    assert status(picker, FLUO) == "may-fit"

    viewer.dims.set_axis_label(0, label)

    assert status(picker, FLUO) == "fits"
    assert offered(picker) == ["Channel 0", "Channel 1"]


def test_a_label_with_a_unit_counts_for_the_channels(
    viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(zeros(6, 8, 9), axis_labels=("Channel [nm]", "y", "x"))
    status(picker, FLUO)

    assert len(offered(picker)) == 6


def test_labels_of_one_layer_are_not_those_of_another(
    viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(zeros(2, 8, 9), axis_labels=("c", "y", "x"))
    viewer.dims.axis_labels = ("c", "y", "x")  # napari 0.9 does this itself

    viewer.add_image(zeros(20, 8, 9))

    assert status(picker, "3D_demo") == "may-fit"
    assert status(picker, FLUO) == "may-fit"


# Images that were split


def plain(*shape: int) -> Any:
    return zeros(*shape)


def lazy(*shape: int) -> Any:
    return da.zeros(shape, np.uint8, chunks=shape)


def view(*shape: int) -> Any:
    return zeros(2, *shape)[1]


def levels(*shape: int) -> Any:
    return [zeros(*shape), zeros(*shape[:-2], shape[-2] // 2, shape[-1] // 2)]


KINDS = [plain, lazy, view, levels]


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("axis", ["z", "t"])
@pytest.mark.parametrize("size", [3, 5])
def test_planes_and_time_points_are_no_channels(
    make: Any, axis: str, size: int, viewer: ViewerModel, picker: ModelPicker
) -> None:
    labels = (axis, "y", "x")
    viewer.add_image(make(size, 64, 64), axis_labels=labels, name="cells")

    _split_stack(viewer.layers)

    assert len(viewer.layers) == size
    for selected in (viewer.layers[:], [viewer.layers[1]]):
        viewer.layers.selection = set(selected)
        assert status(picker, COLOUR) == "misfit"
        assert status(picker, FLUO) == "fits"
        assert not any("layer" in text for text in offered(picker))


@pytest.mark.parametrize("make", KINDS)
def test_channels_that_were_split_are_still_channels(
    make: Any, viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(make(2, 64, 64), axis_labels=("c", "y", "x"), name="n")

    _split_stack(viewer.layers)

    status(picker, FLUO)
    assert offered(picker) == ["Channel 0: n layer 0", "Channel 1: n layer 1"]


@pytest.mark.parametrize("make", KINDS)
def test_the_axes_that_are_left_of_a_split_image_are_known(
    make: Any, viewer: ViewerModel, picker: ModelPicker
) -> None:
    labels = ("t", "z", "y", "x")
    viewer.add_image(make(4, 5, 64, 64), axis_labels=labels, name="cells")
    _split_stack(viewer.layers)
    assert status(picker, "3D_demo") == "fits"

    viewer.layers.selection.active = viewer.layers[1]
    _split_stack(viewer.layers)

    assert status(picker, FLUO) == "fits"
    assert status(picker, COLOUR) == "misfit"
    assert not any("layer" in text for text in offered(picker))


@pytest.mark.parametrize("make", KINDS)
def test_a_label_beside_the_slider_is_remembered_of_a_split_image(
    make: Any, viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(make(3, 64, 64))
    viewer.dims.set_axis_label(0, "z")

    _split_stack(viewer.layers)

    assert status(picker, COLOUR) == "misfit"


def test_metadata_of_the_whole_image_tell_of_a_split_before_the_panel(
    viewer: ViewerModel, qtbot: QtBot
) -> None:
    viewer.add_image(zeros(3, 8, 9), metadata={"axes": "ZYX"})
    _split_stack(viewer.layers)

    picker = ModelPicker(viewer, registry=BUNDLED)
    qtbot.addWidget(picker)
    picker.task, picker.model = "nuclei", "stardist"

    assert status(picker, COLOUR) == "misfit"


# The image that was used last


def fit_text(picker: ModelPicker) -> str:
    label = picker.findChild(QLabel, "aiod-fit")
    assert label is not None
    return label.text().replace("\u200b", "") if label.isVisible() else ""


def test_with_labels_selected_the_image_used_last_stays(
    viewer: ViewerModel, picker: ModelPicker
) -> None:
    image = viewer.add_image(zeros(2, 8, 9), axis_labels=("c", "y", "x"), name="two")
    text = fit_text(picker)
    assert text.startswith("✓ Fits the image.")

    labels = viewer.add_labels(zeros(8, 9))
    said = f"{text} (The image is “two”, which was selected last.)"
    assert fit_text(picker) == said
    assert offered(picker) == ["Channel 0", "Channel 1"]

    viewer.layers.selection = {image, labels}
    assert fit_text(picker) == text
    viewer.layers.selection = {labels}
    assert fit_text(picker) == said
    viewer.layers.remove(image)
    assert picker.fit is None
    assert fit_text(picker) == ""
    assert len(offered(picker)) != 2
