"""A note above a form: what has just happened, with a table and a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...messages import and_more
from .labels import breakable, plain_tooltip, wrapped_label

_MOST_LINES = 7
"""Lines of the table that are in sight at the most."""

_MOST_ROWS = 50
"""Rows that the table has at the most, and one that says how many more there are."""


class Note(QFrame):
    """Says what has happened, until it is closed or the next note comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aiod-note")
        self._undo: Callable[[], None] | None = None
        self._said = ""
        self._rows: list[tuple[str, str, str]] = []
        self._text = wrapped_label("aiod-note-text", self)
        self._table = QTableWidget(0, 3, self)
        self._table.setObjectName("aiod-note-table")
        self._table.setHorizontalHeaderLabels(["Parameter", "In the file", "Result"])
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setWordWrap(True)
        self._table.setMinimumWidth(0)
        self._table.setTabKeyNavigation(False)
        across, down = self._table.horizontalHeader(), self._table.verticalHeader()
        assert across is not None
        assert down is not None
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        down.hide()
        self._back = QPushButton("Undo", self)
        self._back.setObjectName("aiod-note-undo")
        self._back.setAutoDefault(False)  # or Enter would press it in a dialog
        self._back.clicked.connect(self._on_undo)
        self._close = QToolButton(self)
        self._close.setText("×")
        self._close.setObjectName("aiod-note-close")
        self._close.setToolTip("Close this note.")
        self._close.setAccessibleName("Close this note")
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.hide_note)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._text, 1)
        top.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 4, 4)
        layout.addLayout(top)
        layout.addWidget(self._table)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.hide()

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [self._back, self._close, self._table]

    def show_note(
        self,
        text: str,
        rows: Sequence[tuple[str, str, str]] = (),
        undo: Callable[[], None] | None = None,
    ) -> None:
        """Say something.

        Parameters
        ----------
        text : str
            One or two sentences.
        rows : sequence of tuple
            For a table: parameter, what the file says, what became of it.
        undo : callable, optional
            Called by the button "Undo", which is there only with it.
        """
        self._said, self._rows = text, list(rows)
        self._text.setText(breakable(text))
        self._text.setToolTip(plain_tooltip(text))
        self._undo = undo
        self._back.setVisible(undo is not None)
        self._fill(rows)
        self._table.setVisible(bool(rows))
        height = self.fontMetrics().height() + 10
        self._table.setFixedHeight(height * (2 + min(len(rows), _MOST_LINES)))
        self.setAccessibleName(text)
        self.show()

    def _fill(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Fill the table: each row is measured, which takes long for very many."""
        shown = list(rows[:_MOST_ROWS])
        if len(shown) < len(rows):
            shown.append((and_more(len(rows) - len(shown)), "", ""))
        self._table.clearSpans()
        self._table.setRowCount(len(shown))
        for line, cells in enumerate(shown):
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setToolTip(plain_tooltip(cell))
                self._table.setItem(line, column, item)
        if len(rows) > _MOST_ROWS:
            self._table.setSpan(_MOST_ROWS, 0, 1, 3)

    def add(self, text: str, rows: Sequence[tuple[str, str, str]] = ()) -> None:
        """Say something more, and keep what is shown, with its way back."""
        if self.isHidden():
            self.show_note(text, rows)
        else:
            self.show_note(
                f"{self._said}\n{text}", [*self._rows, *rows], undo=self._undo
            )

    def hide_note(self) -> None:
        """Take the note away, and with it the way back."""
        self._undo = None
        self.hide()

    def _on_undo(self) -> None:
        undo = self._undo
        self.hide_note()
        if undo is not None:
            undo()
