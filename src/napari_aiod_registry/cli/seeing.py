"""See manifests in the real interface: in napari, or as pictures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from .shared import WRONG, app, fail

Manifests = Annotated[list[Path], typer.Argument(help="Manifests, or folders of them.")]


@app.command()
def preview(paths: Manifests) -> None:
    """Open napari with manifests in the dock, and follow them as they are saved."""
    from ..sources import manifest_files

    files = list(manifest_files(paths))
    try:
        from ..widgets.in_napari import preview_in_napari
    except ImportError as error:
        fail(
            f"napari can't be started: {error}. "
            "Install it: pip install 'napari-aiod-registry[all]'"
        )
    preview_in_napari([file for file in files if isinstance(file, Path)])


@app.command()
def render(
    paths: Manifests,
    folder: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the pictures.")
    ],
    width: Annotated[
        int, typer.Option(min=200, max=2000, help="Width of a picture in pixels.")
    ] = 300,
    theme: Annotated[str, typer.Option(help="dark or light.")] = "dark",
) -> None:
    """Write a picture of the dock for each version-task, and a page that shows them.

    No display is needed.
    """
    from ..checking import check_paths
    from ..problems import counted
    from ..registry import Registry

    if theme not in ("dark", "light"):
        fail(f"There is no theme {theme!r}. Choose dark or light.", code=2)
    readings = check_paths(paths)
    problems = [problem for reading in readings for problem in reading.problems]
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in errors:
        typer.echo(str(problem), err=True)
    good = [reading.path for reading in readings if reading.manifest is not None]
    # Before Qt is loaded, which looks at this once.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ..atomic import unwritable
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
