"""What is told of a preview: which file it is, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from qtpy.QtCore import Qt, QUrl, Signal
from qtpy.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from qtpy.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QShortcut,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...messages import Problem, counted
from ...reading import Reading
from ..parts import breakable, plain_tooltip, wrapped_label

_MOST_LINES = 6


class PreviewPanel(QFrame):
    """Shows one preview, with its problems.

    Parameters
    ----------
    path : Path
        The file.
    parent : QWidget
        The Qt parent.

    Attributes
    ----------
    closed : Signal
        Emitted with the file when a person wants the preview to go.
    has_shown_entries : bool
        Whether the manifest has been right at any time.
    """

    closed = Signal(object)

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.has_shown_entries = False
        self._path = path
        self._problems: tuple[Problem, ...] = ()
        self.setObjectName("aiod-preview")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._text = wrapped_label("aiod-preview-text", self)
        self._text.setText(f"Preview of {breakable(path.name)}: reading …")
        self._text.setToolTip(plain_tooltip(str(path)))
        self._copy = self._button("Copy", "Copy these problems")
        self._copy.clicked.connect(self._on_copy)
        self._close = self._button("×", f"Close the preview of {path.name}")
        self._close.clicked.connect(self._on_close)
        self._list = QListWidget(self)
        self._list.setObjectName("aiod-preview-problems")
        self._list.setAccessibleName(f"Problems of {path.name}")
        self._list.setToolTip("Click a problem to open the file.")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._on_open)
        # Not `itemActivated`: where a click activates, it would come twice.
        enter = QShortcut(QKeySequence(Qt.Key.Key_Return), self._list)
        enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(self._on_open)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._text, 1)
        top.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 4, 4)
        layout.addLayout(top)
        layout.addWidget(self._list)
        self._show_problems()

    def _button(self, text: str, help_: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(help_)
        button.setAccessibleName(help_)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setObjectName(f"aiod-preview-{'copy' if text == 'Copy' else 'close'}")
        return button

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [self._copy, self._close, self._list]

    def show_reading(self, reading: Reading, *, has_entries: bool) -> None:
        """Show what came of reading the file.

        Parameters
        ----------
        reading : Reading
            The problems.
        has_entries : bool
            Whether the dropdowns have entries of it, of now or of an earlier time.
        """
        self.has_shown_entries |= has_entries
        self._problems = reading.problems
        errors = sum(problem.severity == "error" for problem in reading.problems)
        warnings = len(reading.problems) - errors
        if errors:
            rest = (
                "The last good version is shown."
                if has_entries
                else "There is nothing to show yet."
            )
            text = f"{counted(errors, 'error')}. {rest}"
        elif warnings:
            text = f"shown, with {counted(warnings, 'warning')}."
        else:
            text = "shown."
        mark = "✗" if errors else "✓"
        self._text.setText(f"{mark} Preview of {breakable(self._path.name)}: {text}")
        self._show_problems()

    def _show_problems(self) -> None:
        self._list.clear()
        for problem in self._problems:
            item = QListWidgetItem(_line(problem))
            item.setToolTip(plain_tooltip(problem.sentence))
            self._list.addItem(item)
        self._list.setVisible(bool(self._problems))
        self._copy.setVisible(bool(self._problems))
        height = self.fontMetrics().height() + 6
        errors = sum(problem.severity == "error" for problem in self._problems)
        most = _MOST_LINES if errors else _MOST_LINES // 3  # warnings can wait
        lines = min(2 * len(self._problems), most)
        self._list.setFixedHeight(height * lines + 8)

    def _on_close(self) -> None:
        self.closed.emit(self._path)

    def _on_copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText("\n".join(map(str, self._problems)))

    def _on_open(self, _item: object = None) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))


def _line(problem: Problem) -> str:
    where = f"Line {problem.line}, column {problem.column}: " if problem.line else ""
    kind = "" if problem.severity == "error" else "Warning: "
    place = f"{problem.loc}: " if problem.loc else ""
    return f"{where}{kind}{place}{problem.message} {problem.hint or ''}".rstrip()
