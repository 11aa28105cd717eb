"""Whether the chosen version fits the selected image."""

from __future__ import annotations

from collections.abc import Iterable

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel, QSizePolicy, QWidget

from ..fitting import Fit, ImageAxes, check_fit
from ..registry import Registry, Selection
from .channels import ChannelSource
from .image_axes import image_axes

_WORDS = {
    "fits": "✓ Fits the image.",
    "misfit": "✗ Does not fit the image.",
    "not-stated": "Fit to the image: not stated.",
}


class Fits:
    """Compares the versions of a registry with the selected image.

    Parameters
    ----------
    source : ChannelSource or None
        The selected image.
    registry : Registry
        The versions.
    """

    def __init__(self, source: ChannelSource | None, registry: Registry) -> None:
        self._registry = registry
        self._image: ImageAxes | None = None
        images = source.images if source is not None else []
        if source is not None and images:
            names = source.names
            channels = len(names) if names is not None else None
            self._image = image_axes(images[0], channels)

    def of(self, selection: Selection | None) -> Fit | None:
        """Say whether a version fits, or None where no image is selected."""
        if selection is None or self._image is None:
            return None
        version = self._registry[selection.model].versions[selection.version]
        return check_fit(version.axes, self._image)

    def mark(self, selections: Iterable[Selection]) -> str:
        """Return a mark for a group of versions: one that fits is enough."""
        statuses = {fit.status for fit in map(self.of, selections) if fit is not None}
        if "fits" in statuses:
            return "✓ "
        return "✗ " if statuses == {"misfit"} else ""


class FitLabel(QLabel):
    """Says whether a version fits, and what to do if not."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("aiod-fit")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def show_fit(self, fit: Fit | None) -> None:
        """Show a fit, or nothing where there is no image."""
        self.setVisible(fit is not None)
        if fit is not None:
            self.setText(f"{_WORDS[fit.status]} {fit.reason}")
