"""The float spin box: exact, forgiving while people type, and within its range."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtGui import QValidator

from napari_aiod_registry.widgets.numbers import ExactDoubleSpinBox


@pytest.fixture
def box(qtbot: QtBot) -> ExactDoubleSpinBox:
    box = ExactDoubleSpinBox()
    box.setRange(-1e300, 1e300)
    qtbot.addWidget(box)
    return box


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.34133, "0.34133"),
        (1e-5, "1e-5"),
        (0.0, "0.0"),
        (99.8, "99.8"),
        (-2.5, "-2.5"),
        (1e-300, "1e-300"),
        (0.1 + 0.2, "0.30000000000000004"),
        (123456789.125, "123456789.125"),
    ],
)
def test_a_float_is_shown_and_kept_as_it_is(
    box: ExactDoubleSpinBox, value: float, text: str
) -> None:
    box.setValue(value)

    assert box.text() == text
    assert box.value() == value


@pytest.mark.parametrize(
    ("typed", "value"), [("0.5", 0.5), ("0,5", 0.5), ("1e-5", 1e-5), ("7", 7.0)]
)
def test_a_typed_number_is_read(
    box: ExactDoubleSpinBox, qtbot: QtBot, typed: str, value: float
) -> None:
    box.selectAll()
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)

    assert box.value() == value


@pytest.mark.parametrize("half", ["", "-", "1e", "1e-", ".", "0."])
def test_half_typed_numbers_may_stand_for_a_while(
    box: ExactDoubleSpinBox, half: str
) -> None:
    state, _, _ = box.validate(half, 0)

    assert state != QValidator.State.Invalid


@pytest.mark.parametrize("wrong", ["abc", "1x", "1e-5e", "--1"])
def test_letters_are_not_taken(box: ExactDoubleSpinBox, wrong: str) -> None:
    state, _, _ = box.validate(wrong, 0)

    assert state == QValidator.State.Invalid


def test_leaving_a_half_typed_number_brings_the_last_one_back(
    box: ExactDoubleSpinBox, qtbot: QtBot
) -> None:
    box.setValue(0.25)
    box.selectAll()
    qtbot.keyClicks(box, "-")
    qtbot.keyClick(box, Qt.Key.Key_Return)

    assert box.value() == 0.25


def test_a_number_out_of_range_goes_to_the_nearest(
    box: ExactDoubleSpinBox, qtbot: QtBot
) -> None:
    box.setRange(0, 1)
    box.selectAll()
    qtbot.keyClicks(box, "7")
    qtbot.keyClick(box, Qt.Key.Key_Return)

    assert box.value() == 1


def test_arrows_add_no_noise(box: ExactDoubleSpinBox) -> None:
    box.setStep(0.1)
    box.setValue(0.1)

    box.stepBy(2)

    assert box.text() == "0.3"


@pytest.mark.parametrize(
    ("start", "after"), [(0.0, 0.1), (5.0, 5.1), (50.0, 51.0), (0.02, 0.021)]
)
def test_arrows_step_by_a_fitting_size(
    box: ExactDoubleSpinBox, start: float, after: float
) -> None:
    box.setValue(start)

    box.stepBy(1)

    assert box.value() == after


def test_arrows_stop_at_the_bounds(box: ExactDoubleSpinBox) -> None:
    box.setRange(0, 1)
    box.setValue(0.995)

    box.stepBy(5)

    assert box.value() == 1.0
