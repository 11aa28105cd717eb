"""Signs for where weights are: a screen for here, a globe for the web.

They are drawn, as those of `marks` are, and for the same reasons.
"""

from __future__ import annotations

from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from qtpy.QtWidgets import QWidget

from ..parts import error_colour

_SCALE = 4
"""Pixels drawn for each pixel shown at first: enough for any screen."""


class WhereIcons:
    """The signs in the colours of a widget.

    Parameters
    ----------
    widget : QWidget
        Whose colours and font size the signs have, even after those change.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._made: dict[tuple[str, str, int], QIcon] = {}

    def icon(self, where: str) -> QIcon:
        """Return the sign for ``available``, ``remote``, ``unreadable`` or unknown."""
        widget = self._widget
        colour = widget.palette().windowText().color()
        if where == "unreadable":
            colour = error_colour(widget)
        side = max(12, widget.fontMetrics().ascent())
        key = where, colour.name(), side
        if key not in self._made:
            self._made[key] = _draw(where, colour, side)
        return self._made[key]


def _draw(where: str, colour: QColor, side: int) -> QIcon:
    pixmap = QPixmap(side * _SCALE, side * _SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side * _SCALE, side * _SCALE)
    painter.setPen(QPen(colour, 0.09))
    circle = QRectF(0.08, 0.08, 0.84, 0.84)
    if where == "available":
        painter.drawRoundedRect(QRectF(0.06, 0.14, 0.88, 0.56), 0.08, 0.08)
        painter.drawLine(QPointF(0.28, 0.9), QPointF(0.72, 0.9))
        painter.drawLine(QPointF(0.5, 0.7), QPointF(0.5, 0.9))
    elif where == "remote":
        painter.drawEllipse(circle)
        painter.drawEllipse(QRectF(0.31, 0.08, 0.38, 0.84))
        painter.drawLine(QPointF(0.08, 0.5), QPointF(0.92, 0.5))
    elif where == "unreadable":
        painter.drawEllipse(circle)
        painter.drawLine(QPointF(0.22, 0.78), QPointF(0.78, 0.22))
    painter.end()
    return QIcon(pixmap)
