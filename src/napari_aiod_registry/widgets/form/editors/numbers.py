"""Numbers that are shown and kept exactly as they are, with arrows and a slider.

Qt's spin boxes round to a number of decimals that has to be known beforehand, end at
2³¹, and silently change what is out of range. These keep what a person types, whatever
it is: the Pydantic model says whether it will do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from typing import Any

# The protocol of magicgui's Qt widgets has no public base class to build on.
from magicgui.backends._qtpy.widgets import QBaseValueWidget
from magicgui.widgets.bases import ValueWidget
from qtpy.QtCore import QEvent, QSize, Qt, Signal
from qtpy.QtGui import QResizeEvent, QShowEvent, QValidator
from qtpy.QtWidgets import (
    QAbstractSpinBox,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QWidget,
)
from superqt.utils import signals_blocked

from ....typed import read_number, write_number

_MOST_PLACES = 1000
_DIGITS = 400
_WIDEST = "-0.00000"
_MOST_SHOWN = 12
"""Characters of a number for which there is always room."""

_NARROWEST_SLIDER = 36

_MARGIN = 2
"""Pixels between the ends of a box and its line."""


def _multiple(bound: Decimal, size: Decimal, *, up: bool) -> Decimal:
    """Return the first multiple of a size that is not below, or not above, a bound."""
    rounding = ROUND_CEILING if up else ROUND_FLOOR
    return (bound / size).to_integral_value(rounding=rounding) * size


@dataclass(frozen=True)
class Steps:
    """How the arrows and the slider move a number.

    Attributes
    ----------
    whole : bool
        Whether the number is an integer.
    low, high : float or None
        The bounds.
    open_low, open_high : bool
        Whether a bound itself is not allowed.
    step : float or None
        What an arrow adds. None: what fits the bounds or the value's size.
    multiple : float or None
        What all the numbers are multiples of.
    """

    whole: bool = False
    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False
    step: float | None = None
    multiple: float | None = None

    @classmethod
    def of_multiples(
        cls,
        whole: bool,
        low: float | None,
        high: float | None,
        multiple: float,
        step: float | None = None,
    ) -> Steps:
        """Make steps that go to multiples of a number alone, within bounds.

        A step that is no multiple itself gives way to the smallest.
        """
        with localcontext(prec=_DIGITS):
            size = Decimal(repr(multiple))
            first, last = (
                None if bound is None else _multiple(Decimal(repr(bound)), size, up=up)
                for bound, up in ((low, True), (high, False))
            )
            if not step or Decimal(repr(step)) % size:
                step = multiple
        kind = int if whole else float
        low = None if first is None else kind(first)
        high = None if last is None else kind(last)
        return cls(whole, low, high, step=step, multiple=multiple)

    def add(self, value: float, steps: int) -> int | float:
        """Add steps, within the bounds and without the noise of binary fractions."""
        with localcontext(prec=_DIGITS):  # whole numbers may be of any length
            start = Decimal(repr(value))
            start = start if start.is_finite() else Decimal(0)
            size = self._size(start, down=steps < 0)
            result = start + steps * size
            if self.multiple:  # the start may be none
                result = _multiple(result, Decimal(repr(self.multiple)), up=steps < 0)
            if self.low is not None and result <= (low := Decimal(repr(self.low))):
                inside = start if start > low else low + size
                result = inside if self.open_low else low
            if self.high is not None and result >= (high := Decimal(repr(self.high))):
                inside = start if start < high else high - size
                result = inside if self.open_high else high
            return self._number(result)

    def _number(self, value: Decimal) -> int | float:
        return int(value) if self.whole else float(value)

    def _size(self, value: Decimal, *, down: bool) -> Decimal:
        """Return what one step adds, or takes away."""
        if self.step:
            return Decimal(repr(self.step))
        span = self._span()
        if span is not None:
            size = self._hundredth(span)
            if not value:
                size = min(size, Decimal(1))
            elif size > abs(value):  # it would leave the value far behind
                size = self._own_size(value, down=down)
        elif value:
            size = min(Decimal(1), Decimal(1).scaleb(value.adjusted() - 1))
        else:
            size = Decimal("0.1")
        return max(Decimal(1), size) if self.whole else size

    def _own_size(self, value: Decimal, *, down: bool) -> Decimal:
        """Return a step of about a value's own size, like 1, 5, 10 or 50.

        Where two sizes meet, the way down is the one that led up: 10 goes to 20 and 5.
        """
        one = Decimal(1).scaleb(value.adjusted())
        five = 5 * one
        back = down == (value > 0)  # towards 0
        if back and abs(value) == one:
            return five / 10
        if back and abs(value) == five and self.whole:
            return one
        return one if abs(value) < five else five

    @staticmethod
    def _hundredth(span: Decimal) -> Decimal:
        """Return about a hundredth of the way from end to end: 0.01 from 0 to 1."""
        return Decimal(1).scaleb(span.adjusted() - 2)

    def _span(self) -> Decimal | None:
        """Return the distance between the bounds, where there are both."""
        if self.low is None or self.high is None or self.low >= self.high:
            return None
        return Decimal(repr(self.high)) - Decimal(repr(self.low))

    # The slider, whose places are 0, 1, 2 …

    @property
    def places(self) -> int:
        """The slider's last place; 0 where it can have none."""
        span = self._span()
        return 0 if span is None else math.ceil(span / self._place(span))

    def _place(self, span: Decimal) -> Decimal:
        """Return how much lies between two places."""
        size = Decimal(repr(self.step)) if self.step else self._hundredth(span)
        size = max(Decimal(1), size) if self.whole else size
        most = span / _MOST_PLACES
        while size < most:
            size *= 10
        return size

    def at_place(self, place: int) -> int | float:
        """Return the number at a place of the slider."""
        span = self._span()
        if span is None or self.low is None or self.high is None:
            raise ValueError("There is no slider without two bounds.")
        low, high = Decimal(repr(self.low)), Decimal(repr(self.high))
        first, last = int(self.open_low), self.places - int(self.open_high)
        place = min(max(place, first), max(first, last))
        return self._number(min(low + place * self._place(span), high))

    def place_of(self, value: float) -> int:
        """Return the place that lies nearest to a number."""
        span = self._span()
        number = Decimal(repr(value))
        if span is None or self.low is None or number.is_nan():
            return 0
        if number.is_infinite():
            return self.places if number > 0 else 0
        away = number - Decimal(repr(self.low))
        return int(min(max(round(away / self._place(span)), 0), self.places))


