"""Pictures of the dock, one for each version-task, as a pull request shows them."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qtpy.QtCore import QBuffer, QEvent, QIODevice, Qt
from qtpy.QtGui import QFont, QFontMetrics, QImage
from qtpy.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from ..config import jsonable, plain
from ..registry import Registry, Selection
from ..tasks import TASK_NAMES
from ..text.atomic import replace_file
from .form import FieldRow, ParamForm
from .form.editors import NullableEditor
from .picker import ModelPicker

_LOWEST = 300
"""Height of a picture in pixels at least."""

_RESIZES = 5
"""How often the height is set: a new one may move the fields."""

_ROUNDS = 50
"""How often the layout may move before the picture is taken."""


class RenderError(RuntimeError):
    """No pictures can be made on this system."""


@dataclass(frozen=True)
class Picture:
    """The picture of one version-task.

    Attributes
    ----------
    selection : Selection
        What is shown.
    name : str
        Name of the files, without an ending.
    png : bytes
        The picture.
    fields : list of dict
        What the form has, a dict for each field.
    """

    selection: Selection
    name: str
    png: bytes
    fields: list[dict[str, Any]]


def render(
    registry: Registry, *, width: int = 300, theme: str = "dark"
) -> Iterator[Picture]:
    """Take a picture of the dock for each version-task.

    Locations are shown as the manifests state them. Nothing is looked at on this
    computer, so that pictures from two computers differ by their fonts alone.

    Parameters
    ----------
    registry : Registry
        The models.
    width : int, default 300
        Width in pixels.
    theme : str, default "dark"
        A theme of napari. Without napari, Qt's own style is used.

    Raises
    ------
    RenderError
        Where the system has no font.
    """
    app = _application()
    # There are families even then, which are only names for others.
    if not QFontMetrics(QFont()).inFont("a"):
        raise RenderError(
            "This system has no font to draw text with. Install one, like the package "
            "fonts-dejavu-core of Debian, and try again."
        )
    frame = QWidget()
    frame.setStyleSheet(_style(theme))
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    # Or Qt says for each picture that there is no screen to tell of the least size.
    layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    picker = ModelPicker(registry=registry, parent=frame, look=False)
    layout.addWidget(picker)
    try:
        frame.resize(width, _LOWEST)
        frame.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        frame.show()
        for selection in registry.selections():
            yield _picture(picker, frame, selection, width)
    finally:
        frame.close()
        frame.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _application() -> QApplication:
    """Return the application, with the icons of napari's themes if napari is there."""
    try:
        from napari.qt import get_qapp
    except ImportError:
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        return app
    return get_qapp()  # type: ignore[no-any-return]


def _style(theme: str) -> str:
    try:
        from napari.qt import get_stylesheet
    except ImportError:
        return ""
    return str(get_stylesheet(theme))


def _picture(
    picker: ModelPicker, frame: QWidget, selection: Selection, width: int
) -> Picture:
    picker.task, picker.model, picker.version = selection
    form = picker.form
    assert form is not None
    frame.resize(width, _LOWEST)
    area = form.findChild(QScrollArea, "aiod-form-area")
    assert area is not None
    inside, viewport = area.widget(), area.viewport()
    assert inside is not None
    assert viewport is not None
    image = _settle(frame)
    for _ in range(_RESIZES):
        # As high as it takes to see the form without scrolling, and no higher.
        hidden = inside.childrenRect().bottom() + 12 - viewport.height()
        if not hidden:
            break
        frame.resize(width, max(_LOWEST, frame.height() + hidden))
        image = _settle(frame)
    manifest = picker.registry[selection.model]
    slug = manifest.versions[selection.version].slug
    # A plus can't be in any of the three, so no two names are the same.
    name = f"{manifest.short_name}+{slug}+{selection.task}"
    return Picture(selection, name, _png(image), list(_fields(form)))


def _settle(frame: QWidget) -> QImage:
    """Let layouts and styles come to rest, and return what is shown then."""
    image = frame.grab().toImage()
    for _ in range(_ROUNDS):
        for _ in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        before, image = image, frame.grab().toImage()
        if image == before:
            break
    return image


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _fields(form: ParamForm) -> Iterator[dict[str, Any]]:
    for path, row in form.walk():
        yield {"key": ".".join(path), **_field(row)}


def _field(row: FieldRow) -> dict[str, Any]:
    spec, editor = row.spec, row.editor
    inner = editor.inner if isinstance(editor, NullableEditor) else editor
    found = {
        "label": spec.label,
        "control": type(inner).__name__.removesuffix("Editor").lower(),
        "default": plain(jsonable(spec.default, ()), ()) if spec.has_default else None,
        "required": not spec.has_default,
        "nullable": spec.nullable,
        "advanced": spec.extras.advanced,
        "min": spec.low,
        "max": spec.high,
        "step": spec.extras.step,
        "units": spec.extras.units,
        "choices": [plain(jsonable(choice, ()), ()) for choice in spec.choices] or None,
        "tooltip": spec.tooltip or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def write_pictures(
    registry: Registry, folder: Path, *, width: int = 300, theme: str = "dark"
) -> list[Path]:
    """Write the pictures, a description of the fields of each, and a page of them all.

    Parameters
    ----------
    registry, width, theme
        As in `render`.
    folder : Path
        Where the files go; it is made if it is not there.

    Returns
    -------
    list of Path
        The files: ``family+version+task.png`` and ``.json`` for each version-task, and
        ``index.html``. A second run writes the same bytes.

    Raises
    ------
    RenderError
        Where the system has no font.
    OSError
        Where a file can't be written.
    """
    written: list[Path] = []

    def write(name: str, raw: bytes) -> None:
        path = folder / name
        replace_file(path, raw)
        written.append(path)

    page: list[str] = []
    for picture in render(registry, width=width, theme=theme):
        folder.mkdir(parents=True, exist_ok=True)
        task, _, version = picture.selection
        family = registry[picture.selection.model].name
        description = {
            "family": family,
            **picture.selection._asdict(),
            "picture": f"{picture.name}.png",
            "fields": picture.fields,
        }
        text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
        write(f"{picture.name}.png", picture.png)
        write(f"{picture.name}.json", text.encode())
        title = html.escape(f"{family} · {version} · {TASK_NAMES.get(task, task)}")
        page.append(
            f'<figure><figcaption>{title}</figcaption><img src="{picture.name}.png" '
            f'alt="The dock for {title}" width="{width}"></figure>'
        )
    if page:
        write("index.html", (_PAGE + "\n".join(page) + "\n").encode())
    return written


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Models</title>
<style>
body {font-family: sans-serif; color-scheme: light dark}
figure {display: inline-block; vertical-align: top; margin: 8px}
figcaption {max-width: 300px; margin-bottom: 4px}
</style>
"""
