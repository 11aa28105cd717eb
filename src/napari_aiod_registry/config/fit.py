"""What a Pydantic model takes of a config, and why it does not take the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import (
    BaseModel,
    RootModel,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
)

from ..fields.annotations import model_in
from ..messages import Place, nearest
from ..typed import why_unreadable
from .keys import alias_path, aliases, arranged, config_key, named
from .sentences import explain_field, explain_value
from .values import UnfitError, alike_in_size, as_config, jsonable, plain

_LONG_KEY = 60
"""Characters of an unknown key that are told."""


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
        found: dict[str, Any] = {}
        for name, value in given.items():
            key = self._key(name)
            with suppress(UnfitError):  # the model's default has to do
                found[name] = (
                    whole[key] if key in whole else plain(jsonable(value, ()), ())
                )
        return found

    def _input(self, values: Mapping[str, Any]) -> Any:
        """Arrange values by field name as the model wants them."""
        if issubclass(self._model, RootModel):
            return values.get("root")
        by_key = {self._key(name): item for name, item in values.items()}
        return arranged(self._model, by_key)

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
            elif (why := why_unreadable(value)) is not None:
                refused[key] = why
            else:
                keys[name] = key
                try:
                    wanted[name] = plain(jsonable(value, ()), ())
                except UnfitError as error:
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
                    blamed = self._to_blame(wanted) or wanted
                    found = found or dict.fromkeys(blamed, _explain_all(foreign))
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
        text = json.dumps(self._input(_laid_over(self._model, self._base, wanted)))
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
            place = named(self._model, error["loc"])
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

    def _to_blame(self, wanted: Mapping[str, Any]) -> list[str]:
        """Find the fields without any one of which the rest would do."""
        if len(wanted) > _MOST_TRIED:
            return []
        return [
            name
            for name in wanted
            if not self._without_those_of_now(
                self._validate(
                    self._model, {key: wanted[key] for key in wanted if key != name}
                )[1]
            )
        ]

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


_MOST_TRIED = 200
"""Fields of a config that are tried one by one."""


def _laid_over(
    model: type[BaseModel], base: Mapping[str, Any], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """Lay values by field name over others; in groups, too, only what is named."""
    found = {**base, **wanted}
    for name, value in wanted.items():
        inner = model_in(model.model_fields[name].annotation)
        below = base.get(name)
        if inner is None or not isinstance(value, Mapping) or not below:
            continue
        if isinstance(below, Mapping):
            names = _names_by_key(inner)
            known = {names[key]: value[key] for key in value if key in names}
            others = {key: value[key] for key in value if key not in names}
            lower = {names[key]: below[key] for key in below if key in names}
            merged = _laid_over(inner, lower, known)
            fields = inner.model_fields
            by_key = {config_key(key, fields[key]): merged[key] for key in merged}
            found[name] = {**by_key, **others}
    return found


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
    elif isinstance(value, Mapping) and alike_in_size(raw, value, Mapping):
        for inner, (key, item) in zip(value.values(), raw.items(), strict=True):
            yield from _unknown_keys(inner, item, (*place, key))
    elif isinstance(value, list | tuple) and alike_in_size(raw, value, list):
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
        known = list(aliases(info))
        has_alias = (info.validation_alias or info.alias) is not None
        if known or by_name or not has_alias or alias_path(info) is not None:
            names.setdefault(config_key(name, info), name)
        others += [(alias, name) for alias in known[1:] if by_alias]
        others += [(name, name)] if by_name else []
    # Where two fields share one, the key of the config file comes first.
    for key, name in others:
        names.setdefault(key, name)
    return names


def _names_by_place(model: type[BaseModel]) -> dict[str | int, str]:
    """List what Pydantic's errors call the fields of a model."""
    places: dict[str | int, str] = {name: name for name in model.model_fields}
    for name, info in model.model_fields.items():
        places |= dict.fromkeys(aliases(info), name)
    return places
