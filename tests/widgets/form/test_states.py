"""What a field says of itself: changed, wrong, hidden, found. By keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    AfterValidator,
    AliasPath,
    BaseModel,
    Field,
    RootModel,
    ValidationError,
    create_model,
    model_validator,
)
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QEvent, QPoint, QPointF, Qt
from qtpy.QtGui import QWheelEvent
from qtpy.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker, ParamForm
from napari_aiod_registry.widgets.form.editors.numbers import NumberBox
from napari_aiod_registry.widgets.parts.marks import ErrorMark

MakeForm = Callable[[type[BaseModel]], ParamForm]


class Tile(BaseModel):
    size: tuple[int, int] = (64, 64)
    overlap: float = Field(0.1, ge=0, le=1, title="Overlap")


class Example(BaseModel):
    level: float = Field(0.4, ge=0, le=1, title="Level", description="How bright.")
    count: int = Field(3, title="Count")
    mode: Literal["fast", "slow"] = Field("fast", title="Mode")
    scale: float | None = Field(None, title="Scale")
    tiles: list[int] = Field([64, 64], title="Tiles")
    tile: Tile = Field(Tile(), title="Tile")
    hidden: int = Field(1, ge=0, title="Hidden", json_schema_extra={"advanced": True})


@pytest.fixture
def form(param_form: MakeForm, qtbot: QtBot) -> ParamForm:
    form = param_form(Example)
    form.resize(400, 700)
    form.show()
    qtbot.waitExposed(form)
    return form


def box(form: ParamForm, key: str) -> Any:
    found = form.findChild(NumberBox, f"aiod-param-{key}")
    assert found is not None
    return found


def line(form: ParamForm, key: str) -> Any:
    found = form.findChild(QLineEdit, f"aiod-param-{key}")
    assert found is not None
    return found


def type_into(field: QWidget, text: str, qtbot: QtBot) -> None:
    """Replace what stands in a field, key by key."""
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, text)


def sentence(form: ParamForm, key: str) -> str:
    label = form.findChild(QLabel, f"aiod-error-{key}")
    return label.text() if label is not None and label.isVisible() else ""


def status(form: ParamForm) -> str:
    label = form.findChild(QLabel, "aiod-form-status")
    assert label is not None
    return label.text()


# Wrong


def test_a_wrong_field_says_so_in_colour_sign_text_and_to_screen_readers(
    form: ParamForm, qtbot: QtBot
) -> None:
    field = box(form, "level")

    type_into(field, "7", qtbot)

    assert field.text() == "7", "what was typed stays"
    assert sentence(form, "level") == "This must be at most 1."
    assert field.property("aiodWrong") is True
    label = form.findChild(QLabel, "aiod-error-level")
    assert label.parentWidget().findChild(ErrorMark).isVisible()
    assert "at most 1" in field.accessibleDescription()
    assert form.errors() == {"level": "This must be at most 1."}
    assert status(form) == "1 changed, 1 to mend"

    type_into(field, "0.7", qtbot)

    assert sentence(form, "level") == ""
    assert field.property("aiodWrong") is False
    assert form.errors() == {}
    assert form.value() == Example(level=0.7)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("level", "-1e-5"),
        ("level", "much"),
        ("count", "2.5"),
        ("count", "1e"),
        ("tiles", '[64, "a", 2'),
        ("tiles", "64, x"),
    ],
)
def test_half_typed_text_is_never_an_exception(
    form: ParamForm, qtbot: QtBot, key: str, typed: str
) -> None:
    field = line(form, key) if key == "tiles" else box(form, key)

    type_into(field, typed, qtbot)

    assert field.text() == typed
    assert list(form.errors()) == [key]
    assert sentence(form, key) == form.errors()[key]
    with pytest.raises(ValidationError, match=key):
        form.value()


def test_value_raises_with_all_that_is_wrong(form: ParamForm, qtbot: QtBot) -> None:
    type_into(box(form, "level"), "7", qtbot)
    type_into(box(form, "count"), "x", qtbot)

    with pytest.raises(ValidationError) as raised:
        form.value()

    assert {error["loc"][0] for error in raised.value.errors()} == {"level", "count"}
    assert list(form.errors()) == ["level", "count"]


def test_an_error_in_a_group_stands_at_the_field_inside(
    form: ParamForm, qtbot: QtBot
) -> None:
    type_into(box(form, "overlap"), "2", qtbot)

    assert form.errors() == {"tile.overlap": "This must be at most 1."}
    assert sentence(form, "overlap") == "This must be at most 1."
    assert sentence(form, "tile") == ""


def test_an_item_of_a_list_is_named(form: ParamForm, qtbot: QtBot) -> None:
    type_into(line(form, "tiles"), "64, x", qtbot)

    assert "Item 2" in form.errors()["tiles"]


class Pair(BaseModel):
    low: int = 1
    high: int = 2

    @model_validator(mode="after")
    def _in_order(self) -> Pair:
        if self.low > self.high:
            raise ValueError("low must not be above high")
        return self


def test_what_concerns_several_fields_stands_above_them(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(Pair)
    form.show()

    type_into(box(form, "low"), "5", qtbot)

    label = form.findChild(QLabel, "aiod-form-error")
    assert label.isVisible()
    assert "low must not be above high" in label.text()
    assert list(form.errors()) == [""]
    type_into(box(form, "low"), "2", qtbot)
    assert not label.isVisible()


class Rude(BaseModel):
    it: int = 1

    @model_validator(mode="before")
    @classmethod
    def _divide(cls, data: Any) -> Any:
        1 / data["it"]
        return data


def test_a_validator_that_breaks_down_does_not_take_the_form_along(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(Rude)
    form.show()

    type_into(box(form, "it"), "0", qtbot)

    assert "division by zero" in form.errors()[""]
    type_into(box(form, "it"), "3", qtbot)
    assert form.value() == Rude(it=3)


def test_a_required_field_asks_to_be_filled(param_form: MakeForm, qtbot: QtBot) -> None:
    kinds = {"i": int, "b": bool, "c": Literal["x", "y"], "s": str}
    form = param_form(create_model("R", **{key: (kinds[key], ...) for key in kinds}))
    form.show()
    assert form.errors() == dict.fromkeys(kinds, "A value is needed.")

    type_into(box(form, "i"), "4", qtbot)
    type_into(line(form, "s"), "t", qtbot)
    form.findChild(QCheckBox, "aiod-param-b").click()
    combo = form.findChild(QComboBox, "aiod-param-c")
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)

    assert form.value().model_dump() == {"i": 4, "b": True, "c": "x", "s": "t"}
    form.findChild(QCheckBox, "aiod-param-b").click()
    assert form.value().model_dump()["b"] is False


# Changed


def reset_button(form: ParamForm, key: str) -> Any:
    return form.findChild(QToolButton, f"aiod-reset-{key}")


def test_a_changed_field_is_marked_and_has_its_own_way_back(
    form: ParamForm, qtbot: QtBot
) -> None:
    field = box(form, "level")
    label = next(w for w in form.findChildren(QLabel) if w.text() == "Level")
    assert reset_button(form, "level") is None

    type_into(field, "0.5", qtbot)

    assert label.font().bold()
    assert "Changed" in field.accessibleDescription()
    assert status(form) == "1 changed"
    assert form.changes() == ["level"]
    button = reset_button(form, "level")
    assert "0.4" in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert form.value() == Example()
    assert field.text() == "0.4"
    assert not label.font().bold()
    assert not button.isVisible()
    assert status(form) == "Defaults"


def test_reset_all_can_be_undone(form: ParamForm, qtbot: QtBot) -> None:
    type_into(box(form, "level"), "0.5", qtbot)
    type_into(box(form, "count"), "2.5", qtbot)
    button = form.findChild(QPushButton, "aiod-reset")

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert form.value() == Example()
    assert not button.isEnabled()
    undo = form.findChild(QPushButton, "aiod-note-undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert box(form, "level").text() == "0.5"
    assert box(form, "count").text() == "2.5", "what was half typed comes back too"


def test_a_value_that_says_the_same_is_not_changed_but_one_of_another_type_is(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", it=(float, 0.5), items=(list[int], [1, 2])))
    form.show()

    type_into(box(form, "it"), "0.50", qtbot)
    type_into(line(form, "items"), "[1, 2]", qtbot)

    assert form.changes() == []
    assert line(form, "items").text() == "[1, 2]"


def test_a_value_shown_back_stays_as_a_person_wrote_it(
    form: ParamForm, qtbot: QtBot
) -> None:
    type_into(line(form, "tiles"), "[32, 16]", qtbot)

    form.set_value({"tiles": [32, 16]})
    assert line(form, "tiles").text() == "[32, 16]"

    form.set_value({"tiles": [32, 8]})
    assert line(form, "tiles").text() == "32, 8"


# Advanced, filter


def test_the_advanced_group_opens_over_what_is_changed_or_wrong(
    form: ParamForm, qtbot: QtBot
) -> None:
    fold = form.findChild(QToolButton, "aiod-advanced")
    assert not fold.isChecked()

    form.set_value({"hidden": 2})

    assert fold.isChecked()
    assert box(form, "hidden").isVisible()


def test_an_advanced_field_that_is_wrong_from_the_start_is_seen(
    param_form: MakeForm,
) -> None:
    field = Field(-1, ge=0, json_schema_extra={"advanced": True})
    form = param_form(create_model("M", it=(int, field)))

    assert form.findChild(QToolButton, "aiod-advanced").isChecked()


def many(number: int) -> type[BaseModel]:
    fields: dict[str, Any] = {
        f"param_{n}": (int, Field(n, title=f"Title {n}", description=f"help{n}"))
        for n in range(number)
    }
    fields["rare"] = (int, Field(1, json_schema_extra={"advanced": True}))
    return create_model("Many", **fields)


@pytest.mark.parametrize(("fields", "has_filter"), [(11, False), (12, True)])
def test_a_form_of_more_than_twelve_fields_has_a_filter(
    param_form: MakeForm, fields: int, has_filter: bool
) -> None:
    form = param_form(many(fields))

    assert (form.findChild(QLineEdit, "aiod-form-filter") is not None) == has_filter


def test_the_filter_looks_at_label_key_and_help(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(many(14))
    form.show()
    box(form, "param_3").setText("wrong")
    words = form.findChild(QLineEdit, "aiod-form-filter")

    def shown() -> list[str]:
        rows = form._grid.rows.items()
        return [key for key, row in rows if row.editor.native.isVisible()]

    qtbot.keyClicks(words, "title 7")
    assert shown() == ["param_3", "param_7"], "what is wrong stays in sight"
    words.setText("help12")
    assert shown() == ["param_3", "param_12"]
    words.setText("rare")
    assert shown() == ["param_3", "rare"], "the advanced group opens"
    box(form, "param_3").setText("3")
    words.setText("nothing like it")
    assert shown() == []
    assert any(
        "No parameter" in w.text() and w.isVisible() for w in form.findChildren(QLabel)
    )
    words.clear()
    assert len(shown()) == 15


# Hands and eyes


def focus_chain(widget: QWidget | None) -> list[QWidget]:
    """Follow the Tab key from a widget on, until it comes round again."""
    seen: list[QWidget] = []
    while widget is not None and widget not in seen:
        seen.append(widget)
        widget = widget.nextInFocusChain()
    return [
        widget
        for widget in seen
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.isVisible()
        and widget.isEnabled()
    ]


def test_tab_goes_from_top_to_bottom_and_from_left_to_right(form: ParamForm) -> None:
    form.set_value({"level": 0.5, "scale": 2.0, "hidden": 5})
    QApplication.processEvents()

    chain = focus_chain(form.findChild(QPushButton, "aiod-reset"))

    places = [widget.mapTo(form, widget.rect().center()) for widget in chain]
    lines = [(round(place.y() / 12), place.x()) for place in places]
    assert lines == sorted(lines), [widget.objectName() for widget in chain]
    assert len(chain) >= 14


@pytest.mark.parametrize("size", [9, 18])
def test_a_narrow_form_puts_the_fields_below_their_labels(
    param_form: MakeForm, qtbot: QtBot, size: int
) -> None:
    long = "Comprehensibility of segmentation"
    info = Field(0.1, ge=0, le=1, title=long, json_schema_extra={"units": "slices"})
    form = param_form(create_model("M", it=(float, info), other=(int, 1)))
    font = form.font()
    font.setPointSize(size)
    form.setFont(font)
    label = next(w for w in form.findChildren(QLabel) if w.text() == long)
    field = box(form, "it").parentWidget()
    form.resize(700, 300)
    form.show()

    def is_beside() -> bool:
        return label.geometry().right() < field.geometry().left()

    def is_below() -> bool:
        return label.geometry().bottom() < field.geometry().top()

    qtbot.waitUntil(is_beside)
    form.resize(260, 300)
    qtbot.waitUntil(is_below)
    room = form._area.viewport().width()
    assert form._area.widget().minimumSizeHint().width() <= room
    form.resize(700, 300)
    qtbot.waitUntil(is_beside)


@pytest.mark.parametrize("kind", [NumberBox, QComboBox, QSlider])
@pytest.mark.parametrize("focus", [False, True])
def test_the_wheel_scrolls_the_form_and_changes_no_field(
    form: ParamForm, qtbot: QtBot, kind: type[QWidget], focus: bool
) -> None:
    form.resize(400, 120)
    bar = form._area.verticalScrollBar()
    assert bar is not None
    fields = form._area.widget().findChildren(kind)
    assert fields

    for field in fields:
        if focus:
            field.setFocus()
        bar.setValue(0)
        taking: QWidget | None = field
        while taking is not None and not turn_wheel(taking):
            taking = taking.parentWidget()  # as Qt hands on what is not taken

        assert form.value() == Example()
        assert bar.value() > 0


@pytest.mark.parametrize("kind", [NumberBox, QComboBox, QSlider])
def test_with_ctrl_the_wheel_changes_the_field_under_the_pointer(
    form: ParamForm, qtbot: QtBot, kind: type[QWidget]
) -> None:
    bar = form._area.verticalScrollBar()
    assert bar is not None
    field = form._area.widget().findChildren(kind)[0]
    before = form.value()

    assert turn_wheel(field, Qt.KeyboardModifier.ControlModifier)

    assert form.value() != before
    assert bar.value() == 0
    if isinstance(field, NumberBox):
        text = field.text()
        field.stepUp()
        assert form.value() == before, f"one step, not ten: {text}"


def turn_wheel(
    widget: QWidget, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> bool:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_help_is_shown_as_it_is_written(param_form: MakeForm) -> None:
    evil = "<img src=x> & <b>bold</b>"
    form = param_form(create_model("M", it=(int | None, Field(1, description=evil))))

    tips = {
        w.toolTip() for w in form._area.widget().findChildren(QWidget) if w.toolTip()
    }

    assert any("&lt;img src=x&gt; &amp; &lt;b&gt;" in tip for tip in tips)
    assert not any("<img" in tip for tip in tips)


def test_the_keyboard_goes_through_the_picker_and_out_again(qtbot: QtBot) -> None:
    picker = ModelPicker(registry=Registry.bundled())
    outside = QLineEdit()
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(picker)
    layout.addWidget(outside)
    window.resize(400, 1400)
    window.show()
    picker.task, picker.model = "cyto", "cellpose"
    assert picker.form is not None
    fold = picker.form.findChild(QToolButton, "aiod-advanced")
    assert fold is not None
    fold.click()
    QApplication.processEvents()

    chain = focus_chain(picker.findChild(QLineEdit, "aiod-search"))

    assert outside in chain, "and not round and round in the form"
    inside = [widget for widget in chain if widget is not outside]
    places = [widget.mapTo(window, widget.rect().center()) for widget in inside]
    lines = [(round(place.y() / 12), place.x()) for place in places]
    assert lines == sorted(lines), [widget.objectName() for widget in inside]
    assert len(inside) > 15


def test_a_filter_that_is_cleared_shows_all_of_a_group_again(
    param_form: MakeForm,
) -> None:
    fields: dict[str, Any] = {f"field_{n}": (int, n) for n in range(13)}
    form = param_form(create_model("M", **fields, tile=(Tile, Tile())))
    form.show()
    words = form.findChild(QLineEdit, "aiod-form-filter")
    assert words is not None

    for typed, shown in (("overlap", [False, True]), ("tile", [True, True])):
        words.setText(typed)
        assert [line(form, "size").isVisible(), box(form, "overlap").isVisible()] == (
            shown
        )
        words.clear()
        assert line(form, "size").isVisible()
        assert box(form, "overlap").isVisible()


def test_what_becomes_wrong_under_a_filter_appears(param_form: MakeForm) -> None:
    form = param_form(many(14))
    form.show()
    words = form.findChild(QLineEdit, "aiod-form-filter")
    assert words is not None
    words.setText("title 7")
    assert not box(form, "param_3").isVisible()

    form._grid.rows["param_3"].editor.widget.value = "wrong"
    form.set_value({"param_4": 9})

    assert box(form, "param_3").isVisible()
    button = reset_button(form, "param_4")
    assert not button.isVisible(), "its field is not in sight"


class Late(BaseModel):
    count: int
    tiles: list[int]
    other: int = Field(default_factory=lambda data: data["count"] + 1)


def test_a_field_without_a_default_goes_back_to_nothing(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(Late)
    form.show()
    asked = dict.fromkeys(["count", "tiles"], "A value is needed.")
    assert form.errors() == asked
    form.set_value({"count": 3})
    form.set_value({"tiles": [1]})
    form.set_value({"other": 9})
    assert form.value() == Late(count=3, tiles=[1], other=9)

    reset_button(form, "other").click()
    assert form.value() == Late(count=3, tiles=[1]), "what the model makes of the rest"
    form.reset()

    assert form.errors() == asked


class Careless(BaseModel):
    level: float = 1
    path: Path = "weights"  # type: ignore[assignment]
    count: int = None  # type: ignore[assignment]


def test_defaults_that_the_model_never_looked_at_are_told_apart(
    param_form: MakeForm,
) -> None:
    form = param_form(Careless)

    assert form.changes() == []
    assert form.errors() == {}
    form.set_value({"count": 2})
    form.set_value(form.value())
    assert form.changes() == ["count"]


class Bad(dict):  # type: ignore[type-arg]
    def __eq__(self, other: object) -> bool:
        raise ArithmeticError

    __hash__ = None  # type: ignore[assignment]


def careful(value: Any) -> Any:
    if value == [[0]]:
        raise KeyError("boo")
    return value


class Odd(BaseModel):
    model_config = {"arbitrary_types_allowed": True}
    nested: Annotated[list[list[int]], AfterValidator(careful)] = [[1]]
    bounded: int = Field(1, ge=0, le=100)
    number: Decimal = Decimal("1.5")
    bad: Bad = Bad()


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("nested", "[[0]]"),
        ("nested", "[" * 30_000),
        ("bounded", "9" * 400),
        ("number", "1,5,2"),
    ],
    ids=["a validator that breaks down", "deep", "long", "comma"],
)
def test_nothing_typed_takes_the_form_along(
    param_form: MakeForm, key: str, typed: str
) -> None:
    form = param_form(Odd)
    form.show()

    form._grid.rows[key].editor.widget.value = typed

    assert form.errors()
    if key == "bounded":
        box(form, key).stepUp()
        assert box(form, key).text() == "100"
    form.reset()
    assert form.errors() == {}


def test_a_decimal_keeps_all_its_digits(param_form: MakeForm) -> None:
    form = param_form(Odd)
    digits = "1.2345678901234567890123456"
    assert line(form, "number").text() == "1.5"

    line(form, "number").setText(digits)

    assert form.value().model_dump()["number"] == Decimal(digits)


class Derived(Tile):
    more: int = 0


class Open(BaseModel):
    model_config = {"extra": "allow"}
    tile: Tile = Tile()


def test_what_an_instance_has_beside_the_fields_stays(param_form: MakeForm) -> None:
    form = param_form(Open)
    whole = Open(tile=Derived(more=7), extra=[1])

    form.set_value(whole)

    assert form.value() == whole
    assert form.config()["tile"]["more"] == 7
    assert form.config()["extra"] == [1]


def test_what_is_read_can_be_changed_without_changing_the_form(
    param_form: MakeForm,
) -> None:
    form = param_form(create_model("M", it=(Any, {"a": [1]})))

    form.value().model_dump()["it"]["a"].append(2)
    form.value().it["a"].append(2)  # type: ignore[attr-defined]

    assert form.value().model_dump() == {"it": {"a": [1]}}


def test_undo_leaves_what_was_typed_afterwards(form: ParamForm, qtbot: QtBot) -> None:
    type_into(box(form, "level"), "0.5", qtbot)
    form.findChild(QPushButton, "aiod-reset").click()
    type_into(box(form, "count"), "9", qtbot)

    form.findChild(QPushButton, "aiod-note-undo").click()

    assert form.value() == Example(level=0.5, count=9)


def test_enter_in_a_dialog_resets_nothing(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    form = ParamForm(Example, dialog)
    QVBoxLayout(dialog).addWidget(form)
    dialog.show()
    type_into(box(form, "level"), "0.5", qtbot)

    qtbot.keyClick(box(form, "level"), Qt.Key.Key_Return)

    assert form.value() == Example(level=0.5)


def test_an_unknown_field_is_told(form: ParamForm) -> None:
    with pytest.raises(ValueError, match="Did you mean 'level'"):
        form.set_value({"levl": 0.5})


def test_a_part_of_a_group_can_be_set(form: ParamForm) -> None:
    form.set_value({"tile": {"overlap": 0.5}})
    form.set_value({"tile": {"size": (1, 2)}})

    assert form.value() == Example(tile=Tile(size=(1, 2), overlap=0.5))


class ByName(BaseModel):
    model_config = {"validate_by_alias": False, "validate_by_name": True}
    it: int = Field(1, alias="other")


class Deep(BaseModel):
    it: int = Field(1, validation_alias=AliasPath("a", 1, "b"))


@pytest.mark.parametrize("model", [ByName, Deep, RootModel[int]], ids=str)
def test_values_reach_models_that_want_them_elsewhere(
    param_form: MakeForm, model: type[BaseModel], qtbot: QtBot
) -> None:
    form = param_form(model)
    form.show()

    type_into(form.findChildren(NumberBox)[0], "5", qtbot)

    assert next(iter(dict(form.value()).values())) == 5
    type_into(form.findChildren(NumberBox)[0], "x", qtbot)
    assert list(form.errors()) == list(form._grid.rows)


def test_an_ampersand_in_a_label_is_shown(param_form: MakeForm) -> None:
    form = param_form(create_model("M", it=(int, Field(1, title="R&D"))))

    assert "R&&D" in [label.text() for label in form.findChildren(QLabel)]


def test_steps_of_a_multiple_stay_on_its_multiples(param_form: MakeForm) -> None:
    field = Field(16, ge=1, le=100, multiple_of=16)
    form = param_form(create_model("M", it=(int, field)))
    slider = form.findChild(QSlider)
    assert slider is not None

    box(form, "it").stepDown()
    assert form.value().model_dump() == {"it": 16}
    for place in range(slider.maximum() + 1):
        slider.setValue(place)
        assert form.errors() == {}
    assert form.value().model_dump() == {"it": 96}


class Grouped(BaseModel):
    tile: Tile = Tile()
    low: int = 1

    @model_validator(mode="after")
    def _not_nine(self) -> Grouped:
        if self.low == 9:
            raise ValueError("nine is too much")
        return self


def test_what_concerns_the_whole_model_does_not_disturb_its_groups(
    param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(Grouped)
    form.show()

    type_into(box(form, "low"), "9", qtbot)

    assert list(form.errors()) == [""]
    assert sentence(form, "tile") == ""


def test_an_event_that_comes_after_python_has_let_go_is_harmless(
    form: ParamForm,
) -> None:
    held = dict(form._area.__dict__)
    form._area.__dict__.clear()  # as the garbage collector does

    try:
        taken = form._area.eventFilter(form, QEvent(QEvent.Type.LayoutRequest))
    finally:
        form._area.__dict__.update(held)

    assert not taken
