"""Config files: a config out as YAML or JSON, and in again.

`values` makes a config of a model's values, `fit` fits one to a model.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..messages import MAX_VALUES
from ..text import MAX_BYTES, SUFFIXES, FileError, FileKind, read_bytes, read_mapping
from ..text.atomic import replace_file, unwritable
from ..text.writer import data_text
from .values import ConfigError, UnfitError, plain

CONFIG_FILE = FileKind(
    one="a config file",
    many="Config files",
    is_mapping=(
        "a config is a mapping: the name of each parameter, a colon, and its value."
    ),
    json_start='Write something like {"diameter": 30}.',
    yaml_start="Write something like diameter: 30.",
    what_for="A config file holds one value for each parameter.",
    # What states the parameters has no more values itself, and all of them can still be
    # judged and shown while people wait.
    most_values=MAX_VALUES,
    subject="{name}",
    hints={
        "empty-file": "Write {} into it, if nothing is to be set.",
        "yaml-anchor": "Write the value out.",
        "too-many-values": (
            "Is it another kind of file? A config file holds one value for each"
            " parameter."
        ),
    },
    # Words like yes are true or false to whoever reads the file after us, too.
    warnings=frozenset({"yaml-bool"}),
    non_finite=True,
)
"""How config files are read, and what is said of them."""


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
        raise ConfigError(
            None, [CONFIG_FILE.unknown_suffix(f"A file ending in {suffix!r}")]
        )
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
        raise ConfigError(path, [CONFIG_FILE.unknown_suffix(path.name, path)])
    try:
        raw = config_text(config, head=head, suffix=path.suffix).encode()
    except ConfigError as error:
        problems = [replace(problem, path=path) for problem in error.problems]
        raise ConfigError(path, problems) from error
    if len(raw) > MAX_BYTES:
        raise ConfigError(path, [CONFIG_FILE.too_large(path)])
    if _count_values(config) > MAX_VALUES:
        raise ConfigError(path, [CONFIG_FILE.too_many_values(path)])
    try:
        replace_file(path, raw)
    except (OSError, ValueError) as error:
        raise ConfigError(path, [unwritable(path, error)]) from error


def _count_values(value: Any) -> int:
    """Count values as the readers do: lists and mappings, and what is in them."""
    if isinstance(value, Mapping):
        value = list(value.values())
    inside = value if isinstance(value, list | tuple) else ()
    return 1 + sum(map(_count_values, inside))


# File → config


def read_config(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Read a config file.

    Parameters
    ----------
    path : path-like
        A ``.yaml``, ``.yml`` or ``.json`` file, UTF-8, of 5 MB and 20,000 values at
        the most, counting lists and mappings.

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
    if path.suffix.lower() not in SUFFIXES:
        raise ConfigError(path, [CONFIG_FILE.unknown_suffix(path.name, path)])
    try:
        raw = read_bytes(path, CONFIG_FILE)
    except FileError as error:
        raise ConfigError(path, [error.problem]) from error.__cause__
    document, problems = read_mapping(path, raw, CONFIG_FILE)
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong or document is None:
        raise ConfigError(path, wrong)
    return dict(document.data)
