"""Paths as people paste them: in quotes, with ``~`` for their own folder."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any

_HOME = re.compile(r"~(?=$|[/\\])")


def is_path(kind: Any) -> bool:
    """Whether a type is a path."""
    return isinstance(kind, type) and issubclass(kind, PurePath)


def unquoted(text: str) -> str:
    """Take off the quotes that a file manager or a terminal puts around a path."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def read_path(text: str, kind: Any) -> Any:
    """Read a path; ``~`` is the home folder where the path is one of this computer.

    No disk is asked.
    """
    text = unquoted(text)
    if issubclass(kind, Path) and _HOME.match(text):
        with suppress(RuntimeError):  # nobody knows where that is
            text = str(Path.home()) + text[1:]
    return kind(text)


def write_path(value: PurePath) -> str:
    """Write a path so that it is read back as it is."""
    text = str(value)
    if isinstance(value, Path) and _HOME.match(text):
        text = f"./{text}"  # a folder of that name, here
    return f'"{text}"' if unquoted(text) != text else text
