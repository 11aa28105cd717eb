"""Models that others write: odd defaults, groups with more in them, aliases, arrays."""

from __future__ import annotations

import enum
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import pytest
from pydantic import (
    AfterValidator,
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    Field,
    Json,
    RootModel,
    SecretStr,
    create_model,
)
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QSlider

from napari_aiod_registry.config.fit import fit_config
from napari_aiod_registry.testing import check_round_trip
from napari_aiod_registry.widgets import ParamForm
from napari_aiod_registry.widgets.form.editors.base import NARROWEST
from napari_aiod_registry.widgets.form.editors.numbers import NumberBox

MakeForm = Callable[[type[BaseModel]], ParamForm]


def type_into(form: ParamForm, key: str, text: str, qtbot: QtBot) -> None:
    """Replace what stands in a field, key by key."""
    field: Any = form.findChild(NumberBox, f"aiod-param-{key}")
    field = field or form.findChild(QLineEdit, f"aiod-param-{key}")
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, text)


# Defaults that the author wrote in another type


class Mode(enum.Enum):
    fast = "fast"
    slow = "slow"


class Inner(BaseModel):
    scale: float = 1  # type: ignore[assignment]


class Sloppy(BaseModel):
    scale: float = 1  # type: ignore[assignment]
    where: Path = "foo"  # type: ignore[assignment]
    mode: Mode = "slow"  # type: ignore[assignment]
    scales: list[float] = [1]  # type: ignore[list-item]
    exact: Decimal = 1  # type: ignore[assignment]
    inner: Inner = Inner()


def test_defaults_of_another_type_are_no_changes(param_form: MakeForm) -> None:
    form = param_form(Sloppy)

    form.set_value(Sloppy())
    assert form.changes() == []
    value: Any = form.value()
    assert (value.where, value.mode) == (Path("foo"), Mode.slow)
    assert repr(value.scales) == "[1.0]"

    form.set_value(Sloppy(inner=Inner(scale=2)))
    assert form.changes() == ["inner"]

    check_round_trip(Sloppy)


class Implied(BaseModel):
    size: int = None  # type: ignore[assignment]
    name: str = None  # type: ignore[assignment]
    inner: Inner = None  # type: ignore[assignment]


