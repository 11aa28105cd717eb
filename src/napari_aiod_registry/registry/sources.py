"""Where manifests come from: bundled, folders, the environment, other packages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from ..messages import Problem
from ..text import SUFFIXES

ENVIRONMENT = "AIOD_REGISTRY_PATH"
"""Environment variable with folders of manifests, split like PATH."""

ENTRY_POINTS = "napari_aiod_registry.manifests"
"""Entry-point group of packages that bring manifests."""


def bundled_folder() -> Path:
    """Find the manifests that come with this package.

    They lie inside the installed package, or two levels up in a checkout.
    """
    package = Path(__file__).parents[1]
    inside = package / "manifests"
    return inside if inside.is_dir() else package.parents[1] / "manifests"


def manifest_files(
    paths: Iterable[str | os.PathLike[str]],
) -> Iterator[Path | Problem]:
    """Find the manifest files that paths name.

    Parameters
    ----------
    paths : iterable of path-like
        Files, and folders whose manifests are wanted.

    Yields
    ------
    Path or Problem
        A file, or why a folder can't be read. Files of a folder come by name; hidden
        files and other endings are passed over.
    """
    for path in map(Path, paths):
        try:
            if not path.is_dir():
                yield path
                continue
            inside = sorted(path.iterdir())
        except OSError as error:
            message = f"{path} can't be read: {error.strerror or error}."
            yield Problem("error", "unreadable-file", "", message, path=path)
            continue
        for file in inside:
            if file.suffix.lower() in SUFFIXES and not file.name.startswith("."):
                yield file


def environment_folders() -> Iterator[Path]:
    """Find the folders that ``AIOD_REGISTRY_PATH`` names. No disk is looked at."""
    for part in os.environ.get(ENVIRONMENT, "").split(os.pathsep):
        if part:
            yield Path(os.path.expanduser(part))


def named_files(path: Path) -> Iterator[Path | Problem]:
    """Find the manifest files of a folder that the environment names.

    Yields
    ------
    Path or Problem
        As `manifest_files` does, or that there is nothing.
    """
    if os.path.lexists(path):
        yield from manifest_files([path])
        return
    hint = f"The variable {ENVIRONMENT} names it."
    message = f"{path} does not exist."
    yield Problem("error", "missing-file", "", message, hint, path=path)


def package_folders() -> Iterator[Path | Problem]:
    """Find the folders of manifests that installed packages bring.

    An entry point of the group ``napari_aiod_registry.manifests`` names a package or
    module, and the manifests lie beside its code. One that is not there yields a
    problem.
    """
    for point in entry_points(group=ENTRY_POINTS):
        try:
            yield from _folders_of(point.module)
        except Exception as error:  # noqa: BLE001 - importing others' code may raise any
            message = (
                f"The manifests of {point.dist.name if point.dist else point.name} "
                f"can't be found: {error}"
            )
            yield Problem("error", "unreadable-file", "", message)


def _folders_of(module: str) -> list[Path]:
    """Find the folder of a package or module, or all those of a namespace package.

    Only the packages around it are imported, not the module itself.
    """
    spec = find_spec(module)
    if spec is not None and spec.submodule_search_locations is not None:
        return [Path(folder) for folder in spec.submodule_search_locations]
    if spec is None or not spec.has_location or spec.origin is None:
        raise ModuleNotFoundError(f"There is no module {module!r} with a file.")
    return [Path(spec.origin).parent]
