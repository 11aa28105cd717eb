"""Problems of a manifest, told so that people can act on them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from .wording import shortened

Place: TypeAlias = tuple[str | int, ...]
Severity = Literal["error", "warning"]


_LONGEST_PART = 100


def dotted(place: Sequence[str | int]) -> str:
    """Write a place as people read it: ``versions.cyto3.params[2].min``."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            short = shortened(part, _LONGEST_PART)
            text += f".{short}" if text else short
    return text


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a manifest file, or could be better.

    Attributes
    ----------
    severity : str
        ``error`` (the manifest can't be used) or ``warning``.
    code : str
        Stable word for this kind of problem, like ``unknown-key``.
    loc : str
        The place as a dotted path, like ``versions.cyto3.tasks.cyto.params[2].min``.
        Empty where it is the file as a whole.
    message : str
        What is wrong, as a sentence.
    hint : str or None
        What to do about it.
    line, column : int or None
        Where in the file, counted from 1. None where the file can't be read.
    path : Path or None
        The file.
    """

    severity: Severity
    code: str
    loc: str
    message: str
    hint: str | None = None
    line: int | None = None
    column: int | None = None
    path: Path | None = None

    def __str__(self) -> str:
        """Tell the problem in one line, as compilers do."""
        where = "manifest" if self.path is None else os.fspath(self.path)
        if self.line is not None:
            where += f":{self.line}:{self.column}"
        place = f" {self.loc}:" if self.loc else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{where}: {self.severity}[{self.code}]{place} {self.message}{hint}"

    @property
    def sentence(self) -> str:
        """The problem without file and code, for a notification."""
        place = f"{self.loc}: " if self.loc else ""
        line = f"Line {self.line}: " if self.line is not None else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{line}{place}{self.message}{hint}"


class ManifestError(ValueError):
    """A manifest file can't be used.

    Attributes
    ----------
    path : Path or None
        The file.
    problems : tuple of Problem
        All that is wrong with it, errors and warnings, in the order of the file.
    """

    def __init__(self, path: Path | None, problems: Sequence[Problem]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
