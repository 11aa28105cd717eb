"""The picker as napari docks it: with settings, and a memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from qtpy.QtCore import QEvent, QTimer
from qtpy.QtGui import QHideEvent
from qtpy.QtWidgets import QWidget

from .. import settings
from ..registry.location_checks import DEFAULT_TIMEOUT
from ..registry.registry import Resolution, Selection
from .form.form import ParamForm
from .memory.between_sessions import Remembered
from .parts.fold import Fold
from .parts.held import delete_if_left_alone
from .picker import ModelPicker

if TYPE_CHECKING:
    from napari.viewer import Viewer

_SOON = 300
"""Milliseconds after which a choice is written down for the next napari."""

_STAYED = 2000
"""Milliseconds after which a choice counts as used, and not as passed by."""

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
        self._remembered = Remembered()
        self._wanted = self._remembered.last
        self._shown: Selection | None = None
        self._ends: list[Callable[[], object]] = []
        self._forms_seen: WeakSet[ParamForm] = WeakSet()
        super().__init__(napari_viewer, parent=parent)
        self._shown = self.selection  # nobody has chosen this
        self._search.set_remembered(
            lambda: self._remembered.offered(self.registry),
            lambda: self._remembered.favourites,
            self._remembered.favour,
        )
        self._soon = self._timer(_SOON, self._remember_now)
        self._stayed = self._timer(_STAYED, self._use_selection)
        self._typed = self._timer(_TYPED, self._discover)
        for fold in self.findChildren(Fold):
            if fold.key is None:  # those of the form have one
                self._follow_fold(fold, fold.name)
        self._follow_settings()
        self.changed.connect(self._remember)
        self._forms.changed.connect(self._on_decided)
        self._show_favourite()

    def _timer(self, interval: int, then: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    # The last selection

    def _preferred(self) -> Selection | None:
        """Choose what was chosen last, as soon as it is there.

        At first, the latest of what there is will do.
        """
        wanted = self._wanted
        if wanted is None:
            return None
        if self._registry.has(wanted):
            self._wanted = None
        elif self._shown is None:
            recent = self._remembered.known(self._remembered.recent, self._registry)
            wanted = next(iter(recent), None)
        else:
            return None
        self._shown = wanted
        return wanted

    def _on_decided(self) -> None:
        """Stay where somebody has begun to work."""
        self._wanted = None

    def _remember(self) -> None:
        self._show_favourite()
        selection = self.selection
        if selection is None or selection == self._shown:
            return
        self._shown = selection
        self._soon.start()
        self._stayed.start()

    def _remember_now(self) -> None:
        self._soon.stop()
        if self._shown is not None:
            self._remembered.choose(self._shown)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Write down what is still to be remembered: napari may be closing."""
        super().hideEvent(event)
        if self._soon.isActive():
            self._remember_now()

    def _use_selection(self) -> None:
        if self.selection is not None:
            self._remembered.use(self.selection)

    def _show_favourite(self) -> None:
        is_favourite = self.selection in self._remembered.favourites
        self._search.show_favourite(self.selection, is_favourite)

    # What is folded

    def _show_form(self, resolution: Resolution) -> None:
        super()._show_form(resolution)
        self._follow_form()

    def _follow_form(self) -> None:
        """Open what was open in the forms of this model."""
        form = self.form
        if form is None or self.model is None or form in self._forms_seen:
            return
        self._forms_seen.add(form)
        for number, fold in enumerate(form.findChildren(Fold)):
            if fold.key is None:
                self._follow_fold(fold, f"{self.model}:{fold.name}:{number}")

    def _follow_fold(self, fold: Fold, name: str) -> None:
        fold.key = name
        if name in self._remembered.folds:
            fold.button.setChecked(self._remembered.folds[name])
        fold.changed.connect(self._on_folded)

    def _on_folded(self, name: str, is_open: bool) -> None:
        self._remembered.fold(name, is_open)

    # The settings

    def _folders(self) -> list[str]:
        return settings.folders()

    def _limit(self) -> float:
        return settings.time_limit(DEFAULT_TIMEOUT)

    def _follow_settings(self) -> None:
        self._ends = [
            settings.follow("sources", "folders", self._on_folders),
            settings.follow("sources", "time_limit", self._set_time_limit),
            settings.follow("memory", "remembered", self._take_memory),
        ]

    # How it ends

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

    def _on_folders(self, _: Any) -> None:
        self._typed.start()

    def _set_time_limit(self, _: Any) -> None:
        self.time_limit = self._limit()

    def _take_memory(self, event: Any) -> None:
        self._remembered.take(event.value)
        self._show_favourite()
