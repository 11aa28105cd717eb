"""Manifest file → `ModelManifest`, or all its problems with line and column."""

from __future__ import annotations

import copy
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from .param import ModelParam
from .problems import ManifestError, Place, Problem, dotted
from .rules import Breach, show
from .schema import ModelManifest, ModelVersion, VersionTask
from .texts import Document, TextError

# `lint`, `explain`, `json_text` and `yaml_text` are imported where they are needed:
# a manifest that is right needs none of them, and a job on a cluster starts sooner.

SUFFIXES = (".json", ".yaml", ".yml")
"""File name endings of manifests."""

MAX_BYTES = 5_000_000
"""Size of a manifest file at the most. The largest bundled one has 20 kB."""


_BINARY = getattr(os, "O_BINARY", 0)
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)
_STOP_EARLY = ("duplicate-task", "location-conflict", "config-path-mismatch")
"""Errors after which the parts inside are not looked at."""


@dataclass(frozen=True)
class Reading:
    """What came of reading one manifest file.

    Attributes
    ----------
    path : Path
        The file.
    manifest : ModelManifest or None
        None where there is an error.
    problems : tuple of Problem
        Errors and warnings, in the order of the file.
    """

    path: Path
    manifest: ModelManifest | None
    problems: tuple[Problem, ...]


def read_manifest(
    path: str | os.PathLike[str], *, tested: bool = False
) -> ModelManifest:
    """Read one manifest file.

    Parameters
    ----------
    path : path-like
        A ``.json``, ``.yaml`` or ``.yml`` file, UTF-8, 5 MB at the most.
    tested : bool, default False
        The file is one of the bundled ones, of which the tests know that no key stands
        in it twice. Not to look for that again saves a third of the time.

    Returns
    -------
    ModelManifest
        With everything derived and inherited filled in.

    Raises
    ------
    ManifestError
        With all the problems of the file, each with its place and what to do.
    """
    path = Path(path)
    raw = b""
    try:
        raw = _read_bytes(path)
        if path.suffix.lower() == ".json":
            manifest = _read_fast(raw, may_repeat_keys=not tested)
            if manifest is not None:
                return manifest
    except _FileError as error:
        raise ManifestError(path, [error.problem(path)]) from error.__cause__
    reading = _read_slowly(path, raw)
    if reading.manifest is None:
        raise ManifestError(path, reading.problems)
    return reading.manifest


def check_manifest(path: str | os.PathLike[str]) -> Reading:
    """Read one manifest file and list all its problems, warnings too.

    Parameters
    ----------
    path : path-like
        A ``.json``, ``.yaml`` or ``.yml`` file.

    Returns
    -------
    Reading
        The manifest, if it has no error, and the problems. Nothing is raised.
    """
    path = Path(path)
    try:
        return _read_slowly(path, _read_bytes(path))
    except _FileError as error:
        return Reading(path, None, (error.problem(path),))


class _FileError(Exception):
    """A file of which there is no text to speak of."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def problem(self, path: Path) -> Problem:
        return Problem("error", self.code, "", self.message, self.hint, path=path)


def _read_bytes(path: Path) -> bytes:
    """Read a manifest file as it is.

    Raises
    ------
    _FileError
        Where it is not a file, can't be read, or is too large.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise _FileError(
            "unknown-suffix",
            f"{path.name} is not a manifest by its name.",
            f"Manifests end in {', '.join(SUFFIXES)}.",
        )
    try:
        # Opening a named pipe would wait for somebody to write into it.
        file = os.open(path, os.O_RDONLY | _BINARY | _WITHOUT_WAITING)
        try:
            status = os.fstat(file)
            if stat.S_ISDIR(status.st_mode):
                raise IsADirectoryError
            if not stat.S_ISREG(status.st_mode):
                raise _FileError("not-a-file", f"{path.name} is not a file.")
            # One byte more than there is says that all of it was read.
            raw = _read_up_to(file, min(status.st_size, MAX_BYTES) + 1)
        finally:
            os.close(file)
    except FileNotFoundError as error:
        raise _FileError("missing-file", f"{path} does not exist.") from error
    except IsADirectoryError as error:
        raise _FileError(
            "not-a-file", f"{path} is a folder.", "Name the file in it."
        ) from error
    except OSError as error:
        why = error.strerror or str(error)
        hint = None
        if isinstance(error, PermissionError):
            hint = "Ask its owner for permission to read it."
        raise _FileError("unreadable-file", f"{path}: {why}.", hint) from error
    if len(raw) > MAX_BYTES:
        raise _FileError(
            "too-large",
            f"The file is larger than {MAX_BYTES // 1_000_000} MB.",
            "A manifest names the weights; it does not hold them.",
        )
    return raw


