"""The picker as napari docks it: with settings, and a memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qtpy.QtCore import QEvent, QTimer
from qtpy.QtGui import QHideEvent
from qtpy.QtWidgets import QWidget

from .. import settings
from ..registry import DEFAULT_TIMEOUT
from .memory import Choices, Folds, Remembered
from .parts import delete_if_left_alone
from .picker import ModelPicker

if TYPE_CHECKING:
    from napari.viewer import Viewer

_TYPED = 800
"""Milliseconds after the last letter of a setting until it is used."""


class RegistryDock(ModelPicker):
    """A `ModelPicker` that begins where the last napari ended.

    It looks for manifests in the folders of the settings, too, and gives disks the time
    that is set there. It follows the settings while it is open.

    Parameters
    ----------
    napari_viewer : napari.viewer.Viewer
        The viewer.
    parent : QWidget, optional
        The Qt parent.
    """

    def __init__(self, napari_viewer: Viewer, parent: QWidget | None = None) -> None:
        remembered = Remembered()
        super().__init__(
            napari_viewer,
            parent=parent,
            folders=settings.folders,
            time_limit=settings.time_limit(DEFAULT_TIMEOUT),
            begin_with=remembered.latest,
        )
        self._remembered = remembered
        self._choices = Choices(remembered, self)
        self._choices.pass_over(self.selection)
        self.began.connect(self._choices.pass_over)
        self._folds = Folds(remembered, self)
        self._folds.follow_form(self.form, self.model)
        self._folds.follow_rest(self)
        self.changed.connect(self._on_changed)
        self.use_favourites(remembered)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_TYPED)
        self._typed.timeout.connect(self.discover)
        self._ends = [
            settings.follow("sources", "folders", self._on_folders),
            settings.follow("sources", "time_limit", self._on_time_limit),
            settings.follow("memory", "remembered", self._on_memory),
        ]

    def _on_changed(self) -> None:
        self._folds.follow_form(self.form, self.model)
        self._choices.see(self.selection)

    # The settings

    def _on_folders(self, _: Any) -> None:
        self._typed.start()

    def _on_time_limit(self, _: Any) -> None:
        self.time_limit = settings.time_limit(DEFAULT_TIMEOUT)

    def _on_memory(self, event: Any) -> None:
        self._remembered.take(event.value)
        self.use_favourites(self._remembered)

    # How it ends

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Write down what is still to be remembered: napari may be closing."""
        super().hideEvent(event)
        self._choices.write_now()

    def event(self, event: QEvent | None) -> bool:
        """Go when napari's × has let go of it: nobody else would delete it."""
        kind = event.type() if event is not None else None
        if kind == QEvent.Type.ParentChange and self.parent() is None:
            delete_if_left_alone(self)
        elif kind == QEvent.Type.DeferredDelete:
            for end in self._ends:  # the settings outlive the dock
                end()
            self._ends.clear()
        return super().event(event)
