"""The selected image of a viewer, followed while a widget is docked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qtpy.QtCore import QEvent, QObject, Signal
from qtpy.QtWidgets import QWidget

from .channels import ChannelSource

if TYPE_CHECKING:
    from napari.viewer import Viewer


class FollowedViewer(QObject):
    """Tells a widget of the image that is selected, and of its channels.

    It is silent until `follow` is called. After that it listens to the viewer until the
    widget loses its parent or is deleted, and again when it gets another parent: the
    viewer outlives the docks in it.

    Parameters
    ----------
    napari_viewer : napari.viewer.Viewer or None
        The viewer, if there is one.
    widget : QWidget
        The Qt parent.

    Attributes
    ----------
    images_changed : Signal
        Emitted when other images are selected, or the same have other axes.
    channels_changed : Signal
        Emitted with the names of the channels, as `ChannelSource` gives them.
    """

    images_changed = Signal()
    channels_changed = Signal(object)

    def __init__(self, napari_viewer: Viewer | None, widget: QWidget) -> None:
        super().__init__(widget)
        self._viewer = napari_viewer
        self._source: ChannelSource | None = None
        widget.installEventFilter(self)
        widget.destroyed.connect(self._stop)

    @property
    def source(self) -> ChannelSource | None:
        """The selected images, or None while nobody listens."""
        return self._source

    @property
    def slider_labels(self) -> tuple[str, ...]:
        """What stands beside the viewer's sliders.

        Labels of another number are not set: the viewer has other axes by now.
        """
        return () if self._viewer is None else tuple(self._viewer.dims.axis_labels)

    @slider_labels.setter
    def slider_labels(self, labels: Sequence[str]) -> None:
        if self._viewer is not None and len(labels) == len(self.slider_labels):
            self._viewer.dims.axis_labels = tuple(labels)

    def follow(self) -> None:
        """Listen to the viewer, and tell what is selected now."""
        if self._viewer is None or self._source is not None:
            return
        self._source = ChannelSource(
            self._viewer, self.channels_changed.emit, self.images_changed.emit
        )
        self.tell_channels()
        self.images_changed.emit()

    def tell_channels(self) -> None:
        """Tell of the channels once more, while somebody listens."""
        if self._source is not None:
            self.channels_changed.emit(self._source.names)

    def _stop(self) -> None:
        if self._source is None:
            return
        self._source.stop()
        self._source = None

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow the viewer only while there is a dock around the widget."""
        kind = event.type() if event is not None else None
        if kind == QEvent.Type.DeferredDelete:
            self._stop()
        elif kind == QEvent.Type.ParentChange and watched is not None:
            if watched.parent() is None:
                self._stop()
            else:
                self.follow()
        return super().eventFilter(watched, event)
