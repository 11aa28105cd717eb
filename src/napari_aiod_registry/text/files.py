"""Files of JSON and YAML, read without waiting for anything and up to a limit.

Manifests and config files are read alike. What is said of them differs a little: that
is a `FileKind`.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..messages import Problem, dotted, shortened, show
from .document import Document, TextError, decode

SUFFIXES = (".json", ".yaml", ".yml")
"""File name endings of manifests and config files."""

MAX_BYTES = 5_000_000
"""Size of a file at the most. The largest bundled manifest has 96 kB."""

_BINARY = getattr(os, "O_BINARY", 0)

_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)


class FileError(Exception):
    """A file of which there is no text to speak of.

    Attributes
    ----------
    problem : Problem
        Why, and what to do.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True)
class FileKind:
    """What is said of the files of one kind, and how much they may hold.

    Attributes
    ----------
    one, many : str
        What they are called: ``a manifest``, ``Manifests``.
    is_mapping : str
        What one holds, behind "The file holds a list, but".
    json_start, yaml_start : str
        How to begin one instead.
    what_for : str
        Why none of them is very large.
    subject : str, default "The file"
        What is too large; ``{name}`` stands for the file's name.
    hints : mapping of str to str
        Code of a `TextError` → a hint that fits these files better than its own.
    warnings : frozenset of str
        Codes of what can be read, and is only warned of.
    most_values : int or None
        Values that one may hold, counting lists and mappings.
    non_finite : bool, default False
        Whether JSON may hold NaN and Infinity.
    null_is_empty : bool, default False
        Whether YAML without anything but comments counts as an empty file.
    """

    one: str
    many: str
    is_mapping: str
    json_start: str
    yaml_start: str
    what_for: str
    subject: str = "The file"
    hints: Mapping[str, str] = field(default_factory=dict)
    warnings: frozenset[str] = frozenset()
    most_values: int | None = None
    non_finite: bool = False
    null_is_empty: bool = False

    def unknown_suffix(self, name: str, path: Path | None = None) -> Problem:
        """Say that a file is none of these by its name."""
        message = f"{name} is not {self.one} by its name."
        hint = f"{self.many} end in {', '.join(SUFFIXES)}."
        return Problem("error", "unknown-suffix", "", message, hint, path=path)

    def too_large(self, path: Path) -> Problem:
        """Say that a file has more bytes than are read."""
        subject = self.subject.format(name=path.name)
        message = f"{subject} is larger than {MAX_BYTES // 1_000_000} MB."
        return Problem("error", "too-large", "", message, self.what_for, path=path)

    def too_many_values(self, path: Path) -> Problem:
        """Say that a file would hold more values than are read."""
        error = Document(self.most_values).too_many_values((1, 1))
        return self.text_problem(path, error)

    def text_problem(self, path: Path, error: TextError) -> Problem:
        """Tell of what is wrong with the text of a file."""
        return Problem(
            "warning" if error.code in self.warnings else "error",
            error.code,
            dotted(error.place),
            shortened(str(error)),
            self.hints.get(error.code, error.hint),
            error.line,
            error.column,
            path,
        )

    def not_a_mapping(self, path: Path, data: Any) -> Problem:
        """Say that a file holds something else than keys and values."""
        message = f"The file holds {show(data)}, but {self.is_mapping}"
        hint = self.json_start if is_json(path) else self.yaml_start
        return Problem("error", "not-a-mapping", "", message, hint, 1, 1, path)


def is_json(path: Path) -> bool:
    """Whether a file is JSON by its name; otherwise it is YAML."""
    return path.suffix.lower() == ".json"


def read_bytes(path: Path, kind: FileKind) -> bytes:
    """Read a file as it is.

    Parameters
    ----------
    path : Path
        The file. Nothing is opened that is none, like a pipe or a device.
    kind : FileKind
        What it should be.

    Raises
    ------
    FileError
        Where it is not a file, can't be read, or is too large.
    """
    if path.suffix.lower() not in SUFFIXES and os.path.isfile(path):
        raise FileError(kind.unknown_suffix(path.name, path))
    try:
        raw = read_beginning(path, MAX_BYTES + 1)
    except NotAFileError as error:
        raise _error(path, "not-a-file", f"{path.name} is not a file.") from error
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:  # a NUL in it
        message = f"{str(path)!r} is not the path of a file."
        raise _error(path, "unreadable-file", message) from error
    if len(raw) > MAX_BYTES:
        raise FileError(kind.too_large(path))
    return raw


