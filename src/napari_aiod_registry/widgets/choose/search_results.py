"""The list of what a search has found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from qtpy.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from qtpy.QtGui import QResizeEvent
from qtpy.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ...registry import Selection
from ..parts import breakable, plain_tooltip
from ..viewer import Fits
from ..weights import Availability, WhereIcons

_SELECTION = Qt.ItemDataRole.UserRole
_TITLE = _SELECTION + 1
"""What an entry keeps: which selection it is, and what it is called."""

MOST_LINES = 8
"""Lines of text that are seen at once."""

_BESIDE = 12
"""Pixels beside an entry's sign and text."""


class SearchResults(QListWidget):
    """Shows version-tasks: whether they fit, can be used here, and are favourites.

    The keys stay with the line that is typed into, which moves the choice here.

    Attributes
    ----------
    chosen : Signal
        Emitted with a `Selection` when a person chooses it.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._availability: Availability | None = None
        self._fits: Callable[[], Fits] | None = None
        self._icons = WhereIcons(self)
        self._favourites: Collection[Selection] = ()
        self.setObjectName("aiod-search-results")
        self.setAccessibleName("Models found")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setWordWrap(True)
        self.setItemDelegate(_Wrapped(self))
        self.itemClicked.connect(self._on_clicked)
        self.hide()

    def set_facts(self, availability: Availability, fits: Callable[[], Fits]) -> None:
        """Say how to learn where weights are, and what fits the image."""
        self._availability, self._fits = availability, fits

    @property
    def is_open(self) -> bool:
        """Whether it is there, even if the dock is not to be seen just now."""
        return not self.isHidden()

    @property
    def selection(self) -> Selection | None:
        """The selection of the current entry."""
        return self._selection_in(self.currentRow())

    def is_usable(self, selection: Selection) -> bool:
        """Whether something of a selection can be had here, as far as is known."""
        return self._availability is None or not self._availability.why(selection)

    def show_found(
        self,
        found: Sequence[tuple[Selection, str]],
        favourites: Collection[Selection] = (),
        note: str = "",
        more: str = "",
    ) -> None:
        """Show selections with their titles between two notes, and choose the first.

        Those come last that do not fit the image, or can't be used here.
        """
        self._favourites = favourites
        self.clear()
        if note:
            self._add_words(note)
        for selection, title in sorted(found, key=lambda one: self._rank(one[0])):
            item = QListWidgetItem()
            item.setData(_SELECTION, selection)
            item.setData(_TITLE, title)
            self._mark(item)
            self.addItem(item)
        if more:
            self._add_words(more)
        self.setCurrentRow(1 if note else 0)
        self._open()
        self.scrollToTop()

    def _rank(self, selection: Selection) -> tuple[bool, bool]:
        fit = self._fits().of(selection) if self._fits is not None else None
        is_misfit = fit is not None and fit.status == "misfit"
        return not self.is_usable(selection), is_misfit

    def say(self, words: str) -> None:
        """Say something in place of a result."""
        self.clear()
        self._add_words(words)
        self.setCurrentRow(-1)
        self._open()

    def _add_words(self, words: str) -> None:
        item = QListWidgetItem(breakable(words))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.addItem(item)

    def look_again(self) -> None:
        """Show what is known by now of what was found."""
        for row in range(self.count()):
            item = self.item(row)
            if item is not None and item.data(_SELECTION) is not None:
                self._mark(item)
        self._fit_height()

    def go(self, by: int) -> None:
        """Choose an entry further down, or further up."""
        rows = [row for row in range(self.count()) if self._selection_in(row)]
        if rows:
            row = min(max(self.currentRow() + by, rows[0]), rows[-1])
            self.setCurrentRow(row)
            if row == rows[0]:
                self.scrollToTop()

    def choose(self, selection: Selection | None) -> None:
        """Choose an entry by its selection, if it is there."""
        for row in range(self.count()):
            if selection is not None and self._selection_in(row) == selection:
                self.setCurrentRow(row)

    def _selection_in(self, row: int) -> Selection | None:
        item = self.item(row)
        data = item.data(_SELECTION) if item is not None else None
        return Selection(*data) if data is not None else None

    def _mark(self, item: QListWidgetItem) -> None:
        selection, title = Selection(*item.data(_SELECTION)), str(item.data(_TITLE))
        marks = "★ " if selection in self._favourites else ""
        notes = [title]
        if self._fits is not None:
            marks += self._fits().mark([selection])
            fit = self._fits().of(selection)
            notes.append(fit.reason if fit is not None else "")
        if self._availability is not None:
            item.setIcon(self._icons.icon(self._availability.where(selection)))
            notes.append(self._availability.words(selection))
        not_here = "" if self.is_usable(selection) else " – not readable"
        item.setText(breakable(f"{marks}{title}{not_here}"))
        item.setToolTip(plain_tooltip("\n".join(filter(None, notes))))

    def _on_clicked(self, item: QListWidgetItem) -> None:
        if item.data(_SELECTION) is not None:
            self.chosen.emit(Selection(*item.data(_SELECTION)))

    # How high it is

    def _open(self) -> None:
        self.show()
        self._fit_height()

    def _fit_height(self) -> None:
        """Be as high as whole rows are, up to a number of lines."""
        room = self.fontMetrics().lineSpacing() * MOST_LINES * 1.3
        height = 0
        for row in range(self.count()):
            more = self.sizeHintForRow(row)
            if height and height + more > room:
                break
            height += more
        self.setFixedHeight(height + 2 * self.frameWidth() + 2)

    def icon_side(self) -> int:
        """Return the width of the signs."""
        return max(12, self.fontMetrics().ascent())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Wrap the entries to the width that there is."""
        super().resizeEvent(event)
        if event is not None and event.size().width() != event.oldSize().width():
            side = self.icon_side()
            self.setIconSize(QSize(side, side))
            self.scheduleDelayedItemsLayout()
            self._fit_height()


class _Wrapped(QStyledItemDelegate):
    """Gives each entry the height that its text needs in the width of the list."""

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        view: Any = self.parent()
        text = str(index.data() or "")
        beside = view.icon_side() + _BESIDE if index.data(_SELECTION) else _BESIDE
        width = max(1, view.viewport().width() - beside)
        flags = Qt.TextFlag.TextWordWrap
        needed = option.fontMetrics.boundingRect(
            QRect(0, 0, width, 10_000), flags, text
        )
        height = max(needed.height(), view.icon_side())
        return QSize(view.viewport().width(), height + 4)
