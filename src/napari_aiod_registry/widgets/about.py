"""About the chosen model: what it is, who made it, and how to cite it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from qtpy.QtCore import QEvent, QUrl
from qtpy.QtGui import QAction, QDesktopServices, QGuiApplication, QTextDocument
from qtpy.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ..citing import apa, bibtex, link, methods_sentence
from ..locations import classify
from ..resolution import Resolution
from ..schema import Author, Metadata, Publication
from .fold import Fold
from .marks import is_dark

_HEIGHT = 180
_LINK, _LINK_IN_DARK = "#0b57d0", "#8ab4f8"
_OPENED = ("http", "https", "mailto", "file")
_MARKDOWN = re.compile(r"^\s*(#|[-*+] |\d+\. |```|> )|\*\*|`|\]\(", re.MULTILINE)


class AboutPanel(QWidget):
    """Shows a resolution's metadata, folded away until somebody asks.

    What a manifest says is shown as it is, never taken for HTML. Only a usage guide may
    be Markdown, without HTML in it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_dark = is_dark(self)
        self._resolution: Resolution | None = None
        self._fold = Fold("About", self, name="aiod-about-fold")
        self._fold.button.toggled.connect(self._fill)
        self._text = _Browser(self)
        self._text.setObjectName("aiod-about")
        self._text.setAccessibleName("About this model")
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(_open)
        self._text.setFixedHeight(_HEIGHT)
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
            menu.addAction(self._copy_action(menu, text, write))
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

    def _copy_action(
        self, menu: QMenu, text: str, write: Callable[[Resolution], str]
    ) -> QAction:
        action = QAction(text, menu)

        def copy() -> None:
            clipboard = QGuiApplication.clipboard()
            if self._resolution is None or clipboard is None:
                return
            copied = write(self._resolution)
            if copied:
                clipboard.setText(copied)
            self._said.setText("Copied." if copied else "No publication is stated.")

        action.triggered.connect(copy)
        return action

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [self._fold.button, self._text, self._cite]

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme with the colour of links."""
        super().changeEvent(event)
        if is_dark(self) != self._is_dark:
            self._fill()

    def show_resolution(self, resolution: Resolution | None) -> None:
        """Tell about a version."""
        self._resolution = resolution
        self._said.clear()
        self.setVisible(resolution is not None)
        self._fill()

    def _fill(self, *_: object) -> None:
        if self._resolution is not None and self._fold.button.isChecked():
            self._is_dark = is_dark(self)
            document = self._text.document()
            if document is not None:
                colour = _LINK_IN_DARK if self._is_dark else _LINK
                document.setDefaultStyleSheet(f"a {{color: {colour}}}")
            self._text.setHtml("".join(_paragraphs(self._resolution)))


class _Browser(QTextBrowser):
    """A browser that loads nothing: no picture, from nowhere."""

    def loadResource(self, type: int, name: QUrl) -> Any:
        return None


def _open(url: QUrl) -> None:
    if url.scheme() in _OPENED:
        QDesktopServices.openUrl(url)


def _paragraphs(found: Resolution) -> Iterator[str]:
    """Write what there is, the version's own words above the family's."""
    metadata, family = found.metadata, found.manifest.metadata
    yield f"<p>{_lines(metadata.description)}</p>"
    if metadata is not family:
        name = escape(found.manifest.name)
        yield f"<p><b>{name}</b>: {_lines(family.description)}</p>"
    yield from _facts(metadata)
    for publication in metadata.pubs or ():
        yield f"<p>{_publication(publication)}</p>"
    guide = found.manifest.usage_guide
    if guide:
        yield f"<p><b>Usage guide</b></p>{_guide(guide)}"
    params = found.version_task.params or ()
    if params:
        yield "<p><b>Parameters</b></p>"
    for param in params:
        yield f"<p><i>{escape(param.name)}</i>: {_lines(param.tooltip or '–')}</p>"


def _facts(metadata: Metadata) -> Iterator[str]:
    if metadata.tags:
        yield f"<p><b>Tags</b>: {escape(', '.join(metadata.tags))}</p>"
    licence = "not stated"
    if metadata.license:
        name = escape(metadata.license)
        licence = f'<a href="https://spdx.org/licenses/{name}.html">{name}</a>'
    yield f"<p><b>Licence</b>: {licence}</p>"
    if metadata.authors:
        yield f"<p><b>Authors</b>: {'; '.join(map(_author, metadata.authors))}</p>"
    for title, url in (("Home page", metadata.url), ("Code", metadata.repo)):
        if url:
            yield f"<p><b>{title}</b>: {_anchor(str(url), str(url))}</p>"


def _author(author: Author) -> str:
    text = f"{escape(author.name)} ({escape(author.affiliation)})"
    if author.orcid:
        text += f" {_anchor(f'https://orcid.org/{author.orcid}', 'ORCID')}"
    if author.email:
        text += f" {_anchor(f'mailto:{author.email}', 'e-mail')}"
    return text


def _publication(publication: Publication) -> str:
    year = f" ({publication.year})" if publication.year else ""
    title = _anchor(link(publication), publication.title)
    return f"<b>Publication</b>{year}: {title} – {escape(publication.info)}"


def _guide(guide: str) -> str:
    if re.fullmatch(r"https?://\S+", guide):
        return f"<p>{_anchor(guide, guide)}</p>"
    if "\n" not in guide and " " not in guide and classify(guide) == "path":
        return f"<p>{_anchor(QUrl.fromLocalFile(guide).toString(), guide)}</p>"
    if not _MARKDOWN.search(guide):
        return f"<p>{_lines(guide)}</p>"
    document = QTextDocument()
    feature = QTextDocument.MarkdownFeature
    document.setMarkdown(guide, feature.MarkdownDialectGitHub | feature.MarkdownNoHTML)
    return re.sub(r"(?s).*<body[^>]*>|</body>.*", "", document.toHtml())


def _anchor(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
