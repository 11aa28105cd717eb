"""The scrolling part of a form, which uses the room that there is."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from qtpy.QtGui import QResizeEvent, QShowEvent
from qtpy.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from .grid import FieldGrid

_LEAST_LINES = 6
"""Lines of text that are in sight where the fields scroll."""


class FieldArea(QScrollArea):
    """Scrolls a grid of fields up and down, and never sideways.

    Where the fields have no room beside their labels, they go below them.

    Parameters
    ----------
    grid : FieldGrid
        The fields.
    above : sequence of QWidget
        What scrolls with them, above.
    parent : QWidget
        The Qt parent.

    Attributes
    ----------
    stacked : Signal
        Emitted with True when the fields go below their labels, with False when they
        go beside them again.
    """

    stacked = Signal(bool)

    def __init__(
        self, grid: FieldGrid, above: Sequence[QWidget], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._grid = grid
        self._is_stacked = False
        self._is_whole = False
        self._wanted = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fit)
        self.setObjectName("aiod-form-area")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QScrollArea.SizeAdjustPolicy.AdjustToContents)
        self._inside = QWidget(self)
        rows = QVBoxLayout(self._inside)
        # Room on the right, so that the scroll bar covers nothing.
        rows.setContentsMargins(0, 0, 6, 0)
        for widget in (*above, grid):
            rows.addWidget(widget)
        rows.addStretch()
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)

    def measure_again(self) -> None:
        """Find out anew how much room the fields want: the font may be another."""
        if self._is_stacked:
            self._stack(False)
        self._timer.start()

    def set_whole(self, whole: bool) -> None:
        """Show all the fields, for something around that scrolls, or scroll them."""
        if whole == self._is_whole:
            return
        self._is_whole = whole
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded
        )
        self.updateGeometry()

    def least_height(self, *, whole: bool) -> int:
        """Return the height in pixels that is needed: of all, or of a few lines."""
        layout, viewport = self._inside.layout(), self.viewport()
        assert layout is not None
        assert viewport is not None
        height = layout.minimumSize().height()
        if layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(viewport.width())
        few = _LEAST_LINES * self.fontMetrics().lineSpacing()
        frame = self.height() - viewport.height()  # a style may have a border
        return frame + (height if whole else min(height, few))

    def minimumSizeHint(self) -> QSize:
        """Be high enough for all the fields, or for some of them where they scroll."""
        width = super().minimumSizeHint().width()
        return QSize(width, self.least_height(whole=self._is_whole))

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Look at the room again when the fields want more."""
        if (
            # With PySide6, events come after Python has cleared what we hold.
            watched is self.__dict__.get("_inside", self)
            and event is not None
            and event.type() == QEvent.Type.LayoutRequest
        ):
            self._timer.start()
            self.updateGeometry()  # the height of all is another
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Look at the room again when there is less, as beside a scroll bar."""
        super().resizeEvent(event)
        self._timer.start()
        if self._is_whole:  # another width asks for another height
            self.updateGeometry()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Look at the room when there is any."""
        super().showEvent(event)
        self._timer.start()

    def _fit(self) -> None:
        viewport = self.viewport()
        if viewport is None or not self.isVisible():
            return
        if not self._is_stacked:
            self._wanted = self._inside.minimumSizeHint().width()
        stacked = viewport.width() < self._wanted
        if stacked != self._is_stacked:
            self._stack(stacked)

    def _stack(self, stacked: bool) -> None:
        self._is_stacked = stacked
        self._grid.set_stacked(stacked)
        self.stacked.emit(stacked)