class NumberBox(QAbstractSpinBox):
    """A line for a number, with arrows. It takes any text and changes none."""

    textChanged = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = Steps()
        line = self.lineEdit()
        assert line is not None
        self._line = line
        line.textChanged.connect(self.textChanged)

    def setText(self, text: str) -> None:
        """Show a text."""
        self._line.setText(text)
        self._line.setCursorPosition(0)

    def value(self) -> int | float | None:
        """Return the number, or None where the text is none."""
        return read_number(self.text(), whole=self.steps.whole)

    def setValue(self, value: float) -> None:
        """Show a number."""
        self.setText(write_number(value))

    def validate(
        self, text: str | None, position: int
    ) -> tuple[QValidator.State, str, int]:
        """Let everything be typed; the model tells what will not do."""
        return QValidator.State.Acceptable, text or "", position

    def stepBy(self, steps: int) -> None:
        """Step from the number shown, or from the nearest one to nothing."""
        value = self.value()
        if value is None:
            value, steps = 0, 0  # the bounds bring it to the nearest that there is
        self.setValue(self.steps.add(value, steps))
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Offer both arrows, also beside a text that is no number yet."""
        flag = QAbstractSpinBox.StepEnabledFlag
        return flag.StepUpEnabled | flag.StepDownEnabled

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the line as wide as the box, where there are no arrows."""
        super().resizeEvent(event)
        self._fill_with_line()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Likewise."""
        super().showEvent(event)
        self._fill_with_line()

    def changeEvent(self, event: QEvent | None) -> None:
        """Likewise, where another style has come."""
        super().changeEvent(event)
        self._fill_with_line()

    def _fill_with_line(self) -> None:
        # From Qt 6.11.3 on, the line of a box without arrows is 1 pixel wide where a
        # style sheet takes the border off, as napari's does.
        if self._is_plain and self._line.width() < self.width() // 2:
            self._line.setGeometry(self.rect().adjusted(_MARGIN, 0, -_MARGIN, 0))

    @property
    def _is_plain(self) -> bool:
        """Whether there are no arrows."""
        return self.buttonSymbols() == QAbstractSpinBox.ButtonSymbols.NoButtons

    def sizeHint(self) -> QSize:
        """Be wide enough for usual numbers; others scroll."""
        # The arrows and the frame, in any of napari's themes.
        frame = 14 if self._is_plain else 40
        metrics = self.fontMetrics()
        text = self.text()[:_MOST_SHOWN]
        width = max(map(metrics.horizontalAdvance, (_WIDEST, text))) + frame
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as usual numbers let it."""
        return self.sizeHint()


class _Slider(QSlider):
    """A slider that leaves the room to the number beside it."""

    def sizeHint(self) -> QSize:
        return QSize(_NARROWEST_SLIDER, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class NumberControl(QWidget):
    """A number box, behind a slider where both bounds are known."""

    textChanged = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = NumberBox(self)
        self.slider: QSlider | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self.box, 1)
        self.box.textChanged.connect(self._on_text)

    def set_steps(self, steps: Steps) -> None:
        """Say how the number moves, and add the slider where it can have one."""
        self.box.steps = steps
        if not steps.places or self.slider is not None:
            return
        slider = self.slider = _Slider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, steps.places)
        # The box beside it has the keyboard, with the same arrows.
        slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        slider.valueChanged.connect(self._on_slider)
        # The slider stands for the arrows, which would leave no room for the number.
        self.box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        # The number has the room that it needs, the slider the rest.
        self._row.insertWidget(0, slider, 1)
        self._row.setStretchFactor(self.box, 0)
        self.box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return the text of the box."""
        return self.box.text()

    def setText(self, text: str) -> None:
        """Show a text in the box."""
        self.box.setText(text)

    def _on_text(self, text: str) -> None:
        value = self.box.value()
        if self.slider is not None and value is not None:
            with signals_blocked(self.slider):
                self.slider.setValue(self.box.steps.place_of(value))
        self.box.updateGeometry()
        self.textChanged.emit(text)

    def _on_slider(self, place: int) -> None:
        self.box.setValue(self.box.steps.at_place(place))


class _NumberBackend(QBaseValueWidget):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(NumberControl, "text", "setText", "textChanged", **kwargs)


class NumberField(ValueWidget[str]):
    """A magicgui widget around a `NumberControl`; its value is the text."""

    def __init__(self, steps: Steps) -> None:
        super().__init__(widget_type=_NumberBackend, value="")
        self.native.set_steps(steps)
