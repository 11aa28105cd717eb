"""The values of a Pydantic model, as plain as a config file can hold them."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import (
    BaseModel,
    RootModel,
    SecretBytes,
    SecretStr,
)
from pydantic_core import to_jsonable_python

from ..messages import MAX_DEPTH, MAX_DIGITS, Place, Problem, dotted, show
from .keys import config_key

_LARGEST = 10 ** (MAX_DIGITS - 1) - 1
"""Whole number at the most: with a sign our readers still take it for a number."""


class ConfigError(ValueError):
    """A config file can't be read or written.

    As text, it is a line for each problem.

    Attributes
    ----------
    path : Path or None
        The file, where there is one.
    problems : tuple of Problem
        All that is wrong, in the order of the file.
    """

    def __init__(self, path: Path | None, problems: Sequence[Problem]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__("\n".join(map(_line, self.problems)))


def _line(problem: Problem) -> str:
    text = f"{problem.message} {problem.hint or ''}".rstrip()
    if problem.line is None:
        return text
    return f"{problem.path}, line {problem.line}, column {problem.column}: {text}"


def as_config(values: BaseModel) -> dict[str, Any]:
    """Return the values of a model as a config.

    Parameters
    ----------
    values : BaseModel
        An instance of any model class.

    Returns
    -------
    dict
        Key → None, bool, int, float, str, or lists and dicts of them, in the order of
        the fields. The model reads equal values back from it.

    Raises
    ------
    ConfigError
        Names the field whose value can't be written.
    """
    try:
        config = plain(_config(values, ()), ())
        if not isinstance(config, dict):  # the model writes itself
            raise UnfitError((), f"it is {show(config)}, not a mapping")
    except UnfitError as error:
        raise error.config_error() from error.__cause__
    return config


class UnfitError(Exception):
    """A value that no config file can hold."""

    def __init__(self, place: Place, why: str) -> None:
        super().__init__(why)
        self.place, self.why = place, why

    def config_error(self) -> ConfigError:
        """Tell of it as a problem of a config."""
        place = dotted(self.place)
        what = repr(place) if place else "This"
        message = f"{what} can't be written into a config file: {self.why}."
        return ConfigError(None, [Problem("error", "unfit-value", place, message)])


def _config(values: BaseModel, place: Place) -> Any:
    """Dump a model under its config keys; the leaves may be of derived types."""
    kind = type(values)
    if isinstance(values, RootModel):
        dumped = _dump(values, values, place)
        return {"root": _under_config_keys(values.root, dumped, ("root",))}
    if kind.__pydantic_decorators__.model_serializers:
        # The author of the model says how it is written.
        return _dump(values, values, place)
    config: dict[str, Any] = {}
    for name, info in kind.model_fields.items():
        key = config_key(name, info)
        # Not as an attribute: deprecated fields warn of that.
        if name in values.__dict__:
            value, inner = values.__dict__[name], (*place, key)
            dumped = _dump(values, value, inner, name)
            config[key] = _under_config_keys(value, dumped, inner)
    for key, value in (values.model_extra or {}).items():
        config[key] = jsonable(value, (*place, key))
    return config


def _dump(values: BaseModel, value: Any, place: Place, name: str | None = None) -> Any:
    """Let Pydantic dump a model, or a field of it, as it would for JSON."""
    include = None if name is None else {name}
    try:
        dumped = values.model_dump(
            mode="json", by_alias=True, round_trip=True, include=include, warnings=False
        )
    except Exception as error:  # a serialiser of anybody's model
        if name is not None and isinstance(value, BaseModel):
            _config(value, place)  # may know where inside it is
        raise UnfitError(place, _of_type(value)) from error
    if name is None:
        return dumped
    # A field that is left out of dumps has a value nevertheless.
    return next(iter(dumped.values())) if dumped else jsonable(value, place)


def jsonable(value: Any, place: Place) -> Any:
    """Turn a value of any type into what Pydantic writes into JSON.

    Raises
    ------
    UnfitError
        Where it can't be written.
    """
    try:
        return to_jsonable_python(value)
    except Exception as error:  # a serialiser of anybody's class
        raise UnfitError(place, _of_type(value)) from error


def _of_type(value: Any) -> str:
    if isinstance(value, SecretStr | SecretBytes):
        return "it is a secret"
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        return "something in it is neither text nor a number"
    return f"it is of the type {type(value).__name__}"


def _under_config_keys(value: Any, dumped: Any, place: Place) -> Any:
    """Give the models inside a dumped value their config keys."""
    if isinstance(value, SecretStr | SecretBytes):  # dumped as asterisks
        raise UnfitError(place, _of_type(value))
    if isinstance(value, RootModel):
        return _under_config_keys(value.root, dumped, place)
    if isinstance(value, BaseModel) and isinstance(dumped, dict):
        return _config(value, place)
    if isinstance(dumped, dict) and alike_in_size(value, dumped, Mapping):
        pairs = zip(dumped.items(), value.values(), strict=True)
        return {
            key: _under_config_keys(inner, item, (*place, key))
            for (key, item), inner in pairs
        }
    sequence = (list, tuple, set, frozenset, deque)
    if isinstance(dumped, list) and alike_in_size(value, dumped, sequence):
        pairs = zip(value, dumped, strict=True)
        items = [
            _under_config_keys(inner, item, (*place, index))
            for index, (inner, item) in enumerate(pairs)
        ]
        if isinstance(value, set | frozenset):
            # Sets of text have another order each time Python runs.
            with suppress(TypeError):
                items.sort()
        return items
    return dumped


def alike_in_size(value: Any, dumped: Any, kinds: Any) -> bool:
    """Whether a value is of some types, and has as many items as its dump."""
    return isinstance(value, kinds) and len(value) == len(dumped)


def plain(value: Any, place: Place) -> Any:
    """Copy a value that a config file can hold and our reader reads back.

    Raises
    ------
    UnfitError
        Where there is no such value.
    """
    if len(place) > MAX_DEPTH:
        raise UnfitError(place[:3], f"it nests more than {MAX_DEPTH} levels deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {
            _plain_text(key, place): plain(item, (*place, str(key)))
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [plain(item, (*place, index)) for index, item in enumerate(value)]
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise UnfitError(place, "it has too many digits")
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    return _plain_text(value, place)


def _plain_text(text: Any, place: Place) -> str:
    if not isinstance(text, str):
        raise UnfitError(place, _of_type(text))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnfitError(place, "it has a broken character") from error
    return str.__str__(text)
