"""Warnings: what a manifest may have, but would be better without."""

from __future__ import annotations

from collections.abc import Iterator

from ..manifest import Address, Metadata, ModelManifest, ModelParam
from ..messages import Place

NO_LICENSE = "The licence of the weights is not stated."

Warned = tuple[Place, str, str, str]
"""Place, code, message and hint of a warning."""


def warnings(manifest: ModelManifest) -> Iterator[Warned]:
    """Yield what is worth mending in a valid manifest."""
    yield from _tooltips((), manifest.params)
    if manifest.config is not None:
        message = "config is accepted, but nothing uses it."
        yield ("config",), "unused-config", message, "Remove it."
    for name, version in manifest.versions.items():
        for key, task in version.tasks.items():
            place: Place = ("versions", name, "tasks", key)
            if not task.inherits_params:
                yield from _tooltips(place, task.params)
            for index, entry in enumerate(task.locations):
                inner: Place = (*place, "locations", index, "location")
                yield from _location(inner, entry.address)
    yield from _licenses(manifest)


def _tooltips(place: Place, params: list[ModelParam] | None) -> Iterator[Warned]:
    for index, param in enumerate(params or []):
        message = no_tooltip(param)
        if message is not None:
            hint = "Say in a sentence what it does."
            yield (*place, "params", index), "no-tooltip", message, hint


def no_tooltip(param: ModelParam) -> str | None:
    """Say that a parameter has no tooltip; None where it has one.

    Parameters
    ----------
    param : ModelParam
        The parameter.
    """
    if (param.tooltip or "").strip():
        return None
    return f"The parameter {param.name!r} has no tooltip."


def _location(place: Place, address: Address) -> Iterator[Warned]:
    if address.is_in_home_folder:
        message = (
            f"{address.text} is in a personal home folder, which others can't read."
        )
        hint = "Put the weights in a shared folder, or on the web."
        yield place, "home-folder", message, hint
    if address.text.lower().startswith("http:"):
        message = "http: is not encrypted: the weights could be changed on their way."
        yield place, "insecure-url", message, "Use https: if the server offers it."


def shown_metadata(manifest: ModelManifest) -> dict[Place, Metadata]:
    """Find each metadata that is shown for some weights, with its place.

    Parameters
    ----------
    manifest : ModelManifest
        The manifest.
    """
    shown: dict[Place, Metadata] = {}
    for name, version in manifest.versions.items():
        for key, task in version.tasks.items():
            # As in `Resolution.metadata`: the nearest replaces the others as a whole.
            if task.metadata is not None:
                shown["versions", name, "tasks", key, "metadata"] = task.metadata
            elif version.metadata is not None:
                shown["versions", name, "metadata"] = version.metadata
            else:
                shown["metadata",] = manifest.metadata
    return shown


def _licenses(manifest: ModelManifest) -> Iterator[Warned]:
    """Warn of each metadata that is shown and states no licence."""
    for place, metadata in shown_metadata(manifest).items():
        if not metadata.license:
            hint = 'Add "license" with an SPDX identifier, like "CC-BY-4.0".'
            if manifest.metadata.license and len(place) > 1:
                hint += " About shows the family's, as not stated for this version."
            yield place, "no-license", NO_LICENSE, hint
