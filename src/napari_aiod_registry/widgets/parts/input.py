"""The keyboard and the wheel: Tab follows the eye, Enter presses, a wheel scrolls."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from qtpy.QtCore import QCoreApplication, QEvent, QObject, Qt
from qtpy.QtGui import QKeyEvent, QWheelEvent
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
    """Leave the mouse wheel to the scroll area; with Ctrl it changes a field.

    A field that has the focus is no exception: whoever scrolls on after typing a value
    would change it.
    """

    _handing_on = False

    def watch(self, *widgets: QWidget) -> None:
        """Guard fields, and the sliders beside them."""
        for widget in widgets:
            if isinstance(widget, QAbstractSpinBox | QComboBox | QSlider):
                if not isinstance(widget, QSlider):
                    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Pass a wheel event on to the parent, or with Ctrl to the field."""
        if (
            self._handing_on
            or not isinstance(event, QWheelEvent)
            or not isinstance(watched, QWidget)
        ):
            return super().eventFilter(watched, event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turn(watched, event)
            event.accept()
        else:
            event.ignore()
        return True

    def _turn(self, field: QWidget, event: QWheelEvent) -> None:
        """Let a field have the wheel without Ctrl, with which Qt takes ten steps."""
        plain = QWheelEvent(
            event.position(),
            event.globalPosition(),
            event.pixelDelta(),
            event.angleDelta(),
            event.buttons(),
            Qt.KeyboardModifier.NoModifier,
            event.phase(),
            event.inverted(),
        )
        self._handing_on = True
        try:
            QCoreApplication.sendEvent(field, plain)
        finally:
            self._handing_on = False
