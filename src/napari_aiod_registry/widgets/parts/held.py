"""Who holds a window, and who deletes it: not Python, while Qt still calls it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from qtpy import compat
from qtpy.QtCore import QCoreApplication, QEvent, QObject, QTimer
from qtpy.QtGui import QHideEvent, QShowEvent
from qtpy.QtWidgets import QWidget

_SHOWN: set[QWidget] = set()

_COLLECTED: list[QWidget] = []
"""What Python was about to put away, in whichever thread."""

_TOLD = QEvent.Type(QEvent.registerEventType())
"""Tells the thread of the GUI of them."""


class HeldWidget(QWidget):
    """A widget that lives as long as it is shown as a window of its own.

    Python would otherwise collect a window that nobody holds, perhaps in the middle of
    one of its own calls, which ends the program. Inside another widget, that one holds
    it. What nobody holds any more is deleted in the thread of the GUI.
    """

    goes_with: int | None = None
    """`id` of the widget around it that has lost its parent, to be deleted with it.

    No weak reference: these are cleared before `__del__` is called.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._orphans = _orphans()

    def __del__(self, _is_ending: Callable[[], bool] = sys.is_finalizing) -> None:
        """Wait for the thread of the GUI: any thread may call this."""
        if _is_ending():  # with Python all goes, and its modules have gone already
            return
        orphans = getattr(self, "_orphans", None)
        if orphans is None or not is_alive(orphans) or not is_alive(self):
            return
        outermost: QWidget = self
        while (parent := outermost.parentWidget()) is not None:
            outermost = parent
        if outermost is not self and id(outermost) != self.goes_with:
            return  # it lies in another, which is used
        _COLLECTED.append(outermost)
        QCoreApplication.postEvent(orphans, QEvent(_TOLD))

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
    orphans = _orphans()
    if orphans is not None:
        orphans.take(widget)


def is_alive(it: QObject) -> bool:
    """Whether there is still something of Qt behind it."""
    return bool(compat.isalive(it))  # type: ignore[no-untyped-call]


def _orphans() -> _Orphans | None:
    application = QCoreApplication.instance()
    if application is None:
        return None
    return next(iter(application.findChildren(_Orphans)), None) or _Orphans(application)


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

    def customEvent(self, event: QEvent | None) -> None:
        """Take what Python's garbage collector has found."""
        if event is not None and event.type() == _TOLD:
            while _COLLECTED:
                self.take(_COLLECTED.pop())

    def _delete(self) -> None:
        held, self._held = self._held, []
        thread = self.thread()
        has_loop = thread is not None and thread.loopLevel() > 0
        for widget in held:
            if not is_alive(widget):  # whoever it belonged to was quicker
                continue
            if widget.parent() is not None or widget.isVisible():
                continue
            widget.deleteLater()
            if not has_loop:  # and nobody else would do what is to be done later
                delete = QEvent.Type.DeferredDelete
                QCoreApplication.sendPostedEvents(widget, delete.value)
