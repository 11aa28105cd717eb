"""Where manifests come from: bundled, folders, the environment, other packages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points
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


def packages() -> list[EntryPoint]:
    """List what other packages bring; none of their code is run.

    An entry point of the group ``napari_aiod_registry.manifests`` names a package or
    module, and the manifests lie beside its code.
    """
    return list(entry_points(group=ENTRY_POINTS))


def package_files(point: EntryPoint) -> Iterator[Path | Problem]:
    """Find the manifest files that a package brings.

    To find a module, the packages around it are imported, which may hang.

    Yields
    ------
    Path or Problem
        As `manifest_files` does, or why there is nothing.
    """
    for found in package_folders(point):
        yield from [found] if isinstance(found, Problem) else manifest_files([found])


def late_package(point: EntryPoint) -> Problem:
    """Say that a package has not been found in time."""
    message = f"{_name(point)} takes too long to import. Its manifests are left out."
    hint = "Tell the people who make it, or uninstall it."
    return Problem("error", "timed-out", "", message, hint)


def _name(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.name


def package_folders(point: EntryPoint) -> list[Path | Problem]:
    """Find the folders of a package, whatever its code does, or say why not."""
    try:
        folders = _folders_of(point.module)
        zipped = next((one for one in folders if _in_a_file(one)), None)
        if zipped is None:
            return list(folders)
        why = f"It is inside a zipped file: {zipped}. Install it unzipped."
    except KeyboardInterrupt:
        raise
    except SystemExit:
        why = "It ends the program when it is imported."
    except BaseException as error:  # noqa: BLE001 - others' code may raise any
        why = str(error) or type(error).__name__
    message = f"The manifests of {_name(point)} can't be found: {why}"
    return [Problem("error", "unreadable-file", "", message)]


def _in_a_file(folder: Path) -> bool:
    return not folder.is_dir() and any(one.is_file() for one in folder.parents)


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
