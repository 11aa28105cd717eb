"""The registry: which models there are, and where the weights of one are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from importlib.metadata import EntryPoint
from pathlib import Path

from ..manifest import Location, ModelManifest
from ..messages import ManifestError, Problem, meant
from ..reading import read_manifest
from ..tasks import TASK_NAMES
from . import sources
from .disks import in_time
from .location_checks import DEFAULT_TIMEOUT, LocationCheck, check_locations
from .resolution import Resolution, Selection, UnknownSelectionError

PREVIEW = "preview:"
"""What the key of a manifest begins with that is being written."""


class Registry(Mapping[str, ModelManifest]):
    """Model families by short name, and the way from a task to the weights.

    Parameters
    ----------
    manifests : mapping of Path to ModelManifest
        The families, by the file that each came from.
    problems : iterable of Problem
        Why files were left out.

    Attributes
    ----------
    problems : list of Problem
        The errors of all files that were left out. A bad file never takes the others
        down.
    paths : dict of str to Path
        Short name → the file that the family came from.
    """

    def __init__(
        self,
        manifests: Mapping[Path, ModelManifest],
        problems: Iterable[Problem] = (),
    ) -> None:
        self.problems = list(problems)
        self.paths: dict[str, Path] = {}
        self._families: dict[str, ModelManifest] = {}
        self._sorted: dict[str, dict[str, str]] = {}  # by task, as `models` lists them
        self._taken: dict[str, str] = {}  # in lower case → as it is written
        for path, manifest in manifests.items():
            self._add(path, manifest)

    def _add(self, path: Path, manifest: ModelManifest) -> None:
        name = manifest.short_name
        # Files and folders are named after it, and many systems ignore letter case.
        taken = self._taken.setdefault(name.lower(), name)
        if name not in self.paths and taken == name:
            self.paths[name] = path
            self._families[name] = manifest
            return
        problem = Problem(
            "error",
            "duplicate-short-name",
            "short_name",
            f"{path} has the same short_name as {self.paths[taken]}, {name!r}, and is "
            "left out.",
            "Give one of them another short_name.",
            path=path,
        )
        self.problems.append(problem)

    @classmethod
    def bundled(cls) -> Registry:
        """Load the manifests that come with this package."""
        files = sources.manifest_files([sources.bundled_folder()])
        return cls(*_read(files, tested=True))

    @classmethod
    def from_paths(cls, paths: Iterable[str | os.PathLike[str]]) -> Registry:
        """Load manifest files, and all the manifests of folders.

        Parameters
        ----------
        paths : iterable of path-like
            Files and folders. What can't be used goes to ``problems``; nothing is
            raised.
        """
        if isinstance(paths, str | os.PathLike):
            paths = [paths]
        return cls(*_read(sources.manifest_files(paths)))

    @classmethod
    def discover(
        cls,
        folders: Iterable[str | os.PathLike[str]] = (),
        *,
        timeout: float | None = None,
    ) -> Registry:
        """Load the bundled manifests and those of every configured source.

        These are the folders of the environment variable ``AIOD_REGISTRY_PATH`` and
        the packages of the entry-point group ``napari_aiod_registry.manifests``. Where
        two have one short name, the earlier is used.

        Parameters
        ----------
        folders : iterable of path-like, optional
            More files and folders, which come before the configured ones.
        timeout : float, optional
            Seconds that all of them have. A folder that has not answered by then is
            left out, with a problem of code ``timed-out``. Default: no limit.
        """
        places = [Path(folder) for folder in folders]
        readers = [partial(_read, sources.manifest_files([path])) for path in places]
        for path in sources.environment_folders():
            places.append(path)
            readers.append(partial(_read, sources.named_files(path)))
        packages = sources.packages()
        readers += [partial(_read, sources.package_files(one)) for one in packages]
        manifests, problems = _read(sources.manifest_files([sources.bundled_folder()]))
        everywhere: list[Path | EntryPoint] = [*places, *packages]
        answers = in_time(readers, timeout)
        for place, found in zip(everywhere, answers, strict=True):
            if found is None:
                problems.append(_late(place))
                continue
            for file, manifest in found[0].items():
                manifests.setdefault(file, manifest)
            problems += found[1]
        return cls(manifests, problems)

    def with_previews(
        self, previews: Mapping[str, tuple[Path, ModelManifest]]
    ) -> Registry:
        """Make a registry that has manifests beside these, which are being written.

        Parameters
        ----------
        previews : mapping of str to tuple
            Key → file and manifest. A key begins with ``preview:``, as no short name
            can, so a preview never takes the place of a family.

        Returns
        -------
        Registry
            The families here, as they are, and behind them the previews.
        """
        registry = Registry({}, self.problems)
        registry.paths = dict(self.paths)
        registry._families = dict(self._families)
        for key, (path, manifest) in previews.items():
            registry.paths[key] = path
            registry._families[key] = manifest
        return registry

    def __getitem__(self, model: str) -> ModelManifest:
        """Return a family by short name.

        Raises
        ------
        UnknownSelectionError
            A `KeyError` that says which families there are.
        """
        try:
            return self._families[model]
        except KeyError:
            hint = meant(str(model), self._families, "Models")
            raise UnknownSelectionError(
                f"There is no model {model!r}. {hint}"
            ) from None

    def __iter__(self) -> Iterator[str]:
        """Iterate over short names, in the order of the files."""
        return iter(self._families)

    def __len__(self) -> int:
        """Count the families."""
        return len(self._families)

    def __repr__(self) -> str:
        """Name the families."""
        left_out = f", {len(self.problems)} problems" if self.problems else ""
        return f"<Registry: {', '.join(self) or 'empty'}{left_out}>"

    @cached_property
    def _by_task(self) -> dict[str, dict[str, list[str]]]:
        """Task → model → versions."""
        found: dict[str, dict[str, list[str]]] = {task: {} for task in TASK_NAMES}
        for model, manifest in self._families.items():
            for name, version in manifest.versions.items():
                for task in version.tasks:
                    found.setdefault(task, {}).setdefault(model, []).append(name)
        return {task: models for task, models in found.items() if models}

    def tasks(self) -> dict[str, str]:
        """List the tasks that have a model: key → display name."""
        return {task: TASK_NAMES.get(task, task) for task in self._by_task}

    def models(self, task: str) -> dict[str, str]:
        """List the models for a task: short name → display name, sorted for people.

        Raises
        ------
        UnknownSelectionError
            Where no model has that task.
        """
        models = self._models(task)
        if task not in self._sorted:
            names = {model: self._display_name(model) for model in models}
            in_order = sorted(names.items(), key=lambda item: _as_people_read(item[1]))
            self._sorted[task] = dict(in_order)
        return dict(self._sorted[task])

    def _display_name(self, model: str) -> str:
        name = self._families[model].name
        return f"{name} – preview" if model.startswith(PREVIEW) else name

    def versions(self, task: str, model: str) -> list[str]:
        """List the versions of a model that have a task, in the manifest's order.

        Raises
        ------
        UnknownSelectionError
            Where there is no such task or model, or the model lacks the task.
        """
        models = self._models(task)
        if model not in models:
            name = self[model].name
            hint = f"Models for it: {', '.join(models)}."
            raise UnknownSelectionError(f"{name} has no task {task!r}. {hint}")
        return list(models[model])

    def has(self, selection: Selection) -> bool:
        """Whether there is such a version, and it has the task."""
        manifest = self._families.get(selection.model)
        version = manifest.versions.get(selection.version) if manifest else None
        return version is not None and selection.task in version.tasks

    def selections(self) -> Iterator[Selection]:
        """Go through every version of every model for every task."""
        for task in self.tasks():
            for model in self.models(task):
                for version in self.versions(task, model):
                    yield Selection(task, model, version)

    def _models(self, task: str) -> dict[str, list[str]]:
        if task not in self._by_task:
            if task in TASK_NAMES:
                names = ", ".join(self._by_task)
                message = (
                    f"No model has the task {task!r} yet. Tasks with one: {names}."
                )
                raise UnknownSelectionError(message)
            hint = meant(str(task), TASK_NAMES, "Tasks")
            raise UnknownSelectionError(f"There is no task {task!r}. {hint}")
        return self._by_task[task]

    def select(self, task: str, model: str, version: str) -> Selection:
        """Make a selection of a version given by name or slug.

        Raises
        ------
        UnknownSelectionError
            Where there is no such task, model or version.
        """
        versions = self.versions(task, model)
        if version in versions:
            return Selection(task, model, version)
        slugs = {self[model].versions[name].slug: name for name in versions}
        if version in slugs:
            return Selection(task, model, slugs[version])
        hint = meant(str(version), versions, "Versions")
        raise UnknownSelectionError(
            f"{self[model].name} has no version {version!r} for {task!r}. {hint}"
        )

    def locations(self, selection: Selection) -> list[Location]:
        """List where the weights of a version may be, as the manifest has it.

        Nothing is looked at: see `resolve`.

        Parameters
        ----------
        selection : Selection
            One for which `has` is true.

        Returns
        -------
        list of Location
            In the manifest's order: the first that can be used is used.
        """
        version = self[selection.model].versions[selection.version]
        return version.tasks[selection.task].locations

    def resolve(
        self, task: str, model: str, version: str, *, timeout: float = DEFAULT_TIMEOUT
    ) -> Resolution:
        """Find the weights of a version, and say what became of every location.

        Parameters
        ----------
        task, model : str
            Keys, as `tasks` and `models` list them.
        version : str
            Name or slug.
        timeout : float, default 2.0
            Seconds that looking at all the paths together may take.

        Raises
        ------
        UnknownSelectionError
            Where there is no such task, model or version.
        """
        selection = self.select(task, model, version)
        base = self.paths[model].parent
        checks = check_locations(self.locations(selection), base=base, timeout=timeout)
        return Resolution(selection, self[model], checks, self.paths[model])

    def stated(self, task: str, model: str, version: str) -> Resolution:
        """Say what the manifest states of a version; nothing is looked at.

        Every location is ``timed-out``, whatever this machine has, so that the answer
        is the same on all.

        Raises
        ------
        UnknownSelectionError
            Where there is no such task, model or version.
        """
        selection = self.select(task, model, version)
        checks = tuple(
            LocationCheck(entry, "timed-out", "Nobody has looked.", None)
            for entry in self.locations(selection)
        )
        return Resolution(selection, self[model], checks, self.paths[model])


def _read(
    files: Iterable[Path | Problem], *, tested: bool = False
) -> tuple[dict[Path, ModelManifest], list[Problem]]:
    """Read manifests; what can't be used becomes a problem."""
    manifests: dict[Path, ModelManifest] = {}
    problems: list[Problem] = []
    for found in files:
        if isinstance(found, Problem):
            problems.append(found)
            continue
        try:
            manifests[found.absolute()] = read_manifest(found, tested=tested)
        except ManifestError as error:
            problems += [one for one in error.problems if one.severity == "error"]
    return manifests, problems


def _late(place: Path | EntryPoint) -> Problem:
    if not isinstance(place, Path):
        return sources.late_package(place)
    message = f"{place} did not answer in time."
    hint = "Is the network drive connected?"
    return Problem("error", "timed-out", "", message, hint, path=place)


def _as_people_read(name: str) -> list[tuple[int, int, str]]:
    """Sort key: letter case ignored, and 9 before 10."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts]
