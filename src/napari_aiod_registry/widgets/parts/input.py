"""The keyboard and the wheel: Tab follows the eye, Enter presses, a wheel scrolls."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from qtpy.QtCore import QEvent, QObject, Qt
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QSlider,
    QWidget,
)


def order_tabs(widgets: Iterable[QWidget]) -> None:
    """Let the Tab key go through widgets in this order.

    Qt goes by when each of them was made, and some are made when they are first needed.
    """
    for one, other in pairwise(widgets):
        QWidget.setTabOrder(one, other)


class EnterPresses(QObject):
    """Lets Enter press buttons; Qt leaves that to the space bar."""

    def watch(self, widgets: Iterable[QWidget]) -> None:
        """Let it be so for the buttons among these."""
        for widget in widgets:
            if isinstance(widget, QAbstractButton):
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Press a button that has the focus."""
        if (
            isinstance(event, QKeyEvent)
            and isinstance(watched, QAbstractButton)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            watched.click()
            return True
        return False


class WheelFilter(QObject):
    """Leave the mouse wheel to the scroll area unless the field has the focus."""

    def watch(self, *widgets: QWidget) -> None:
        """Guard fields, and the sliders beside them."""
        for widget in widgets:
            if isinstance(widget, QAbstractSpinBox | QComboBox | QSlider):
                if not isinstance(widget, QSlider):
                    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Pass a wheel event on to the parent."""
        if (
            event is not None
            and event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
