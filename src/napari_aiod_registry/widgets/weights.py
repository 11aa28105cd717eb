"""Where the weights are: a path or URL to copy, or why there is none."""

from __future__ import annotations

import os
from collections.abc import Sequence

from qtpy.QtCore import Qt, QUrl, Signal
from qtpy.QtGui import QDesktopServices, QGuiApplication
from qtpy.QtWidgets import (
    QGridLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..links import LinkCheck, check_link
from ..locations import LocationCheck, classify
from ..registry import Resolution
from .background import Background
from .elided import ElidedLine
from .fold import Fold
from .labels import breakable, wrapped_label

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
    """Shows a resolution: location and config path, or each location's reason.

    Parameters
    ----------
    background : Background
        Asks servers.
    parent : QWidget, optional
        The Qt parent.

    Attributes
    ----------
    look_again : Signal
        Emitted when a person wants the locations to be looked at again.
    """

    look_again = Signal()

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._asked = ""
        self._status = wrapped_label("aiod-status", self)
        self._location = _Line(
            self, "Weights", "aiod-location", "Copy the weights' location"
        )
        self._config = _Line(
            self, "Config", "aiod-config-path", "Copy the config's location"
        )
        self._reasons = wrapped_label("aiod-reasons", self)
        self._answer = wrapped_label("aiod-link-check", self)
        self._trace = Fold("All locations", self, name="aiod-locations-fold")
        self._trace_text = wrapped_label("aiod-locations", self)
        self._trace.inside.addWidget(self._trace_text)
        self._trace.inside.addWidget(self._answer)
        self._again = self._button("Look again", "aiod-look-again")
        self._again.setToolTip("Look at all locations again: a disk may be back.")
        self._again.clicked.connect(self.look_again)
        self._ask = self._button("Check link", "aiod-check-link")
        self._ask.setToolTip("Ask the server whether the weights are there.")
        self._ask.clicked.connect(self._on_ask)
        rows = QGridLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setColumnStretch(1, 1)
        for row, line in enumerate((self._location, self._config)):
            rows.addWidget(line.title, row, 0)
            rows.addWidget(line.text, row, 1)
            rows.addWidget(line.copy, row, 2)
        # One below the other: side by side they are wider than a narrow dock.
        self._buttons = [self._location.open, self._config.open, self._ask, self._again]
        for button in self._buttons:
            self._trace.inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._status)
        layout.addLayout(rows)
        layout.addWidget(self._reasons)
        layout.addWidget(self._trace.button)
        layout.addWidget(self._trace.body)
        self.show_nothing()

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        lines = (self._location, self._config)
        parts = [part for one in lines for part in (one.text, one.copy)]
        return [*parts, self._trace.button, *self._buttons]

    def _on_ask(self) -> None:
        """Ask the server of the location in the background."""
        url = self._asked = self._location.text.text()
        self._answer.setText("Asking the server …")
        self._answer.show()
        self._ask.setEnabled(False)

        def answer(check: LinkCheck) -> None:
            self._ask.setEnabled(True)
            if url == self._asked:
                mark = "✓" if check.works else "✗"
                self._answer.setText(f"{mark} {check.sentence}")

        self._background.run(lambda: check_link(url), answer)

    def _show_trace(self, resolution: Resolution, *, looked: bool) -> None:
        lines = [
            f"{number}. {breakable(check.entry.location)}"
            + (f"\n    {breakable(check.reason)}" if looked else "")
            for number, check in enumerate(resolution.checks, 1)
        ]
        self._trace_text.setText("\n".join(lines))
        self._trace.button.setText(f"All locations ({len(lines)})")
        is_remote = classify(self._location.text.text() or "/") == "remote"
        self._trace.button.show()
        self._ask.setVisible(looked and is_remote)
        self._again.setVisible(looked)
        if self._asked != self._location.text.text():
            self._asked = ""
            self._answer.hide()

    def show_nothing(self) -> None:
        """Show that there is no selection."""
        self._status.setText("")
        self._location.show_text(None)
        self._config.show_text(None)
        self._asked = ""
        for widget in (self._reasons, self._answer, self._trace.button):
            widget.hide()
        self._trace.button.setChecked(False)

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
        text = ""
        if chosen is None and not looking:
            text = "\n".join(
                filter(None, (reasons(resolution.checks), whom_to_ask(resolution)))
            )
        if chosen is not None and chosen.config_reason:
            text = f"The config file can't be found. {chosen.config_reason}"
        self._reasons.setText(text)
        self._reasons.setVisible(bool(self._reasons.text()))
        self._show_trace(resolution, looked=True)

    def show_stated(self, resolution: Resolution) -> None:
        """Show where the manifest says that the weights are."""
        first, *others = resolution.version_task.locations
        self._status.setText(_STATED)
        self._location.show_text(first.location)
        self._config.show_text(first.config_path)
        lines = [f"or {breakable(entry.location)}" for entry in others]
        self._reasons.setText("\n".join(lines))
        self._reasons.setVisible(bool(lines))
        self._show_trace(resolution, looked=False)
        self._trace.button.hide()  # all of them are there
        self._trace.button.setChecked(False)


