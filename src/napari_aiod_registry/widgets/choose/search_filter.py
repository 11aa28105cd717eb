"""A button with what a search keeps to: dimensions, tags, what can be used here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qtpy.QtCore import Signal
from qtpy.QtGui import QAction, QMouseEvent
from qtpy.QtWidgets import QMenu, QPushButton, QWidget
from superqt.utils import signals_blocked

from ...messages import and_more
from ..parts import plain_tooltip

_DIMENSIONS = ("2d", "3d")
_HELP = "Find only some models."

_MOST_TAGS = 200
"""Tags in the menu at the most: a longer one nobody reads."""


class _StayingMenu(QMenu):
    """A menu in which several things can be ticked, one after the other."""

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable() and action.isEnabled():
            action.toggle()
            return
        super().mouseReleaseEvent(event)


class SearchFilter(QPushButton):
    """Lets people choose which models a search keeps to.

    Attributes
    ----------
    changed : Signal
        Emitted when a choice changes.
    opened : Signal
        Emitted before the menu is shown, so that its tags can be filled in.
    """

    changed = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("aiod-search-filter")
        self.setAutoDefault(False)
        menu = _StayingMenu(self)
        menu.setToolTipsVisible(True)
        self._dimensions = {
            number: self._action(menu, f"{number}D images") for number in (2, 3)
        }
        self._usable = self._action(menu, "Usable here")
        self._usable.setToolTip("Only with weights that this computer can get.")
        self._tags = _StayingMenu("Tags", menu)
        menu.addMenu(self._tags)
        menu.addSeparator()
        clear = QAction("Clear", menu)
        clear.triggered.connect(self.clear)
        menu.addAction(clear)
        menu.aboutToShow.connect(self.opened)
        self.setMenu(menu)
        self._show_count()

    def _action(self, menu: QMenu, text: str) -> QAction:
        # An ampersand would be taken for the mark of a shortcut, a tab for its column.
        action = QAction(text.replace("&", "&&").replace("\t", " "), menu)
        action.setData(text)
        action.setCheckable(True)
        action.toggled.connect(self._on_toggled)
        menu.addAction(action)
        return action

    @property
    def dimension(self) -> int | None:
        """2 or 3, where only such images are wanted."""
        return next((n for n, one in self._dimensions.items() if one.isChecked()), None)

    @property
    def only_usable(self) -> bool:
        """Whether only models are wanted that can be used here."""
        return self._usable.isChecked()

    @property
    def tags(self) -> list[str]:
        """Tags that a model must have."""
        return [str(one.data()) for one in self._tags.actions() if one.isChecked()]

    @property
    def is_on(self) -> bool:
        """Whether anything is filtered."""
        return any(self._checked())

    def offer_tags(self, tags: Sequence[str]) -> None:
        """Offer other tags. What is not among them is no longer asked for."""
        checked = set(self.tags)
        self._tags.clear()
        # These are in the menu already, and look at axes too.
        others = [tag for tag in tags if tag.casefold() not in _DIMENSIONS]
        first = [
            tag
            for number, tag in enumerate(others)
            if number < _MOST_TAGS or tag in checked
        ]
        for tag in first:
            action = self._action(self._tags, tag)
            with signals_blocked(action):
                action.setChecked(tag in checked)
        if len(first) < len(others):
            rest = QAction(
                f"{and_more(len(others) - len(first))}: type them", self._tags
            )
            rest.setEnabled(False)
            self._tags.addAction(rest)
        self._show_count()

    def clear(self) -> None:
        """Filter nothing any more."""
        for action in list(self._checked()):
            with signals_blocked(action):
                action.setChecked(False)
        self._show_count()
        self.changed.emit()

    def _checked(self) -> Iterator[QAction]:
        everything = (*self._dimensions.values(), self._usable, *self._tags.actions())
        return (action for action in everything if action.isChecked())

    def _on_toggled(self, checked: bool) -> None:
        two, three = self._dimensions[2], self._dimensions[3]
        if checked and self.sender() in (two, three):
            other = three if self.sender() is two else two
            with signals_blocked(other):
                other.setChecked(False)
        self._show_count()
        self.changed.emit()

    def _show_count(self) -> None:
        names = [str(action.data()) for action in self._checked()]
        self.setText(f"Filter ({len(names)})" if names else "Filter")
        self.setAccessibleName(self.text())
        help_ = f"Only: {', '.join(names)}." if names else _HELP
        self.setToolTip(plain_tooltip(help_))
