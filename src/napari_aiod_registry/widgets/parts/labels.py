"""Text from manifests and models, shown as it is written: never taken for HTML."""

from __future__ import annotations

import html
import re

from qtpy.QtCore import QSize, Qt
from qtpy.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from qtpy.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

_NO_WIDTH = "\u200b"
_SHORT_UNIT = 8
_LONG_WORD = "micrometres/"
_PADDING = 8
"""Pixels that a style may leave free beside a text."""


def plain_label(text: str, parent: QWidget | None = None) -> QLabel:
    """Make a label that never takes a manifest's text for HTML."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def unit_label(text: str, parent: QWidget | None = None) -> QLabel:
    """Make a label for a unit; a long one wraps, to leave room for the field."""
    if len(text) <= _SHORT_UNIT:
        return plain_label(text, parent)
    label = _NarrowLabel(breakable(text, longest=len(_LONG_WORD) - 4), parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return label


class _NarrowLabel(QLabel):
    """A label as wide as a long word."""

    def sizeHint(self) -> QSize:
        """Be as wide as a long word in the font that there is now."""
        width = self.fontMetrics().horizontalAdvance(_LONG_WORD) + _PADDING
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Be as wide as a long word."""
        return self.sizeHint()


class _SelectableLabel(QLabel):
    """A label whose text is copied without the spaces of no width.

    A path with them in it would be none.
    """

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Copy on the keys for that."""
        if event is not None and event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Hand a selection to the middle button of the mouse, where there is that."""
        super().mouseReleaseEvent(event)
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None and clipboard.supportsSelection():
            self._copy(QClipboard.Mode.Selection)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Offer to copy what is selected, or all of it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction("Copy")
        everything = menu.addAction("Select All")
        if event is None or copy is None or everything is None:
            return
        copy.setEnabled(self.hasSelectedText())
        copy.triggered.connect(self._copy_selected)
        everything.triggered.connect(self._select_all)
        menu.popup(event.globalPos())

    def _copy_selected(self) -> None:
        self._copy()

    def _select_all(self) -> None:
        self.setSelection(0, len(self.text()))

    def _copy(self, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None and self.hasSelectedText():
            clipboard.setText(_plain(self.selectedText()), mode)


def _plain(text: str) -> str:
    """Take out what Qt and `breakable` put into a text to lay it out."""
    return text.replace(_NO_WIDTH, "").replace("\u2029", "\n")


def wrapped_label(name: str, parent: QWidget | None = None) -> QLabel:
    """Make a plain label that wraps to the width it gets, and can be selected."""
    label = _SelectableLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    # Selectable labels take the focus by Tab unless told otherwise.
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    # Wrapped text asks for height by width, and never for more width than there is.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


def breakable(text: str, *, longest: int = 16) -> str:
    """Let text wrap behind ``/``, ``_`` and ``-``, and within the longest words too.

    It is done by spaces of no width.
    """
    text = re.sub(r"([/_-])", f"\\1{_NO_WIDTH}", text)
    return re.sub(rf"\w{{{longest}}}(?=\w{{4}})", f"\\g<0>{_NO_WIDTH}", text)


def plain_tooltip(text: str) -> str:
    """Make a tooltip that wraps, and that shows text as it is written.

    Qt takes what looks like HTML for HTML, and wraps nothing else.
    """
    if not text:
        return ""
    return f"<qt>{html.escape(text, quote=False)}</qt>".replace("\n", "<br>")


def anchor(address: str, text: str) -> str:
    """Write a link to an address."""
    return f'<a href="{html.escape(address)}">{html.escape(text)}</a>'


def lines(text: str) -> str:
    """Write a text that keeps its line breaks."""
    return html.escape(text).replace("\n", "<br>")
