"""A line to find models with, and what was found below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from qtpy.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from qtpy.QtGui import QAction, QKeyEvent
from qtpy.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..registry import Registry, Selection
from ..search import Search
from .availability import Availability
from .background import Background
from .fit_label import Fits
from .labels import plain_tooltip
from .where_icons import WhereIcons

_MOST_ROWS = 8
_AT_ONCE = 500
"""Version-tasks that are made searchable while a person waits."""

_SELECTION = Qt.ItemDataRole.UserRole
_TITLE = _SELECTION + 1
"""What an entry keeps: which selection it is, and what it is called."""

_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _MOST_ROWS,
    Qt.Key.Key_PageUp: -_MOST_ROWS,
}


class SearchBox(QWidget):
    """Finds models by words, tags and dimensions.

    Parameters
    ----------
    background : Background
        Makes large registries searchable.
    parent : QWidget
        The Qt parent.

    Attributes
    ----------
    chosen : Signal
        Emitted with a `Selection` when a person chooses one of those found.
    """

    chosen = Signal(object)

    def __init__(self, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._background = background
        self._registry = Registry({})
        self._search: Search | None = None
        self._availability: Availability | None = None
        self._fits: Callable[[], Fits] | None = None
        self._icons = WhereIcons(self)
        self._remembered: Callable[[], Sequence[Selection]] = tuple
        self._favour: Callable[[Selection, bool], object] = lambda *_: None
        self._current: Selection | None = None
        self._line = QLineEdit(self)
        self._line.setObjectName("aiod-search")
        self._line.setPlaceholderText("Find a model: nuclei, 3D, light sheet …")
        self._line.setAccessibleName("Find a model")
        self._line.setToolTip("Words in any order. ↓ ↑ and Enter choose, Esc clears.")
        self._line.setClearButtonEnabled(True)
        self._line.setAcceptDrops(False)
        self._line.textChanged.connect(self._on_text)
        self._line.installEventFilter(self)
        self._filter = QPushButton(self)
        self._filter.setObjectName("aiod-search-filter")
        self._filter.setAutoDefault(False)
        self._filter.setToolTip("Find only some models.")
        self._make_menu()
        self._star = QToolButton(self)
        self._star.setObjectName("aiod-favourite")
        self._star.setCheckable(True)
        self._star.setAutoRaise(True)
        self._star.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._star.toggled.connect(self._on_star)
        self._star.hide()
        self._show_star()
        self._list = QListWidget(self)
        self._list.setObjectName("aiod-search-results")
        self._list.setAccessibleName("Models found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line has the keys
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setUniformItemSizes(True)
        self._list.itemClicked.connect(self._on_chosen)
        self._list.hide()
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._line, 1)
        top.addWidget(self._star)
        top.addWidget(self._filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._list)

    def _make_menu(self) -> None:
        menu = QMenu(self._filter)
        self._dimensions = {
            number: self._action(menu, f"{number}D images") for number in (2, 3)
        }
        self._usable = self._action(menu, "Usable here")
        self._usable.setToolTip("Only with weights that this computer can read.")
        self._tags = QMenu("Tags", menu)
        menu.addMenu(self._tags)
        menu.addSeparator()
        clear = QAction("Clear", menu)
        clear.triggered.connect(self._on_clear)
        menu.addAction(clear)
        menu.aboutToShow.connect(self._prepare)
        self._filter.setMenu(menu)
        self._count_filters()

    def _action(self, menu: QMenu, text: str) -> QAction:
        # An ampersand would be taken for the mark of a shortcut.
        action = QAction(text.replace("&", "&&"), menu)
        action.setData(text)
        action.setCheckable(True)
        action.toggled.connect(self._on_filter)
        menu.addAction(action)
        return action

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [self._line, self._star, self._filter]

    def set_registry(self, registry: Registry) -> None:
        """Search in a registry."""
        self._registry = registry
        self._search = None
        if self._list.isVisible():
            self._find()

    def set_facts(self, availability: Availability, fits: Callable[[], Fits]) -> None:
        """Say how to learn where weights are, and what fits the image."""
        self._availability, self._fits = availability, fits

    def look_again(self) -> None:
        """Show what is known by now of those found."""
        if not self._is_open():
            return
        if self._usable.isChecked():
            self._find()
        for row in range(self._list.count()):
            item = self._list.item(row)
            if item is not None and item.data(_SELECTION) is not None:
                self._mark(item)

    def set_remembered(
        self,
        remembered: Callable[[], Sequence[Selection]],
        favour: Callable[[Selection, bool], object],
    ) -> None:
        """Offer what is remembered before anything is typed, and let people favour.

        Parameters
        ----------
        remembered : callable
            Returns what to offer, the best first.
        favour : callable
            Called with a selection, and whether it is a favourite from now on.
        """
        self._remembered = remembered
        self._favour = favour
        self._star.show()

    def show_favourite(self, selection: Selection | None, is_favourite: bool) -> None:
        """Say which selection the star is for, and whether it is a favourite."""
        self._current = selection
        blocker = QSignalBlocker(self._star)
        self._star.setChecked(is_favourite)
        del blocker
        self._show_star()

    def _on_star(self, is_favourite: bool) -> None:
        self._show_star()
        if self._current is not None:
            self._favour(self._current, is_favourite)

    def _show_star(self) -> None:
        is_favourite = self._star.isChecked()
        self._star.setText("★" if is_favourite else "☆")
        words = "No favourite any more" if is_favourite else "Make this a favourite"
        self._star.setToolTip(words)
        self._star.setAccessibleName(words)

    # What is searched for

    def _tag_actions(self) -> list[QAction]:
        return self._tags.actions()

    def _checked(self) -> list[QAction]:
        actions = [*self._dimensions.values(), self._usable, *self._tag_actions()]
        return [action for action in actions if action.isChecked()]

    def _on_clear(self) -> None:
        for action in self._checked():
            action.setChecked(False)

    def _on_filter(self, checked: bool) -> None:
        two, three = self._dimensions[2], self._dimensions[3]
        if checked and self.sender() in (two, three):
            other = three if self.sender() is two else two
            other.setChecked(False)
        self._count_filters()
        self._find()

    def _count_filters(self) -> None:
        count = len(self._checked())
        self._filter.setText(f"Filter ({count})" if count else "Filter")
        self._filter.setAccessibleName(self._filter.text())

    def _on_text(self, text: str) -> None:
        if text or self._checked():
            self._find()
        else:
            self._list.hide()

    def _prepare(self) -> bool:
        """Make the registry searchable; tell whether it is by now."""
        if self._search is None:
            registry = self._registry
            if any(islice(registry.selections(), _AT_ONCE, None)):
                self._background.run(lambda: (registry, Search(registry)), self._made)
                return False
            self._use(Search(registry))
        return True

    def _find(self) -> None:
        """Show what is found, as soon as the registry can be searched."""
        if not self._prepare() or self._search is None:
            return
        dimension = next(
            (n for n, action in self._dimensions.items() if action.isChecked()), None
        )
        tags = [str(a.data()) for a in self._tag_actions() if a.isChecked()]
        usable = self._usable.isChecked()
        found = self._search.find(
            self._line.text(),
            dimension=dimension,
            tags=tags,
            keep=self._is_usable if usable else None,
        )
        self._show([(hit.selection, hit.title) for hit in found])

    def _made(self, result: tuple[Registry, Search]) -> None:
        registry, search = result
        if registry is self._registry:
            self._use(search)
            if self._line.text() or self._checked():
                self._find()

    def _use(self, search: Search) -> None:
        self._search = search
        checked = {a.data() for a in self._tag_actions() if a.isChecked()}
        self._tags.clear()
        for tag in search.tags:
            self._action(self._tags, tag).setChecked(tag in checked)

    # What is found

    def _show(self, found: Sequence[tuple[Selection, str]]) -> None:
        self._list.clear()
        for selection, title in found:
            item = QListWidgetItem()
            item.setData(_SELECTION, selection)
            item.setData(_TITLE, title)
            self._mark(item)
            self._list.addItem(item)
        if not found:
            item = QListWidgetItem("Nothing is found. Try fewer words.")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        self._list.setCurrentRow(0 if found else -1)
        height = self._list.sizeHintForRow(0)
        rows = min(self._list.count(), _MOST_ROWS)
        self._list.setFixedHeight(height * rows + 2 * self._list.frameWidth() + 4)
        self._list.show()

    def _mark(self, item: QListWidgetItem) -> None:
        """Show where the weights of an entry are, and whether it fits the image."""
        selection, title = Selection(*item.data(_SELECTION)), str(item.data(_TITLE))
        mark, notes = "", [title]
        if self._fits is not None:
            mark = self._fits().mark([selection])
            fit = self._fits().of(selection)
            notes.append(fit.reason if fit is not None else "")
        if self._availability is not None:
            item.setIcon(self._icons.icon(self._availability.where(selection)))
            notes.append(self._availability.words(selection))
        not_here = "" if self._is_usable(selection) else " – not readable"
        item.setText(f"{mark}{title}{not_here}")
        item.setToolTip(plain_tooltip("\n".join(filter(None, notes))))

    def _is_usable(self, selection: Selection) -> bool:
        return self._availability is None or not self._availability.why(selection)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Let the arrow keys, Enter and Escape work in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _MOVES:
                self._move(_MOVES[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_chosen(self._list.currentItem())
                return True
            if key == Qt.Key.Key_Escape and (self._line.text() or self._is_open()):
                self._close()
                return True
        return super().eventFilter(watched, event)

    def _is_open(self) -> bool:
        return not self._list.isHidden()

    def _close(self) -> None:
        self._line.clear()
        self._list.hide()

    def _move(self, by: int) -> None:
        if not self._is_open():
            self._open()
            return
        row = min(max(self._list.currentRow() + by, 0), self._list.count() - 1)
        self._list.setCurrentRow(row)

    def _open(self) -> None:
        """Offer what is remembered, or all, before anything is typed."""
        remembered = self._remembered()
        if self._line.text() or not remembered:
            self._find()
            return
        titles = {s: self._title(s) for s in remembered}
        self._show([(s, title) for s, title in titles.items() if title])

    def _title(self, selection: Selection) -> str:
        manifest = self._registry[selection.model]
        task = self._registry.tasks()[selection.task]
        return f"{manifest.name} · {selection.version} · {task}"

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        selection = item.data(_SELECTION) if item is not None else None
        if selection is not None and self._is_open():
            self._close()
            self.chosen.emit(Selection(*selection))

    def sizeHint(self) -> QSize:
        """Be as narrow as the dock."""
        return QSize(120, super().sizeHint().height())
