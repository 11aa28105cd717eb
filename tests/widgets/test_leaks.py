"""Switching and rebuilding leave no widget, no object and no listener behind."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import Any
from weakref import WeakSet

import pytest
from napari.components import ViewerModel
from pydantic import BaseModel, Field, create_model
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QEvent
from qtpy.QtWidgets import QApplication, QWidget

from napari_aiod_registry import Registry, Selection
from napari_aiod_registry.widgets import ModelPicker, ParamForm
from napari_aiod_registry.widgets.form.editors.base import Editor
from napari_aiod_registry.widgets.memory.forms import MAX_FORMS

BUNDLED = Registry.bundled()
SELECTIONS = list(BUNDLED.selections())


EDITORS: WeakSet[Editor] = WeakSet()


@pytest.fixture(autouse=True)
def watch_editors(monkeypatch: pytest.MonkeyPatch) -> None:
    make = Editor.__init__

    def watched(self: Editor, spec: Any) -> None:
        make(self, spec)
        EDITORS.add(self)

    monkeypatch.setattr(Editor, "__init__", watched)


@pytest.fixture(autouse=True)
def collect_only_what_is_new() -> Iterator[None]:
    """Spare the collector what was there before: all the packages, many times."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def settle() -> None:
    """Delete all that is due."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()


def alive() -> Counter[str]:
    """Count the widgets and editors that there are, by class."""
    settle()
    things = (*QApplication.allWidgets(), *EDITORS)
    return Counter(type(thing).__name__ for thing in things)


def listeners(viewer: ViewerModel) -> int:
    """Count who listens to the layers."""
    events = [viewer.layers.events, viewer.layers.selection.events]
    return sum(
        len(emitter.callbacks)
        for group in events
        for emitter in group.emitters.values()
    )


def check_nothing_new(before: Counter[str]) -> None:
    """Fail, and say what has been left behind."""
    left = alive() - before
    assert not left, f"left behind: {dict(left)}"


class Sample(BaseModel):
    level: float = Field(0.5, ge=0, le=1)
    count: int | None = None
    tiles: list[int] = [1]
    flag: bool | None = None
    rest: dict[str, int] = {}


def test_500_forms_built_and_put_away_leave_nothing_behind(qapp: Any) -> None:
    def build() -> None:
        form = ParamForm(Sample)
        form.show()
        form.set_value({"level": 0.7, "count": 3})
        form.show_note("Something happened.", undo=form.reset)
        form.deleteLater()

    build()
    before = alive()

    for _ in range(500):
        build()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    check_nothing_new(before)


def test_500_switches_leave_nothing_behind(qtbot: QtBot) -> None:
    viewer = ViewerModel()
    picker = ModelPicker(viewer, registry=BUNDLED)
    qtbot.addWidget(picker)

    def go(selection: Selection) -> None:
        picker.task, picker.model, picker.version = selection

    for selection in SELECTIONS:
        go(selection)
    before, heard = alive(), listeners(viewer)

    for selection in islice(cycle(SELECTIONS), 500):
        go(selection)

    check_nothing_new(before)
    assert listeners(viewer) == heard


def test_a_form_that_is_not_wanted_for_long_is_put_away_but_not_its_values(
    qtbot: QtBot, tmp_path: Any, make_registry: Callable[[int], Registry]
) -> None:
    picker = ModelPicker(registry=make_registry(MAX_FORMS + 5))
    qtbot.addWidget(picker)
    picker.model = "model_0"
    assert picker.form is not None
    picker.form.set_value({"size": 7})

    for model in picker.registry:
        picker.model = model
    settle()

    assert picker._stack.count() == MAX_FORMS
    picker.model = "model_0"
    assert picker.form.value().model_dump() == {"size": 7, "own_0": 1}


def test_a_picker_that_is_put_away_stops_listening(qtbot: QtBot) -> None:
    viewer = ViewerModel()
    before, heard = alive(), listeners(viewer)

    for _ in range(20):
        picker = ModelPicker(viewer, registry=BUNDLED)
        picker.deleteLater()
        settle()
        del picker

    # A thread that looks at a disk may still know the last one.
    qtbot.waitUntil(lambda: not alive() - before, timeout=5000)
    assert listeners(viewer) == heard


def test_a_picker_that_is_deleted_with_its_window_stops_listening(
    qapp: QApplication,
) -> None:
    viewer = ViewerModel()
    heard = listeners(viewer)
    window = QWidget()
    picker = ModelPicker(viewer, registry=BUNDLED, parent=window)
    assert listeners(viewer) > heard

    window.deleteLater()
    settle()

    assert listeners(viewer) == heard
    del picker  # until here Python has held it


@pytest.fixture
def make_registry(tmp_path: Any) -> Callable[[int], Registry]:
    import json

    def make(families: int) -> Registry:
        for number in range(families):
            params = [
                {"name": "size", "value": 3, "tooltip": "?"},
                {"name": f"own_{number}", "value": 1, "tooltip": "?"},
            ]
            weights = [{"location": "https://example.org/weights"}]
            manifest = {
                "name": f"Model {number}",
                "metadata": {"description": "?", "license": "MIT"},
                "versions": {"v1": {"tasks": {"mito": {"locations": weights}}}},
                "params": params,
            }
            (tmp_path / f"{number}.json").write_text(json.dumps(manifest))
        return Registry.from_paths([tmp_path])

    return make


def test_the_check_itself_finds_what_is_left(qapp: Any) -> None:
    before = alive()
    kept = ParamForm(create_model("Kept", it=(int, 1)))

    with pytest.raises(AssertionError, match=r"left behind: .*ParamForm"):
        check_nothing_new(before)

    kept.deleteLater()
