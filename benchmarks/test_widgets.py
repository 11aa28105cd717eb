"""How long people wait for the dock and the form."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from random import Random
from typing import Any, Literal

import pytest
from magicgui.widgets import Container, create_widget
from pydantic import Field, create_model
from qtpy.QtWidgets import QApplication, QLineEdit, QListWidget

from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker, ParamForm
from napari_aiod_registry.widgets.form.editors.numbers import NumberBox

KINDS: dict[str, tuple[Any, Any]] = {
    "flag": (bool, True),
    "whole": (int, 3),
    "number": (float, Field(0.1, ge=0, le=1)),
    "text": (str, "x"),
    "choice": (Literal["a", "b"], "a"),
}
Twenty = create_model(
    "Twenty",
    **{f"{kind}_{n}": KINDS[kind] for n in range(4) for kind in KINDS},
)


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
def test_build_a_form_of_20_fields(qapp: QApplication, benchmark: Any) -> None:
    def build() -> None:
        ParamForm(Twenty).deleteLater()

    build()
    benchmark(build)


@pytest.mark.benchmark(group="the form")
def test_build_the_bare_widgets_of_20_fields(
    qapp: QApplication, benchmark: Any
) -> None:
    """What the same magicgui widgets take by themselves: to compare with."""

    def build() -> None:
        box = Container(labels=False)
        for name, info in Twenty.model_fields.items():
            box.append(create_widget(value=info.default, label=name))
        box.native.deleteLater()

    build()
    benchmark(build)


@pytest.mark.benchmark(group="the form, once it is there")
def test_10000_values(qapp: QApplication, benchmark: Any) -> None:
    form = ParamForm(Twenty)

    def read() -> None:
        for _ in range(10_000):
            form.value()

    benchmark.pedantic(read, rounds=3)
    form.deleteLater()


@pytest.mark.benchmark(group="the form, once it is there")
def test_type_one_key(viewer: Any, benchmark: Any) -> None:
    """Our part of a key press: reading, validating, marking."""
    form = ParamForm(Twenty)
    viewer.window.add_dock_widget(form)
    draw()
    line = form.findChild(NumberBox, "aiod-param-number_1")
    texts = cycle(["0.1", "0.12", "0.12x"])

    benchmark(lambda: line.setText(next(texts)))


@pytest.mark.benchmark(group="the form, once it is there")
def test_switch_between_two_forms(viewer: Any, benchmark: Any) -> None:
    """Another version, whose form is there already, with the values it had."""
    _, picker = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    picker.task, picker.model = "nuclei", "cellpose"
    picker.form.set_value({"diameter": 30})
    picker.model = "cellposesam"
    draw()
    models = cycle(["cellpose", "cellposesam"])

    def switch() -> None:
        picker.model = next(models)

    benchmark(switch)


@pytest.mark.benchmark(group="10,000 families")
def test_open_the_picker(many: Registry, qapp: QApplication, benchmark: Any) -> None:
    def build() -> None:
        picker = ModelPicker(registry=many, look=False)
        picker.show()
        draw()
        picker.deleteLater()
        draw()

    build()
    benchmark.pedantic(build, rounds=5)


@pytest.mark.benchmark(group="10,000 families")
def test_a_key_in_the_search(
    many: Registry, qapp: QApplication, benchmark: Any
) -> None:
    picker = ModelPicker(registry=many, look=False)
    picker.show()
    line = picker.findChild(QLineEdit, "aiod-search")
    results = picker.findChild(QListWidget, "aiod-search-results")
    line.setText("nuclei")
    while results.count() < 2:  # it is being made searchable
        draw()
    chance = Random(2)
    texts = ["nuclie", "model", "memb", "light sheet", "tisue", "3d cell", "n"]

    def other() -> tuple[tuple[str], dict[str, Any]]:
        # Another text each time: what was looked for before is remembered.
        return (f"{chance.choice(texts)} {chance.randrange(10_000)}",), {}

    benchmark.pedantic(line.setText, setup=other, rounds=50)
    picker.deleteLater()
