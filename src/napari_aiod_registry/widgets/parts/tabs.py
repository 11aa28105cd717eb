"""What the keyboard does: the Tab key goes as the eye goes, and Enter presses."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from qtpy.QtCore import QEvent, QObject, Qt
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QAbstractButton, QWidget


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
