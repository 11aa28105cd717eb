"""The default configs of all version-tasks, as files in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from ..config import as_config
from ..messages import Problem
from ..text import MAX_BYTES, read_beginning
from ..text.atomic import replace_file, unwritable
from ..text.writer import data_text
from .registry import Registry

State: TypeAlias = Literal[
    "right", "missing", "stale", "superfluous", "foreign", "unreadable"
]

MARK = "written by aiod-registry gen-configs: edit the manifest, not this file"
"""Last line of the head of each file, by which ours are told from those of others."""


@dataclass(frozen=True)
class ConfigFile:
    """A config file that should be in a folder, or should not.

    Attributes
    ----------
    path : Path
        The file.
    state : str
        ``right``; ``missing``; ``stale``: it has another content; ``superfluous``: no
        version-task has this config any more; ``foreign``: somebody else's file has
        the name; ``unreadable``: it can't be told.
    text : str or None
        What it should hold, None where it should not be there.
    """

    path: Path
    state: State
    text: str | None

    def __str__(self) -> str:
        """Say in a sentence what is wrong with it."""
        return f"{self.path} {_SENTENCES[self.state]}"


_SENTENCES: dict[State, str] = {
    "right": "is up to date.",
    "missing": "is missing.",
    "stale": "is stale: it is not what the manifest says.",
    "superfluous": "is superfluous: none of the manifests has it.",
    "foreign": "is a file of somebody else, and left as it is. Move it away.",
    "unreadable": "can't be read.",
}


def default_configs(registry: Registry) -> dict[str, str]:
    """Write the default config of each version-task.

    Parameters
    ----------
    registry : Registry
        The families.

    Returns
    -------
    dict
        File name → text. The name is made of short name, slug and task, joined by
        ``+``, which none of them can have: so no two names are alike.
    """
    texts: dict[str, str] = {}
    for selection in registry.selections():
        found = registry.stated(*selection)
        name = f"{selection.model}+{found.version.slug}+{selection.task}.yaml"
        head = [*found.config_head, MARK]
        texts[name] = data_text(as_config(found.params_model()), head=head)
    return dict(sorted(texts.items()))


def check_folder(folder: Path, texts: Mapping[str, str]) -> list[ConfigFile]:
    """Compare a folder with what should be in it.

    Parameters
    ----------
    folder : Path
        The folder, which need not be there.
    texts : mapping
        As from `default_configs`.

    Returns
    -------
    list of ConfigFile
        Those that should be there, and ours that should not. What others have in the
        folder is passed over.

    Raises
    ------
    OSError
        Where the folder can't be read.
    """
    found = [_wanted(folder / name, text) for name, text in texts.items()]
    return [*found, *_superfluous(folder, texts)]


def _wanted(path: Path, text: str) -> ConfigFile:
    if not os.path.lexists(path):
        return ConfigFile(path, "missing", text)
    there = _text(path)
    if there is None:
        return ConfigFile(path, "unreadable", text)
    if not _is_ours(there):
        return ConfigFile(path, "foreign", text)
    return ConfigFile(path, "right" if there == text else "stale", text)


def _superfluous(folder: Path, texts: Mapping[str, str]) -> Iterator[ConfigFile]:
    if not os.path.lexists(folder):
        return
    for path in sorted(folder.iterdir()):
        if path.suffix == ".yaml" and path.name not in texts:
            there = _text(path)
            if there is not None and _is_ours(there):
                yield ConfigFile(path, "superfluous", None)


def _text(path: Path) -> str | None:
    """Read a file, None where that is not possible."""
    try:
        raw = read_beginning(path, MAX_BYTES + 1)
        # Git may have turned the line ends into those of Windows.
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except (OSError, ValueError):
        return None
    return text if len(raw) <= MAX_BYTES else None


def _is_ours(text: str) -> bool:
    head: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line)
    return f"# {MARK}" in head


def bring_up_to_date(file: ConfigFile) -> Problem | None:
    """Write a file that is missing or stale, or delete one that is superfluous.

    Parameters
    ----------
    file : ConfigFile
        As from `check_folder`. Nothing is done to a file that is right, somebody
        else's, or can't be read.

    Returns
    -------
    Problem or None
        Why that was not possible. The file is then as it was.
    """
    try:
        if file.state in ("missing", "stale") and file.text is not None:
            file.path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file.path, file.text.encode())
        elif file.state == "superfluous":
            file.path.unlink()
    except (OSError, ValueError) as error:
        return unwritable(file.path, error)
    return None
