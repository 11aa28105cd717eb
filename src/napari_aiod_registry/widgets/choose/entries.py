"""A dropdown whose entries have keys, and say more about themselves when looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from qtpy.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from qtpy.QtGui import QIcon, QPaintEvent
from qtpy.QtWidgets import (
    QComboBox,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from superqt.utils import signals_blocked

from ..parts import plain_tooltip

_BESIDE = 4
"""Pixels beside the text."""

_COLOURS = (QEvent.Type.StyleChange, QEvent.Type.PaletteChange)

_WIDEST, _MOST_MEASURED = 600, 500
"""Pixels of a list at the most, and entries that are measured for it."""

_WIDEST_MARKS = "✓?  – not readable    "
"""What may stand around the text of an entry."""

_Index = QModelIndex | QPersistentModelIndex


_SHOWN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.DecorationRole,
)


class Shown(NamedTuple):
    """What an entry shows.

    Attributes
    ----------
    text : str
        The entry.
    note : str
        What a tooltip says about it.
    icon : QIcon
        What stands before it.
    short : str
        The entry where there is little room.
    """

    text: str
    note: str
    icon: QIcon
    short: str


class _Entries(QAbstractListModel):
    """Entries by key; what they show is found out when somebody looks.

    There may be thousands, of which a few are ever seen.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.texts: dict[str, str] = {}
        self.keys: list[str] = []
        self.rows: dict[str, int] = {}
        self.show: Callable[[str, str], Shown] | None = None
        self._known: dict[str, Shown] = {}

    def offer(self, entries: Mapping[str, str]) -> None:
        self.beginResetModel()
        self._known.clear()
        self.texts = dict(entries)
        self.keys = list(entries)
        self.rows = {key: row for row, key in enumerate(entries)}
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as in Qt
        return 0 if parent.isValid() else len(self.keys)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.keys):
            return None
        key = self.keys[index.row()]
        text = self.texts[key]
        if role == Qt.ItemDataRole.UserRole:
            return key
        if self.show is None:
            return text if role == Qt.ItemDataRole.DisplayRole else None
        if role not in _SHOWN:
            return None
        shown = self.shown(key)
        if shown is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(shown.note)
        return shown.text if role == Qt.ItemDataRole.DisplayRole else shown.icon

    def shown(self, key: str) -> Shown | None:
        """Find out what an entry shows, once until `forget` is called."""
        found = self._known.get(key)
        if found is None and self.show is not None:
            try:
                found = self._known[key] = self.show(key, self.texts[key])
            except RuntimeError:  # what it asks is being deleted, and the entries too
                return None
        return found

    def forget(self) -> None:
        """Find it out again: something has changed."""
        self._known.clear()

    def match(
        self,
        start: QModelIndex,
        role: int,
        value: Any,
        hits: int = 1,
        flags: Qt.MatchFlag = Qt.MatchFlag.MatchStartsWith,
    ) -> list[QModelIndex]:
        """Find what is typed by the names alone: marks stand before what is shown."""
        if role != Qt.ItemDataRole.DisplayRole:
            return super().match(start, role, value, hits, flags)
        wanted, count = str(value).casefold(), len(self.keys)
        rows = ((start.row() + step) % count for step in range(count))
        found = (
            row
            for row in rows
            if self.texts[self.keys[row]].casefold().startswith(wanted)
        )
        return [self.index(row) for row in islice(found, hits if hits > 0 else None)]

    def look_again(self) -> None:
        self.forget()
        if self.keys:
            self.dataChanged.emit(self.index(0), self.index(len(self.keys) - 1))


class KeyCombo(QComboBox):
    """A dropdown whose entries have keys.

    magicgui's would look for each new entry among those before it, which takes long
    where there are thousands of models.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = _Entries(self)
        self.setModel(self._entries)
        view = self.view()
        if isinstance(view, QListView):  # or each of thousands would be measured
            view.setUniformItemSizes(True)

    def changeEvent(self, event: QEvent | None) -> None:
        """Take signs in other colours, when the theme is another."""
        super().changeEvent(event)
        if event is not None and event.type() in _COLOURS:
            self._entries.forget()

    def showPopup(self) -> None:
        """Make the list wide enough for its entries, also where the dock is narrow."""
        view = self.view()
        if view is not None:
            metrics = self.fontMetrics()
            texts = islice(self._entries.texts.values(), _MOST_MEASURED)
            widest = max(map(metrics.horizontalAdvance, texts), default=0)
            beside = metrics.horizontalAdvance(_WIDEST_MARKS) + self.iconSize().width()
            view.setMinimumWidth(min(widest + beside, _WIDEST))
        super().showPopup()

    def shown_text(self) -> str:
        """Return what is shown of the chosen entry; its end may have no room."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return self._elided(option)

    def _elided(self, option: QStyleOptionComboBox) -> str:
        style, text = self.style(), option.currentText or ""
        shown = self._entries.shown(self.key) if self.key is not None else None
        text = text if shown is None else shown.short
        if style is None:
            return text
        field = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + 4
        room = field.width() - icon - _BESIDE
        right = Qt.TextElideMode.ElideRight
        return option.fontMetrics.elidedText(text, right, room)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Leave out the end of a text that has no room, instead of cutting letters."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self._elided(option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    @property
    def key(self) -> str | None:
        """Key of the chosen entry, None where there is none."""
        row = self.currentIndex()
        return self._entries.keys[row] if row >= 0 else None

    @key.setter
    def key(self, key: str) -> None:
        self.setCurrentIndex(self._entries.rows.get(key, -1))

    def offer(self, entries: Mapping[str, str]) -> None:
        """Offer entries, key → text; keep the chosen one if it is among them."""
        before = self.key
        with signals_blocked(self):
            self._entries.offer(entries)
            row = 0 if before is None else self._entries.rows.get(before, 0)
            self.setCurrentIndex(row if entries else -1)

    def set_show(self, show: Callable[[str, str], Shown]) -> None:
        """Say what an entry shows, by key and text; asked when it is looked at."""
        self._entries.show = show

    def look_again(self) -> None:
        """Ask again what the entries show."""
        with signals_blocked(self):  # the choice is the same
            self._entries.look_again()
        self.update()