def whom_to_ask(resolution: Resolution) -> str:
    """Name somebody who can tell how to get the weights, as the metadata has it."""
    if all(check.status == "timed-out" for check in resolution.checks):
        return ""  # the drive will be back, and then they are there
    metadata, family = resolution.metadata, resolution.manifest.metadata
    people = [*(metadata.authors or ()), *(family.authors or ())]
    author = next((one for one in people if one.email), None)
    if author is not None:
        return f"Ask {author.name} ({author.email}) how to get the weights."
    if people:
        return f"Ask {people[0].name} ({people[0].affiliation}) how to get the weights."
    home = metadata.repo or metadata.url or family.repo or family.url
    return f"How to get the weights: see {breakable(str(home))}" if home else ""


def reasons(checks: Sequence[LocationCheck]) -> str:
    """List each location with the reason why it can't be used here."""
    return "\n".join(
        f"{number}. {breakable(check.entry.location)}\n    {breakable(check.reason)}"
        for number, check in enumerate(checks, 1)
    )


class _Line:
    """A read-only line with buttons that copy and open what it says."""

    def __init__(self, parent: QWidget, title: str, name: str, copy: str) -> None:
        what = copy.removeprefix("Copy the ")
        self.title = QLabel(title, parent)
        self.text = ElidedLine(parent)
        self.title.setBuddy(self.text)
        self.text.setObjectName(name)
        self.text.setAccessibleName(what.capitalize())
        self.copy = self._button(parent, "Copy", copy, f"{name}-copy")
        self.copy.clicked.connect(self._copy)
        which = "config" if "config" in name else "weights"
        self.open = self._button(parent, f"Open {which}", "", f"{name}-open")
        self.open.setAutoRaise(True)
        self.open.clicked.connect(self._open)

    def _button(self, parent: QWidget, text: str, help_: str, name: str) -> QToolButton:
        button = QToolButton(parent)
        button.setText(text)
        button.setToolTip(help_)
        button.setAccessibleName(help_)
        button.setObjectName(name)
        return button

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.text.text())

    def _open(self) -> None:
        text = self.text.text()
        if classify(text) == "remote":
            QDesktopServices.openUrl(QUrl(text))
        else:  # the folder: nobody wants to see the inside of weights
            QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(text)))

    def show_text(self, text: str | None) -> None:
        self.text.setText(text)
        is_remote = classify(text or "/") == "remote"
        help_ = "Open the link in the browser" if is_remote else "Open the folder"
        self.open.setToolTip(help_)
        self.open.setAccessibleName(help_)
        for widget in (self.title, self.text, self.copy, self.open):
            widget.setVisible(text is not None)
