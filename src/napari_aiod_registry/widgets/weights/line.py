"""A line with a path or an address, to copy and to open."""

from __future__ import annotations

from qtpy.QtCore import QObject, QTimer, QUrl
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from ..parts import Background, ElidedLine, open_link, show_in_folder

_SAID = 1500
"""Milliseconds for which a button says that it has copied."""


class WeightsLine(QObject):
    """A read-only line with buttons that copy and open what it says.

    Parameters
    ----------
    background : Background
        Asks disks.
    parent : QWidget
        The Qt parent of its widgets.
    title : str
        What stands before the line.
    name : str
        Object name of the line; its buttons' names begin with it.
    what : str
        What it is, behind "Copy the".

    Attributes
    ----------
    title, text, copy, open : QWidget
        The parts, for whoever lays them out.
    """

    def __init__(
        self, background: Background, parent: QWidget, title: str, name: str, what: str
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._what = title.lower()
        self._is_remote = False
        self.title = QLabel(title, parent)
        self.text = ElidedLine(parent)
        self.title.setBuddy(self.text)
        self.text.setObjectName(name)
        self.text.setAccessibleName(what.capitalize())
        self.copy = QToolButton(parent)
        self.copy.setText("Copy")
        self.copy.setObjectName(f"{name}-copy")
        self.copy.setToolTip(f"Copy the {what}")
        self.copy.setAccessibleName(f"Copy the {what}")
        self.copy.clicked.connect(self._copy)
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_said)
        self.open = QPushButton(parent)
        self.open.setObjectName(f"{name}-open")
        self.open.clicked.connect(self._open)

    def _on_said(self) -> None:
        self.copy.setText("Copy")

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.text.text())
            # A tick has room where "Copied" would move what is beside it.
            self.copy.setText("✓")
            self._timer.start(_SAID)

    def _open(self) -> None:
        text = self.text.text()
        if self._is_remote:
            self._say(open_link(QUrl(text)))
        else:
            show_in_folder(self._background, text, self._say, inside=True)

    def _say(self, is_opened: bool) -> None:
        if not is_opened:
            self.open.setText("No program here opens this. Copy it instead.")

    def _help(self) -> str:
        where = "link in the browser" if self._is_remote else "folder"
        return f"Open the {where}: {self._what}"

    def show_text(self, text: str | None, *, is_remote: bool = False) -> None:
        """Show a path or an address on the web, or nothing at all."""
        self.text.setText(text)
        self._is_remote = is_remote
        what = "link" if is_remote else "folder"
        self.open.setText(f"Open {what if self._what == 'weights' else self._what}")
        self.open.setToolTip(self._help())
        self.open.setAccessibleName(self._help())
        for widget in (self.title, self.text, self.copy, self.open):
            widget.setVisible(text is not None)
