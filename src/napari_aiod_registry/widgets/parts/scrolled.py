"""Widgets one below the other, which scroll where a screen is too low for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from qtpy.QtCore import QEvent, QObject, QSize, Qt, QTimer
from qtpy.QtGui import QResizeEvent
from qtpy.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from .marks import common_style
from .themed import Theme

_USUAL = 320
"""Width in pixels that is asked for at first."""

_MARGIN = 6
_TWO_COLUMNS = 640
"""Width in pixels from which on there is room for two columns."""


class Stretched(Protocol):
    """What scrolls by itself where there is room for it, and is whole elsewhere."""

    def set_whole(self, whole: bool) -> None:
        """Show all of it, for something around that scrolls, or scroll."""

    def least_height(self, *, whole: bool) -> int:
        """Return the height in pixels that is needed, whole or not."""

    def minimumSizeHint(self) -> QSize:
        """Return the least size, as it is now."""


class Growing(Protocol):
    """What uses the room that the others leave."""

    @property
    def taken(self) -> int:
        """Pixels that it uses now, of those it was given."""

    def set_room(self, room: int) -> None:
        """Give it pixels that nothing else needs."""


class _Inside(QWidget):
    """Asks for the least height that the rows need, not for the one they prefer.

    The stretched row may scroll by itself, and two scroll bars are one too many.
    """

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return 0 if layout is None else layout.minimumHeightForWidth(width)


class ScrolledRows(QScrollArea):
    """Widgets one below the other, which scroll up and down and never sideways.

    Where there is room for a part of the stretched one, that one scrolls by itself.
    Elsewhere it is whole, and all the rows scroll together: never both.

    In a wide and low place, the stretched one and what follows stand beside the others.

    Parameters
    ----------
    rows : sequence of QWidget
        The widgets.
    parent : QWidget
        The Qt parent.
    stretched : QWidget
        The one among them that takes the height that is left. It is a `Stretched`.
    growing : QWidget
        The one that is given what the stretched one does not need. It is a `Growing`.
    """

    def __init__(
        self,
        rows: Sequence[QWidget],
        parent: QWidget,
        *,
        stretched: QWidget,
        growing: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("aiod-scroll")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = _Inside(self)
        self._stretched: Stretched | None = None
        self._growing = cast("Growing", growing)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._choose_what_scrolls)
        self._columns = QVBoxLayout(), QVBoxLayout()
        column = 0
        for row in rows:
            column = 1 if row is stretched else column
            self._columns[column].addWidget(row, 1 if row is stretched else 0)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._inside)
        self._both.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        for stretch, layout in enumerate(self._columns):
            self._both.addLayout(layout, stretch)
        self._theme = Theme(self._inside, common_style)
        self._theme.follow()
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)
        self._stretched = cast("Stretched", stretched)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Ask for more width when the rows do."""
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._later.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Use a wide and low place, as below the image, for two columns."""
        super().resizeEvent(event)
        self._later.start()
        is_wide = self.width() >= _TWO_COLUMNS and self.width() > 2 * self.height()
        direction = QBoxLayout.Direction
        self._both.setDirection(
            direction.LeftToRight if is_wide else direction.TopToBottom
        )
        self._both.setStretch(0, int(is_wide))
        self._columns[0].setAlignment(
            Qt.AlignmentFlag.AlignTop if is_wide else Qt.AlignmentFlag(0)
        )

    def _choose_what_scrolls(self) -> None:
        """Let the rows scroll where they have no room, or else the stretched one.

        It is asked for the width without a scroll bar, so that the answer does not
        depend on the last one.
        """
        stretched = self._stretched
        if stretched is None or not self.isVisible():
            return
        rows = self._inside.heightForWidth(self.width()) - self._growing.taken
        rows -= stretched.minimumSizeHint().height()
        left = self.height() - rows
        stretched.set_whole(left < stretched.least_height(whole=False))
        self._growing.set_room(max(0, left - stretched.least_height(whole=True)))

    def _bar(self) -> int:
        bar = self.verticalScrollBar()
        return bar.sizeHint().width() if bar is not None else 0

    def minimumSizeHint(self) -> QSize:
        """Be as wide as the rows and the scroll bar, for there is no sideways."""
        # One column will do, however many there are now.
        widest = max(column.minimumSize().width() for column in self._columns)
        width = widest + 2 * _MARGIN + self._bar()
        return QSize(width, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Be wide enough to be read, and as high as the rows."""
        rows = self._inside.sizeHint()
        width = max(_USUAL, self.minimumSizeHint().width())
        return QSize(width, rows.height())
