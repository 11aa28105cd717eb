"""Where the weights are: a path or URL to copy, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..locations import LocationCheck
from ..registry import Resolution
from .labels import breakable, plain_tooltip, wrapped_label

SHORT = {
    "available": "on this computer",
    "remote": "on the web",
    "missing": "not found",
    "unreadable": "no permission",
    "unset-variable": "variable not set",
    "timed-out": "no answer",
}
"""Status → words behind a location."""

_HERE = "✓ Weights on this computer"
_ON_WEB = "✓ Weights on the web, fetched when the model runs"
_NOWHERE = "✗ Weights not readable on this computer"
_STATED = "Weights, as the manifest states them"
_LOOKING = "… Looking for the weights"


class WeightsPanel(QWidget):
    """Shows a resolution: location and config path, or each location's reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = wrapped_label("aiod-status", self)
        self._location = _Line(self, "aiod-location", "Copy the weights' location")
        self._config = _Line(self, "aiod-config-path", "Copy the config's location")
        self._reasons = wrapped_label("aiod-reasons", self)
        rows = QGridLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        for row, (title, line) in enumerate(
            (("Weights", self._location), ("Config", self._config))
        ):
            line.title = QLabel(title, self)
            line.title.setBuddy(line.text)
            rows.addWidget(line.title, row, 0)
            rows.addWidget(line.text, row, 1)
            rows.addWidget(line.copy, row, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._status)
        layout.addLayout(rows)
        layout.addWidget(self._reasons)
        self.show_nothing()

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        lines = (self._location, self._config)
        return [part for line in lines for part in (line.text, line.copy)]

    def show_nothing(self) -> None:
        """Show that there is no selection."""
        self._status.setText("")
        self._location.show_text(None)
        self._config.show_text(None)
        self._reasons.hide()

    def show_resolution(self, resolution: Resolution, *, looking: bool) -> None:
        """Show where the weights are.

        Parameters
        ----------
        resolution : Resolution
            What is known.
        looking : bool
            Whether paths are still being looked at.
        """
        chosen = resolution.chosen
        if chosen is not None:
            text = _HERE if chosen.status == "available" else _ON_WEB
        else:
            text = _LOOKING if looking else _NOWHERE
        self._status.setText(text)
        self._location.show_text(resolution.location)
        self._config.show_text(resolution.config_path)
        text = "" if chosen or looking else reasons(resolution.checks)
        if chosen is not None and chosen.config_reason:
            text = f"The config file can't be found. {chosen.config_reason}"
        self._reasons.setText(text)
        self._reasons.setVisible(bool(self._reasons.text()))

    def show_stated(self, resolution: Resolution) -> None:
        """Show where the manifest says that the weights are."""
        first, *others = resolution.version_task.locations
        self._status.setText(_STATED)
        self._location.show_text(first.location)
        self._config.show_text(first.config_path)
        lines = [f"or {breakable(entry.location)}" for entry in others]
        self._reasons.setText("\n".join(lines))
        self._reasons.setVisible(bool(lines))


def reasons(checks: Sequence[LocationCheck]) -> str:
    """List each location with the reason why it can't be used here."""
    return "\n".join(
        f"{number}. {breakable(check.entry.location)}\n    {breakable(check.reason)}"
        for number, check in enumerate(checks, 1)
    )


class _Line:
    """A read-only line with a button that copies it."""

    def __init__(self, parent: QWidget, name: str, copy: str) -> None:
        self.title = QLabel(parent)
        self.text = QLineEdit(parent)
        self.text.setObjectName(name)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(copy.removeprefix("Copy the ").capitalize())
        self.copy = QToolButton(parent)
        self.copy.setText("Copy")
        self.copy.setToolTip(copy)
        self.copy.setAccessibleName(copy)
        self.copy.setObjectName(f"{name}-copy")
        self.copy.clicked.connect(self._copy)

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.text.text())

    def show_text(self, text: str | None) -> None:
        self.text.setText(text or "")
        # Long addresses differ at the end, but people look for the server first.
        self.text.setCursorPosition(0)
        self.text.setToolTip(plain_tooltip(text or ""))
        for widget in (self.title, self.text, self.copy):
            widget.setVisible(text is not None)
