"""The usage guide of a family: a link to it, plain text, or Markdown without HTML."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from qtpy.QtCore import QUrl
from qtpy.QtGui import QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from ...manifest import Address, UnsetVariableError, is_web_address
from ..parts import WEB_SCHEMES, anchor, lines

MOST_SHOWN = 10_000
"""Characters of a guide that are shown."""

SHOW_IN_FOLDER = "aiod:show-in-folder"
"""Where the link leads that stands behind a guide that is a file."""

_MOST_CELLS = 1500
"""Cells of tables that Qt lays out in a tenth of a second; a table of 10,000 characters
can have half a million, and takes minutes."""

_LONGEST_ADDRESS = 2000
_DEEP = re.compile(r"^[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]+){20}", re.MULTILINE)
"""Lists in lists in lists, which take Qt long too."""
_WWW = re.compile(r"www\.[\w\-]+(?:\.[\w\-]+)+(?:[:/?#]\S*)?", re.IGNORECASE)
_PATH = re.compile(
    # From the root, a home, a drive or a variable; blanks may follow, but a sentence
    # that begins with a path is text.
    r"(?:file:|~[/\\]|\.{1,2}[/\\]|[A-Z]:[/\\]|\\\\|/|\$\{?\w+\}?[/\\])\S.*(?<!\.)"
    # Below the manifest: only what is the name of a document. "None" is not.
    r"|[^\s:]+\.(?:md|markdown|rst|txt|html?|pdf|docx?|odt|pptx?|ipynb)",
    re.IGNORECASE,
)
# Each line is read once or twice, however long it is.
_MARKDOWN = re.compile(
    r"^[ \t]*(?:#|[-*+] |\d{1,9}\. |```|> )"
    r"|^(?=[^\n]*\|)(?=[^\n]*-)[ \t:|-]+$"  # below the head of a table
    r"|\*\*|`|\]\(",
    re.MULTILINE,
)
_LOOKS_OF_A_LINK = (
    QTextFormat.Property.ForegroundBrush,
    QTextFormat.Property.FontUnderline,
    QTextFormat.Property.TextUnderlineStyle,
)


def guide_html(guide: str, folder: Path | None) -> str:
    """Write a guide as HTML.

    Parameters
    ----------
    guide : str
        Text, Markdown, a URL or a path.
    folder : Path or None
        The manifest's, where a relative path starts.
    """
    address = guide_address(guide)
    if address is not None:
        return f"<p>{anchor(address, guide.strip())}</p>"
    if guide_path(guide, folder) is not None:
        # The file may be a program. So it is not opened, but shown where it is.
        link = anchor(SHOW_IN_FOLDER, "Show in folder")
        return f"<p>{lines(guide.strip())}<br>{link}</p>"
    shown = _beginning(guide)
    is_markdown = _MARKDOWN.search(shown) and not _takes_long(shown)
    html = _markdown(shown) if is_markdown else f"<p>{lines(shown)}</p>"
    if len(shown) < len(guide):
        html += (
            f"<p><i>This is the beginning of the guide: {len(shown):,} of "
            f"{len(guide):,} characters. The manifest has all of it.</i></p>"
        )
    return html


def guide_address(guide: str) -> str | None:
    """Return the web address that a guide is, or None where it is anything else."""
    text = guide.strip()
    if len(text) > _LONGEST_ADDRESS or len(text.splitlines()) != 1:
        return None
    if is_web_address(text):
        return text
    return f"https://{text}" if _WWW.fullmatch(text) else None


def guide_path(guide: str, folder: Path | None) -> str | None:
    """Return the absolute path of a guide that is a file, or None where it is none.

    Nothing is looked at: a path may be on a disk that does not answer. A path of
    another system, with an unset variable, or below an unknown folder is text.
    """
    text = guide.strip()
    if len(text) > _LONGEST_ADDRESS or not _PATH.fullmatch(text):
        return None
    try:
        path = Address(text).expand(folder or Path())
    except UnsetVariableError:
        return None
    return path if os.path.isabs(path) else None


def _beginning(guide: str) -> str:
    if len(guide) <= MOST_SHOWN:
        return guide
    shown = guide[:MOST_SHOWN]
    # At the end of a line, or half of a link would be shown; but lines can be long.
    end = shown.rfind("\n", MOST_SHOWN // 2)
    return shown[:end] if end > 0 else shown


def _takes_long(markdown: str) -> bool:
    # A table goes on to the next empty line, whatever its lines hold.
    cells = 0
    for part in re.split(r"\n[ \t\r]*\n", markdown):
        rows = part.split("\n")
        cells += len(rows) * max(row.count("|") for row in rows)
    return cells > _MOST_CELLS or _DEEP.search(markdown) is not None


def _markdown(text: str) -> str:
    document = QTextDocument()
    feature = QTextDocument.MarkdownFeature
    document.setMarkdown(text, feature.MarkdownDialectGitHub | feature.MarkdownNoHTML)
    _keep_to_the_web(document)
    html = document.toHtml()
    start = html.find(">", html.find("<body")) + 1
    return html[start : html.rfind("</body>")]


def _keep_to_the_web(document: QTextDocument) -> None:
    """Turn links to elsewhere into text, and pictures into the text for them."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    # From the end, so that positions stay right.
    for start, length, form in reversed(list(_links_and_pictures(document))):
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        if form.isImageFormat():
            words = form.property(QTextFormat.Property.ImageAltText)
            cursor.insertText(str(words or ""), QTextCharFormat())
            continue
        # Qt gives links a colour that cannot be read on a dark ground; without it they
        # have the colour of the other links.
        for looks in _LOOKS_OF_A_LINK:
            form.clearProperty(looks)
        if QUrl(form.anchorHref()).scheme() not in WEB_SCHEMES:
            form.clearProperty(QTextFormat.Property.IsAnchor)
            form.clearProperty(QTextFormat.Property.AnchorHref)
        cursor.setCharFormat(form)
    cursor.endEditBlock()


def _links_and_pictures(
    document: QTextDocument,
) -> Iterator[tuple[int, int, QTextCharFormat]]:
    block = document.begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            fragment = place.fragment()
            form = fragment.charFormat()
            if form.isAnchor() or form.isImageFormat():
                yield fragment.position(), fragment.length(), form
            place += 1
        block = block.next()
