"""Where the weights are: a path or URL to copy, or why there is none."""

from __future__ import annotations

from qtpy.QtCore import QSize, Qt, Signal
from qtpy.QtGui import QResizeEvent
from qtpy.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ...messages import and_more
from ...registry import LocationCheck, Resolution, reasons, why_unreadable
from ..parts import Background, Fold, breakable, wrapped_label
from .line import WeightsLine
from .link_checks import LinkChecks

_SPACING = 6
"""Pixels between title, line and button."""

_HERE = "✓ Weights on this computer"
_ON_WEB = "✓ Weights on the web, fetched when the model runs"
_DEAD = "✗ Weights on the web, but the link does not work now"
_NOWHERE = "✗ Weights not readable on this computer"
_STATED = "Weights, as the manifest states them"
_MOST_LISTED = 50
"""Locations that are listed at the most."""
_NO_MODELS = "There are no models. Open a manifest, or name a folder in the settings."
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
        self._status = wrapped_label("aiod-status", self)
        self._location = WeightsLine(
            background, self, "Weights", "aiod-location", "weights' location"
        )
        self._config = WeightsLine(
            background, self, "Config", "aiod-config-path", "config's location"
        )
        self._reasons = wrapped_label("aiod-reasons", self)
        self._again_here = self._again_button("aiod-look-again-here")
        self._trace = Fold("Locations", self, name="aiod-locations-fold")
        self._trace_text = wrapped_label("aiod-locations", self)
        self._again = self._again_button("aiod-look-again")
        self._links = LinkChecks(background, self)
        self._links.on_answer = self._show_status
        self._chosen: LocationCheck | None = None
        self._buttons = [
            self._location.open,
            self._config.open,
            self._links.button,
            self._again,
        ]
        self._lay_out()
        self.show_nothing()

    def _again_button(self, name: str) -> QPushButton:
        button = QPushButton("Look again", self)
        button.setObjectName(name)
        button.setToolTip("Look at all locations again: a disk may be back.")
        button.clicked.connect(self.look_again)
        return button

    def _lay_out(self) -> None:
        self._rows = QGridLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(_SPACING)
        self._rows.setColumnStretch(1, 1)
        self._set_stacked(False)
        left = Qt.AlignmentFlag.AlignLeft
        self._trace.inside.addWidget(self._trace_text)
        self._trace.inside.addWidget(self._links.label)
        # One below the other: side by side they are wider than a narrow dock.
        for button in (self._again_here, *self._buttons):
            button.setAutoDefault(False)
            if button is not self._again_here:
                self._trace.inside.addWidget(button, 0, left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._status)
        layout.addLayout(self._rows)
        layout.addWidget(self._reasons)
        layout.addWidget(self._again_here, 0, left)
        layout.addWidget(self._trace.button)
        layout.addWidget(self._trace.body)

    def _set_stacked(self, stacked: bool) -> None:
        """Put the titles above their lines, or beside them."""
        for row, line in enumerate((self._location, self._config)):
            self._rows.addWidget(line.title, 2 * row, 0, 1, 3 if stacked else 1)
            place = (2 * row + 1, 0, 1, 2) if stacked else (2 * row, 1, 1, 1)
            self._rows.addWidget(line.text, *place)
            self._rows.addWidget(line.copy, place[0], 2)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the titles above their lines where there is no room beside them."""
        super().resizeEvent(event)
        self._set_stacked(self.width() < max(map(sum, self._widths())))

    def _widths(self) -> list[tuple[int, int, int]]:
        """Return the least widths of title, text and button of each line."""
        return [
            (
                line.title.sizeHint().width() + _SPACING,
                line.text.minimumSizeHint().width() + _SPACING,
                line.copy.sizeHint().width(),
            )
            for line in (self._location, self._config)
        ]

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the lines below their titles."""
        others = (self._again_here, self._trace.button, *self._buttons)
        width = max(
            *(max(title, text + copy) for title, text, copy in self._widths()),
            *(one.minimumSizeHint().width() for one in others if one.isVisibleTo(self)),
        )
        return QSize(width, super().minimumSizeHint().height())

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        lines = (self._location, self._config)
        parts = [part for one in lines for part in (one.text, one.copy)]
        return [*parts, self._again_here, self._trace.button, *self._buttons]

    def show_nothing(self) -> None:
        """Show that there is no selection."""
        self._chosen = None
        self._status.setText(_NO_MODELS)
        self._show_places(None)
        self._links.show_urls([])
        self._reasons.hide()
        self._again_here.hide()
        self._trace.show_if(False)

    def show_resolution(self, resolution: Resolution, *, looking: bool) -> None:
        """Show where the weights are.

        Parameters
        ----------
        resolution : Resolution
            What is known.
        looking : bool
            Whether paths are still being looked at.
        """
        chosen = None if looking else resolution.chosen
        self._chosen = chosen
        self._status.setText(_LOOKING if looking else _NOWHERE)
        self._show_status()
        self._show_places(chosen)
        text = ""
        if looking:
            pass
        elif chosen is None:
            text = why_unreadable(resolution, _MOST_LISTED)
        elif chosen.config_reason:
            text = f"The config file can't be used. {chosen.config_reason}"
        self._reasons.setText(breakable(text))
        self._reasons.setVisible(bool(text))
        self._again_here.setVisible(bool(text))
        self._trace.show_if(chosen is not None)  # else the reasons have it all
        if chosen is not None:
            self._show_trace(resolution)

    def _show_places(self, chosen: LocationCheck | None) -> None:
        if chosen is None:
            self._location.show_text(None)
            self._config.show_text(None)
            return
        self._location.show_text(chosen.location, is_remote=chosen.is_remote)
        self._config.show_text(chosen.config_path, is_remote=chosen.config_is_remote)

    def _show_status(self) -> None:
        """Say where the weights are that were chosen."""
        if self._chosen is None:
            return
        status = _HERE if self._chosen.status == "available" else _ON_WEB
        is_dead = self._links.is_dead(self._chosen.location)
        self._status.setText(_DEAD if is_dead else status)

    def _show_trace(self, resolution: Resolution) -> None:
        checks = resolution.checks
        self._trace.button.setText(f"Locations ({len(checks)})")
        self._trace_text.setText(breakable(reasons(checks, _MOST_LISTED)))
        self._links.show_urls([link for check in checks for link in check.links])

    def show_stated(self, resolution: Resolution) -> None:
        """Show where the manifest says that the weights are."""
        first, *others = resolution.checks
        self._chosen = None
        self._status.setText(_STATED)
        entry = first.entry
        self._location.show_text(entry.location, is_remote=first.is_remote)
        self._config.show_text(entry.config_path, is_remote=first.config_is_remote)
        lines = [f"or {other.entry.location}" for other in others[:_MOST_LISTED]]
        if len(lines) < len(others):
            lines.append(and_more(len(others) - len(lines)))
        self._reasons.setText(breakable("\n".join(lines)))
        self._reasons.setVisible(bool(lines))
        self._trace.show_if(False)  # all of them are there
