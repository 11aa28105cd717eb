"""Manifest file → `ModelManifest`, or all its problems with line and column."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..manifest import ModelManifest
from ..messages import MAX_DIGITS, MAX_PROBLEMS, MAX_VALUES, ManifestError, Problem
from ..text import Document, FileError, FileKind, read_bytes, read_mapping

if TYPE_CHECKING:
    from .completeness import Completeness

# `findings` and `completeness` are imported where they are needed: a manifest that is
# right needs none of them, and a job on a cluster starts sooner.

MANIFEST_FILE = FileKind(
    one="a manifest",
    many="Manifests",
    is_mapping="a manifest is a mapping of keys: name, metadata, versions …",
    json_start="Start the file with {, and end it with }.",
    yaml_start="Start the file with a key, like name:",
    what_for="A manifest names the weights; it does not hold them.",
    hints={"empty-file": "Start with a bundled manifest as an example."},
    warnings=frozenset({"yaml-bool"}),
    most_values=MAX_VALUES,
    null_is_empty=True,
)
"""How files of manifests are read, and what is said of them."""


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
    document : Document or None
        What the file holds, with the place of each value. None where it is no mapping.
    completeness : Completeness or None
        What a reviewer would ask for. None where there is an error.
    """

    path: Path
    manifest: ModelManifest | None
    problems: tuple[Problem, ...]
    document: Document | None = field(default=None, compare=False, repr=False)
    completeness: Completeness | None = field(default=None, compare=False, repr=False)

    @property
    def data(self) -> dict[str, Any] | None:
        """What the file holds, as it is written there. None where it is no mapping."""
        return None if self.document is None else self.document.data


def read_manifest(
    path: str | os.PathLike[str], *, tested: bool = False
) -> ModelManifest:
    """Read one manifest file.

    Parameters
    ----------
    path : path-like
        A ``.json``, ``.yaml`` or ``.yml`` file, UTF-8, of 5 MB and 20,000 values at the
        most.
    tested : bool, default False
        The file is one of the bundled ones, of which the tests know that no key stands
        in it twice, and the like. Not to look for that again saves a third of the time.

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
        raw = read_bytes(path, MANIFEST_FILE)
        if path.suffix.lower() == ".json":
            manifest = _read_fast(raw, is_tested=tested)
            if manifest is not None:
                return manifest
    except FileError as error:
        raise ManifestError(path, [error.problem]) from error.__cause__
    reading = check_bytes(path, raw, scored=False)
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
        return check_bytes(path, read_bytes(path, MANIFEST_FILE))
    except FileError as error:
        return Reading(path, None, (error.problem,))


def _read_fast(raw: bytes, *, is_tested: bool) -> ModelManifest | None:
    """Read JSON without positions; None where anything at all is wrong."""
    if not is_tested and sum(map(raw.count, (b",", b"[", b"{"))) >= MAX_VALUES:
        return None  # there may be too many values: each but the first has its sign
    try:
        manifest = ModelManifest.model_validate_json(raw)
        if not is_tested and _is_odd(raw):
            return None
    except (ValueError, RecursionError):
        return None
    return manifest


def _is_odd(raw: bytes) -> bool:
    """Whether JSON holds what Pydantic takes, or passes over, and our reader does not.

    That is a key twice, of which parsers take the last, NaN and a number of too many
    digits.
    """
    objects: list[list[tuple[str, Any]]] = []
    json.loads(
        raw,
        object_pairs_hook=objects.append,
        parse_int=_refuse_long_number,
        parse_constant=_refuse_constant,
    )
    return any(len(dict(pairs)) != len(pairs) for pairs in objects)


def _refuse_long_number(digits: str) -> None:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise ValueError(f"A number has more than {MAX_DIGITS} digits.")


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is not JSON.")


def check_bytes(path: Path, raw: bytes, *, scored: bool = True) -> Reading:
    """List all the problems that a manifest file with these bytes has, or would have.

    Parameters
    ----------
    path : Path
        The file; its ending tells JSON from YAML. Nothing is read from it.
    raw : bytes
        What is in it.
    scored : bool, default True
        Look how complete it is, too.

    Returns
    -------
    Reading
        As from `check_manifest`.
    """
    document, notes = read_mapping(path, raw, MANIFEST_FILE)
    if document is None:
        return Reading(path, None, tuple(notes))
    from .findings import find

    found = find(document)
    problems = [finding.problem(path, document) for finding in found.findings]
    # A word that YAML reads as false is a key that is unknown, too.
    unknown = {problem.loc for problem in problems if problem.code == "unknown-key"}
    problems, notes = _with_words_told(problems, notes)
    problems += [
        note for note in notes if note.code != "yaml-key" or note.loc not in unknown
    ]
    is_wrong = any(problem.severity == "error" for problem in problems)
    manifest = None if is_wrong else found.manifest
    told = _told(problems, found.is_whole)
    if not scored or manifest is None:
        return Reading(path, manifest, told, document)
    from .completeness import completeness

    score = completeness(manifest, found.locate)
    return Reading(path, manifest, told, document, score)


def _with_words_told(
    problems: list[Problem], notes: list[Problem]
) -> tuple[list[Problem], list[Problem]]:
    """Tell of a word that YAML reads as false, and that text should be, in one."""
    words = {note.loc: note for note in notes if note.code == "yaml-bool"}
    wrong = {one.loc for one in problems if one.code == "wrong-type"} & words.keys()
    problems = [
        replace(one, message=f"{words[one.loc].message} {one.message}")
        if one.code == "wrong-type" and one.loc in wrong
        else one
        for one in problems
    ]
    return problems, [
        note for note in notes if note.code != "yaml-bool" or note.loc not in wrong
    ]


def _told(problems: list[Problem], is_whole: bool) -> tuple[Problem, ...]:
    """Put problems into the order of the file; of very many, tell errors first."""

    def place(problem: Problem) -> tuple[int, int]:
        return problem.line or 0, problem.column or 0

    problems = sorted(problems, key=place)
    if is_whole and len(problems) <= MAX_PROBLEMS:
        return tuple(problems)
    by_weight = sorted(problems, key=lambda problem: problem.severity != "error")
    told, rest = by_weight[:MAX_PROBLEMS], by_weight[MAX_PROBLEMS:]
    more = Problem(
        "error" if not is_whole else rest[0].severity,
        "too-many-problems",
        "",
        f"This file has more than {MAX_PROBLEMS} problems; only these are listed.",
        "Mend them, and check the file again.",
        *place(rest[0] if rest else told[-1]),
        told[0].path,
    )
    return (*sorted(told, key=place), more)