class NotAFileError(OSError):
    """Something that is neither a file nor a folder, like a pipe or a device."""


def read_beginning(path: str | os.PathLike[str], most: int) -> bytes:
    """Read a file to its end, or to a number of bytes; nothing else is opened.

    Opening a pipe, a device or a socket may wait for ever, or set something going. So
    it is looked at first, and once more when it is open: it may be another by then.

    Parameters
    ----------
    path : path-like
        The file.
    most : int
        Bytes to read at the most.

    Raises
    ------
    NotAFileError
        Where it is a pipe, a device or a socket.
    OSError
        Where it is a folder, or can't be read.
    ValueError
        Where the path has a NUL in it.
    """
    _check_regular(os.stat(path))
    file = os.open(path, os.O_RDONLY | _BINARY | _WITHOUT_WAITING)
    try:
        status = os.fstat(file)
        _check_regular(status)
        # One byte more than there is says that all of it was read.
        return _read_up_to(file, min(status.st_size + 1, most))
    finally:
        os.close(file)


def _check_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise NotAFileError(errno.EINVAL, "It is neither a file nor a folder")


def _error(path: Path, code: str, message: str, hint: str | None = None) -> FileError:
    return FileError(Problem("error", code, "", message, hint, path=path))


def _unreadable(path: Path, error: OSError) -> FileError:
    """Say why a file can't be read."""
    if isinstance(error, FileNotFoundError) and os.path.islink(path):
        message = f"{path} is a link to a file that does not exist."
        hint = "Mend the link, or name the file itself."
        return _error(path, "missing-file", message, hint)
    if isinstance(error, FileNotFoundError):
        return _error(path, "missing-file", f"{path} does not exist.")
    # Windows speaks of permission where somebody opens a folder.
    if isinstance(error, IsADirectoryError) or os.path.isdir(path):
        message = f"{path} is a folder."
        return _error(path, "not-a-file", message, "Name the file in it.")
    message = f"{path}: {error.strerror or error}."
    if isinstance(error, PermissionError):
        hint = "Ask its owner for permission to read it."
        return _error(path, "unreadable-file", message, hint)
    return _error(path, "unreadable-file", message)


def _read_up_to(file: int, most: int) -> bytes:
    """Read a file to its end, or to a number of bytes; one read may give less."""
    parts: list[bytes] = []
    while most > 0 and (part := os.read(file, most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def read_mapping(
    path: Path, raw: bytes, kind: FileKind
) -> tuple[Document | None, list[Problem]]:
    """Read keys and values from the bytes of a JSON or YAML file.

    Parameters
    ----------
    path : Path
        The file; its ending tells JSON from YAML. Nothing is read from it.
    raw : bytes
        What is in it.
    kind : FileKind
        What it should be.

    Returns
    -------
    document : Document or None
        What the file holds, a dict, with the place of each value. None where it can't
        be read or holds something else.
    problems : list of Problem
        Why, or what can be read but should not stand there.
    """
    try:
        document = _parsed(path, raw, kind)
        if kind.null_is_empty and document.data is None and not is_json(path):
            raise TextError("empty-file", "The file is empty.", (), (1, 1))
    except TextError as error:
        return None, [kind.text_problem(path, error)]
    problems = [kind.text_problem(path, note) for note in document.notes]
    if isinstance(document.data, dict):
        return document, problems
    return None, [*problems, kind.not_a_mapping(path, document.data)]


def _parsed(path: Path, raw: bytes, kind: FileKind) -> Document:
    text = decode(raw)
    if is_json(path):
        from .json_reader import read_json

        return read_json(text, most=kind.most_values, non_finite=kind.non_finite)
    # A file that is JSON needs no YAML, and a job on a cluster starts sooner.
    from .yaml_reader import read_yaml

    return read_yaml(text, most=kind.most_values)
