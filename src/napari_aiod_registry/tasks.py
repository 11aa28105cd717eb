"""The tasks that a model can be trained for."""

from __future__ import annotations

__all__ = ["TASK_NAMES"]

TASK_NAMES: dict[str, str] = {
    "mito": "Mitochondria",
    "er": "Endoplasmic Reticulum",
    "ne": "Nuclear Envelope",
    "everything": "Everything!",
    "nuclei": "Nuclei",
    "cyto": "Cytoplasm",
    "drop": "Lipid Droplets",
    "boundaries": "Boundaries",
}
"""Task key → display name, in the order in which tasks are shown.

This is the only list of tasks. Add a line here and the manifest format, the JSON
Schema, the commands and every dropdown know the new task. A test then asks to write the
file of the JSON Schema again.
"""


def __dir__() -> list[str]:
    return sorted(__all__)
