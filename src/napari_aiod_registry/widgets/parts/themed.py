"""Keeps a widget's own style in the colours and the font of the window around it."""

from __future__ import annotations

from collections.abc import Callable

from qtpy.QtCore import QEvent, QObject, QTimer, Signal
from qtpy.QtWidgets import QWidget

_KINDS = (
    QEvent.Type.StyleChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
)


class Theme(QObject):
    """Sets the style sheet of a widget anew when colours or font around it change.

    Parameters
    ----------
    widget : QWidget
        The widget, which is also the Qt parent.
    style : callable
        Makes the style sheet for the colours that the widget has now.

    Attributes
    ----------
    followed : Signal
        Emitted when the widget has taken the colours and the font around it.
    """

    followed = Signal()

    def __init__(self, widget: QWidget, style: Callable[[QWidget], str]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._style = style
        self._is_own_change = True  # until `follow` is called first
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.follow)
        widget.installEventFilter(self)

    def follow(self) -> None:
        """Take the colours of the window around."""
        # Qt calls Python from within, which may then collect what nobody holds any
        # more. The window is not to go while its children are given a style.
        window = self._widget.window()
        style = self._style(self._widget)
        self._is_own_change = True
        if style != self._widget.styleSheet():
            self._widget.setStyleSheet(style)
        self._is_own_change = False
        self.followed.emit()
        del window

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow the theme, and the window that the widget has come into."""
        kind = event.type() if event is not None else None
        if kind == QEvent.Type.Show or (kind in _KINDS and not self._is_own_change):
            # Not now: while styles change, Qt tells one palette and then another.
            self._timer.start()
        return super().eventFilter(watched, event)
