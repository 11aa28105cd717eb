"""Take the pictures in ``docs/images``: each kind of field in each of its states.

Run it with ``python docs/take_pictures.py`` where there is a display.
"""

from __future__ import annotations

import os
import sys
import tempfile
from enum import Enum
from pathlib import Path
from typing import Any, Literal

# Not with the settings of whoever takes the pictures. napari looks at this only once.
os.environ["NAPARI_CONFIG"] = str(Path(tempfile.mkdtemp(), "settings.yaml"))

import napari
from pydantic import BaseModel, Field
from qtpy.QtTest import QTest

from napari_aiod_registry.widgets import ParamForm

IMAGES = Path(__file__).parent / "images"


class Mode(Enum):
    """Some choices."""

    fast = "fast"
    slow = "slow"


class Group(BaseModel):
    """Two fields that belong together."""

    size: tuple[int, int] = Field((64, 64), title="Size")
    overlap: float = Field(0.1, ge=0, le=1, title="Overlap")


class Kinds(BaseModel):
    """One field of each kind."""

    flag: bool = Field(True, title="True or false")
    three: bool | None = Field(None, title="True, false or auto")
    whole: int = Field(3, title="Whole number", json_schema_extra={"units": "px"})
    number: float = Field(1e-5, gt=0, title="Number")
    slider: float = Field(0.34133, ge=0, le=1, title="Number with bounds")
    auto: float | None = Field(None, ge=0, title="Number or auto")
    text: str = Field("membrane", min_length=1, title="Text")
    choice: Literal["XY", "XZ", "YZ"] = Field("XY", title="Choice")
    mode: Mode = Field(Mode.fast, title="Choice of an Enum")
    items: list[int] = Field([64, 64], title="List")
    path: Path = Field(Path("weights.pt"), title="Path")
    channel: int = Field(
        0,
        ge=0,
        title="Channel",
        json_schema_extra={
            "param_type": "channel",
            "channel_start": 0,
            "channel_start_label": "Grayscale",
        },
    )
    group: Group = Field(Group(), title="Group")
    other: dict[str, int] = Field({"a": 1}, title="Anything else")


CHANGED: dict[str, Any] = {
    "flag": False,
    "three": True,
    "whole": 7,
    "number": 0.5,
    "slider": 0.8,
    "auto": 2.5,
    "text": "nucleus",
    "choice": "YZ",
    "mode": Mode.slow,
    "items": [32, 16],
    "path": Path("other.pt"),
    "channel": 3,
    "group": Group(size=(32, 32), overlap=0.5),
    "other": {"b": 2},
}
WRONG = {
    "whole": "7 px",
    "number": "0",
    "slider": "1.5",
    "auto": "-1",
    "text": "",
    "items": "64, x",
    "path": "",
    "other": "[1]",
}


def spoil(form: ParamForm) -> None:
    """Type into the fields what they can't take."""
    for key, text in WRONG.items():
        editor: Any = form._grid.rows[key].editor
        inner = getattr(editor, "inner", editor)
        if inner is not editor:
            editor.widget.value = False
        inner.widget.value = text
    group: Any = form._grid.rows["group"].group
    group.rows["size"].editor.widget.value = "64"
    group.rows["overlap"].editor.widget.value = "2"


def main() -> None:
    """Take all the pictures."""
    IMAGES.mkdir(exist_ok=True)
    viewer = napari.Viewer()
    for theme in ("dark", "light"):
        viewer.theme = theme
        for state in ("default", "changed", "wrong"):
            form = ParamForm(Kinds)
            dock = viewer.window.add_dock_widget(form, name=state)
            dock.setFixedSize(380, 1000 if state == "wrong" else 760)
            form.set_channels(["DAPI", "GFP"])
            if state == "changed":
                form.set_value(CHANGED)
            elif state == "wrong":
                spoil(form)
            QTest.qWait(300)
            form.grab().save(str(IMAGES / f"fields-{state}-{theme}.png"))
            viewer.window.remove_dock_widget(dock)
    viewer.close()


if __name__ == "__main__":
    sys.exit(main())
