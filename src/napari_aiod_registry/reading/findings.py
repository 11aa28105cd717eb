"""All that is wrong with a manifest, or could be better, at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from ..manifest import ModelManifest, Modern, modern_manifest
from ..messages import MAX_PROBLEMS, Place, Problem, Severity, dotted, shortened
from ..text import Document
from . import warnings
from .best_effort import best_effort
from .sentences import explain

_OF_KEYS = ("unknown-key", "unknown-task", "duplicate-task", "unknown-override")
"""Codes of problems that lie in a key, not in its value."""


class Finding(NamedTuple):
    """A problem whose place in the file is not looked up yet."""

    severity: Severity
    place: Place
    code: str
    message: str
    hint: str | None

    def problem(self, path: Path, document: Document) -> Problem:
        """Add the line and column that the place has in the file."""
        place, of_key = self.place, self.code in _OF_KEYS
        if place and place[-1] == "[key]":
            place, of_key = place[:-1], True
        line, column = document.position(place, key=of_key)
        return Problem(
            self.severity,
            self.code,
            dotted(place),
            shortened(self.message),
            self.hint and shortened(self.hint),
            line,
            column,
            path,
        )


class Found(NamedTuple):
    """What came of checking what a manifest file holds.

    Attributes
    ----------
    manifest : ModelManifest or None
        None where there is an error.
    findings : list of Finding
        Errors and warnings, each place as the file has it.
    is_whole : bool
        Whether these are all. Of a file with very many errors, only the first are
        looked at, as each takes its time to be told.
    document : Document
        The file.
    turned : Modern
        What it holds, in today's shape.
    """

    manifest: ModelManifest | None
    findings: list[Finding]
    is_whole: bool
    document: Document
    turned: Modern

    def locate(self, place: Place) -> tuple[Place, int, int]:
        """Find what the manifest has at a place in the file: its place, line, column.

        Parameters
        ----------
        place : tuple
            Keys and indices, in today's shape.
        """
        in_file = self.turned.place_in_file(place)
        return (in_file, *self.document.position(in_file))


def find(document: Document) -> Found:
    """Check what a manifest file holds.

    Parameters
    ----------
    document : Document
        The file, read from JSON or YAML. It holds a mapping.

    Returns
    -------
    Found
        The manifest, if it has no error, and what there is to say of it.
    """
    turned = modern_manifest(document.data)
    found = [_finding(*one) for one in turned.breaches]
    manifest: ModelManifest | None = None
    warned: list[warnings.Warned] = []
    is_whole = True
    try:
        manifest = ModelManifest.model_validate(turned.data)
        warned = list(warnings.warnings(manifest))
    except ValidationError as error:
        is_whole = error.error_count() <= MAX_PROBLEMS
        found += _errors(error, turned, document)
        if is_whole:
            substitute, breaches = best_effort(turned.data)
            found += [_finding(*one) for one in breaches]
            warned = _warnings(substitute)
    found += [Finding("warning", *one) for one in warned]
    in_file = (one._replace(place=turned.place_in_file(one.place)) for one in found)
    if turned.breaches:
        manifest = None
    findings = _without_misspelt(list(_once(in_file)))
    return Found(manifest, findings, is_whole, document, turned)


def _errors(
    error: ValidationError, turned: Modern, document: Document
) -> Iterator[Finding]:
    """Explain the errors; of very many, those that come first in the file."""
    every = error.errors(include_url=False)
    if len(every) > MAX_PROBLEMS:
        every.sort(key=lambda one: document.position(turned.place_in_file(one["loc"])))
    for details in every[:MAX_PROBLEMS]:
        yield Finding("error", details["loc"], *explain(details))


def _finding(place: Place, error: Any) -> Finding:
    context = error.context or {}
    return Finding("error", place, error.type, context["message"], context["hint"])


def _warnings(substitute: ModelManifest) -> list[warnings.Warned]:
    """List the warnings of a manifest that stands for one with errors."""
    try:
        return list(warnings.warnings(substitute))
    except Exception:  # noqa: BLE001 - its parts are not validated; the errors come first
        return []


def _without_misspelt(found: list[Finding]) -> list[Finding]:
    """Leave out that a key is missing where it stands there, but misspelt."""
    hints = {(one.place[:-1], one.hint) for one in found if one.code == "unknown-key"}
    return [
        one
        for one in found
        if one.code != "missing-key"
        or (one.place[:-1], f"Did you mean {one.place[-1]!r}?") not in hints
    ]


def _once(found: Iterator[Finding]) -> Iterator[Finding]:
    """Leave out what is told already: at the same place, of the same kind."""
    told: set[tuple[Place, str]] = set()
    for one in found:
        if (one.place, one.code) not in told:
            told.add((one.place, one.code))
            yield one
