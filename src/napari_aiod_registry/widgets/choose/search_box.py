"""A line to find models with, and what was found below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from qtpy.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from qtpy.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from qtpy.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from superqt.utils import signals_blocked

from ...registry import Registry, Selection
from ...search import Search
from ..parts import Background
from ..viewer import Fits
from ..weights import Availability
from .favourites import Favourites, NoFavourites
from .search_filter import SearchFilter
from .search_results import MOST_LINES, SearchResults

_AT_ONCE = 500
"""Version-tasks, and tags, that are made searchable while a person waits."""

_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: MOST_LINES,
    Qt.Key.Key_PageUp: -MOST_LINES,
}

_MOST_FOUND = 50
"""Results that are shown at the most."""

_EVERYTHING = "everything"
"""The task of models that are for no structure in particular."""

_LEAVE = 50
"""Milliseconds between two looks whether a person has let go of the mouse."""

_GONE = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""Why the keyboard leaves the line when a person goes on to something else."""


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
        self._is_making = False
        self._favourites: Favourites = NoFavourites()
        self._current: Selection | None = None
        self._line = self._make_line()
        self._filter = SearchFilter(self)
        self._filter.opened.connect(self._prepare)
        self._filter.changed.connect(self._on_filter)
        self._star = self._make_star()
        self._show_star()
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(_LEAVE)
        self._leaving.timeout.connect(self._leave)
        self._list = SearchResults(self)
        self._list.chosen.connect(self._choose)
        for part in (self._line, self._star, self._filter):
            part.installEventFilter(self)
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

    def _make_line(self) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName("aiod-search")
        line.setPlaceholderText("Find a model: nuclei, 3D, light sheet …")
        line.setAccessibleName("Find a model")
        line.setToolTip("Words in any order. ↓ ↑ and Enter choose, Esc clears.")
        line.setClearButtonEnabled(True)
        line.setAcceptDrops(False)
        line.textChanged.connect(self._on_text)
        return line

    def _make_star(self) -> QToolButton:
        star = QToolButton(self)
        star.setObjectName("aiod-favourite")
        star.setCheckable(True)
        star.setAutoRaise(True)
        star.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        star.toggled.connect(self._on_star)
        star.hide()
        return star

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [self._line, self._star, self._filter]

    def set_registry(self, registry: Registry) -> None:
        """Search in a registry."""
        self._registry = registry
        self._search = None
        self._is_making = False
        if self._list.is_open:  # what it shows may be gone
            chosen = self._list.selection
            self._list.clear()
            self._open()
            self._list.choose(chosen)
        elif self._filter.tags:
            self._prepare()

    def set_facts(self, availability: Availability, fits: Callable[[], Fits]) -> None:
        """Say how to learn where weights are, and what fits the image."""
        self._list.set_facts(availability, fits)

    def look_again(self) -> None:
        """Show what is known by now of those found."""
        if self._list.is_open and self._filter.only_usable:
            chosen = self._list.selection
            self._find()
            self._list.choose(chosen)
        elif self._list.is_open:
            self._list.look_again()

    # Favourites

    def use_favourites(self, favourites: Favourites) -> None:
        """Offer what is remembered before anything else, and let people favour.

        Call it again when other selections have a star than before.
        """
        self._favourites = favourites
        self._star.show()
        self.show_selection(self._current)

    def show_selection(self, selection: Selection | None) -> None:
        """Say which selection the star is for."""
        self._current = selection
        with signals_blocked(self._star):
            self._star.setChecked(selection in self._favourites.favourites)
        self._show_star()

    def _offered(self) -> Sequence[Selection]:
        return self._favourites.offered(self._registry)

    def _on_star(self, is_favourite: bool) -> None:
        self._show_star()
        if self._current is not None:
            self._favourites.favour(self._current, is_favourite)

    def _show_star(self) -> None:
        is_favourite = self._star.isChecked()
        self._star.setText("★" if is_favourite else "☆")
        words = "Remove from favourites" if is_favourite else "Make this a favourite"
        self._star.setToolTip(words)
        self._star.setAccessibleName(words)

    # What is searched for

    def _text(self) -> str:
        return self._line.text().strip()

    def _on_filter(self) -> None:
        self._line.setFocus()
        self._on_text()

    def _on_text(self, *_: object) -> None:
        if self._text() or self._filter.is_on:
            self._find()
        else:
            self._list.hide()

    def _prepare(self) -> bool:
        """Make the registry searchable; tell whether it is by now."""
        if self._search is not None:
            return True
        registry = self._registry
        if _is_large(registry):
            if not self._is_making:
                self._is_making = True
                self._background.run(lambda: (registry, Search(registry)), self._made)
            return False
        self._use(Search(registry))
        return True

    def _made(self, result: tuple[Registry, Search]) -> None:
        registry, search = result
        if registry is self._registry:
            self._is_making = False
            self._use(search)
            if self._list.is_open:
                self._find()

    def _use(self, search: Search) -> None:
        self._search = search
        self._filter.offer_tags(search.tags)

    def _find(self) -> None:
        """Show what is found, as soon as the registry can be searched."""
        if not self._prepare() or self._search is None:
            self._list.say("Looking through all models …")
            return
        text = self._text()
        found = self._search.find(
            text,
            dimension=self._filter.dimension,
            tags=self._filter.tags,
            keep=self._list.is_usable if self._filter.only_usable else None,
            limit=_MOST_FOUND,
        )
        if not found:
            self._find_nothing(text)
            return
        order = {selection: row for row, selection in enumerate(self._offered())}
        last = len(order)
        # Those that are remembered come first; all others stay in their order.
        found = sorted(found, key=lambda hit: order.get(hit.selection, last))
        hits = [(hit.selection, hit.title) for hit in found]
        more = f"The best {len(hits)}: one more word leaves fewer."
        self._list.show_found(
            hits,
            self._favourites.favourites,
            self._unknown(text),
            more if len(hits) == _MOST_FOUND else "",
        )

    def _unknown(self, text: str) -> str:
        """Say which of the words no model has."""
        words = self._search.unknown(text) if self._search is not None else []
        listed = " or ".join(f"“{word}”" for word in words)
        return f"No model has {listed}." if listed else ""

    def _find_nothing(self, text: str) -> None:
        """Say why nothing is found, and offer what segments everything."""
        unknown = self._unknown(text)
        everything = []
        if _EVERYTHING in self._registry.tasks():
            everything = [
                Selection(_EVERYTHING, model, version)
                for model in self._registry.models(_EVERYTHING)
                for version in self._registry.versions(_EVERYTHING, model)
            ]
        if self._filter.is_on:
            self._list.say(f"{unknown} {self._hidden(text)}".strip())
        elif unknown and everything:
            offered = everything[:MOST_LINES]
            titles = [(selection, self._title(selection)) for selection in offered]
            note = f"{unknown} These are for structures of any kind:"
            self._list.show_found(titles, self._favourites.favourites, note)
        else:
            self._list.say(f"{unknown or 'Nothing is found.'} Try other words.")

    def _hidden(self, text: str) -> str:
        """Say how many there would be without the filters."""
        count = len(self._search.find(text)) if self._search is not None else 0
        if not count:
            return "Nothing is found, without the filters neither."
        models = "One model is" if count == 1 else f"{count} models are"
        return f"{models} hidden by the filters. Clear them in the menu Filter."

    # What a person does

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Let the arrow keys, Enter and Escape work in the list."""
        if event is None:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(watched, Qt.Key(event.key()))
        if watched is not self._line:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease and not self._text():
            if self._offered() and not self._list.is_open:
                self._open()
        elif isinstance(event, QFocusEvent):
            if event.gotFocus() and self._text() and not self._list.is_open:
                self._find()
            elif event.lostFocus() and event.reason() in _GONE:
                self._leaving.start()
        return False

    def _leave(self) -> None:
        """Close the list when a person has gone on.

        Not while a button is pressed or a list is open: what is below would move away
        from under the mouse.
        """
        is_busy = (
            QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
            or QApplication.activePopupWidget() is not None
        )
        if is_busy:
            self._leaving.start()
        elif not self._line.hasFocus():
            self._list.hide()

    def _on_key(self, watched: QObject | None, key: Qt.Key) -> bool:
        is_busy = bool(self._line.text()) or self._list.is_open
        if key == Qt.Key.Key_Escape and is_busy:
            self._close()
            self._line.setFocus()
            return True
        if watched is not self._line:
            return False
        if key in _MOVES:
            if self._list.is_open:
                self._list.go(_MOVES[key])
            else:
                self._open()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._list.is_open and self._list.selection is not None:
                self._choose(self._list.selection)
            return True
        return False

    def _close(self) -> None:
        self._line.clear()
        self._list.hide()

    def _open(self) -> None:
        """Offer what is remembered, or all, before anything is typed."""
        offered = self._offered()
        if self._text() or self._filter.is_on or not offered:
            self._find()
            return
        titles = [(selection, self._title(selection)) for selection in offered]
        stars = self._favourites.favourites
        self._list.show_found(titles, stars, "Favourites, and used last:")

    def _title(self, selection: Selection) -> str:
        manifest = self._registry[selection.model]
        task = self._registry.tasks()[selection.task]
        return f"{manifest.name} · {selection.version} · {task}"

    def _choose(self, selection: Selection) -> None:
        self._close()
        if self._registry.has(selection):
            self.chosen.emit(selection)

    def sizeHint(self) -> QSize:
        """Be as narrow as the dock."""
        return QSize(120, super().sizeHint().height())


def _is_large(registry: Registry) -> bool:
    """Whether it takes long to make a registry searchable."""
    tags = sum(len(manifest.metadata.tags or ()) for manifest in registry.values())
    return tags > _AT_ONCE or any(islice(registry.selections(), _AT_ONCE, None))
