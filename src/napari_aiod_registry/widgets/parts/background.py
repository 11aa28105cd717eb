"""Work that may take long, away from the thread that draws the interface."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from qtpy.QtCore import QObject, QTimer

_LOGGER = logging.getLogger(__name__)

_SOON, _LATER = 5, 50
"""Milliseconds between two looks for results: at first, and after a second."""


class Background(QObject):
    """Runs functions in threads of their own, and brings the results back.

    The threads are daemons: one that hangs on a dead network drive keeps neither napari
    nor Python from closing. A result that comes after its owner is gone is dropped.

    The threads know nothing of Qt, and a timer fetches what they have put down: to send
    a signal of an object that is being deleted in the meantime would end the program.

    Parameters
    ----------
    parent : QObject
        The owner.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._done: SimpleQueue[tuple[int, bool, Any]] = SimpleQueue()
        # Not in the threads, which might then be the last to let go of a widget.
        self._waiting: dict[int, Callable[[Any], object]] = {}
        self._number = 0
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def run(self, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Call ``work`` in a thread, and ``then`` with its result in this one."""
        done, self._number = self._done, self._number + 1
        number = self._number
        self._waiting[number] = then

        def in_thread() -> None:
            try:
                done.put((number, True, work()))
            except Exception:
                _LOGGER.exception("Work in the background failed.")
                done.put((number, False, None))

        self._looks = 0
        self._timer.start(_SOON)
        threading.Thread(target=in_thread, name="aiod-registry", daemon=True).start()

    def _look(self) -> None:
        # What is called may let go of the widgets around, and Python collect them.
        around = self._around()  # noqa: F841 - they are held, that is all
        self._looks += 1
        if self._looks == 1000 // _SOON:
            self._timer.start(_LATER)
        while True:
            try:
                number, is_done, result = self._done.get_nowait()
            except Empty:
                return
            then = self._waiting.pop(number)
            if not self._waiting:
                self._timer.stop()
            if is_done:
                then(result)
            del then, result

    def _around(self) -> list[QObject]:
        parents: list[QObject] = []
        parent = self.parent()
        while parent is not None:
            parents.append(parent)
            parent = parent.parent()
        return parents
