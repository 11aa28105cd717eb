"""A part of a form that can be folded away."""

from __future__ import annotations

from qtpy.QtCore import QObject, Qt, Signal
from qtpy.QtWidgets import (
    QToolButton,
    QVBoxLayout,
    QWidget,
)


class Fold(QObject):
    """A head that shows or hides what is below it.

    Attributes
    ----------
    changed : Signal
        Emitted with `key` and whether it is open now, when a person opens or closes it.
    key : str or None
        Under which name to remember whether it is open; None until somebody wants to.
    """

    changed = Signal(object, bool)

    def __init__(
        self, title: str, parent: QWidget, *, name: str = "aiod-advanced"
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.key: str | None = None
        self.button = QToolButton(parent)
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setObjectName(name)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body = QWidget(parent)
        self.inside = QVBoxLayout(self.body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.body.hide()
        self.button.toggled.connect(self._on_toggled)
        self.button.clicked.connect(self._on_clicked)

    def show_if(self, is_wanted: bool) -> None:
        """Show it, as open as it was, or nothing of it."""
        self.button.setVisible(is_wanted)
        self.body.setVisible(is_wanted and self.button.isChecked())

    def _on_clicked(self, is_open: bool) -> None:
        self.changed.emit(self.key, is_open)

    def _on_toggled(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.button.setArrowType(arrow)
        self.body.setVisible(is_open)
