"""Widgets one below the other, which scroll where a screen is too low for them."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

_LOWEST = 160
"""Height in pixels that the stretched widget has at least."""


def scrolled(
    rows: Sequence[QWidget], parent: QWidget, *, stretched: QWidget
) -> QScrollArea:
    """Put widgets one below the other.

    Parameters
    ----------
    rows : sequence of QWidget
        The widgets.
    parent : QWidget
        The Qt parent.
    stretched : QWidget
        The one among them that takes the height that is left.

    Returns
    -------
    QScrollArea
        It scrolls up and down, and never sideways.
    """
    area = QScrollArea(parent)
    area.setObjectName("aiod-scroll")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside = QWidget(area)
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(6, 6, 6, 6)
    stretched.setMinimumHeight(_LOWEST)
    for row in rows:
        layout.addWidget(row, 1 if row is stretched else 0)
    area.setWidget(inside)
    return area
