"""Config files: a config out as YAML or JSON, and in again.

`config_values` makes a config of a model's values, `config_fit` fits one to a model.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..messages.problems import Problem, dotted
from ..messages.wording import show
from ..text.atomic import replace_file, unwritable
from ..text.document import Document, TextError, decode
from ..text.files import MAX_BYTES, SUFFIXES, FileError, read_bytes
from ..text.writer import data_text
from .fit import ConfigFit, fit_config
from .keys import config_key
from .values import ConfigError, UnfitError, as_config, plain

__all__ = [
    "ConfigError",
    "ConfigFit",
    "as_config",
    "config_key",
    "config_text",
    "fit_config",
    "read_config",
    "write_config",
]


def config_text(
    config: Mapping[str, Any], *, head: Sequence[str] = (), suffix: str = ".yaml"
) -> str:
    """Write a config as the text of a file.

    Parameters
    ----------
    config : mapping
        Key → None, bool, int, float, str, or lists and mappings of them.
    head : sequence of str, default ()
        Comments that the file begins with, a line for each. JSON has none.
    suffix : str, default ".yaml"
        Ending of the file's name: ``.yaml``, ``.yml`` or ``.json``.

    Returns
    -------
    str
        ``yaml.safe_load`` or ``json.loads`` reads the same values and types from it.

    Raises
    ------
    ConfigError
        Where the suffix is another, or a value can't be written.
    """
    try:
        data = plain(config, ())
    except UnfitError as error:
        raise error.config_error() from error.__cause__
    if suffix.lower() not in SUFFIXES:
        raise ConfigError(None, [_unknown_suffix(f"A file ending in {suffix!r}")])
    return data_text(data, head=head, suffix=suffix)


def write_config(
    path: str | os.PathLike[str], config: Mapping[str, Any], *, head: Sequence[str] = ()
) -> None:
    """Write a config file: all of it, or nothing.

    A file that is there keeps its permissions, and a link still points to it.

    Parameters
    ----------
    path : path-like
        A ``.yaml``, ``.yml`` or ``.json`` file.
    config : mapping
        As in `config_text`.
    head : sequence of str, default ()
        As in `config_text`.

    Raises
    ------
    ConfigError
        Says why it can't be written. The file is then as it was.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise ConfigError(path, [_unknown_suffix(path.name, path)])
    try:
        raw = config_text(config, head=head, suffix=path.suffix).encode()
    except ConfigError as error:
        problems = [replace(problem, path=path) for problem in error.problems]
        raise ConfigError(path, problems) from error
    if len(raw) > MAX_BYTES:
        raise ConfigError(path, [_too_large(path)])
    try:
        replace_file(path, raw)
    except (OSError, ValueError) as error:
        raise ConfigError(path, [unwritable(path, error)]) from error


def _unknown_suffix(name: str, path: Path | None = None) -> Problem:
    message = f"{name} is not a config file by its name."
    hint = f"Config files end in {', '.join(SUFFIXES)}."
    return Problem("error", "unknown-suffix", "", message, hint, path=path)


def _too_large(path: Path) -> Problem:
    message = f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB."
    hint = "A config file holds one value for each parameter."
    return Problem("error", "too-large", "", message, hint, path=path)


# File → config


def read_config(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Read a config file.

    Parameters
    ----------
    path : path-like
        A ``.yaml``, ``.yml`` or ``.json`` file, UTF-8, 5 MB at the most.

    Returns
    -------
    dict
        Key → None, bool, int, float, str, or lists and dicts of them, in the order of
        the file. Dates stay text.

    Raises
    ------
    ConfigError
        With all the problems of the file, each with its line and column.
    """
    path = Path(path)
    raw = _bytes_of(path)
    try:
        document = _document(path, raw)
    except TextError as error:
        raise ConfigError(path, [_text_problem(path, error)]) from error
    # Words like yes are true or false to whoever reads the file after us, too.
    problems = [
        _text_problem(path, note) for note in document.notes if note.code != "yaml-bool"
    ]
    if not isinstance(document.data, dict):
        problems.append(_not_a_mapping(path, document.data))
    if problems:
        raise ConfigError(path, problems)
    return dict(document.data)


def _bytes_of(path: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        raise ConfigError(path, [_unknown_suffix(path.name, path)])
    try:
        return read_bytes(path)
    except FileError as error:
        problem = error.problem(path)
        if error.code == "too-large":
            problem = _too_large(path)
        raise ConfigError(path, [problem]) from error.__cause__
    except ValueError as error:  # a NUL in it
        message = f"{str(path)!r} is not the path of a file."
        problem = Problem("error", "unreadable-file", "", message, path=path)
        raise ConfigError(path, [problem]) from error


def _document(path: Path, raw: bytes) -> Document:
    text = decode(raw)
    if path.suffix.lower() == ".json":
        from ..text.json_reader import read_json

        return read_json(text, non_finite=True)
    from ..text.yaml_reader import read_yaml

    return read_yaml(text)


_HINTS = {
    "empty-file": "Write {} into it, if nothing is to be set.",
    "yaml-anchor": "Write the value out.",
}
"""Hints that are other ones than for manifests."""


def _text_problem(path: Path, error: TextError) -> Problem:
    return Problem(
        "error",
        error.code,
        dotted(error.place),
        str(error),
        _HINTS.get(error.code, error.hint),
        error.line,
        error.column,
        path,
    )


def _not_a_mapping(path: Path, data: Any) -> Problem:
    message = (
        f"The file holds {show(data)}, but a config is a mapping: the name of each "
        "parameter, a colon, and its value."
    )
    hint = "Write something like diameter: 30."
    if path.suffix.lower() == ".json":
        hint = 'Write something like {"diameter": 30}.'
    return Problem("error", "not-a-mapping", "", message, hint, 1, 1, path)
