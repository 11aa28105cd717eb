"""See manifests in the real interface: in napari, or as pictures."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from .shared import WRONG, app, fail

Manifests = Annotated[
    list[Path], typer.Argument(help="Manifests, or folders of them.", readable=False)
]


@app.command()
def preview(paths: Manifests) -> None:
    """Open napari with manifests in the dock, and follow them as they are saved."""
    from ..registry.sources import manifest_files

    found = list(manifest_files(paths))
    files = [item for item in found if isinstance(item, Path)]
    for item in found:
        if not isinstance(item, Path):
            typer.echo(str(item), err=True)
    if not files:
        fail("There is no manifest. Manifests end in .json, .yaml or .yml.")
    if not _has_display():
        fail(
            "There is no display to open napari on. "
            "'aiod-registry render' makes pictures without one."
        )
    try:
        from ..widgets.in_napari import preview_in_napari
    except ImportError as error:
        fail(
            f"napari can't be started: {error}. "
            "Install it: pip install 'napari-aiod-registry[all]'"
        )
    preview_in_napari(files)


def _has_display() -> bool:
    """Whether windows can be opened; Qt ends the program where they can't."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


@app.command()
def render(
    paths: Manifests,
    folder: Annotated[
        Path,
        typer.Option("--output", "-o", help="Folder for the pictures.", readable=False),
    ],
    width: Annotated[
        int, typer.Option(min=200, max=2000, help="Width of a picture in pixels.")
    ] = 300,
    theme: Annotated[str, typer.Option(help="dark or light.")] = "dark",
) -> None:
    """Write a picture of the dock for each version-task, and a page that shows them.

    No display is needed.
    """
    from ..messages import counted
    from ..registry import Registry
    from ..registry.check_folders import check_paths

    if theme not in ("dark", "light"):
        fail(f"There is no theme {theme!r}. Choose dark or light.", code=2)
    readings = check_paths(paths)
    problems = [problem for reading in readings for problem in reading.problems]
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in errors:
        typer.echo(str(problem), err=True)
    good = [reading.path for reading in readings if reading.manifest is not None]
    # Qt lets go on what is interrupted inside of it; a picture might be half done.
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Before Qt is loaded, which looks at this once.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ..text.atomic import unwritable
    from ..widgets.rendering import RenderError, write_pictures

    try:
        written = write_pictures(
            Registry.from_paths(good), folder, width=width, theme=theme
        )
    except RenderError as error:
        fail(str(error))
    except OSError as error:
        problem = unwritable(Path(error.filename or folder), error)
        fail(f"{problem.message} {problem.hint or ''}".rstrip())
    pictures = sum(path.suffix == ".png" for path in written)
    typer.echo(f"{counted(pictures, 'picture')} in {folder}.")
    if errors:
        raise typer.Exit(WRONG)
