"""Each kind of field: which control it gets, and that it keeps value and type."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from annotated_types import Gt, Interval, Lt
from pydantic import BaseModel, Field, ValidationError, create_model
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from napari_aiod_registry import ModelParam, params_model
from napari_aiod_registry.widgets import ParamForm
from napari_aiod_registry.widgets.form.editors.numbers import NumberBox
from napari_aiod_registry.widgets.form.editors.specs import field_specs

MIXED = Literal[1, True, 1.0, "1"]  # type: ignore[valid-type]


def one_field(kind: Any, default: Any) -> type[BaseModel]:
    return create_model("One", it=(kind, default))


def form_of(model: type[BaseModel], qtbot: QtBot) -> ParamForm:
    form = ParamForm(model)
    qtbot.addWidget(form)
    return form


def child(form: ParamForm, kind: type[QWidget], key: str = "it") -> Any:
    native = form.findChild(QWidget, f"aiod-param-{key}")
    assert native is not None
    return native if isinstance(native, kind) else native.findChild(kind)


def same(one: object, other: object) -> bool:
    return repr(one) == repr(other)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (bool, [True, False]),
        (int, [0, 7, -3, 2**40, 999_999]),
        (float, [0.0, 0.34133, 1e-5, -1e12, 1e300, 3.0]),
        (str, ["", "um", " spaced ", "ünï", "<b>bold</b>", "64, 64"]),
        (Literal["XY", "XZ", "All"], ["XY", "All"]),
        (Literal[1, 2, 64], [1, 64]),
        (int | None, [None, 0, 5]),
        (float | None, [None, 0.0, 1e-5]),
        (str | None, [None, "", "x"]),
        (bool | None, [None, True, False]),
        (list[int], [[], [64], [64, 80, 80]]),
        (list[float] | None, [None, [0.1, 2.0]]),
        (tuple[int, ...], [(), (2,), (2, 2)]),
        (tuple[int, int], [(1, 2)]),
        (list[str], [["a", "b, c", '"', "1", "true"]]),
        (list[bool | int | float | str], [[True, 1, 1.0, "1"]]),
        (Path, [Path("a/b.txt")]),
        (dict[str, int], [{"a": 1}]),
    ],
    ids=str,
)
def test_what_is_set_is_read_back(kind: Any, values: list[Any], qtbot: QtBot) -> None:
    for value in values:
        model = one_field(kind, value)
        form = form_of(model, qtbot)
        assert same(form.value(), model()), "as the default"
        for other in values:
            form.set_value({"it": other})
            assert same(form.value().model_dump()["it"], other), "as a value"


@pytest.mark.parametrize("choice", [1, True, 1.0, "1"], ids=repr)
def test_choices_that_look_alike_stay_apart(choice: Any, qtbot: QtBot) -> None:
    param = ModelParam(name="it", value=[1, True, 1.0, "1"], default=choice)
    form = form_of(params_model([param]), qtbot)

    value = form.value().model_dump()["it"]

    assert type(value) is type(choice)
    assert value == choice
    combo = child(form, QComboBox)
    texts = [combo.itemText(i) for i in range(combo.count())]
    assert texts == ["1", "true", "1.0", '"1"']


@pytest.mark.parametrize(
    ("kind", "widget"),
    [
        (bool, QCheckBox),
        (float, NumberBox),
        (str, QLineEdit),
        (Literal["a", "b"], QComboBox),
        (bool | None, QComboBox),
        (float | None, QCheckBox),
        (list[int], QLineEdit),
    ],
    ids=str,
)
def test_a_field_gets_the_right_control(
    kind: Any, widget: type[QWidget], qtbot: QtBot
) -> None:
    form = form_of(create_model("One", it=(kind, ...)), qtbot)

    assert child(form, widget) is not None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("64, 64", [64, 64]),
        ("[64, 64]", [64, 64]),
        ("(64,64)", [64, 64]),
        ("64,", [64]),
        ("", []),
        ("1.5, 2", [1.5, 2]),
        ("true, no", [True, "no"]),
        ('"a, b", c', ["a, b", "c"]),
    ],
)
def test_lists_are_read_as_people_write_them(
    typed: str, value: list[Any], qtbot: QtBot
) -> None:
    form = form_of(one_field(list[bool | int | float | str], []), qtbot)

    child(form, QLineEdit).setText(typed)

    assert same(form.value().model_dump()["it"], value)


@pytest.mark.parametrize("wrong", ["64, x", "64 64", "[1", "{}"])
def test_a_wrong_list_is_refused_by_the_model(wrong: str, qtbot: QtBot) -> None:
    form = form_of(one_field(list[int], [1]), qtbot)

    child(form, QLineEdit).setText(wrong)

    with pytest.raises(ValueError, match="validation error"):
        form.value()


@pytest.mark.parametrize(
    ("constraint", "low", "high"),
    [
        (Field(ge=0, le=1), 0, 1),
        (Interval(ge=0.5, lt=2), 0.5, 2 - 2**-52),
        (Gt(0), 5e-324, None),
        (Lt(1), None, 1 - 2**-53),
    ],
    ids=["ge le", "Interval", "gt", "lt"],
)
@pytest.mark.parametrize("optional", [False, True])
def test_bounds_are_found_wherever_pydantic_keeps_them(
    constraint: Any, low: float | None, high: float | None, optional: bool
) -> None:
    kind: Any = Annotated[float, constraint]

    (spec,) = field_specs(one_field(kind | None if optional else kind, 0.75))

    assert (spec.low, spec.high) == (low, high)


def test_whole_numbers_turn_open_bounds_into_closed_ones() -> None:
    (spec,) = field_specs(one_field(Annotated[int, Gt(0), Lt(5)], 1))

    assert (spec.low, spec.high) == (1, 4)


def test_text_of_a_manifest_is_shown_and_not_rendered(qtbot: QtBot) -> None:
    evil = "<img src=x> & <b>bold</b>"
    param = ModelParam(name=evil, arg_name="it", value=1, tooltip=evil, units=evil)

    form = form_of(params_model([param]), qtbot)

    labels = [label for label in form.findChildren(QLabel) if "<img" in label.text()]
    assert len(labels) == 2
    assert all(label.textFormat().name == "PlainText" for label in labels)
    assert "&lt;img src=x&gt; &amp; &lt;b&gt;" in labels[0].toolTip()


def test_null_hides_the_number_and_auto_brings_it_back(qtbot: QtBot) -> None:
    form = form_of(one_field(float | None, None), qtbot)
    form.show()
    auto, number = child(form, QCheckBox), child(form, NumberBox)
    assert not number.isVisible()

    auto.click()

    assert number.isVisible()
    assert number.text() == "", "a number that nobody chose would pass unnoticed"
    assert form.errors() == {"it": "A value is needed."}
    with pytest.raises(ValidationError):
        form.value()
    qtbot.keyClicks(number, "2")
    assert form.value().model_dump() == {"it": 2.0}
    auto.click()
    assert form.value().model_dump() == {"it": None}


def test_a_channel_that_the_image_lacks_is_kept_and_says_so(qtbot: QtBot) -> None:
    param = ModelParam(
        name="it",
        value=0,
        param_type="channel",
        channel_start=0,
        channel_start_label="Grayscale",
    )
    form = form_of(params_model([param]), qtbot)
    combo = child(form, QComboBox)
    assert combo.currentText() == "Grayscale"

    form.set_value({"it": 3})
    form.set_channels(["red", "green"])

    assert form.value().model_dump() == {"it": 3}
    assert combo.currentText() == "Channel 3 (not in this image)"
    form.set_channels(["red", "green", "blue"])
    assert combo.currentText() == "Channel 3: blue"