def _read_up_to(file: int, most: int) -> bytes:
    """Read a file to its end, or to a number of bytes; one read may give less."""
    parts: list[bytes] = []
    while most > 0 and (part := os.read(file, most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _read_fast(raw: bytes, *, may_repeat_keys: bool) -> ModelManifest | None:
    """Read JSON without positions; None where anything at all is wrong."""
    try:
        manifest = ModelManifest.model_validate_json(raw)
        if may_repeat_keys and _repeats_keys(raw):
            return None
    except (ValueError, RecursionError):
        return None
    return manifest


def _repeats_keys(raw: bytes) -> bool:
    """Whether an object in JSON has a key twice, of which parsers take the last."""
    objects: list[list[tuple[str, Any]]] = []
    json.loads(raw, object_pairs_hook=objects.append)
    return any(len(dict(pairs)) != len(pairs) for pairs in objects)


def _read_slowly(path: Path, raw: bytes) -> Reading:
    """Read a manifest with positions, and collect all its problems."""
    try:
        document = _parse(path, raw)
    except TextError as error:
        return Reading(path, None, (_text_problem(path, error),))
    problems = [_text_problem(path, note) for note in document.notes]
    manifest = None
    if isinstance(document.data, dict):
        try:
            manifest = ModelManifest.model_validate(document.data)
        except ValidationError as error:
            problems += _errors(path, document, error)
    else:
        message = (
            f"The file holds {show(document.data)}, but a manifest is a mapping of "
            "keys: name, metadata, versions …"
        )
        hint = "Start the file with {, and end it with }."
        if path.suffix.lower() != ".json":
            hint = "Start the file with a key, like name:"
        problems.append(
            Problem("error", "not-a-mapping", "", message, hint, 1, 1, path)
        )
    if manifest is not None:
        from . import lint

        problems += [
            _problem(path, document, "warning", *warned)
            for warned in lint.warnings(manifest)
        ]
    if any(problem.severity == "error" for problem in problems):
        manifest = None
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    return Reading(path, manifest, tuple(problems))


def _parse(path: Path, raw: bytes) -> Document:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = "The file is not UTF-8: here is a character in another encoding."
        hint = "Save the file again as UTF-8."
        raise TextError("not-utf8", message, (), (line, column), hint) from error
    if not text.strip():
        hint = "Start with a bundled manifest as an example."
        raise TextError("empty-file", "The file is empty.", (), (1, 1), hint)
    if path.suffix.lower() == ".json":
        from .json_text import read_json

        return read_json(text)
    from .yaml_text import read_yaml

    return read_yaml(text)


def _text_problem(path: Path, error: TextError) -> Problem:
    return Problem(
        "warning" if error.code == "yaml-bool" else "error",
        error.code,
        dotted(error.place),
        str(error),
        error.hint,
        error.line,
        error.column,
        path,
    )


def _problem(
    path: Path,
    document: Document,
    severity: Any,
    place: Place,
    code: str,
    message: str,
    hint: str | None,
) -> Problem:
    """Make a problem of a place, with the line and column it has in the file."""
    of_key = code in (
        "unknown-key",
        "unknown-task",
        "duplicate-task",
        "unknown-override",
    )
    if place and place[-1] == "[key]":
        place, of_key = place[:-1], True
    place = _place_in_file(document.data, place)
    line, column = document.position(place, key=of_key)
    return Problem(severity, code, dotted(place), message, hint, line, column, path)


def _place_in_file(data: Any, place: Place) -> Place:
    """Translate a place of today's shape into the older one that a file may have."""
    for index, part in enumerate(place[:-1]):
        if part == "locations" and isinstance(data, dict) and "location" in data:
            number, key = place[index + 1], place[-1]
            if key not in ("location", "config_path"):
                key = "location"
            many = isinstance(data.get(str(key)), list)
            return (*place[:index], key, *((number,) if many else ()))
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
    return place


def _errors(path: Path, document: Document, error: ValidationError) -> list[Problem]:
    """List what Pydantic found, and what it could not look at because of that."""
    from .explain import explain

    found = [
        (details["loc"], *explain(details))
        for details in _all_details(document.data, error)
    ]
    told = {place for place, *_ in found}
    for place, breach in _hidden_breaches(document.data):
        if place not in told:
            context = breach.context or {}
            told.add(place)
            found.append((place, breach.type, context["message"], context["hint"]))
    return [_problem(path, document, "error", *item) for item in found]


def _all_details(data: Any, error: ValidationError) -> list[Any]:
    """List Pydantic's errors, and those behind an error that stopped it early."""
    found: list[Any] = []
    data = copy.deepcopy(data)
    while True:
        details = error.errors()
        early = [item for item in details if item["type"] in _STOP_EARLY]
        found += early or details
        for item in early:
            *place, key = item["loc"]
            holder = data
            for part in place:
                holder = holder[part]
            holder.pop(key, None)
        if not early:
            return found
        try:
            ModelManifest.model_validate(data)
        except ValidationError as next_error:
            error = next_error
        else:
            return found


def _hidden_breaches(data: Any) -> Iterator[Breach]:
    """Find breaches between parts of a manifest of which some are wrong themselves.

    The rules between parts run on a `ModelManifest`, which Pydantic does not make
    while a part is wrong. So one is made here of the parts that are right.
    """
    params, breaches = _sound_params(data.get("params"), ("params",))
    yield from breaches
    versions: dict[str, ModelVersion] = {}
    for name, version in _items(data.get("versions")):
        if not isinstance(version, Mapping):
            continue
        tasks: dict[str, VersionTask] = {}
        for key, raw in _items(version.get("tasks")):
            if isinstance(raw, Mapping):
                place: Place = ("versions", name, "tasks", key, "params")
                own, breaches = _sound_params(raw.get("params"), place)
                yield from breaches
                sound = _sound(VersionTask, raw)[0]
                given = {"param_overrides"} | (set() if own is None else {"params"})
                tasks[key] = VersionTask.model_construct(
                    given, params=own, param_overrides=sound.get("param_overrides")
                )
        slug = _sound(ModelVersion, version)[0].get("slug", "")
        versions[name] = ModelVersion.model_construct(tasks=tasks, slug=slug)
    whole = ModelManifest.model_construct(versions=versions, params=params)
    unnamed = len(_as_list(data.get("params"))) - len(params or ())
    for place, breach in whole.breaches():
        # A parameter whose name is wrong may be the one that the override means.
        if not (unnamed and breach.type == "unknown-override"):
            yield place, breach


def _sound(model: type[BaseModel], data: Any) -> tuple[dict[str, Any], set[Any]]:
    """Split a mapping into the keys that are right by themselves and the others."""
    try:
        return dict(model.model_validate(data)), set()
    except ValidationError as error:
        wrong = {details["loc"][0] for details in error.errors() if details["loc"]}
    known = model.model_fields
    return {k: data[k] for k in data if k in known and k not in wrong}, wrong


def _sound_params(
    raw: Any, place: Place
) -> tuple[list[ModelParam] | None, list[Breach]]:
    """Make parameters of what is right in each, and find what is wrong between."""
    if not isinstance(raw, list):
        return None, []
    params: list[ModelParam] = []
    breaches: list[Breach] = []
    for index, item in enumerate(raw):
        if not isinstance(item, Mapping):
            continue
        sound, wrong = _sound(ModelParam, item)
        arg_name = sound.get("arg_name") or sound.get("name")
        if not isinstance(arg_name, str):
            continue
        sound = {"name": arg_name, **sound, "arg_name": arg_name}
        # Where one of these is wrong, little can be said of the rest.
        if "value" in sound and wrong.isdisjoint(("value", "dtype", "param_type")):
            param = ModelParam.model_construct(set(sound), **sound)
            breaches += [
                ((*place, index, *part), breach) for part, breach in param.breaches()
            ]
        params.append(ModelParam.model_construct(set(sound), **sound))
    return params, breaches


def _as_list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []


def _items(data: Any) -> list[tuple[Any, Any]]:
    """Return the items of a mapping, or none of anything else."""
    return list(data.items()) if isinstance(data, Mapping) else []
