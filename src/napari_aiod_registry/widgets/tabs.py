"""The way of the Tab key: as the eye goes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from qtpy.QtWidgets import QWidget


def order_tabs(widgets: Iterable[QWidget]) -> None:
    """Let the Tab key go through widgets in this order.

    Qt goes by when each of them was made, and some are made when they are first needed.
    """
    for one, other in pairwise(widgets):
        QWidget.setTabOrder(one, other)
