"""The form: values in, values out, for every bundled version-task."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, Field, ValidationError
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QLabel,
    QToolButton,
    QWidget,
)

from napari_aiod_registry import Registry, Selection
from napari_aiod_registry.widgets import ParamForm
from napari_aiod_registry.widgets.form.editors.numbers import NumberBox

BUNDLED = Registry.bundled()
SELECTIONS = list(BUNDLED.selections())


class Example(BaseModel):
    level: float = Field(0.34133, ge=0, le=1, title="Level", description="How bright.")
    count: int = 3
    name: str = Field("x", json_schema_extra={"advanced": True})


@pytest.fixture
def form(qtbot: QtBot) -> ParamForm:
    form = ParamForm(Example)
    qtbot.addWidget(form)
    return form


@pytest.mark.parametrize("selection", SELECTIONS, ids="-".join)
def test_the_form_gives_back_exactly_the_defaults(
    selection: Selection, qtbot: QtBot
) -> None:
    model = BUNDLED.resolve(*selection).params_model
    form = ParamForm(model)
    qtbot.addWidget(form)

    values = form.value().model_dump(by_alias=True)

    expected = model().model_dump(by_alias=True)
    assert list(values) == list(expected)
    for key, value in values.items():
        assert type(value) is type(expected[key]), key
        assert value == expected[key], key


@pytest.mark.parametrize("selection", SELECTIONS, ids="-".join)
def test_reset_brings_the_defaults_back(selection: Selection, qtbot: QtBot) -> None:
    model = BUNDLED.resolve(*selection).params_model
    form = ParamForm(model)
    qtbot.addWidget(form)
    others = {
        key: not value
        for key, value in model().model_dump(by_alias=True).items()
        if isinstance(value, bool)
    }
    form.set_value(others)
    assert not others or form.value() != model()

    form.reset()

    assert form.value() == model()


def test_set_value_takes_an_instance_or_some_values(form: ParamForm) -> None:
    form.set_value(Example(level=0.5, count=7, name="y"))
    assert form.value() == Example(level=0.5, count=7, name="y")

    form.set_value({"count": 8})
    assert form.value() == Example(level=0.5, count=8, name="y")


def test_a_refused_value_changes_nothing(form: ParamForm) -> None:
    with pytest.raises(ValidationError, match="level"):
        form.set_value({"level": 7, "count": 8})

    assert form.value() == Example()


def test_changed_is_emitted_once_per_change(form: ParamForm, qtbot: QtBot) -> None:
    heard: list[BaseModel] = []
    form.changed.connect(lambda: heard.append(form.value()))

    form.set_value({"level": 0.5, "count": 4})
    assert heard == [Example(level=0.5, count=4)]

    box = form.findChild(NumberBox, "aiod-param-level")
    assert box is not None
    box.selectAll()
    qtbot.keyClicks(box, "0.7")
    assert heard[-1] == Example(level=0.7, count=4)


def test_labels_are_buddies_and_help_is_at_hand(form: ParamForm) -> None:
    label = next(w for w in form.findChildren(QLabel) if w.text() == "Level")

    buddy = label.buddy()

    assert buddy is not None
    assert buddy.objectName() == "aiod-param-level"
    assert "How bright." in label.toolTip()
    assert "How bright." in buddy.toolTip()
    assert buddy.accessibleName() == "Level"


def test_advanced_fields_start_folded_away(form: ParamForm, qtbot: QtBot) -> None:
    form.show()
    qtbot.waitExposed(form)
    button = form.findChild(QToolButton, "aiod-advanced")
    field = form.findChild(QWidget, "aiod-param-name")
    assert button is not None
    assert field is not None
    assert not field.isVisible()

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert field.isVisible()


def test_a_model_without_fields_says_so(qtbot: QtBot) -> None:
    class Nothing(BaseModel):
        pass

    form = ParamForm(Nothing)
    qtbot.addWidget(form)

    assert form.value() == Nothing()
    assert "This model has no parameters" in form.findChildren(QLabel)[0].text()
