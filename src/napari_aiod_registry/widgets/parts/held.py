"""Who holds a window, and who deletes it: not Python, while Qt still calls it."""

from __future__ import annotations

from qtpy.QtCore import QCoreApplication, QEvent, QObject, QTimer
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


def delete_if_left_alone(widget: QWidget) -> None:
    """Delete a widget that has just lost its parent, unless it soon gets another.

    Until then it is held. Otherwise Python's garbage collector would put it away, in
    whichever thread it happens to run.

    Parameters
    ----------
    widget : QWidget
        The widget; it stays if it has a parent, or is shown as a window, once all that
        is going on now is done.
    """
    application = QCoreApplication.instance()
    if application is None:
        return
    orphans = application.findChildren(_Orphans) or [_Orphans(application)]
    orphans[0].take(widget)


class _Orphans(QObject):
    """Holds widgets without a parent, and deletes them in the thread of the GUI.

    It belongs to the application: the timer of a widget would be deleted with it, in
    the middle of its own call.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._delete)

    def take(self, widget: QWidget) -> None:
        if widget not in self._held:
            self._held.append(widget)
        self._timer.start()

    def _delete(self) -> None:
        held, self._held = self._held, []
        thread = self.thread()
        has_loop = thread is not None and thread.loopLevel() > 0
        for widget in held:
            if widget.parent() is not None or widget.isVisible():
                continue
            widget.deleteLater()
            if not has_loop:  # and nobody else would do what is to be done later
                delete = QEvent.Type.DeferredDelete
                QCoreApplication.sendPostedEvents(widget, delete.value)
