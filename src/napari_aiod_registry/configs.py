"""Config files: the values of a Pydantic model, out as YAML or JSON and in again.

Works for any model class, and knows nothing of forms: jobs on a cluster use it as well.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import stat
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import (
    AliasChoices,
    BaseModel,
    RootModel,
    SecretBytes,
    SecretStr,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from .problems import Place, Problem, dotted
from .reading import MAX_BYTES, SUFFIXES, _FileError, _read_bytes
from .rules import nearest, show
from .texts import MAX_DEPTH, MAX_DIGITS, Document, TextError, decode
from .value_errors import explain_field, explain_value

_SHORT_LIST = 60
"""Characters of a list that still stands in one line."""

_LONG_KEY = 60
"""Characters of an unknown key that are told."""

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


# Model → config


def config_key(name: str, info: FieldInfo) -> str:
    """Return the key that a field has in a config file.

    Parameters
    ----------
    name : str
        The field's name.
    info : FieldInfo
        The field, from ``model_fields``.

    Returns
    -------
    str
        The first alias under which the model reads the field, or its name.
    """
    return next(_aliases(info), name)


def _aliases(info: FieldInfo) -> Iterator[str]:
    alias = info.validation_alias or info.alias
    for choice in alias.choices if isinstance(alias, AliasChoices) else [alias]:
        # A path into lists and mappings is no key.
        if isinstance(choice, str):
            yield choice
        elif choice is not None and len(choice.path) == 1:
            yield str(choice.path[0])


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
        config = _plain(_config(values, ()), ())
        if not isinstance(config, dict):  # the model writes itself
            raise _UnfitError((), f"it is {show(config)}, not a mapping")
    except _UnfitError as error:
        raise error.config_error() from error.__cause__
    return config


class _UnfitError(Exception):
    """A value that no config file can hold."""

    def __init__(self, place: Place, why: str) -> None:
        super().__init__(why)
        self.place, self.why = place, why

    def config_error(self) -> ConfigError:
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
        config[key] = _jsonable(value, (*place, key))
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
        raise _UnfitError(place, _of_type(value)) from error
    if name is None:
        return dumped
    # A field that is left out of dumps has a value nevertheless.
    return next(iter(dumped.values())) if dumped else _jsonable(value, place)


def _jsonable(value: Any, place: Place) -> Any:
    try:
        return to_jsonable_python(value)
    except Exception as error:  # a serialiser of anybody's class
        raise _UnfitError(place, _of_type(value)) from error


def _of_type(value: Any) -> str:
    if isinstance(value, SecretStr | SecretBytes):
        return "it is a secret"
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        return "something in it is neither text nor a number"
    return f"it is of the type {type(value).__name__}"


def _under_config_keys(value: Any, dumped: Any, place: Place) -> Any:
    """Give the models inside a dumped value their config keys."""
    if isinstance(value, SecretStr | SecretBytes):  # dumped as asterisks
        raise _UnfitError(place, _of_type(value))
    if isinstance(value, RootModel):
        return _under_config_keys(value.root, dumped, place)
    if isinstance(value, BaseModel) and isinstance(dumped, dict):
        return _config(value, place)
    if isinstance(dumped, dict) and _alike_in_size(value, dumped, Mapping):
        pairs = zip(dumped.items(), value.values(), strict=True)
        return {
            key: _under_config_keys(inner, item, (*place, key))
            for (key, item), inner in pairs
        }
    sequence = (list, tuple, set, frozenset, deque)
    if isinstance(dumped, list) and _alike_in_size(value, dumped, sequence):
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


def _alike_in_size(value: Any, dumped: Any, kinds: Any) -> bool:
    return isinstance(value, kinds) and len(value) == len(dumped)


def _plain(value: Any, place: Place) -> Any:
    """Copy a value that a config file can hold and our reader reads back.

    Raises
    ------
    _UnfitError
        Where there is no such value.
    """
    if len(place) > MAX_DEPTH:
        raise _UnfitError(place[:3], f"it nests more than {MAX_DEPTH} levels deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {
            _plain_text(key, place): _plain(item, (*place, str(key)))
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(item, (*place, index)) for index, item in enumerate(value)]
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise _UnfitError(place, "it has too many digits")
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    return _plain_text(value, place)


def _plain_text(text: Any, place: Place) -> str:
    if not isinstance(text, str):
        raise _UnfitError(place, _of_type(text))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _UnfitError(place, "it has a broken character") from error
    return str.__str__(text)


# Config → file


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
        data = _plain(config, ())
    except _UnfitError as error:
        raise error.config_error() from error.__cause__
    if suffix.lower() == ".json":
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    if suffix.lower() not in SUFFIXES:
        raise ConfigError(None, [_unknown_suffix(f"A file ending in {suffix!r}")])
    import yaml

    body = yaml.dump(
        data,
        Dumper=_dumper(),
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=sys.maxsize,
    )
    return "".join(f"# {_one_line(line)}".rstrip() + "\n" for line in head) + body


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


@cache
def _dumper() -> Any:
    """Make PyYAML's safe dumper with the care for text that it lacks."""
    import yaml

    from .yaml_text import YAML_FLOAT

    class Dumper(yaml.SafeDumper):
        pass

    def write_text(dumper: Dumper, text: str) -> yaml.Node:
        # Without quotes, U+0085 would come back as a line break, and the text 1e-5 as
        # a number from our reader and from those of YAML 1.2.
        quoted = not text.isprintable() or YAML_FLOAT.fullmatch(text)
        style = '"' if quoted else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)

    def write_list(dumper: Dumper, items: list[Any]) -> yaml.Node:
        short = len(repr(items)) <= _SHORT_LIST and not any(
            isinstance(item, dict | list) for item in items
        )
        return dumper.represent_sequence("tag:yaml.org,2002:seq", items, short)

    Dumper.add_representer(str, write_text)
    Dumper.add_representer(list, write_list)
    return Dumper


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
        _replace_file(path, raw)
    except (OSError, ValueError) as error:
        raise ConfigError(path, [_not_written(path, error)]) from error


