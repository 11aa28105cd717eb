"""The head of a form: what has been changed, what is wrong, and what to do about it."""

from __future__ import annotations

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QAction, QKeyEvent
from qtpy.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..parts import ErrorMark, wrapped_label

FILTER_FROM = 13
"""Fields from which on a form has a filter box."""


class _FilterLine(QLineEdit):
    """A line that Escape clears."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class FormHead(QWidget):
    """Says "3 changed", resets them, filters the fields, loads and saves configs."""

    filtered = Signal(str)
    reset = Signal()
    load = Signal()
    save = Signal()

    def __init__(self, fields: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        if fields >= FILTER_FROM:
            layout.addWidget(self._make_filter())
        self._row = QGridLayout()
        self._row.setSpacing(4)
        self._row.setColumnStretch(1, 1)
        self._is_empty = not fields
        self._mark = ErrorMark(self)
        self._mark.hide()
        self._status = wrapped_label("aiod-form-status", self)
        self._reset = QPushButton("Reset all", self)
        self._reset.setObjectName("aiod-reset")
        self._reset.setToolTip("Set every parameter back to its default.")
        self._reset.clicked.connect(self.reset)
        self._menu = self._make_menu()
        for button in (self._reset, self._menu):
            button.setAutoDefault(False)  # or Enter would press it in a dialog
        self.set_stacked(False)
        for button in (self._reset, self._menu):
            button.setVisible(bool(fields))
        layout.addLayout(self._row)

    def set_stacked(self, stacked: bool) -> None:
        """Put the buttons below the status, or beside it."""
        self._row.addWidget(self._mark, 0, 0)
        self._row.addWidget(self._status, 0, 1, 1, 3 if stacked else 1)
        self._row.addWidget(self._reset, int(stacked), 2)
        self._row.addWidget(self._menu, int(stacked), 3)

    def _make_filter(self) -> QLineEdit:
        line = _FilterLine(self)
        line.setObjectName("aiod-form-filter")
        line.setPlaceholderText("Filter parameters…")
        line.setAccessibleName("Filter parameters")
        line.setClearButtonEnabled(True)
        line.setAcceptDrops(False)  # a config file is for the whole form
        line.textChanged.connect(self.filtered)
        return line

    def _make_menu(self) -> QPushButton:
        button = QPushButton("Config", self)
        button.setObjectName("aiod-form-config")
        button.setToolTip(
            "Load the parameters from a config file, or save them to one."
        )
        menu = QMenu(button)
        for text, name, signal in (
            ("Load config…", "aiod-config-load", self.load),
            ("Save config…", "aiod-config-save", self.save),
        ):
            action = QAction(text, menu)
            action.setObjectName(name)
            action.triggered.connect(signal)
            menu.addAction(action)
        button.setMenu(menu)
        return button

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        filters = [w for w in self.findChildren(QLineEdit) if w.parent() is self]
        return [*filters, *self.findChildren(QPushButton)]

    def show_status(self, changed: int, wrong: int) -> None:
        """Say how many fields are changed, and how many are wrong."""
        words = [f"{changed} changed"] if changed else []
        words += [f"{wrong} to mend"] if wrong else []
        nothing = "This model has no parameters." if self._is_empty else "Defaults"
        self._status.setText(", ".join(words) or nothing)
        self._status.setToolTip(self._status.text())
        self._mark.setVisible(bool(wrong))
        self._reset.setEnabled(bool(changed))
