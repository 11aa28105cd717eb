"""Numbers: exact, of any size, forgiving while people type, and stepped sensibly."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtGui import QValidator
from qtpy.QtWidgets import QSlider

from napari_aiod_registry.widgets.form.editors.numbers import (
    NumberBox,
    NumberControl,
    Steps,
    read_number,
    write_number,
)


@pytest.fixture
def box(qtbot: QtBot) -> NumberBox:
    box = NumberBox()
    qtbot.addWidget(box)
    return box


def control(steps: Steps, qtbot: QtBot) -> NumberControl:
    made = NumberControl()
    qtbot.addWidget(made)
    made.set_steps(steps)
    return made


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.34133, "0.34133"),
        (1e-5, "1e-5"),
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (99.8, "99.8"),
        (-2.5, "-2.5"),
        (1e-300, "1e-300"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (0.1 + 0.2, "0.30000000000000004"),
        (123456789.125, "123456789.125"),
        (math.inf, "inf"),
        (7, "7"),
        (2**200, str(2**200)),
    ],
)
def test_a_number_is_shown_and_kept_as_it_is(
    box: NumberBox, value: float, text: str
) -> None:
    box.steps = Steps(whole=isinstance(value, int))

    box.setValue(value)

    assert box.text() == text == write_number(value)
    assert box.value() == value
    assert type(box.value()) is type(value)


@pytest.mark.parametrize(
    ("typed", "whole", "value"),
    [
        ("0.5", False, 0.5),
        ("0,5", False, 0.5),
        ("0,125", False, 0.125),
        ("1e-5", False, 1e-5),
        (" 7 ", False, 7.0),
        ("7", True, 7),
        ("7.0", True, 7),
        ("1e3", True, 1000),
        ("\N{MINUS SIGN}3", True, -3),
        ("+3", True, 3),
        ("2.5", True, 2.5),
        ("1,000", False, None),
        ("1,000", True, None),
        ("1,2,3", False, None),
        ("7 px", True, None),
        ("seven", False, None),
        ("", False, None),
        ("-", True, None),
        ("1e", False, None),
        ("1e400", True, math.inf),
    ],
)
def test_text_is_read_as_people_write_numbers(
    typed: str, whole: bool, value: float | None
) -> None:
    found = read_number(typed, whole=whole)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("typed", ["0.5", "1e-5", "7 px", "-", "1e", "much"])
def test_whatever_is_typed_stays(box: NumberBox, qtbot: QtBot, typed: str) -> None:
    heard: list[str] = []
    box.textChanged.connect(heard.append)
    box.show()
    box.selectAll()

    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    box.clearFocus()

    assert box.text() == typed
    assert heard[-1] == typed
    assert box.validate(typed, 0)[0] == QValidator.State.Acceptable


@pytest.mark.parametrize(
    ("steps", "start", "up"),
    [
        (Steps(step=0.2), 0.1, 0.3),
        (Steps(), 0.0, 0.1),
        (Steps(), 0.5, 0.51),
        (Steps(), 20.0, 21.0),
        (Steps(), 1e-5, 1.1e-5),
        (Steps(low=0, high=1), 0.34133, 0.35133),
        (Steps(low=0, high=1), 0.999, 1.0),
        (Steps(low=0, high=255), 8.0, 9.0),
        (Steps(low=0, open_low=True, high=1, open_high=True), 0.995, 0.995),
        (Steps(whole=True), 3, 4),
        (Steps(whole=True), 2**100, 2**100 + 1),
        (Steps(whole=True, low=0, high=10_000), 500, 600),
        (Steps(whole=True, low=0, high=1_000_000), 15, 25),
        (Steps(whole=True, low=0, high=2**32 - 1), 42, 52),
        (Steps(whole=True, low=0, high=1_000_000), 0, 1),
        (Steps(low=0, high=1), 1e-4, 2e-4),
        (Steps(low=-1e6, high=1e6), -10.0, -5.0),
        (Steps(whole=True, step=64), 64, 128),
        (Steps(low=2), 0.0, 2.0),
        (Steps(), math.inf, 0.1),
        (Steps(), math.nan, 0.1),
    ],
)
def test_an_arrow_adds_what_is_useful(
    box: NumberBox, steps: Steps, start: float, up: float
) -> None:
    box.steps = steps
    box.setValue(start)

    box.stepUp()

    assert box.value() == up
    assert type(box.value()) is type(up)


@pytest.mark.parametrize(
    ("steps", "start", "down"),
    [
        (Steps(low=0, high=1), 0.005, 0.0),
        (Steps(low=0, open_low=True, step=0.1), 0.1, 0.1),
        (Steps(whole=True, low=-3), -3, -3),
    ],
)
def test_an_arrow_stops_at_the_bound(
    box: NumberBox, steps: Steps, start: float, down: float
) -> None:
    box.steps = steps
    box.setValue(start)

    box.stepDown()

    assert box.value() == down


@given(
    value=st.floats(1e-9, 1e9) | st.integers(1, 10**9),
    high=st.integers(1, 12),
    down=st.booleans(),
)
def test_a_press_changes_a_value_by_its_own_size_at_the_most(
    value: float, high: int, down: bool
) -> None:
    whole = isinstance(value, int)
    steps = Steps(whole=whole, low=0, high=max(value, 10**high))

    after = steps.add(value, -1 if down else 1)

    assert abs(after - value) <= value * (1 + 1e-9)
    assert after != value or value == steps.high


def test_the_way_back_is_the_way_that_led_there() -> None:
    steps, there = Steps(whole=True, low=0, high=1_000_000), [0]
    while there[-1] < 2000:
        there.append(int(steps.add(there[-1], 1)))
    back = [there[-1]]
    while back[-1] > 0:
        back.append(int(steps.add(back[-1], -1)))

    assert there[:12] == [0, 1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 100]
    assert back == there[::-1]


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        (Steps(), 0.0),
        (Steps(whole=True), 0),
        (Steps(low=5, high=9), 5.0),
        (Steps(high=-2), -2.0),
    ],
)
def test_an_arrow_beside_text_that_is_no_number_begins_at_the_nearest_to_nothing(
    box: NumberBox, steps: Steps, value: float
) -> None:
    box.steps = steps
    box.setText("much")

    box.stepUp()

    assert box.value() == value


@pytest.mark.parametrize(
    ("steps", "has_one"),
    [
        (Steps(low=0, high=1), True),
        (Steps(whole=True, low=1, high=9), True),
        (Steps(low=0), False),
        (Steps(high=0), False),
        (Steps(), False),
        (Steps(low=1, high=1), False),
    ],
)
def test_there_is_a_slider_where_both_bounds_are_known(
    steps: Steps, has_one: bool, qtbot: QtBot
) -> None:
    made = control(steps, qtbot)

    assert (made.findChild(QSlider) is not None) == has_one


def test_the_slider_and_the_number_follow_each_other(qtbot: QtBot) -> None:
    made = control(Steps(low=0, high=1), qtbot)
    assert made.slider is not None

    made.slider.setValue(7)
    assert made.text() == "0.07"

    made.setText("0.34133")
    assert made.slider.value() == 34
    assert made.text() == "0.34133", "the slider is coarser, and changes nothing"

    made.setText("much")
    assert made.text() == "much"
    made.setText("1e9")
    assert made.slider.value() == made.slider.maximum()
    assert made.text() == "1e9"


@pytest.mark.parametrize(
    ("steps", "first", "last"),
    [
        (Steps(low=0, high=1), 0.0, 1.0),
        (Steps(low=0, high=1, open_low=True, open_high=True), 0.01, 0.99),
        (Steps(whole=True, low=-2, high=3), -2, 3),
        (Steps(whole=True, low=0, high=1_000_000), 0, 1_000_000),
        (Steps(whole=True, low=0, high=100, step=30), 0, 100),
        (Steps(low=-1e300, high=1e300), -1e300, 1e300),
        (Steps(low=0, high=5e-324), 0.0, 5e-324),
    ],
)
def test_the_slider_reaches_both_ends(
    steps: Steps, first: float, last: float, qtbot: QtBot
) -> None:
    made = control(steps, qtbot)
    slider: Any = made.slider

    assert steps.at_place(slider.minimum()) == first
    assert steps.at_place(slider.maximum()) == last
    assert slider.maximum() <= 1000
    assert steps.place_of(first) <= 1
    assert steps.place_of(last) >= slider.maximum() - 1


@pytest.mark.parametrize("odd", [math.inf, -math.inf, math.nan, 1e308])
def test_odd_numbers_do_not_disturb_the_slider(odd: float) -> None:
    steps = Steps(low=0, high=1)

    assert 0 <= steps.place_of(odd) <= steps.places
