"""What people do with a form, and would not forgive."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from threading import Event
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field, create_model
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPoint, QPointF, Qt
from qtpy.QtGui import QWheelEvent
from qtpy.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSlider,
    QToolButton,
    QWidget,
)

from napari_aiod_registry import Registry
from napari_aiod_registry.config.files import read_config
from napari_aiod_registry.widgets import ModelPicker, ParamForm
from napari_aiod_registry.widgets.form import config_files
from napari_aiod_registry.widgets.form.editors.numbers import NumberBox

MakeForm = Callable[[type[BaseModel]], ParamForm]
BUNDLED = Registry.bundled()


def type_into(field: QWidget | None, text: str, qtbot: QtBot) -> None:
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, text)


def line(form: ParamForm, key: str) -> QLineEdit:
    found = form.findChild(QLineEdit, f"aiod-param-{key}")
    assert found is not None
    return found


def button(widget: QWidget, name: str) -> QAbstractButton:
    found = widget.findChild(QAbstractButton, name)
    assert found is not None
    return found


def status(form: ParamForm) -> str:
    label = form.findChild(QLabel, "aiod-form-status")
    assert label is not None
    return label.text()


def note(form: ParamForm | None) -> str:
    assert form is not None
    label = form.findChild(QLabel, "aiod-note-text")
    is_there = label is not None and not label.parentWidget().isHidden()
    return label.text().replace("\u200b", "") if label and is_there else ""


# The mouse wheel


@pytest.mark.parametrize("focus", [False, True])
def test_the_wheel_never_picks_another_model(qtbot: QtBot, focus: bool) -> None:
    picker = ModelPicker(registry=BUNDLED)
    qtbot.addWidget(picker)
    picker.show()
    before = picker.selection

    for name in ("aiod-task", "aiod-model", "aiod-version"):
        combo = picker.findChild(QComboBox, name)
        assert combo is not None
        combo.clearFocus()
        if focus:
            combo.setFocus()
        wheel = QWheelEvent(
            QPointF(5, 5),
            QPointF(combo.mapToGlobal(QPoint(5, 5))),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(combo, wheel)

    assert picker.selection == before


# Lists


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (list[float], "0,25; 0,1; 1", [0.25, 0.1, 1.0]),
        (list[float], "0.25; 0.1", [0.25, 0.1]),
        (list[int], "1; 2", [1, 2]),
        (list[str], "a;b, c", ["a;b", "c"]),
        (list[Literal["a", "b"]], "a, b", ["a", "b"]),
        (list[Path], "a.tif, b.tif", [Path("a.tif"), Path("b.tif")]),
        (int | float, "1,5", 1.5),
    ],
)
def test_lists_are_typed_as_people_write_them(
    kind: Any, typed: str, value: Any, param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", it=(kind, ...)))
    form.show()
    type_into(line(form, "it"), typed, qtbot)

    assert form.errors() == {}
    assert repr(form.value().it) == repr(value)  # type: ignore[attr-defined]


def test_a_decimal_comma_in_a_list_of_whole_numbers_is_told(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", it=(list[int], ...)))
    form.show()
    type_into(line(form, "it"), "0,25; 1", qtbot)

    assert list(form.errors()) == ["it"]


def test_a_default_that_is_typed_back_is_no_change(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", it=(tuple[float, float], (1, 2))))
    form.show()
    type_into(line(form, "it"), "1, 3", qtbot)
    assert form.changes() == ["it"]

    type_into(line(form, "it"), "1, 2", qtbot)

    assert form.changes() == []


# Room


@pytest.mark.parametrize("points", [9, 12, 16, 20])
def test_the_number_beside_a_slider_is_not_cut(
    points: int, param_form: MakeForm, qtbot: QtBot
) -> None:
    field = Field(0.34133, ge=0, le=1, title="Overlap of parts")
    form = param_form(create_model("M", it=(float, field), other=(float, field)))
    font = form.font()
    font.setPointSize(points)
    form.setFont(font)
    form.resize(300, 300)
    form.show()
    qtbot.waitExposed(form)
    qtbot.wait(100)

    for box in form.findChildren(NumberBox):
        needed = box.fontMetrics().horizontalAdvance(box.text())
        assert box.width() >= needed + 10


def test_a_slider_gives_way_to_a_long_number(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    field = Field(0.5, ge=0, le=1, title="Level")
    form = param_form(create_model("M", it=(float, field)))
    form.resize(360, 300)
    form.show()
    qtbot.waitExposed(form)
    form.set_value({"it": 0.123456789})
    box = form.findChild(NumberBox)
    assert box is not None
    needed = box.fontMetrics().horizontalAdvance("0.123456789")

    qtbot.waitUntil(lambda: box.width() >= needed)


def test_a_slider_has_a_name_for_screen_readers(param_form: MakeForm) -> None:
    field = Field(0.5, ge=0, le=1, title="Level")
    slider = param_form(create_model("M", it=(float, field))).findChild(QSlider)

    assert slider is not None
    assert slider.accessibleName() == "Level"


# Changes, and the way back


class Part(BaseModel):
    a: int = 1
    b: float = 0.5


class Whole(BaseModel):
    part: Part | None = None
    full: Part | None = Part(a=4)


def test_a_group_that_is_there_or_not_is_counted(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(Whole)
    form.show()
    part, full = (form._grid.rows[key].editor.parts[0] for key in ("part", "full"))
    assert isinstance(part, QAbstractButton)
    assert isinstance(full, QAbstractButton)

    part.click()
    assert (status(form), form.changes()) == ("1 changed", ["part"])
    full.click()
    assert (status(form), form.changes()) == ("2 changed", ["part", "full"])
    form.set_value(Whole(part=Part(a=7, b=1), full=Part(a=4)))
    assert status(form) == "2 changed"

    qtbot.mouseClick(button(form, "aiod-reset"), Qt.MouseButton.LeftButton)
    assert (status(form), form.value()) == ("Defaults", Whole())
    assert note(form) == "2 parameters are back at the default."
    part.click()
    assert form.value() == Whole(part=Part()), "the 7 is not back"


def test_what_is_given_to_a_form_can_be_changed_without_it(
    param_form: MakeForm,
) -> None:
    class Mutable(BaseModel):
        part: Part = Part()
        items: list[int] = [1]
        pairs: dict[str, int] = {}

    given = Mutable(part=Part(a=2), items=[5], pairs={"q": 1})
    form = param_form(Mutable)
    form.set_value(given)

    given.part.a = 9
    given.items.append(2)
    given.pairs["a"] = 1

    assert form.value() == Mutable(part=Part(a=2), items=[5], pairs={"q": 1})


class Speed(Enum):
    fast = 1
    slow = 2


@pytest.mark.parametrize(
    "kind", [Speed, Literal["a", "b"], list[int], tuple[float, float], int, float]
)
def test_without_auto_nobodys_choice_is_taken(
    kind: Any, param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", it=(kind | None, None)))
    form.show()

    auto = form._grid.rows["it"].editor.parts[0]
    qtbot.mouseClick(auto, Qt.MouseButton.LeftButton)

    assert form.errors() == {"it": "A value is needed."}


def test_an_empty_list_can_be_meant(param_form: MakeForm, qtbot: QtBot) -> None:
    form = param_form(create_model("M", it=(list[int] | None, None)))
    form.show()
    form.set_value({"it": []})

    assert line(form, "it").text() == "[]"
    assert form.value().it == []  # type: ignore[attr-defined]


def test_advanced_fields_can_be_folded_though_one_is_changed(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    advanced = Field(1, json_schema_extra={"advanced": True})
    form = param_form(create_model("M", it=(str, ""), deep=(int, advanced)))
    form.show()
    fold = button(form, "aiod-advanced")
    form.set_value({"deep": 3})
    assert fold.isChecked()

    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    type_into(line(form, "it"), "abc", qtbot)
    assert not fold.isChecked()

    form.reset()
    form.set_value({"deep": 4})
    assert fold.isChecked(), "that is news"


# Config files


class Outer(BaseModel):
    part: Part = Part()
    name: str = "n"


def test_a_config_leaves_what_it_does_not_name_in_a_group(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(Outer)
    form.show()
    form.set_value({"part": {"a": 42}})

    form.apply_config({"part": {"b": 2.5}}, "c.yaml")
    assert form.value() == Outer(part=Part(a=42, b=2.5))

    form._grid.rows["part"].group.rows["a"].editor.widget.value = "4x"  # type: ignore[union-attr]
    form.apply_config({"part": {"b": 3.5}, "name": "m"}, "c.yaml")
    assert list(form.errors()) == ["part.a"], "what was typed stays"


def test_a_key_is_not_refused_for_another_ones_fault(param_form: MakeForm) -> None:
    from pydantic import model_validator

    class Range(BaseModel):
        low: int = 1
        high: int = 10
        name: str = ""

        @model_validator(mode="after")
        def check(self) -> Range:
            if self.low >= self.high:
                raise ValueError("low must be below high")
            return self

    form = param_form(Range)
    fit = form.apply_config({"low": 20, "name": "z"}, "c.yaml")

    assert fit.refused == {"low": "low must be below high."}
    assert form.value() == Range(name="z")


def test_a_config_that_was_saved_here_is_taken_whole(param_form: MakeForm) -> None:
    form = param_form(Outer)
    form.set_extra({"extra_key": [1]})

    fit = form.apply_config(form.config(), "own.yaml")

    assert fit.refused == {}
    assert note(form) == "3 of 3 values taken from own.yaml."


@pytest.fixture
def picker(tmp_path: Path, qtbot: QtBot) -> ModelPicker:
    """Versions a {x, y}, b {y}, c {x, y, z}, where c has a config file."""
    (tmp_path / "w").write_text("?")
    (tmp_path / "base.yml").write_text("z: 3.5\ny: 77\n")

    def version(names: str, **more: str) -> dict[str, Any]:
        params = [
            {"name": name, "value": 1.5, "max": 10, "tooltip": "?"} for name in names
        ]
        place = {"location": str(tmp_path / "w"), **more}
        return {"tasks": {"mito": {"locations": [place], "params": params}}}

    manifest = {
        "name": "A",
        "metadata": {"description": "?", "license": "MIT"},
        "versions": {
            "a": version("xy"),
            "b": version("y"),
            "c": version("xyz", config_path=str(tmp_path / "base.yml")),
        },
    }
    (tmp_path / "a.json").write_text(json.dumps(manifest))
    picker = ModelPicker(registry=Registry.from_paths([tmp_path / "a.json"]))
    qtbot.addWidget(picker)
    picker.show()
    return picker


def config_of(picker: ModelPicker) -> dict[str, Any]:
    assert picker.form is not None
    return picker.form.config()


def test_what_was_changed_is_carried_past_a_version_without_it(
    picker: ModelPicker,
) -> None:
    assert picker.form is not None
    picker.form.set_value({"x": 4, "y": 5})

    picker.version = "b"
    picker.version = "c"

    values = config_of(picker)
    assert (values["x"], values["y"]) == (4, 5)


def test_a_late_config_leaves_the_way_back_of_a_note(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    assert picker.form is not None
    picker.form.set_value({"x": 4})
    picker.version = "c"
    qtbot.waitUntil(lambda: "base.yml" in note(picker.form))

    assert note(picker.form) == ("Kept from a: x.\nThe defaults are those of base.yml.")
    button(picker.form, "aiod-note-undo").click()
    assert config_of(picker) == {"x": 1.5, "y": 1.5, "z": 3.5}


def test_a_config_that_came_meanwhile_is_told_on_coming_back(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    picker.version = "c"
    picker.version = "a"
    qtbot.waitUntil(lambda: bool(picker._forms._bases))
    assert note(picker.form) == ""

    picker.version = "c"

    assert note(picker.form) == "The defaults are those of base.yml."
    table = picker.form.findChild(QWidget, "aiod-note-table")  # type: ignore[union-attr]
    assert table is not None
    assert table.item(0, 0).text() == "y", "77 is too large"


def test_a_late_config_leaves_a_value_that_was_typed_though_it_is_the_old_default(
    picker: ModelPicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from napari_aiod_registry.widgets.memory import forms

    may_read = Event()

    def read(path: Path) -> dict[str, Any]:
        assert may_read.wait(20)
        return read_config(path)

    monkeypatch.setattr(forms, "read_config", read)
    picker.version = "c"
    assert picker.form is not None
    box = picker.form.findChild(NumberBox, "aiod-param-z")
    type_into(box, "1.6", qtbot)
    type_into(box, "1.5", qtbot)
    may_read.set()
    qtbot.waitUntil(lambda: "base.yml" in note(picker.form))

    assert config_of(picker)["z"] == 1.5
    assert picker.form.changes() == ["z"]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Let files whose name has "slow" in it wait."""
    may_read = Event()

    def read(path: Path) -> dict[str, Any]:
        assert "slow" not in path.name or may_read.wait(20)
        return read_config(path)

    monkeypatch.setattr(config_files, "read_config", read)
    return may_read


