"""Whether a model fits the image, what it is, and how it is cited, in the dock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manifests_for_tests import changed, write
from napari.components import ViewerModel
from napari.layers import Image
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt, QUrl
from qtpy.QtGui import QAction, QDesktopServices, QGuiApplication
from qtpy.QtWidgets import QComboBox, QLabel, QTextBrowser, QToolButton

from napari_aiod_registry import Registry
from napari_aiod_registry.citing.citing import apa, bibtex, methods_sentence
from napari_aiod_registry.widgets import ModelPicker
from napari_aiod_registry.widgets.viewer.image_axes import AxesReader

BUNDLED = Registry.bundled()


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


def fit_text(picker: ModelPicker) -> str:
    label = picker.findChild(QLabel, "aiod-fit")
    assert label is not None
    return label.text().replace("\u200b", "") if label.isVisible() else ""


def versions(picker: ModelPicker) -> list[str]:
    combo = picker.findChild(QComboBox, "aiod-version")
    assert combo is not None
    return [combo.itemText(index) for index in range(combo.count())]


# The image


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (Image(zeros(8, 9)), "YX"),
        (Image(zeros(3, 8, 9)), "?YX"),
        (Image(zeros(3, 8, 9), axis_labels=("z", "y", "x")), "ZYX"),
        (Image(zeros(2, 3, 8, 9), axis_labels=("time", "Z", "Y", "X")), "TZYX"),
        (Image(zeros(3, 8, 9), metadata={"axes": "CYX"}), "CYX"),
        (Image(zeros(8, 9, 3), metadata={"axes": "YXC"}), "YXC"),
        (Image(zeros(3, 8, 9), metadata={"channel_axis": 0}), "CYX"),
        (Image(zeros(8, 9, 3), rgb=True), "YX"),
        (Image(zeros(3, 8, 9), metadata={"axes": "QYX"}), "?YX"),
        (Image(zeros(3, 8, 9), metadata={"axes": "YYX"}), "?YX"),
        (Image(zeros(3, 8, 9), axis_labels=("Z (µm)", "y [µm]", "x")), "ZYX"),
        (Image(zeros(3, 8, 9), axis_labels=("time [s]", "y", "x")), "TYX"),
        (Image(zeros(3, 8, 9), axis_labels=("CHANNEL [nm]", "y", "x")), "CYX"),
        (Image(zeros(3, 8, 9), axis_labels=("c", "", "")), "CYX"),
        (
            Image(
                zeros(3, 8, 9), axis_labels=("-3", "y", "x"), metadata={"axes": "ZYX"}
            ),
            "ZYX",
        ),
        (
            Image(
                zeros(3, 8, 9), axis_labels=("z", "y", "x"), metadata={"axes": "CYX"}
            ),
            "ZYX",
        ),
    ],
)
def test_the_axes_of_a_layer(layer: Image, text: str) -> None:
    assert AxesReader().of(layer).text == text


def test_the_fit_follows_the_selected_image(
    viewer: ViewerModel, picker: ModelPicker
) -> None:
    assert (picker.fit, fit_text(picker)) == (None, "")

    flat = viewer.add_image(zeros(8, 9), name="flat")
    assert fit_text(picker) == "✓ Fits the image. It is made for flat images (2D)."
    assert versions(picker)[0] == "✓ 2D_versatile_fluo"
    assert versions(picker)[-1] == "✗ 3D_demo"

    viewer.add_image(zeros(5, 8, 9), axis_labels=("z", "y", "x"))
    assert fit_text(picker).startswith("✗ Does not fit the image. It takes flat images")
    assert fit_text(picker).endswith(" 3D_demo fits.")
    assert versions(picker)[-1] == "✓ 3D_demo"
    picker.version = "3D_demo"
    assert picker.fit is not None
    assert picker.fit.status == "fits"
    combo = picker.findChild(QComboBox, "aiod-version")
    assert combo is not None
    assert "this is a stack of 5 planes" in combo.itemData(
        0, Qt.ItemDataRole.ToolTipRole
    )

    viewer.layers.selection = {flat}
    assert fit_text(picker).startswith("✗ Does not fit the image. It needs a stack")
    flat.data = zeros(4, 8, 9)
    viewer.dims.axis_labels = ("0", "1", "2")
    assert fit_text(picker) == (
        "✓? May fit the image. It is made for stacks (3D). "
        "It fits if the axis of 4 is the stack."
    )
    viewer.layers.clear()
    assert (picker.fit, fit_text(picker)) == (None, "")
    assert versions(picker)[-1] == "3D_demo"


def test_axes_that_people_name_beside_the_sliders_count(
    viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(zeros(4, 8, 9))
    picker.version = "3D_demo"
    assert picker.fit is not None
    assert picker.fit.status == "may-fit"

    viewer.dims.axis_labels = ("z", "y", "x")

    assert picker.fit.status == "fits"
    assert fit_text(picker) == "✓ Fits the image. It is made for stacks (3D)."


def test_of_several_images_the_one_that_does_not_fit_counts(
    viewer: ViewerModel, picker: ModelPicker
) -> None:
    flat = viewer.add_image(zeros(8, 9), name="flat")
    stack = viewer.add_image(zeros(5, 8, 9), name="deep", axis_labels=("z", "y", "x"))

    viewer.layers.selection = {flat, stack}

    assert "It takes flat images" in fit_text(picker)
    assert "(This is so for “deep”.)" in fit_text(picker)
    viewer.layers.selection = {flat}
    assert fit_text(picker).startswith("✓ Fits the image.")


def test_images_with_the_same_channels_may_have_other_axes(
    viewer: ViewerModel, picker: ModelPicker
) -> None:
    picker.version = "3D_demo"
    flat = viewer.add_image(zeros(8, 9, 3), name="flat", rgb=True)
    stack = viewer.add_image(zeros(5, 8, 9, 3), name="stack", rgb=True)
    viewer.layers.selection = {flat, stack}

    viewer.layers.selection = {stack}
    assert "does not" not in fit_text(picker).lower()
    viewer.layers.selection = {flat}
    assert "the image is flat" in fit_text(picker)


def test_models_are_marked_by_the_best_of_their_versions(
    viewer: ViewerModel, picker: ModelPicker
) -> None:
    viewer.add_image(zeros(5, 8, 9), axis_labels=("z", "y", "x"))
    combo = picker.findChild(QComboBox, "aiod-model")
    assert combo is not None
    texts = [combo.itemText(index) for index in range(combo.count())]

    assert "✓ StarDist" in texts
    assert "Cellpose" in texts, "nobody says"


def test_what_is_not_stated_is_said(viewer: ViewerModel, picker: ModelPicker) -> None:
    picker.model = "cellpose"
    viewer.add_image(zeros(8, 9))

    assert fit_text(picker).startswith("Fit to the image: not stated.")


# About


def about(picker: ModelPicker) -> QTextBrowser:
    fold = picker.findChild(QToolButton, "aiod-about-fold")
    text = picker.findChild(QTextBrowser, "aiod-about")
    assert fold is not None
    assert text is not None
    fold.setChecked(True)
    return text


def picker_of(folder: Path, qtbot: QtBot, **family: Any) -> ModelPicker:
    places = [((key,), value) for key, value in family.items()]
    path = write(folder, changed(*places))
    picker = ModelPicker(registry=Registry.from_paths([path]))
    qtbot.addWidget(picker)
    picker.show()
    return picker


def test_the_versions_words_stand_above_the_familys(picker: ModelPicker) -> None:
    text = about(picker).toPlainText()

    found = picker.resolution
    assert found is not None
    own, family = found.metadata, found.manifest.metadata
    assert text.index(own.description) < text.index(family.description)
    for words in ("Tags: fluorescence", "Licence: ", "Cell Detection with Star-convex"):
        assert words in text
    assert found.manifest.usage_guide is not None
    assert found.manifest.usage_guide[:40] in text
    assert "Probability threshold: " in text


@pytest.mark.parametrize("selection", list(BUNDLED.selections()), ids="-".join)
def test_every_bundled_version_is_told_about(
    selection: Any, picker: ModelPicker
) -> None:
    picker.task, picker.model, picker.version = selection

    found = picker.resolution
    assert found is not None
    assert found.metadata.description in about(picker).toPlainText()


def test_what_a_manifest_says_is_never_html(tmp_path: Path, qtbot: QtBot) -> None:
    evil = "<img src='file:///etc/passwd'><b>bold</b> & <script>x</script>"
    metadata = {
        "description": evil,
        "license": "MIT",
        "tags": [evil],
        "authors": [{"name": evil, "affiliation": evil}],
        "pubs": [{"title": evil, "info": evil, "url": "https://example.org/p"}],
    }
    guide = f"# Guide\n\n{evil}\n\n![x](file:///etc/passwd)"
    picker = picker_of(tmp_path, qtbot, metadata=metadata, usage_guide=guide)

    text = about(picker)

    assert text.toPlainText().count(evil) >= 4
    assert "<script" not in text.toHtml()


@pytest.mark.parametrize(
    ("guide", "shown", "address"),
    [
        (
            "https://example.org/guide",
            "https://example.org/guide",
            "https://example.org/guide",
        ),
        ("/srv/guide.md", "/srv/guide.md", "aiod:show-in-folder"),
        (
            "# Big\n\n- one\n- [two](https://example.org/2)",
            "two",
            "https://example.org/2",
        ),
        ("Just *a* text_with_signs.", "Just *a* text_with_signs.", None),
    ],
)
def test_a_usage_guide_is_text_markdown_url_or_file(
    guide: str, shown: str, address: str | None, tmp_path: Path, qtbot: QtBot
) -> None:
    text = about(picker_of(tmp_path, qtbot, usage_guide=guide))

    assert shown in text.toPlainText()
    assert address is None or f'href="{address}"' in text.toHtml()


def test_links_open_in_the_browser(
    picker: ModelPicker, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", urls.append)
    text = about(picker)

    assert 'href="https://doi.org/10.1007/978-3-030-00934-2_30"' in text.toHtml()
    text.anchorClicked.emit(QUrl("https://doi.org/10.1007/978-3-030-00934-2_30"))
    text.anchorClicked.emit(QUrl("javascript:alert(1)"))

    assert [url.toString() for url in urls] == [
        "https://doi.org/10.1007/978-3-030-00934-2_30"
    ]


def cite(picker: ModelPicker, text: str) -> str:
    found = [a for a in picker.findChildren(QAction) if a.text() == text]
    assert len(found) == 1
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setText("before")
    found[0].trigger()
    return clipboard.text()


def test_cite_copies(picker: ModelPicker, tmp_path: Path, qtbot: QtBot) -> None:
    found = picker.resolution
    assert found is not None

    assert cite(picker, "Copy BibTeX") == bibtex(found)
    assert cite(picker, "Copy APA") == apa(found)
    assert cite(picker, "Copy a sentence for the methods") == methods_sentence(found)

    bare = picker_of(tmp_path, qtbot)
    assert cite(bare, "Copy BibTeX") == "before"
    said = bare.findChild(QLabel, "aiod-cite-said")
    assert said is not None
    assert said.text() == "No publication is stated."
