"""A manifest made of whatever is right in one that has errors.

The rules between parts, and the warnings, are for a `ModelManifest`, and Pydantic makes
none while a part is wrong. So one is made here, for nothing but to ask it: what is
wrong or missing is replaced by something of which nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ..manifest import (
    DTYPES,
    Breach,
    Location,
    Metadata,
    ModelManifest,
    ModelParam,
    ModelVersion,
    StrictModel,
    VersionTask,
    check_scalar,
)
from ..messages import MAX_PROBLEMS, Place

Model = TypeVar("Model", bound=StrictModel)

_WRONG = "?"
"""Stands for a text that is wrong: there is one, but not what."""

_MOST_GUESSED = 200
"""Parameters of a list, from the first, of which we ask what they might be."""

_UNKNOWN: dict[str, tuple[Any, ...]] = {
    "value": (None, 0),
    "dtype": (None, *DTYPES),
    "param_type": ("channel", None),
}
"""What a key of a parameter might be when it is mended."""


class _PartOfParam(ModelParam):
    """A parameter of which a key is wrong or missing."""

    @model_validator(mode="after")
    def _finish(self) -> _PartOfParam:
        return self

    def override_breach(self, value: Any) -> None:
        """Return None: who knows, once the parameter is mended."""


def best_effort(data: Mapping[str, Any]) -> tuple[ModelManifest, list[Breach]]:
    """Make a manifest of what is right, and find what is wrong between its parts.

    Parameters
    ----------
    data : mapping
        What the file holds, in today's shape.

    Returns
    -------
    manifest : ModelManifest
        Good for `warnings.warnings`, and for nothing else.
    breaches : list of Breach
        Also those that Pydantic has found itself.
    """
    params, breaches = _params(data.get("params"), ("params",))
    versions: dict[str, ModelVersion] = {}
    for name, version in _items(data.get("versions")):
        tasks: dict[str, VersionTask] = {}
        for key, raw in _items(_get(version, "tasks")):
            place: Place = ("versions", name, "tasks", key, "params")
            own, inner = _params(_get(raw, "params"), place)
            breaches += inner
            tasks[key] = _task(raw, own)
        versions[name] = _made(
            ModelVersion,
            version,
            tasks=tasks,
            # No other version has the same, whatever it will be.
            slug=_right(ModelVersion, version, "slug", f"{_WRONG}{name}") or "",
            metadata=_metadata(_get(version, "metadata")),
        )
    whole = _made(
        ModelManifest,
        data,
        params=params,
        versions=versions,
        metadata=_metadata(data.get("metadata")) or _metadata(_WRONG),
    )
    breaches += islice(whole.breaches(), MAX_PROBLEMS + 1)
    if not _names_all_params(data.get("params"), params):
        # A parameter whose name is wrong may be the one that an override means.
        breaches = [one for one in breaches if one[1].type != "unknown-override"]
    for version in versions.values():
        for task in version.tasks.values():
            if task.params is None:
                task.__dict__["params"] = list(params or ())
    return whole, breaches


def _names_all_params(raw: Any, params: list[ModelParam] | None) -> bool:
    if params is None:
        return raw is None
    return all(param.arg_name for param in params)


def _task(raw: Any, own: list[ModelParam] | None) -> VersionTask:
    overrides = {
        key: value
        for key, value in _items(_get(raw, "param_overrides"))
        if _is_scalar(value)
    }
    lists_params = _get(raw, "params") is not None
    return _made(
        VersionTask,
        raw,
        keys={"params"} if lists_params else set(),
        params=(own or []) if lists_params else None,
        param_overrides=overrides,
        locations=[
            # The place of each in the list has to stay.
            _made(Location, item, location=_right(Location, item, "location", "/"))
            for item in _list(_get(raw, "locations"))
        ],
        metadata=_metadata(_get(raw, "metadata")),
    )


def _metadata(raw: Any) -> Metadata | None:
    if raw is None:
        return None
    license_ = _right(Metadata, raw, "license", _WRONG)
    return _made(Metadata, raw, license=license_ if isinstance(raw, dict) else _WRONG)


def _params(raw: Any, place: Place) -> tuple[list[ModelParam] | None, list[Breach]]:
    """Make parameters of what is right in each, and find what is wrong in each."""
    if not isinstance(raw, list):
        return None, []
    params: list[ModelParam] = []
    breaches: list[Breach] = []
    for index, item in enumerate(raw):
        param, inner = _param(item, index)
        params.append(param)
        breaches += [((*place, index, *part), error) for part, error in inner]
    return params, breaches


def _param(item: Any, index: int) -> tuple[ModelParam, list[Breach]]:
    known = dict(item) if isinstance(item, Mapping) else {}
    wrong = _wrong_keys(_PartOfParam, known)
    known = {key: known[key] for key in known if key not in wrong}
    names = [known.get(key) for key in ("arg_name", "name")]
    known["arg_name"] = "" if "arg_name" in wrong else names[0] or names[1] or ""
    known["name"] = names[1] or f"number {index + 1}"
    if "tooltip" in wrong or not isinstance(item, Mapping):
        known["tooltip"] = _WRONG
    unsure = [key for key in _UNKNOWN if key in wrong]
    part = _made(_PartOfParam, known, value=known.get("value"))
    found: list[Breach] = []
    if isinstance(item, Mapping) and (index < _MOST_GUESSED or not unsure):
        found = _in_any_case(part, unsure)
    if not unsure and not found and known["arg_name"]:
        return ModelParam.model_validate(known), []
    return part, found


def _in_any_case(param: _PartOfParam, unsure: list[str]) -> list[Breach]:
    """Find what is wrong whatever the unsure keys of a parameter will be."""
    options = [list(_UNKNOWN[key]) for key in unsure]
    if "value" in unsure and param.default is not None:
        options[unsure.index("value")].append([param.default])
    each: list[list[Breach]] = []
    for values in product(*options):
        guess = param.model_copy(update=dict(zip(unsure, values, strict=True)))
        each.append(list(guess.breaches()))
    # The guess with the fewest breaches says best what is meant.
    best = min(each, key=len)
    always = set.intersection(*({place for place, _ in found} for found in each))
    return [(place, error) for place, error in best if place in always]


def _made(
    model: type[Model], data: Any, keys: set[str] | None = None, **parts: Any
) -> Model:
    """Make a model of those keys that are right, without validation.

    Parameters
    ----------
    model : type of StrictModel
        The model.
    data : object
        What the file holds for it.
    keys : set of str, optional
        The keys that count as given. Default: all.
    **parts
        What to put in for a key, instead of what the file holds.
    """
    values: dict[str, Any] = {}
    right = _right_keys(model, data)
    for name, field in model.model_fields.items():
        if name in parts:
            values[name] = parts[name]
        elif name in right:
            values[name] = right[name]
        else:
            values[name] = _WRONG if field.is_required() else field.default
    return model.model_construct(set(values) if keys is None else keys, **values)


def _right_keys(model: type[BaseModel], data: Any) -> dict[str, Any]:
    """Return the keys of a model that are right by themselves."""
    if not isinstance(data, Mapping):
        return {}
    wrong = _wrong_keys(model, data)
    known = model.model_fields
    return {key: data[key] for key in data if key in known and key not in wrong}


def _right(model: type[BaseModel], data: Any, key: str, otherwise: Any) -> Any:
    """Return the value of a key, or something else where it is wrong."""
    if not isinstance(data, Mapping) or key in _wrong_keys(model, data):
        return otherwise
    return data.get(key)


def _wrong_keys(model: type[BaseModel], data: Mapping[str, Any]) -> set[Any]:
    """List the keys that are wrong by themselves, or missing."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
        return {one["loc"][0] for one in details if one["loc"]}
    return set()


def _is_scalar(value: Any) -> bool:
    try:
        return value is None or check_scalar(value) is not None
    except PydanticCustomError:
        return False


def _get(data: Any, key: str) -> Any:
    return data.get(key) if isinstance(data, Mapping) else None


def _list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []


def _items(data: Any) -> Iterator[tuple[Any, Any]]:
    """Iterate over a mapping, or over nothing."""
    return iter(data.items() if isinstance(data, Mapping) else ())
