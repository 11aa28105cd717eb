"""Whether the chosen version fits the selected image."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel, QSizePolicy, QWidget

from ..fitting import Fit, check_fit
from ..registry import Registry
from .channels import ChannelSource
from .image_axes import image_axes

_WORDS = {
    "fits": "✓ Fits the image.",
    "misfit": "✗ Does not fit the image.",
    "not-stated": "Fit to the image: not stated.",
}


def fits_of(
    source: ChannelSource | None, registry: Registry, task: str, model: str
) -> dict[str, Fit]:
    """Compare each version of a model with the selected image: name → fit.

    Empty where no image is selected.
    """
    images = source.images if source is not None else []
    if source is None or not images:
        return {}
    names = source.names
    image = image_axes(images[0], len(names) if names is not None else None)
    versions = registry[model].versions
    return {
        name: check_fit(versions[name].axes, image)
        for name in registry.versions(task, model)
    }


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
