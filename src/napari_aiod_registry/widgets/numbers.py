"""A spin box for floats that shows and keeps exactly the number it was given.

`QDoubleSpinBox` rounds to a number of decimals that has to be known beforehand: 0.34133
becomes 0.34, and 1e-5 becomes 0.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any, cast

# The protocol of magicgui's Qt widgets has no public base class to build on.
from magicgui.backends._qtpy.widgets import QBaseRangedWidget
from magicgui.widgets.bases import RangedWidget
from qtpy.QtCore import QSize
from qtpy.QtGui import QValidator
from qtpy.QtWidgets import QDoubleSpinBox, QWidget

_MAX_DECIMALS = 323
"""As many as Qt allows: with these, rounding leaves every float as it is."""

_NUMBER_SO_FAR = re.compile(r"[-+]?\d*[.,]?\d*([eE][-+]?\d*)?")
_WIDEST = "-0.000000"


class ExactDoubleSpinBox(QDoubleSpinBox):
    """A `QDoubleSpinBox` without rounding; a comma is read as a decimal point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(_MAX_DECIMALS)
        self.setStep(None)

    def setStep(self, step: float | None) -> None:
        """Set what an arrow adds, or None for a tenth of the value's size."""
        self._step = step

    def step(self) -> float | None:
        """Return what an arrow adds, or None where it fits the value's size."""
        return self._step

    def textFromValue(self, value: float) -> str:
        """Write a float as short as it can be read back exactly."""
        text = repr(value)
        return re.sub(r"e([-+])0+(\d)", r"e\1\2", text)

    def valueFromText(self, text: str | None) -> float:
        """Read a float; half-typed text is 0 until it is finished."""
        try:
            return float((text or "").strip().replace(",", "."))
        except ValueError:
            return 0.0

    def validate(
        self, text: str | None, position: int
    ) -> tuple[QValidator.State, str, int]:
        """Tell whether text is a number in range, may become one, or never will."""
        text = text or ""
        state = QValidator.State.Invalid
        if _NUMBER_SO_FAR.fullmatch(text.strip()):
            state = QValidator.State.Intermediate
            try:
                value = float(text.strip().replace(",", "."))
            except ValueError:
                pass
            else:
                if self.minimum() <= value <= self.maximum():
                    state = QValidator.State.Acceptable
        return state, text, position

    def fixup(self, text: str | None) -> str:
        """Bring a number that was left out of range to the nearest allowed one."""
        try:
            value = float((text or "").strip().replace(",", "."))
        except ValueError:
            value = self.value()
        if math.isnan(value):
            value = self.value()
        return self.textFromValue(min(max(value, self.minimum()), self.maximum()))

    def stepBy(self, steps: int) -> None:
        """Add steps without the noise of binary fractions: 0.1 + 0.2 is 0.3."""
        value = Decimal(repr(self.value()))
        step = Decimal(repr(self._step)) if self._step else self._fitting_step(value)
        result = float(value + steps * step)
        self.setValue(min(max(result, self.minimum()), self.maximum()))
        self.selectAll()

    def _fitting_step(self, value: Decimal) -> Decimal:
        low, high = self.minimum(), self.maximum()
        if high - low <= 1:
            return Decimal("0.01")
        if value == 0:
            return Decimal("0.1")
        return min(Decimal(1), Decimal(1).scaleb(value.adjusted() - 1))

    def sizeHint(self) -> QSize:
        """Be wide enough for usual numbers; others scroll."""
        hint = super().sizeHint()
        return QSize(self._usual_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as usual numbers let it."""
        hint = super().minimumSizeHint()
        return QSize(self._usual_width(), hint.height())

    def _usual_width(self) -> int:
        frame = 40  # the arrows and the frame, in any of napari's themes
        return self.fontMetrics().horizontalAdvance(_WIDEST) + frame


class _ExactFloatBackend(QBaseRangedWidget):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ExactDoubleSpinBox, **kwargs)
        self._box = cast("ExactDoubleSpinBox", self._qwidget)

    def _mgui_set_step(self, value: float) -> None:
        self._box.setStep(value)

    def _mgui_set_adaptive_step(self, value: bool) -> None:
        if value:
            self._box.setStep(None)

    def _mgui_get_adaptive_step(self) -> bool:
        return self._box.step() is None


class ExactFloatSpinBox(RangedWidget[float]):
    """magicgui's `FloatSpinBox` on an `ExactDoubleSpinBox`."""

    def __init__(self, step: float | None = None, **kwargs: Any) -> None:
        super().__init__(widget_type=_ExactFloatBackend, **kwargs)
        # Not through magicgui, which makes "no step" a step of 1.
        cast("ExactDoubleSpinBox", self.native).setStep(step)
