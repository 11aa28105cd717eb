"""Whether the chosen version fits the selected image."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel, QSizePolicy, QWidget

from ...registry import Registry, Selection
from ...registry.image_fit import Fit, ImageAxes, check_fit
from ..parts import breakable
from .channels import ChannelSource
from .following import FollowedViewer

_WORDS = {
    "fits": "✓ Fits the image.",
    "may-fit": "✓? May fit the image.",
    "misfit": "✗ Does not fit the image.",
    "not-stated": "Fit to the image: not stated.",
}

_MARKS = {"fits": "✓ ", "may-fit": "✓? ", "misfit": "✗ ", "not-stated": ""}
_BEST_FIRST = ("fits", "may-fit", "not-stated", "misfit")
_WORST_FIRST = ("misfit", "not-stated", "may-fit", "fits")

_MOST_COMPARED = 300
"""Versions among which one that fits is looked for."""


class Fits:
    """Compares the versions of a registry with the selected images.

    Parameters
    ----------
    source : ChannelSource or None
        The selected images.
    registry : Registry
        The versions.
    """

    def __init__(self, source: ChannelSource | None, registry: Registry) -> None:
        self._registry = registry
        self._images: list[tuple[str, ImageAxes]] = []
        self._is_selected = source is None or source.is_selected
        if source is not None:
            names = source.names
            channels = len(names) if names is not None else None
            self._images = [
                (str(layer.name), source.axes.of(layer, channels))
                for layer in source.images
            ]

    def of(self, selection: Selection | None) -> Fit | None:
        """Say whether a version fits, or None where no image is selected.

        Nothing is said of a version that is gone. Of several images the one that fits
        least counts, and is named.
        """
        if selection is None or not self._images:
            return None
        if not self._registry.has(selection):
            return None
        manifest = self._registry[selection.model]
        version = manifest.versions[selection.version]
        tags = manifest.tags_for(selection.version, selection.task)
        params = version.tasks[selection.task].params or ()
        fields = (param.name for param in params if param.is_channel)
        field = next(fields, None)
        found = [
            (name, check_fit(version.axes, one, tags, field))
            for name, one in self._images
        ]
        name, worst = min(found, key=lambda one: _WORST_FIRST.index(one[1].status))
        if len({fit.status for _, fit in found}) > 1:
            return Fit(worst.status, f"{worst.reason} (This is so for “{name}”.)")
        return worst

    @property
    def unselected(self) -> str:
        """Name the image that is compared although another layer is selected."""
        return "" if self._is_selected or not self._images else self._images[-1][0]

    def mark(self, selections: Iterable[Selection]) -> str:
        """Return a mark for a group of versions: that of the one that fits best."""
        statuses = {fit.status for fit in map(self.of, selections) if fit is not None}
        best = next((one for one in _BEST_FIRST if one in statuses), "not-stated")
        return _MARKS[best]

    def instead(self, selection: Selection) -> str:
        """Name a version that fits where this one does not, in a sentence.

        Other versions of the model come first, then other models for the task.
        """
        task, model, _ = selection
        registry = self._registry
        others = chain(
            (Selection(task, model, name) for name in registry.versions(task, model)),
            (
                Selection(task, key, name)
                for key in registry.models(task)
                for name in registry.versions(task, key)
            ),
        )
        found: dict[str, str] = {}
        for other in islice(others, _MOST_COMPARED):
            fit = self.of(other)
            if fit is not None and fit.status not in found:
                is_near = other.model == model
                name = "" if is_near else f"{registry.models(task)[other.model]} · "
                found[fit.status] = f"{name}{other.version}"
            if "fits" in found:
                return f"{found['fits']} fits."
        return f"{found['may-fit']} may fit." if "may-fit" in found else ""


class FitLabel(QLabel):
    """Says whether a version fits, and what to do if not.

    Parameters
    ----------
    viewer : FollowedViewer
        Knows the selected images.
    parent : QWidget
        The Qt parent.
    """

    def __init__(self, viewer: FollowedViewer, parent: QWidget) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self.setObjectName("aiod-fit")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._fits = Fits(None, Registry({}))

    def fits(self) -> Fits:
        """Return the comparison of all versions with the selected images."""
        return self._fits

    def compare(self, registry: Registry) -> None:
        """Compare a registry with the images that are selected now."""
        self._fits = Fits(self._viewer.source, registry)

    def show_fit(self, selection: Selection | None) -> None:
        """Show how a version fits, or nothing where there is no image."""
        fits, fit = self._fits, self._fits.of(selection)
        self.setVisible(fit is not None)
        if fit is None or selection is None:
            return
        instead = fits.instead(selection) if fit.status == "misfit" else ""
        image = fits.unselected
        which = f"(The image is “{image}”, which was selected last.)" if image else ""
        words = (_WORDS[fit.status], fit.reason, instead, which)
        self.setText(breakable(" ".join(filter(None, words))))