def test_a_config_that_comes_too_late_is_for_the_version_that_was_left(
    picker: ModelPicker, slow: Event, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "slow.yml").write_text("x: 7\n")
    assert picker.form is not None
    picker.form.load_config(tmp_path / "slow.yml")
    picker.version = "b"
    assert "slow.yml is not loaded: you chose another version." in note(picker.form)

    slow.set()
    qtbot.wait(200)

    picker.version = "a"
    assert config_of(picker)["x"] == 1.5


def test_of_two_configs_the_one_chosen_last_wins(
    picker: ModelPicker, slow: Event, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "slow.yml").write_text("x: 7\n")
    (tmp_path / "fast.yml").write_text("x: 8\n")
    assert picker.form is not None
    picker.form.load_config(tmp_path / "slow.yml")
    picker.form.load_config(tmp_path / "fast.yml")
    qtbot.waitUntil(lambda: "fast.yml" in note(picker.form))

    slow.set()
    qtbot.wait(200)

    assert config_of(picker)["x"] == 8


def test_a_config_of_the_manifest_that_can_not_be_had_is_named(qtbot: QtBot) -> None:
    picker = ModelPicker(registry=BUNDLED)
    qtbot.addWidget(picker)
    picker.show()

    picker.task, picker.model = "er", "seai_unet"

    label = picker.findChild(QLabel, "aiod-passed-on")
    assert label is not None
    assert label.isVisible()
    assert label.text().startswith("The model's config file is not on this computer: ")


def test_a_long_name_in_a_note_wraps(param_form: MakeForm, qtbot: QtBot) -> None:
    form = param_form(Outer)
    form.resize(260, 400)
    form.show()
    name = "my_very_long_config_file_of_the_experiment_of_last_week.yaml"
    form.apply_config({"name": "z"}, name)
    qtbot.wait(50)

    label = form.findChild(QLabel, "aiod-note-text")
    assert label is not None
    widest = max(
        label.fontMetrics().horizontalAdvance(word)
        for word in label.text().replace("\u200b", " ").split()
    )
    assert widest <= label.width()
    assert name in label.toolTip()
    assert isinstance(button(form, "aiod-note-close"), QToolButton)
