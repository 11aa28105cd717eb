"""Work that may take long, away from the thread that draws the interface."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from qtpy.QtCore import QObject, Signal


class Background(QObject):
    """Runs functions in threads of their own, and brings the results back.

    The threads are daemons: one that hangs on a dead network drive keeps neither napari
    nor Python from closing. A result that comes after its owner is gone is dropped.

    Parameters
    ----------
    parent : QObject
        The owner.
    """

    _finished = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # From another thread, Qt delivers this in the thread of the owner.
        self._finished.connect(self._deliver)

    def run(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Call ``work`` in a thread, and ``then`` with its result in this one."""

        def in_thread() -> None:
            result = work()
            try:
                self._finished.emit(then, result)
            except RuntimeError:
                return  # the owner was deleted in the meantime

        threading.Thread(target=in_thread, name="aiod-registry", daemon=True).start()

    def _deliver(self, then: Callable[[Any], None], result: Any) -> None:
        then(result)