def _replace_file(path: Path, raw: bytes) -> None:
    """Write a file under another name beside it, and put that in its place."""
    target = Path(os.path.realpath(path))
    mode = _mode_to_keep(target)
    temporary = target.with_name(f".aiod-{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _mode_to_keep(target: Path) -> int | None:
    """Return the permissions of a file that may be replaced, None where there is none.

    Raises
    ------
    OSError
        Where something else is there, or the file is write-protected.
    """
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "It is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a file")
    # Putting another file in its place asks for the folder's permission only.
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "Permission denied")
    return stat.S_IMODE(status.st_mode)


def _not_written(path: Path, error: OSError | ValueError) -> Problem:
    code, hint = "unwritable-file", None
    number = getattr(error, "errno", None)
    if isinstance(error, FileNotFoundError):
        message = f"The folder {path.parent} does not exist."
        code, hint = "missing-folder", "Make it first, or choose another."
    elif isinstance(error, NotADirectoryError):
        message = f"{path.parent} is not a folder."
        code, hint = "missing-folder", "Choose another."
    elif isinstance(error, IsADirectoryError):
        message, hint = f"{path} is a folder.", "Name a file in it."
    elif isinstance(error, PermissionError):
        message = f"You have no permission to write {path}."
        hint = "Choose another folder, or ask its owner."
    elif number in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        message = f"There is no room left on the disk for {path}."
        code, hint = "disk-full", "Delete something, or choose another folder."
    else:
        why = getattr(error, "strerror", None) or str(error)
        message = f"{path} can't be written: {why}."
    return Problem("error", code, "", message, hint, path=path)


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
        return _read_bytes(path)
    except _FileError as error:
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
        from .json_text import read_json

        return read_json(text, non_finite=True)
    from .yaml_text import read_yaml

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


# Config → model


@dataclass(frozen=True)
class ConfigFit:
    """What a model takes of a config.

    Attributes
    ----------
    taken : dict
        Key → the value as an instance of the model holds it.
    refused : dict
        Key → a sentence that says why not.
    entries : tuple of tuple
        Key, value in the file, and the sentence or None, in the order of the file.
    """

    taken: dict[str, Any]
    refused: dict[str, str]
    entries: tuple[tuple[str, Any, str | None], ...]


def fit_config(
    model: type[BaseModel],
    data: Mapping[str, Any],
    now: Mapping[str, Any] | None = None,
) -> ConfigFit:
    """Find out what a model takes of a config. Nothing is raised, whatever it holds.

    Parameters
    ----------
    model : type[BaseModel]
        Any model class.
    data : mapping
        What a config file holds. It is read as JSON is: a list may stand for a tuple,
        and text for a path or a date, also where the model is strict.
    now : mapping, optional
        The other values, by key, which rules between fields look at. Default: those of
        the model.

    Returns
    -------
    ConfigFit
        Only keys of the model's fields are taken, even if the model itself would let
        others pass. Where the config breaks a rule between fields, and no key of it is
        to blame by itself, all of it is refused.
    """
    return _Fitting(model, now or {}).fit(data)


