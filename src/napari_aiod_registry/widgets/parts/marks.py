"""Signs beside a field: the button that resets it, the mark of an error.

They are drawn, because a font may lack them and an emoji font paints them in colours
of its own.
"""

from __future__ import annotations

import sys

from qtpy.QtCore import QPointF, QRectF, QSize, Qt
from qtpy.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from qtpy.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

_LARGEST = 15
"""Points of the text of tool buttons, at the most."""


def error_colour(widget: QWidget) -> QColor:
    """Return a red that can be read beside the widget's own text.

    Both have a contrast of at least 4.5 to napari's backgrounds (WCAG 2.1, level AA).
    """
    return QColor("#ff8a80" if is_dark(widget) else "#b3261e")


def error_style(widget: QWidget) -> str:
    """Return the style sheet that shows what `mark_wrong` has marked."""
    colour = error_colour(widget).name()
    return (
        f'*[aiodWrong="true"] {{border: 1px solid {colour}}}'
        f'QLabel[aiodWrong="true"] {{border: none; color: {colour}}}'
    )


def common_style(widget: QWidget) -> str:
    """Return a style sheet in which the keyboard's place is seen, and fonts grow.

    napari's own style shows the focus of hardly anything, and gives line edits and tool
    buttons a size of its own, whatever the size of the other texts is.
    """
    colour = "#8ab4f8" if is_dark(widget) else "#0b57d0"
    kinds = ("QToolButton", "QPushButton", "QComboBox", "QLineEdit", "QTextBrowser")
    focused = ", ".join(f"{kind}:focus" for kind in kinds)
    size = _line_size(widget)
    font = ""
    if size > 0:
        # The heads of what is folded have no room for more in a dock of 260 pixels.
        font = (
            f"QLineEdit {{font-size: {size:g}pt}}"
            f"QToolButton {{font-size: {min(size, _LARGEST):g}pt}}"
        )
    return f"{focused} {{border: 1px solid {colour}}}{font}"


def _line_size(widget: QWidget) -> float:
    """Return the points of the text in lines that goes with that of the labels."""
    labels = widget.findChildren(QLabel)  # these are what napari's setting reaches
    if not labels:
        return 0
    is_shown = labels[0].testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
    if not is_shown and "napari.settings" in sys.modules:  # a guess, as in `is_dark`
        from napari.settings import get_settings

        return float(get_settings().appearance.font_size)
    return labels[0].font().pointSizeF() - 1


def mark_wrong(widget: QWidget, wrong: bool) -> None:
    """Let `error_style` apply to a widget, or not."""
    if bool(widget.property("aiodWrong")) == wrong:
        return
    widget.setProperty("aiodWrong", wrong)
    style = widget.style()
    if style is not None:  # style sheets look at properties only once
        style.unpolish(widget)
        style.polish(widget)


def is_dark(widget: QWidget) -> bool:
    """Whether the widget has light text on a dark ground.

    Before it is shown, nobody knows; napari's theme is the best guess then, and saves a
    widget from being given another style as soon as it is shown.
    """
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        guess = _napari_is_dark()
        if guess is not None:
            return guess
    return widget.palette().windowText().color().lightness() > 127


def _napari_is_dark() -> bool | None:
    if "napari.settings" not in sys.modules:
        return None
    from napari.settings import get_settings
    from napari.utils.theme import get_theme

    theme = get_theme(str(get_settings().appearance.theme))
    return QColor(theme.text.as_hex()).lightness() > 127


def _side(widget: QWidget) -> int:
    # Of the text around it: napari gives tool buttons a font that never grows.
    around = widget.parentWidget() or widget
    return max(12, around.fontMetrics().ascent())


def reset_width(widget: QWidget) -> int:
    """Return the width that a `ResetButton` needs."""
    return _side(widget) + 4


class ErrorMark(QWidget):
    """A triangle with an exclamation mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Be as high as a line of text."""
        return QSize(_side(self), _side(self))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the triangle in the colour of errors."""
        side = _side(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(error_colour(self), side / 10)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        corners = [(0.5, 0.08), (0.95, 0.9), (0.05, 0.9)]
        painter.drawPolygon(
            QPolygonF([QPointF(x * side, y * side) for x, y in corners])
        )
        painter.drawLine(QPointF(side / 2, side * 0.38), QPointF(side / 2, side * 0.6))
        painter.drawPoint(QPointF(side / 2, side * 0.75))


class ResetButton(QToolButton):
    """A round arrow: back to the default."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Be as high as a line of text, with room around."""
        return QSize(reset_width(self), reset_width(self))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw three quarters of a circle that ends in an arrow."""
        super().paintEvent(event)
        side = _side(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate((self.width() - side) / 2, (self.height() - side) / 2)
        colour = self.palette().buttonText().color()
        painter.setPen(QPen(colour, side / 9))
        circle = QRectF(side * 0.15, side * 0.15, side * 0.7, side * 0.7)
        painter.drawArc(circle, 150 * 16, 285 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        tip = [(0.02, 0.12), (0.42, 0.2), (0.12, 0.5)]
        painter.drawPolygon(QPolygonF([QPointF(x * side, y * side) for x, y in tip]))
