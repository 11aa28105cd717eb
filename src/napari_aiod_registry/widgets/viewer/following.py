"""The selected image of a viewer, followed while a widget is docked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import ref

from qtpy.QtCore import QEvent, QObject, Signal
from qtpy.QtWidgets import QDockWidget, QWidget

from ..parts import HeldWidget, is_alive
from .channels import ChannelSource

if TYPE_CHECKING:
    from napari.viewer import Viewer

_NEWS = (QEvent.Type.ParentChange, QEvent.Type.Show, QEvent.Type.DeferredDelete)
"""What tells that a widget is let go, or comes to stand elsewhere."""

_CONNECTED_BY_NAPARI = ("inserted", "removed", "reordered", "renamed")
"""Events of layers that call ``reset_choices`` of a widget in a dock."""


class FollowedViewer(QObject):
    """Tells a widget of the image that is selected, and of its channels.

    It is silent until `follow` is called. After that it listens to the viewer until the
    widget, or one that it lies in, is let go or deleted. It listens again when that
    gets another parent or is shown: the viewer outlives the docks in it.

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
        self._widget = ref(widget)
        self._watch_around()
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
        self._let_go_of_napari()

    def _let_go_of_napari(self) -> None:
        """Undo what napari connects when it docks a widget, and leaves connected."""
        widget = self._widget()
        if widget is None or not is_alive(widget):
            return  # napari itself drops what is dead; it can't be compared any more
        reset = getattr(widget, "reset_choices", None)
        events = getattr(getattr(self._viewer, "layers", None), "events", None)
        for name in _CONNECTED_BY_NAPARI:
            emitter = getattr(events, name, None)
            if reset is not None and emitter is not None:
                emitter.disconnect(reset)

    def _on_let_go(self, watched: QWidget) -> None:
        self._stop()
        widget = self._widget()
        if isinstance(widget, HeldWidget) and watched is not widget:
            widget.goes_with = id(watched)

    def _watch_around(self) -> None:
        """See when the widget is let go, or one that it lies in, up to the dock."""
        around: QWidget | None = self._widget()
        while around is not None:
            around.installEventFilter(self)  # once, however often it is called
            if around.isWindow() or isinstance(around, QDockWidget):
                return
            around = around.parentWidget()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow the viewer only while there is a dock around the widget."""
        kind = event.type() if event is not None else None
        widget = self._widget()
        if kind not in _NEWS or widget is None or not isinstance(watched, QWidget):
            return False
        if watched is not widget and not watched.isAncestorOf(widget):
            watched.removeEventFilter(self)  # the widget has moved elsewhere
        elif kind == QEvent.Type.DeferredDelete:
            self._stop()
        elif kind == QEvent.Type.ParentChange and watched.parent() is None:
            self._on_let_go(watched)
        else:
            if isinstance(widget, HeldWidget):
                widget.goes_with = None
            self._watch_around()
            self.follow()
        return False