def test_a_null_that_the_model_has_by_default_alone(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(Implied)
    form.show()

    assert form.errors() == {}
    assert form.value() == Implied()
    assert form.config() == {}, "a config file with the null would be refused"

    boxes = [box for box in form.findChildren(QCheckBox) if box.text() == "auto"]
    assert [box.isChecked() for box in boxes] == [True, True, True]
    qtbot.mouseClick(boxes[0], Qt.MouseButton.LeftButton)
    assert list(form.errors()) == ["size"], "now a value is needed"
    type_into(form, "size", "5", qtbot)
    assert form.config() == {"size": 5}

    form.reset()
    assert form.value() == Implied()
    assert form.changes() == []
    check_round_trip(Implied)


class Refused(BaseModel):
    count: int = Field(0, ge=1)


def test_a_default_that_the_model_refuses_is_told(
    param_form: MakeForm, qapp: Any
) -> None:
    assert param_form(Refused).errors() == {"count": "This must be at least 1."}
    with pytest.raises(AssertionError, match=r"Refused\.count: the model refuses its"):
        check_round_trip(Refused)


# Groups that have more than their fields


class More(Inner):
    beside: int = 7


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    scale: float = 1.0


class Groups(BaseModel):
    inner: Inner = Inner()
    open: Open = Open()


def test_typing_in_a_group_keeps_what_is_beside_its_fields(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", inner=(Inner, Inner()), open=(Open, Open())))
    form.show()
    values = {"inner": More(beside=3), "open": Open.model_validate({"odd": "x"})}
    form.set_value(form.model.model_construct(**values))

    assert form.changes() == ["inner", "open"]
    for box in form.findChildren(NumberBox):
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(box, "2.5")

    value: Any = form.value()
    assert value.inner == More(scale=2.5, beside=3)
    assert value.open.model_extra == {"odd": "x"}

    form.set_value({"inner": {"scale": 4}, "open": {"scale": 5}})
    value = form.value()
    assert value.inner == More(scale=4, beside=3)
    assert (value.open.scale, value.open.model_extra) == (5, {"odd": "x"})

    form.reset()
    assert form.changes() == []
    assert form.value() == form.model()


def test_reset_all_drops_what_is_beside_the_fields(param_form: MakeForm) -> None:
    form = param_form(Open)
    form.set_value(Open.model_validate({"odd": "x"}))
    before = form.state()

    form.reset()
    assert form.config() == {"scale": 1.0}

    form.way_back(before)
    form.restore(before)
    assert form.config() == {"scale": 1.0, "odd": "x"}


class Pair(BaseModel):
    u: int = 1
    v: int = 2


class WithPair(BaseModel):
    pair: Pair = Pair()
    single: int = 0


def test_undo_of_reset_all_leaves_a_group_but_for_what_was_typed_since(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(WithPair)
    form.show()
    form.set_value(WithPair(pair=Pair(u=10, v=20), single=30))
    reset = form.findChild(QAbstractButton, "aiod-reset")
    assert reset is not None
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    type_into(form, "u", "5", qtbot)

    undo = form.findChild(QAbstractButton, "aiod-note-undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)

    assert form.value() == WithPair(pair=Pair(u=5, v=20), single=30)


class Required(BaseModel):
    u: int
    v: int
    w: int = 0


def test_a_part_of_a_group_can_be_set_while_the_rest_is_missing(
    param_form: MakeForm,
) -> None:
    form = param_form(create_model("M", pair=(Required, ...)))

    form.set_value({"pair": {"u": 4}})

    assert form.errors() == {"pair.v": "A value is needed."}
    form.set_value({"pair": {"v": 5}})
    assert form.value().model_dump() == {"pair": {"u": 4, "v": 5, "w": 0}}
    with pytest.raises(ValueError, match="valid integer"):
        form.set_value({"pair": {"u": "x"}})


# Aliases


class Deep(BaseModel):
    it: int = Field(1, validation_alias=AliasPath("a", 1, "b"))
    other: int = Field(2, validation_alias=AliasChoices(AliasPath("c", "d")))


class Crossing(BaseModel):
    model_config = ConfigDict(validate_by_alias=False, validate_by_name=True)
    a: int = Field(1, alias="b")
    b: int = Field(2, alias="a")


class Outer(BaseModel):
    deep: Deep = Deep()
    crossing: Crossing = Crossing()


@pytest.mark.parametrize("model", [Deep, Crossing, Outer])
def test_fields_that_lie_elsewhere_keep_their_values(
    model: type[BaseModel], param_form: MakeForm
) -> None:
    form = param_form(model)
    for _, row in form._grid.walk():
        if row.group is None:
            row.editor.set(7)

    value, config = form.value(), form.config()

    assert set(map(str, _leaves(value.model_dump()))) == {"7"}
    fit = fit_config(model, config)
    assert (fit.refused, fit.taken.keys()) == ({}, config.keys())
    form.reset()
    form.set_value(fit.taken)
    assert form.value() == value
    leaf = next(row for _, row in form._grid.walk() if row.group is None)
    leaf.editor.set("x")
    assert len(form.errors()) == 1
    assert "" not in form.errors()
    check_round_trip(model)


def _leaves(value: Any) -> list[Any]:
    if not isinstance(value, dict):
        return [value]
    return [leaf for item in value.values() for leaf in _leaves(item)]


def test_a_field_that_reads_another_ones_key_has_no_row(param_form: MakeForm) -> None:
    class Shared(BaseModel):
        one: int = Field(1, alias="x")
        two: int = Field(1, alias="x")

    form = param_form(Shared)

    assert list(form.specs) == ["x"]
    form.set_value({"x": 3})
    assert form.value().model_dump() == {"one": 3, "two": 3}


# Validators that fail


def fragile(value: int) -> int:
    if value > 5:
        raise KeyError("boo")
    return value


class Fragile(BaseModel):
    good: int = 1
    bad: Annotated[int, AfterValidator(fragile)] = 1
    wrong: int = Field(1, le=3)


def test_a_validator_that_fails_names_its_field(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(Fragile)
    form.show()
    type_into(form, "bad", "7", qtbot)
    type_into(form, "wrong", "9", qtbot)

    assert form.errors() == {
        "bad": "This can't be checked: 'boo'",
        "wrong": "This must be at most 3.",
    }
    assert form.changed_values() == {}
    with pytest.raises(ValueError, match="can't be checked: 'boo'"):
        form.set_value({"bad": 8})


def test_a_number_with_too_many_digits_to_be_written(param_form: MakeForm) -> None:
    form = param_form(create_model("M", x=(int, 1)))
    huge = form.model.model_construct(x=10**5000)

    form.set_value(huge)

    assert form.value() == huge
    assert form.findChildren(NumberBox)[0].text() == "(a number of 5001 digits)"


# Kinds of values


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (list[Decimal], "[1.10, 2]", [Decimal("1.10"), Decimal(2)]),
        (
            list[Decimal],
            "[0.1000000000000000055511]",
            [Decimal("0.1000000000000000055511")],
        ),
        (dict[str, Decimal], '{"a": 1.10}', {"a": Decimal("1.10")}),
        (Decimal, "1,5", Decimal("1.5")),
        (Decimal | None, "1.10", Decimal("1.10")),
        (list, "[1, [2, 3]]", [1, [2, 3]]),
        (list, "1, 2", [1, 2]),
        (int | Literal["auto"], "auto ", "auto"),
        (int | Literal["auto"], " 12", 12),
    ],
)
def test_what_is_typed_is_read(
    kind: Any, typed: str, value: Any, param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", it=(kind, ...)))
    form.show()
    type_into(form, "it", typed, qtbot)

    assert form.errors() == {}
    found = form.value().it  # type: ignore[attr-defined]
    assert repr(found) == repr(value)

    form.reset()
    form.set_value({"it": value})
    shown = form.findChild(QLineEdit, "aiod-param-it").text()
    form._grid.rows["it"].editor._held = None
    assert repr(form.value().it) == repr(value), shown  # type: ignore[attr-defined]


def test_an_array_is_a_value_like_others(param_form: MakeForm) -> None:
    model = create_model(
        "M",
        __config__=ConfigDict(arbitrary_types_allowed=True),
        it=(np.ndarray, np.array([1.0, np.nan])),
    )
    form = param_form(model)

    assert form.changes() == []
    form.set_value({"it": np.array([1.0, np.nan])})
    assert form.changes() == []
    for other in ([1.0, 2.0], [1.0], 1.0):
        form.set_value({"it": np.array(other)})
        assert form.changes() == ["it"]


def test_a_root_model_goes_round(qapp: Any) -> None:
    check_round_trip(
        create_model("Sizes", __base__=RootModel[list[int]]), {"root": [1]}
    )
    check_round_trip(RootModel[Annotated[int, Field(ge=1, le=9)]], {"root": 3})


def test_a_deprecated_field_goes_round(qapp: Any) -> None:
    check_round_trip(create_model("M", old=(int, Field(1, deprecated="use new"))))


def test_a_secret_is_dots_and_can_be_typed(param_form: MakeForm, qtbot: QtBot) -> None:
    form = param_form(create_model("M", key=(SecretStr, SecretStr("abc"))))
    form.show()
    line = form.findChild(QLineEdit, "aiod-param-key")
    assert line is not None

    assert line.echoMode() == QLineEdit.EchoMode.Password
    assert form.changes() == []
    qtbot.keyClicks(line, "d")
    assert form.value().key.get_secret_value() == "abcd"  # type: ignore[attr-defined]
    assert "abcd" not in line.toolTip() + line.accessibleDescription()


class WithJson(BaseModel):
    data: Json[list[int]] = [1]
    more: Json[Any] | None = None


def test_json_is_shown_as_what_is_in_it(param_form: MakeForm, qtbot: QtBot) -> None:
    form = param_form(WithJson)
    form.show()

    assert (form.errors(), form.changes()) == ({}, [])
    type_into(form, "data", "[2, 3]", qtbot)
    assert form.value() == WithJson(data="[2, 3]")
    type_into(form, "data", "[2,", qtbot)
    sentence = "This is not JSON: text needs quotes, and brackets must match."
    assert form.errors() == {"data": sentence}
    form.reset()
    assert form.value().data == [1]  # type: ignore[attr-defined]
    check_round_trip(WithJson)


@pytest.mark.parametrize("kind", [int, float, Decimal])
def test_a_number_that_may_be_one_or_a_thousand_is_asked_about(
    kind: Any, param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", it=(kind, ...)))
    form.show()
    type_into(form, "it", "1,000", qtbot)

    assert form.errors()["it"].endswith(', not "1,000". Write 1000 or 1.000.')


# Steps


@pytest.mark.parametrize(("step", "by"), [(5, 16), (32, 32), (None, 16)])
def test_arrows_and_slider_stay_on_the_multiples(
    step: int | None, by: int, param_form: MakeForm
) -> None:
    extra = {"step": step} if step else None
    field = Field(32, ge=0, le=160, multiple_of=16, json_schema_extra=extra)
    form = param_form(create_model("M", it=(int, field)))
    box, slider = form.findChild(NumberBox), form.findChild(QSlider)
    assert box is not None
    assert slider is not None

    box.stepUp()
    assert box.text() == str(32 + by)
    for place in range(slider.maximum() + 1):
        slider.setValue(place)
        assert form.errors() == {}, box.text()
    box.setText("37")
    box.stepUp()
    assert int(box.text()) % 16 == 0
    assert int(box.text()) > 37
    box.setText("37")
    box.stepDown()
    assert int(box.text()) % 16 == 0
    assert int(box.text()) < 37


def test_a_long_unit_is_not_cut(param_form: MakeForm, qtbot: QtBot) -> None:
    unit = "micrometres per second squared"
    field = Field(1.5, json_schema_extra={"units": unit})
    form = param_form(create_model("M", speed=(float, field)))
    form.resize(260, 300)
    form.show()
    qtbot.waitExposed(form)
    qtbot.wait(50)

    label = next(
        label
        for label in form.findChildren(QLabel)
        if label.text().replace("\u200b", "") == unit
    )
    right = label.mapTo(form, label.rect().topRight()).x()
    assert right < form.width()
    assert label.height() >= label.heightForWidth(label.width())
    box = form.findChild(NumberBox)
    assert box is not None
    assert box.width() >= NARROWEST


# The filter


class Long(BaseModel):
    pair: Pair = Pair()
    a: int = 0
    b: int = 0
    c: int = 0
    d: int = 0
    e: int = 0
    f: int = 0
    g: int = 0
    h: int = 0
    i: int = 0
    j: int = 0
    k: int = 0
    deep: Pair = Field(Pair(), json_schema_extra={"advanced": True})


@pytest.mark.parametrize("group", ["pair", "deep"])
def test_an_error_in_a_group_is_seen_whatever_the_filter_says(
    group: str, param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(Long)
    form.resize(400, 900)
    form.show()
    qtbot.waitExposed(form)
    find = form.findChild(QLineEdit, "aiod-form-filter")
    assert find is not None
    qtbot.keyClicks(find, "nothing like this")
    none_found = next(
        label
        for label in form.findChildren(QLabel)
        if label.text().startswith("No parameter")
    )
    assert none_found.isVisible()

    row = form._grid.rows[group].group.rows["u"]  # type: ignore[union-attr]
    row.editor.set("x")

    assert row.editor.native.isVisible()
    assert not none_found.isVisible()
