"""A widget that follows the selected image of a viewer while it is docked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qtpy.QtCore import QEvent
from qtpy.QtWidgets import QWidget

from ..parts.held import HeldWidget
from .channels import ChannelSource

if TYPE_CHECKING:
    from napari.viewer import Viewer


class FollowsViewer(HeldWidget):
    """Hears of the image that is selected, and of its channels.

    Parameters
    ----------
    napari_viewer : napari.viewer.Viewer or None
        The viewer, if there is one.
    parent : QWidget or None
        The Qt parent.
    """

    def __init__(self, napari_viewer: Viewer | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._viewer = napari_viewer
        self._image: ChannelSource | None = None

    def _axis_labels(self) -> tuple[str, ...]:
        """Return what people have called the axes beside the viewer's sliders."""
        return () if self._viewer is None else tuple(self._viewer.dims.axis_labels)

    def _on_labels(self, _: object) -> None:
        self._show_fit()

    def _show_channels(self, names: Sequence[str] | None) -> None:
        """Take the channels of the image."""
        raise NotImplementedError

    def _show_fit(self) -> None:
        """Take another image, or the same with other axes."""
        raise NotImplementedError

    def reset_choices(self, *_: object) -> None:
        """Offer the channels of the selected image; napari calls this for layers."""
        if self._image is not None:
            self._show_channels(self._image.names)

    def _follow_viewer(self, follow: bool) -> None:
        """Listen to the selection of layers, or stop."""
        if self._viewer is None or follow == (self._image is not None):
            return
        if self._image is not None:
            self._image.stop()
            self._image = None
            self._viewer.dims.events.axis_labels.disconnect(self._on_labels)
            return
        self._image = ChannelSource(self._viewer, self._show_channels, self._show_fit)
        self._viewer.dims.events.axis_labels.connect(self._on_labels)
        self.reset_choices()
        self._show_fit()

    def event(self, event: QEvent | None) -> bool:
        """Follow the viewer only while there is a dock around."""
        kind = event.type() if event is not None else None
        if kind == QEvent.Type.ParentChange:
            self._follow_viewer(self.parent() is not None)
        elif kind == QEvent.Type.DeferredDelete:
            self._follow_viewer(False)
        return super().event(event)
