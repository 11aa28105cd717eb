"""The picker as napari docks it: with settings, and a memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtWidgets import QWidget

from ..locations import DEFAULT_TIMEOUT
from ..registry import Registry, Selection
from . import settings
from .fold import Fold
from .picker import ModelPicker
from .remembered import Remembered

if TYPE_CHECKING:
    from napari.viewer import Viewer


class RegistryDock(ModelPicker):
    """A `ModelPicker` that begins where the last napari ended.

    It looks for manifests in the folders of the settings, too, and gives disks the time
    that is set there.

    Parameters
    ----------
    napari_viewer : napari.viewer.Viewer
        The viewer.
    parent : QWidget, optional
        The Qt parent.
    """

    def __init__(self, napari_viewer: Viewer, parent: QWidget | None = None) -> None:
        self._remembered = Remembered()
        self._wanted: Selection | None = None
        super().__init__(napari_viewer, parent=parent)
        self.time_limit = settings.time_limit(DEFAULT_TIMEOUT)
        self._search.set_remembered(self._offered, self._remembered.favour)
        self._wanted = next(iter(self._remembered.recent), None)
        self._began = self.selection
        self._come_back()
        for fold in self.findChildren(Fold):
            if fold.name in self._remembered.folds:
                fold.button.setChecked(self._remembered.folds[fold.name])
            if fold.name != "aiod-advanced":  # that is the form's own
                fold.changed.connect(self._remembered.fold)
        self.changed.connect(self._remember)
        self._show_favourite()

    def _folders(self) -> list[str]:
        return settings.folders()

    def _use(self, registry: Registry) -> None:
        super()._use(registry)
        self._come_back()

    def _come_back(self) -> None:
        """Choose what was chosen last, as soon as it is there."""
        wanted = self._wanted
        if wanted is None or not self._remembered.known([wanted], self.registry):
            return
        self._wanted = None
        self._go_to(wanted)

    def _remember(self) -> None:
        selection = self.selection
        if selection is None:
            return
        if self._wanted is not None and selection == self._began:
            return  # nobody has chosen this: what was chosen may still be found
        self._wanted = None
        if self._remembered.recent[:1] != [selection]:
            self._remembered.use(selection)
        self._show_favourite()

    def _show_favourite(self) -> None:
        is_favourite = self.selection in self._remembered.favourites
        self._search.show_favourite(self.selection, is_favourite)

    def _offered(self) -> list[Selection]:
        return self._remembered.offered(self.registry)
