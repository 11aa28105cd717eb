"""Text from manifests and models, shown as it is written: never taken for HTML."""

from __future__ import annotations

import html
import re

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel, QSizePolicy, QWidget

_NO_WIDTH = "\u200b"


def plain_label(text: str, parent: QWidget | None = None) -> QLabel:
    """Make a label that never takes a manifest's text for HTML."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def wrapped_label(name: str, parent: QWidget | None = None) -> QLabel:
    """Make a plain label that wraps to the width it gets, and can be selected."""
    label = plain_label("", parent)
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


def breakable(text: str) -> str:
    """Let text wrap behind ``/``, ``_`` and ``-``, and within the longest words too.

    It is done by spaces of no width.
    """
    text = re.sub(r"([/_-])", f"\\1{_NO_WIDTH}", text)
    return re.sub(r"\w{16}(?=\w{4})", f"\\g<0>{_NO_WIDTH}", text)


def plain_tooltip(text: str) -> str:
    """Make a tooltip that wraps, and that shows text as it is written.

    Qt takes what looks like HTML for HTML, and wraps nothing else.
    """
    if not text:
        return ""
    return f"<qt>{html.escape(text, quote=False)}</qt>".replace("\n", "<br>")