class _Fitting:
    """One model, and the values that hold where the config has none.

    Inside, fields go by their names.
    """

    def __init__(self, model: type[BaseModel], now: Mapping[str, Any]) -> None:
        self._model = model
        self._names = _names_by_key(model)
        self._base = self._as_json(now)

    def _key(self, name: str) -> str:
        return config_key(name, self._model.model_fields[name])

    def _as_json(self, now: Mapping[str, Any]) -> dict[str, Any]:
        """Turn values as an instance holds them into what a config would hold."""
        given = {self._names[key]: now[key] for key in now if key in self._names}
        try:
            whole = as_config(self._model.model_validate(self._input(given)))
        except Exception:  # noqa: BLE001 - then each as well as it can be
            whole = {}
        plain: dict[str, Any] = {}
        for name, value in given.items():
            key = self._key(name)
            with suppress(_UnfitError):  # the model's default has to do
                plain[name] = (
                    whole[key] if key in whole else _plain(_jsonable(value, ()), ())
                )
        return plain

    def _input(self, values: Mapping[str, Any]) -> Any:
        """Arrange values by field name as the model wants them."""
        if issubclass(self._model, RootModel):
            return values.get("root")
        by_alias = self._model.model_config.get("validate_by_alias", True)
        return {
            self._key(name) if by_alias else name: item for name, item in values.items()
        }

    def fit(self, data: Mapping[str, Any]) -> ConfigFit:
        """Judge a config."""
        wanted: dict[str, Any] = {}
        keys: dict[str, str] = {}
        refused: dict[str, str] = {}
        for key, value in data.items():
            name = self._names.get(key)
            if name is None:
                refused[key] = self._unknown(key)
            elif name in keys:
                refused[key] = f"This is the same parameter as {keys[name]!r}."
            else:
                keys[name] = key
                try:
                    wanted[name] = _plain(_jsonable(value, ()), ())
                except _UnfitError as error:
                    refused[key] = f"This can't be read: {error.why}."
        values, wrong = self._judge(wanted)
        refused |= {keys[name]: why for name, why in wrong.items()}
        return ConfigFit(
            {self._key(name): values[name] for name in wanted if name in values},
            {key: refused[key] for key in data if key in refused},
            tuple((key, value, refused.get(key)) for key, value in data.items()),
        )

    def _unknown(self, key: Any) -> str:
        word = str(key) if len(str(key)) <= _LONG_KEY else f"{str(key)[:_LONG_KEY]}…"
        guess = nearest(word, map(self._key, self._names.values()))
        hint = f" Did you mean {guess!r}?" if guess else ""
        return f"There is no parameter {word!r}.{hint}"

    def _judge(self, wanted: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """Split fields into the values that are taken, and why others are not."""
        wrong: dict[str, str] = {}
        while wanted:
            instance, errors = self._validate(self._model, wanted)
            found = self._wrong(wanted, errors)
            values = getattr(instance, "__dict__", {})
            why = "The model does not keep this value."
            if errors and not found:
                foreign = self._without_those_of_now(errors)
                if foreign:
                    found = self._raising(wanted, foreign)
                    found = found or dict.fromkeys(wanted, _explain_all(foreign))
                else:
                    values = self._one_by_one(wanted)
                    why = f"This can't be checked yet. {_explain_all(errors)}"
            found = found or {name: why for name in wanted if name not in values}
            found = found or self._with_unknown_keys(values, wanted)
            if not found:
                return {name: values[name] for name in wanted}, wrong
            wrong |= found
            wanted = {name: wanted[name] for name in wanted if name not in found}
        return {}, wrong

    def _validate(
        self, model: type[BaseModel], wanted: Mapping[str, Any]
    ) -> tuple[BaseModel | None, list[Any]]:
        # As JSON, so that a list may stand for a tuple where the model is strict.
        text = json.dumps(self._input({**self._base, **wanted}))
        try:
            return model.model_validate_json(text), []
        except ValidationError as error:
            return None, list(error.errors(include_url=False))
        except Exception as error:  # noqa: BLE001 - a validator of anybody's model
            why = str(error) or type(error).__name__
            msg = f"The values can't be checked: {why}"
            return None, [{"type": _FAILED, "loc": (), "msg": msg}]

    def _wrong(self, wanted: Mapping[str, Any], errors: list[Any]) -> dict[str, str]:
        """Explain the errors that lie in fields of the config."""
        places = _names_by_place(self._model)
        by_name: dict[str, list[tuple[Any, Place]]] = {}
        for error in errors:
            place = error["loc"]
            if issubclass(self._model, RootModel):
                place = ("root", *place)
            name = places.get(place[0]) if place else None
            if name is not None and name in wanted:
                by_name.setdefault(name, []).append((error, place[1:]))
        return {
            name: self._inside(name, explain_field(found))
            for name, found in by_name.items()
        }

    def _inside(self, name: str, sentence: str) -> str:
        """Say in which group a key is, where a sentence begins with one."""
        is_key = sentence.startswith("'")
        return f"Inside {self._key(name)!r}, {sentence}" if is_key else sentence

    def _without_those_of_now(self, errors: list[Any]) -> list[Any]:
        """Leave out the errors that are there without the config as well."""
        _, before = self._validate(self._model, {})
        known = {(error["type"], error["loc"]) for error in before}
        return [error for error in errors if (error["type"], error["loc"]) not in known]

    def _raising(self, wanted: Mapping[str, Any], errors: list[Any]) -> dict[str, str]:
        """Find the fields whose validator fails instead of saying what is wrong."""
        if errors[0]["type"] != _FAILED:
            return {}
        alone = {
            name: self._validate(self._model, {name: value})[1]
            for name, value in wanted.items()
        }
        return {
            name: _explain_all(found)
            for name, found in alone.items()
            if found and found[0]["type"] == _FAILED
        }

    def _one_by_one(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Validate the fields of a config while the model as a whole can't be right.

        A required field that nobody has filled in yet keeps Pydantic from making an
        instance, but not from validating the other fields. So a validator that comes
        last in each field listens to what they become.
        """
        heard: dict[str, Any] = {}

        def listen(cls: type[BaseModel], value: Any, info: ValidationInfo) -> Any:
            heard[str(info.field_name)] = value
            return value

        try:
            listening = create_model(
                self._model.__name__,
                __base__=self._model,
                __validators__={"aiod_listen": field_validator("*")(listen)},
            )
        except Exception:  # noqa: BLE001 - anybody's model may refuse a subclass
            return {}
        self._validate(listening, wanted)
        return {name: heard[name] for name in wanted if name in heard}

    def _with_unknown_keys(
        self, values: Mapping[str, Any], wanted: Mapping[str, Any]
    ) -> dict[str, str]:
        """Find groups with keys that their models pass over in silence."""
        found: dict[str, str] = {}
        for name, raw in wanted.items():
            place = next(_unknown_keys(values[name], raw, ()), None)
            if place is not None:
                sentence = explain_value({"type": "extra_forbidden"}, inside=place)
                found[name] = self._inside(name, sentence)
        return found


_FAILED = "failed"
"""Type of the error that we make where a model raises something else than its own."""


def _explain_all(errors: list[Any]) -> str:
    return explain_field([(error, error["loc"]) for error in errors])


def _unknown_keys(value: Any, raw: Any, place: Place) -> Iterator[Place]:
    if isinstance(value, RootModel):
        yield from _unknown_keys(value.root, raw, place)
    elif isinstance(value, BaseModel) and isinstance(raw, Mapping):
        names = _names_by_key(type(value))
        for key, item in raw.items():
            if key not in names:
                yield (*place, key)
            else:
                inner = value.__dict__.get(names[key])
                yield from _unknown_keys(inner, item, (*place, key))
    elif isinstance(value, Mapping) and _alike_in_size(raw, value, Mapping):
        for inner, (key, item) in zip(value.values(), raw.items(), strict=True):
            yield from _unknown_keys(inner, item, (*place, key))
    elif isinstance(value, list | tuple) and _alike_in_size(raw, value, list):
        for index, (inner, item) in enumerate(zip(value, raw, strict=True)):
            yield from _unknown_keys(inner, item, (*place, index))


def _names_by_key(model: type[BaseModel]) -> dict[str, str]:
    """List the keys under which a model reads its fields: key → name of the field."""
    settings = model.model_config
    by_alias = settings.get("validate_by_alias", True)
    by_name = settings.get("populate_by_name") or settings.get("validate_by_name")
    names: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    for name, info in model.model_fields.items():
        aliases = list(_aliases(info))
        has_alias = (info.validation_alias or info.alias) is not None
        if aliases or by_name or not has_alias:
            names[config_key(name, info)] = name
        others += [(alias, name) for alias in aliases[1:] if by_alias]
        others += [(name, name)] if by_name else []
    # Where two fields share one, the key of the config file comes first.
    for key, name in others:
        names.setdefault(key, name)
    return names


def _names_by_place(model: type[BaseModel]) -> dict[str | int, str]:
    """List what Pydantic's errors call the fields of a model."""
    places: dict[str | int, str] = {name: name for name in model.model_fields}
    for name, info in model.model_fields.items():
        places |= dict.fromkeys(_aliases(info), name)
    return places
