"""How long people wait for the dock and the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from qtpy.QtWidgets import QApplication

from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker, ParamForm

BUNDLED = Registry.bundled()
PANSEG = BUNDLED.resolve("boundaries", "panseg", "generic_confocal_3D_unet")


@pytest.fixture
def viewer(make_napari_viewer: Callable[..., Any]) -> Any:
    return make_napari_viewer(show=True)


def draw() -> None:
    for _ in range(5):
        QApplication.processEvents()


@pytest.mark.benchmark(group="the dock in a running viewer")
def test_open_the_dock(viewer: Any, benchmark: Any) -> None:
    def opened() -> None:
        viewer.window.add_plugin_dock_widget("napari-aiod-registry", "Model Registry")
        draw()

    def closed() -> None:
        for name in list(viewer.window.dock_widgets):
            if "Model Registry" in name:
                viewer.window.remove_dock_widget(viewer.window.dock_widgets[name])
        draw()

    opened()
    benchmark.pedantic(opened, setup=closed, rounds=5)


@pytest.fixture
def picker(viewer: Any) -> ModelPicker:
    _, widget = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    draw()
    return widget


@pytest.mark.benchmark(group="switch the model")
def test_first_time(viewer: Any, benchmark: Any) -> None:
    def fresh() -> tuple[tuple[ModelPicker], dict[str, Any]]:
        for name in list(viewer.window.dock_widgets):
            if "Model Registry" in name:
                viewer.window.remove_dock_widget(viewer.window.dock_widgets[name])
        _, widget = viewer.window.add_plugin_dock_widget(
            "napari-aiod-registry", "Model Registry"
        )
        widget.task = "nuclei"
        draw()
        return (widget,), {}

    def switch(picker: ModelPicker) -> None:
        picker.model = "panseg"

    benchmark.pedantic(switch, setup=fresh, rounds=8)


@pytest.mark.benchmark(group="switch the model")
def test_again(picker: ModelPicker, benchmark: Any) -> None:
    picker.task = "nuclei"
    models = ["panseg", "cellpose"]

    def switch() -> None:
        models.reverse()
        picker.model = models[0]

    switch()
    switch()
    benchmark(switch)


@pytest.mark.benchmark(group="the form")
def test_build_a_form_of_19_fields(qapp: QApplication, benchmark: Any) -> None:
    def build() -> None:
        ParamForm(PANSEG.params_model).deleteLater()

    benchmark(build)


@pytest.mark.benchmark(group="the form")
def test_read_all_values(qapp: QApplication, benchmark: Any) -> None:
    form = ParamForm(PANSEG.params_model)
    assert benchmark(form.value) == PANSEG.params_model()
    form.deleteLater()
