"""A window that nobody needs to hold while it is shown."""

from __future__ import annotations

from qtpy.QtCore import QEvent
from qtpy.QtGui import QHideEvent, QShowEvent
from qtpy.QtWidgets import QWidget

_SHOWN: set[QWidget] = set()


class HeldWidget(QWidget):
    """A widget that lives as long as it is shown as a window of its own.

    Python would otherwise collect a window that nobody holds, perhaps in the middle of
    one of its own calls, which ends the program. Inside another widget, that one holds
    it.
    """

    def showEvent(self, event: QShowEvent | None) -> None:
        """Hold on."""
        super().showEvent(event)
        if self.isWindow():
            _SHOWN.add(self)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Let go."""
        super().hideEvent(event)
        _SHOWN.discard(self)

    def event(self, event: QEvent | None) -> bool:
        """Let go of what is deleted without being hidden first."""
        if event is not None and event.type() == QEvent.Type.DeferredDelete:
            _SHOWN.discard(self)
        return super().event(event)
