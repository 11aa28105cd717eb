"""A form for any Pydantic model, in a window of its own: no napari, no registry.

Run it with ``python docs/examples/param_form.py``.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from pydantic import BaseModel, Field
from qtpy.QtWidgets import QApplication

from napari_aiod_registry.widgets import ParamForm


class Method(Enum):
    """How to find the edges."""

    sobel = "Sobel"
    canny = "Canny"


class Tiling(BaseModel):
    """How a large image is cut."""

    size: tuple[int, int] = Field((512, 512), title="Tile size")
    overlap: float = Field(0.1, ge=0, le=1, title="Overlap")


class Edges(BaseModel):
    """Parameters of a program that finds edges."""

    method: Method = Field(Method.sobel, title="Method")
    sigma: float = Field(
        1.5, gt=0, title="Blur", description="How much to blur the image before."
    )
    radius: int | None = Field(
        None,
        ge=1,
        title="Radius",
        description="Size of the neighbourhood. auto: from the blur.",
        json_schema_extra={"units": "px"},
    )
    invert: bool = Field(False, title="Invert")
    tiling: Tiling = Field(Tiling(), title="Tiling")
    mask: Path | None = Field(None, title="Mask", json_schema_extra={"advanced": True})


def make_form() -> ParamForm:
    """Make the form, and tell of every change."""
    form = ParamForm(Edges)

    def tell() -> None:
        errors = form.errors()
        form.setWindowTitle("Mend the red fields" if errors else repr(form.value()))

    form.changed.connect(tell)
    tell()
    return form


if __name__ == "__main__":
    app = QApplication([])
    window = make_form()
    window.resize(420, 480)
    window.show()
    app.exec()
