"""A widget whose own style follows the theme and the font of the window around it."""

from __future__ import annotations

from qtpy.QtCore import QEvent, QTimer
from qtpy.QtGui import QShowEvent
from qtpy.QtWidgets import QWidget

from .held import HeldWidget

_KINDS = (
    QEvent.Type.StyleChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
)


class ThemedWidget(HeldWidget):
    """Sets its style sheet anew when the colours or the font around it change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_own_change = True  # until `follow_theme` is called first
        self._theme_timer = QTimer(self)
        self._theme_timer.setSingleShot(True)
        self._theme_timer.timeout.connect(self.follow_theme)

    def theme_style(self) -> str:
        """Return the style sheet for the colours that there are now."""
        raise NotImplementedError

    def follow_theme(self) -> None:
        """Take the colours of the window around."""
        # Qt calls Python from within, which may then collect what nobody holds any
        # more. The window is not to go while its children are given a style.
        window = self.window()
        style = self.theme_style()
        self._is_own_change = True
        if style != self.styleSheet():
            self.setStyleSheet(style)
        self._is_own_change = False
        del window

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event is not None and event.type() in _KINDS and not self._is_own_change:
            # Not now: while styles change, Qt tells one palette and then another.
            self._theme_timer.start()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Take the colours of the window that the widget has come into."""
        super().showEvent(event)
        self._theme_timer.start()
