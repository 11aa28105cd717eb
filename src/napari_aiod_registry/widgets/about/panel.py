"""About the chosen model: what it is, who made it, and how to cite it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qtpy.QtCore import QEvent, QSize, QUrl
from qtpy.QtGui import QAction, QGuiApplication
from qtpy.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ...citing import apa, bibtex, methods_sentence
from ...registry import Resolution
from ..parts import Background, Fold, is_dark, open_link, show_in_folder
from .guide import SHOW_IN_FOLDER, guide_path
from .html import about_html

_LEAST_LINES = 8
"""Lines of text that are in sight at least, where there are as many."""
_LINK, _LINK_IN_DARK = "#0b57d0", "#8ab4f8"


class AboutPanel(QWidget):
    """Shows a resolution's metadata, folded away until somebody asks.

    Parameters
    ----------
    background : Background
        Asks disks.
    parent : QWidget, optional
        The Qt parent.
    """

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._resolution: Resolution | None = None
        self._shown: tuple[object, ...] = ()  # what the text was written from
        self._fold = Fold("About", self, name="aiod-about-fold")
        self._fold.button.toggled.connect(self._fill)
        self._text = _Browser(self)
        self._text.setObjectName("aiod-about")
        self._text.setAccessibleName("About this model")
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(self._follow)
        self._cite = QPushButton(self)
        self._cite.setObjectName("aiod-cite")
        self._cite.setText("Cite")
        self._cite.setToolTip("Copy how to cite this model.")
        self._cite.setAutoDefault(False)
        menu = QMenu(self._cite)
        for text, write in (
            ("Copy BibTeX", bibtex),
            ("Copy APA", apa),
            ("Copy a sentence for the methods", methods_sentence),
        ):
            action = QAction(text, menu)
            action.setData(write)
            menu.addAction(action)
        menu.triggered.connect(self._on_cite)
        self._cite.setMenu(menu)
        self._said = QLabel(self)
        self._said.setObjectName("aiod-cite-said")
        line = QHBoxLayout()
        line.addWidget(self._cite)
        line.addWidget(self._said, 1)
        self._fold.inside.addWidget(self._text)
        self._fold.inside.addLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._fold.button)
        layout.addWidget(self._fold.body)

    def set_room(self, room: int) -> None:
        """Let the text take more pixels than it needs for a few lines."""
        self._text.set_room(room)

    @property
    def taken(self) -> int:
        """Pixels that the text takes of that."""
        return self._text.taken

    def _on_cite(self, action: QAction) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._resolution is None or clipboard is None:
            return
        write: Callable[[Resolution], str] = action.data()
        copied = write(self._resolution)
        if copied:
            clipboard.setText(copied)
        self._said.setText("Copied." if copied else "No publication is stated.")

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [self._fold.button, self._text, self._cite]

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme with the colour of links."""
        super().changeEvent(event)
        self._fill()

    def show_resolution(self, resolution: Resolution | None) -> None:
        """Tell about a version; what is read of the same one stays in sight."""
        before, self._resolution = self._resolution, resolution
        if not (before and resolution and before.selection == resolution.selection):
            self._said.clear()
        self.setVisible(resolution is not None)
        self._fill()

    def _fill(self, *_: object) -> None:
        found = self._resolution
        if found is None or not self._fold.button.isChecked():
            return
        dark = is_dark(self)
        shown = (found.selection, found.manifest, found.path, dark)
        document, bar = self._text.document(), self._text.verticalScrollBar()
        if shown == self._shown or document is None or bar is None:
            return
        is_same = self._shown[:1] == shown[:1]
        place = bar.value() if is_same else 0
        self._shown = shown
        colour = _LINK_IN_DARK if dark else _LINK
        document.setDefaultStyleSheet(f"a {{color: {colour}}}")
        self._text.setHtml(about_html(found))
        bar.setValue(place)

    def _follow(self, url: QUrl) -> None:
        """Open a link to the web, or the folder of the guide, and never a file."""
        path = self._guide() if url == QUrl(SHOW_IN_FOLDER) else None
        if path is not None:
            show_in_folder(self._background, path, self._on_folder)
        else:
            open_link(url)

    def _on_folder(self, is_open: bool) -> None:
        self._said.setText("" if is_open else "The folder can't be opened.")

    def _guide(self) -> str | None:
        found = self._resolution
        guide = found.manifest.usage_guide if found else None
        if not found or not guide:
            return None
        return guide_path(guide, found.path.parent if found.path else None)


class _Browser(QTextBrowser):
    """A browser that loads nothing: no picture, from nowhere.

    It is as high as its text where there is room, and scrolls where there is not.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        document = self.document()
        layout = document.documentLayout() if document is not None else None
        if layout is not None:
            layout.documentSizeChanged.connect(self._on_size)

    def _on_size(self, *_: object) -> None:
        self.updateGeometry()

    def set_room(self, room: int) -> None:
        """Take more pixels than are needed for a few lines."""
        if room != self._room:
            self._room = room
            self.updateGeometry()

    @property
    def taken(self) -> int:
        """Pixels that are taken of that."""
        if not self.isVisible():
            return 0
        return self._height(self._room) - self._height(0)

    def _height(self, room: int) -> int:
        """Return the height for a few lines and some room, or for all of the text."""
        document = self.document()
        text = 0.0 if document is None else document.size().height()
        few = _LEAST_LINES * self.fontMetrics().lineSpacing()
        return min(few + room, int(text) + 2 * self.frameWidth())

    def sizeHint(self) -> QSize:
        """Be as high as there is room, and as the text."""
        return QSize(super().sizeHint().width(), self._height(self._room))

    def minimumSizeHint(self) -> QSize:
        """Likewise: what is around has made sure of the room."""
        return QSize(super().minimumSizeHint().width(), self._height(self._room))

    def loadResource(self, type: int, name: QUrl) -> Any:
        return None
