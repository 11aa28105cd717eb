"""Files of text: read without waiting for anything, and only up to a limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..messages.limits import MAX_VALUES
from ..messages.problems import Problem
from .document import Document, decode

SUFFIXES = (".json", ".yaml", ".yml")
"""File name endings of manifests."""

MAX_BYTES = 5_000_000
"""Size of a manifest file at the most. The largest bundled one has 96 kB."""

_BINARY = getattr(os, "O_BINARY", 0)

_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)


class FileError(Exception):
    """A file of which there is no text to speak of."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def problem(self, path: Path) -> Problem:
        """Tell it as a problem of the file."""
        return Problem("error", self.code, "", self.message, self.hint, path=path)


def read_bytes(path: Path) -> bytes:
    """Read a manifest file as it is.

    Raises
    ------
    FileError
        Where it is not a file, can't be read, or is too large.
    """
    if path.suffix.lower() not in SUFFIXES and os.path.isfile(path):
        raise FileError(
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
                raise FileError("not-a-file", f"{path.name} is not a file.")
            # One byte more than there is says that all of it was read.
            raw = _read_up_to(file, min(status.st_size, MAX_BYTES) + 1)
        finally:
            os.close(file)
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:  # a NUL in it
        message = f"{str(path)!r} is not the path of a file."
        raise FileError("unreadable-file", message) from error
    if len(raw) > MAX_BYTES:
        raise FileError(
            "too-large",
            f"The file is larger than {MAX_BYTES // 1_000_000} MB.",
            "A manifest names the weights; it does not hold them.",
        )
    return raw


def _unreadable(path: Path, error: OSError) -> FileError:
    """Say why a file can't be read."""
    if isinstance(error, FileNotFoundError) and os.path.islink(path):
        message = f"{path} is a link to a file that does not exist."
        hint = "Mend the link, or name the file itself."
        return FileError("missing-file", message, hint)
    if isinstance(error, FileNotFoundError):
        return FileError("missing-file", f"{path} does not exist.")
    # Windows speaks of permission where somebody opens a folder.
    if isinstance(error, IsADirectoryError) or os.path.isdir(path):
        return FileError("not-a-file", f"{path} is a folder.", "Name the file in it.")
    message = f"{path}: {error.strerror or error}."
    if isinstance(error, PermissionError):
        hint = "Ask its owner for permission to read it."
        return FileError("unreadable-file", message, hint)
    return FileError("unreadable-file", message)


def _read_up_to(file: int, most: int) -> bytes:
    """Read a file to its end, or to a number of bytes; one read may give less."""
    parts: list[bytes] = []
    while most > 0 and (part := os.read(file, most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def parse_document(path: Path, raw: bytes) -> Document:
    """Read what a JSON or YAML file holds, with positions.

    Raises
    ------
    TextError
        Where it can't be read.
    """
    text = decode(raw)
    if path.suffix.lower() == ".json":
        from ..text.json_reader import read_json

        return read_json(text, most=MAX_VALUES)
    from ..text.yaml_reader import read_yaml

    return read_yaml(text, most=MAX_VALUES)
