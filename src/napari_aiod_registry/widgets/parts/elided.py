"""A line that shows both ends of a long text, and all of it to whoever selects it."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtGui import QFocusEvent, QResizeEvent
from qtpy.QtWidgets import QLineEdit, QWidget

from .labels import plain_tooltip

_FRAME = 14
"""Pixels beside the text, in any of napari's themes."""

_COMES_BACK = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


# Not superqt's QElidingLineEdit: it elides the text as soon as its own menu opens,
# which then has nothing to copy, and it does not show a text that is set while it has
# the focus.
class ElidedLine(QLineEdit):
    """A read-only line; what has no room is left out in the middle.

    With the focus in it, all of the text is there and can be selected.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._is_focused = False
        self.setReadOnly(True)

    def text(self) -> str:
        """Return the whole text."""
        return self._whole

    def setText(self, text: str | None) -> None:
        """Show a text."""
        self._whole = text or ""
        self.setToolTip(plain_tooltip(self._whole))
        self._show()

    def shown(self) -> str:
        """Return what is shown of it."""
        return super().text()

    def _show(self) -> None:
        if self._is_focused:
            super().setText(self._whole)
            return
        middle = Qt.TextElideMode.ElideMiddle
        room = self.width() - _FRAME
        super().setText(self.fontMetrics().elidedText(self._whole, middle, room))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Use the room that there is."""
        super().resizeEvent(event)
        self._show()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show all of it, selected."""
        super().focusInEvent(event)
        if self._is_focused:
            return
        self._is_focused = True
        self._show()
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Show both ends again."""
        super().focusOutEvent(event)
        if event is not None and event.reason() in _COMES_BACK:
            return  # its own menu is open, which would find nothing to copy
        self._is_focused = False
        self._show()
