"""A manifest in another shape: today's, that of AIoD 0.1, or that of 2025.

It is the file's data that is turned, not the model: keys keep their order, values their
types, and nothing that was derived is added. What a shape can't say is left out, and
told.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from ..config import UnfitError, plain
from ..manifest import (
    OLD_KEYS,
    Location,
    Metadata,
    ModelManifest,
    ModelParam,
    ModelVersion,
    VersionTask,
    listed_tasks,
    modern_task,
)
from ..messages import ManifestError, Place, Problem, dotted, show
from ..reading import check_manifest
from ..text.atomic import replace_file, unwritable
from ..text.writer import data_text

Shape: TypeAlias = Literal["today", "aiod-0.1", "2025"]

EXTENSIONS: dict[type[Any], tuple[str, ...]] = {
    ModelManifest: ("$schema",),
    VersionTask: ("param_overrides",),
    Location: ("sha256",),
    ModelParam: ("min", "max", "step", "units", "advanced"),
    Metadata: ("license", "tags"),
}
"""Keys that our format has, and AIoD 0.1 has not."""

_NAMES: dict[Shape, str] = {"aiod-0.1": "AIoD 0.1", "2025": "the shape of 2025"}


@dataclass(frozen=True)
class Note:
    """Something that another shape can't say as it was.

    Attributes
    ----------
    place : tuple
        Where it is in the file.
    message : str
        What became of it, as a sentence.
    """

    place: Place
    message: str

    def __str__(self) -> str:
        """Tell it in one line."""
        return f"{dotted(self.place)}: {self.message}"


@dataclass(frozen=True)
class Converted:
    """A manifest in another shape.

    Attributes
    ----------
    data : dict
        The manifest.
    notes : tuple of Note
        What is left out, or written in another way.
    """

    data: dict[str, Any]
    notes: tuple[Note, ...]


def convert_manifest(path: str | os.PathLike[str], shape: Shape = "today") -> Converted:
    """Read a manifest file, and turn it into another shape.

    Parameters
    ----------
    path : path-like
        A ``.json``, ``.yaml`` or ``.yml`` file.
    shape : "today", "aiod-0.1" or "2025"
        ``today`` holds all that the file does. ``aiod-0.1`` is what the registry of
        AIoD 0.1 accepts. ``2025`` is its older shape, in which a version-task has
        ``location`` and ``config_path``.

    Returns
    -------
    Converted
        The data, for `manifest_text` or `write_manifest`, and what is left out.

    Raises
    ------
    ManifestError
        With all the problems of the file, where it has an error.
    """
    reading = check_manifest(path)
    if reading.manifest is None or reading.data is None:
        raise ManifestError(reading.path, reading.problems)
    turning = _Turning(reading.manifest, shape)
    return Converted(turning.whole(reading.data), tuple(turning.notes))


def manifest_text(data: Mapping[str, Any], suffix: str = ".json") -> str:
    """Write a manifest's data as the text of a file.

    Parameters
    ----------
    data : mapping
        As from `convert_manifest`.
    suffix : str, default ".json"
        ``.json``, or another for YAML.

    Raises
    ------
    ManifestError
        Names what can't be written, like a number of too many digits.
    """
    try:
        return data_text(plain(data, ()), suffix=suffix)
    except UnfitError as error:
        message = f"This can't be written: {error.why}."
        problem = Problem("error", "unfit-value", dotted(error.place), message)
        raise ManifestError(None, [problem]) from error


def write_manifest(path: str | os.PathLike[str], data: Mapping[str, Any]) -> None:
    """Write a manifest file: all of it, or nothing.

    Parameters
    ----------
    path : path-like
        The file. Its ending tells JSON from YAML.
    data : mapping
        As from `convert_manifest`.

    Raises
    ------
    ManifestError
        Says why it can't be written. The file is then as it was.
    """
    path = Path(path)
    try:
        replace_file(path, manifest_text(data, path.suffix).encode())
    except ManifestError as error:
        found = [replace(problem, path=path) for problem in error.problems]
        raise ManifestError(path, found) from error
    except (OSError, ValueError) as error:
        raise ManifestError(path, [unwritable(path, error)]) from error


@dataclass
class _Turning:
    """A manifest that is being turned, and what was noted about it so far.

    The family's params are kept in the new shape, for tasks that override some.
    """

    manifest: ModelManifest
    shape: Shape
    notes: list[Note] = field(default_factory=list)
    params: list[dict[str, Any]] = field(default_factory=list)

    def note(self, place: Place, message: str) -> None:
        self.notes.append(Note(place, message))

    def whole(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Turn all of it."""
        data = self._kept(ModelManifest, raw, ())
        if self.shape != "today":
            self._drop_null(data, "short_name", ())
            self._turn_metadata(data, ())
            self._turn_params(data, (), self.manifest.params or [])
            self.params = data.get("params") or []
        data["versions"] = {
            name: self._version(version, ("versions", name), name)
            for name, version in raw["versions"].items()
        }
        return data

    def _version(
        self, raw: Mapping[str, Any], place: Place, name: str
    ) -> dict[str, Any]:
        data = self._kept(ModelVersion, raw, place)
        if self.shape != "today":
            self._drop_null(data, "slug", place)
            self._turn_metadata(data, place)
        model = self.manifest.versions[name]
        listed = listed_tasks(raw["tasks"])
        data["tasks"] = {
            key: self._task(task, (*place, "tasks", key), model.tasks[listed[key]])
            for key, task in raw["tasks"].items()
        }
        return data

    def _task(
        self, raw: Mapping[str, Any], place: Place, model: VersionTask
    ) -> dict[str, Any]:
        data = dict(raw)
        if "location_type" in raw:
            message = "Left out; the location itself tells of which kind it is."
            self.note((*place, "location_type"), message)
        if not raw.keys().isdisjoint(OLD_KEYS):
            data = modern_task(raw).data
        if self.shape == "today":
            return data
        if model.param_overrides:
            data = self._with_overrides(data, place, model)
        data = self._kept(VersionTask, data, place)
        self._turn_metadata(data, place)
        if not model.inherits_params:
            self._turn_params(data, place, model.params or [])
        inner = (*place, "locations")
        data["locations"] = [
            self._kept(Location, entry, (*inner, index))
            for index, entry in enumerate(data["locations"])
        ]
        return self._older_task(data, inner) if self.shape == "2025" else data

    def _kept(
        self, kind: type[Any], raw: Mapping[str, Any], place: Place
    ) -> dict[str, Any]:
        """Copy a part without the keys that the shape does not have."""
        if self.shape == "today":
            return dict(raw)
        extensions = EXTENSIONS.get(kind, ())
        for key in raw:
            if key in extensions:
                message = f"Left out; {_NAMES[self.shape]} has no such key."
                self.note((*place, key), message)
        return {key: value for key, value in raw.items() if key not in extensions}

    def _drop_null(self, data: dict[str, Any], key: str, place: Place) -> None:
        """Leave out a name that is to be derived, where only its absence says so."""
        if key in data and data[key] is None:
            message = f"Left out; {_NAMES[self.shape]} does not take null for it."
            self.note((*place, key), message)
            del data[key]

    def _turn_metadata(self, data: dict[str, Any], place: Place) -> None:
        if data.get("metadata") is not None:
            inner = (*place, "metadata")
            data["metadata"] = self._kept(Metadata, data["metadata"], inner)

    def _turn_params(
        self, data: dict[str, Any], place: Place, models: Sequence[ModelParam]
    ) -> None:
        if not data.get("params"):
            return
        inner = (*place, "params")
        data["params"] = [
            self._param(raw, (*inner, index), model)
            for index, (raw, model) in enumerate(
                zip(data["params"], models, strict=True)
            )
        ]

    def _param(
        self, raw: Mapping[str, Any], place: Place, model: ModelParam
    ) -> dict[str, Any]:
        """Leave the extensions out, and let the value have the type that dtype says.

        AIoD 0.1 looks at dtype only where the value is null.
        """
        param = self._kept(ModelParam, raw, place)
        for key in ("value", "default"):
            typed = getattr(model, key)
            if key in param and repr(param[key]) != repr(typed):
                values = typed if isinstance(typed, list) else [typed]
                written = ", ".join(map(show, values))
                message = f"Written as {written}, as its dtype says."
                self.note((*place, key), message)
                param[key] = typed
        return param

    def _with_overrides(
        self, data: Mapping[str, Any], place: Place, model: VersionTask
    ) -> dict[str, Any]:
        """Write the family's params out, with the defaults that this task overrides."""
        overrides = model.param_overrides or {}
        inner = (*place, "param_overrides")
        name = _NAMES[self.shape]
        self.note(inner, f"Written out as params; {name} has no such key.")
        params = []
        for raw, param in zip(self.params, model.params or [], strict=True):
            overridden = param.arg_name in overrides
            params.append(_with_default(raw, param) if overridden else dict(raw))
            if overridden and param.nullable and param.value is not None:
                message = f"In {name}, this can't be null any more: its default is not."
                self.note((*inner, param.arg_name), message)
        # A null that stands for the family's params goes.
        rest = {key: value for key, value in data.items() if key != "params"}
        return {
            "params" if key == "param_overrides" else key: value
            for key, value in {**rest, "param_overrides": params}.items()
        }

    def _older_task(self, data: Mapping[str, Any], place: Place) -> dict[str, Any]:
        """Write the locations as in 2025."""
        entries = data["locations"]
        locations = [entry["location"] for entry in entries]
        configs = [entry.get("config_path") for entry in entries]
        paired: Any = configs
        if all(config == configs[0] for config in configs):
            paired = configs[0]
        elif None in configs:
            paired = None
            for index, config in enumerate(configs):
                if config is not None:
                    message = (
                        "Left out; in 2025, either all locations have one or none."
                    )
                    self.note((*place, index, "config_path"), message)
        older: dict[str, Any] = {}
        for key, value in data.items():
            if key != "locations":
                older[key] = value
                continue
            older["location"] = locations if len(locations) > 1 else locations[0]
            if paired is not None:
                older["config_path"] = paired
        return older


def _with_default(raw: Mapping[str, Any], param: ModelParam) -> dict[str, Any]:
    """Give a parameter the default that its model has."""
    if param.choices is None:
        return {**raw, "value": param.value}
    written: dict[str, Any] = {}
    for key, value in raw.items():
        if key != "default":
            written[key] = value
        if key == "value":
            written["default"] = param.default
    return written
