"""Under which keys a Pydantic model reads its fields, and what it calls them in errors.

A config file has one key for each field. A model may want another one, or have fields
that lie deeper in what it reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

from pydantic import AliasChoices, BaseModel, RootModel
from pydantic.fields import FieldInfo

from ..fields.annotations import model_in
from ..messages import Place


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
    return next(aliases(info), name)


def aliases(info: FieldInfo) -> Iterator[str]:
    """Go through the keys under which a model reads a field."""
    for choice in _choices(info):
        # A path into lists and mappings is no key.
        if isinstance(choice, str):
            yield choice
        elif len(choice.path) == 1:
            yield str(choice.path[0])


def alias_path(info: FieldInfo) -> tuple[str | int, ...] | None:
    """Return where a field lies in what the model reads, if it lies deeper.

    None for a field that has a key of its own.
    """
    if next(aliases(info), None) is not None:
        return None
    return next((tuple(path.path) for path in _choices(info) if path), None)


def _choices(info: FieldInfo) -> Sequence[Any]:
    alias = info.validation_alias or info.alias
    if isinstance(alias, AliasChoices):
        return alias.choices
    return [] if alias is None else [alias]


def keys_of(model: type[BaseModel]) -> dict[str, str]:
    """List the fields by their key in a config file: key → name of the field.

    Where two fields share a key, it is the first one's.
    """
    names: dict[str, str] = {}
    for name, info in model.model_fields.items():
        names.setdefault(config_key(name, info), name)
    return names


def arranged(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """Arrange values by config key as a model wants them.

    Parameters
    ----------
    model : type[BaseModel]
        Any model class that is no ``RootModel``.
    values : mapping
        Config key → value. The value of a field that is a model itself may be a mapping
        by config key, too. Other keys are passed on.

    Returns
    -------
    dict
        What ``model.model_validate`` takes: by the names of the fields where the model
        does not look at aliases, and with fields that lie deeper at their place.
    """
    plan = _plan(model)
    if not plan:
        return dict(values)
    found: dict[str, Any] = {}
    deeper: list[tuple[Sequence[str | int], Any]] = []
    for key, value in values.items():
        goes_to, inner = plan.get(key, (key, None))
        if inner is not None and isinstance(value, Mapping):
            value = arranged(inner, value)
        if isinstance(goes_to, str):
            found[goes_to] = value
        else:
            deeper.append((goes_to, value))
    for place, value in deeper:
        _put_at(found, place, value)
    return found


_Plan = dict[str, tuple[str | tuple[str | int, ...], type[BaseModel] | None]]
"""Config key → where the model wants the value, and the model in it."""

_PLANS: WeakKeyDictionary[type[BaseModel], _Plan] = WeakKeyDictionary()


def _plan(model: type[BaseModel]) -> _Plan:
    """Say which values have to be moved for a model, or to be arranged inside."""
    plan = _PLANS.get(model)
    if plan is not None:
        return plan
    by_alias = model.model_config.get("validate_by_alias", True)
    plan = {}
    for key, name in keys_of(model).items():
        info = model.model_fields[name]
        goes_to = alias_path(info) or key if by_alias else name
        inner = model_in(info.annotation)
        if goes_to != key or inner is not None:
            plan[key] = goes_to, inner
    if model.__pydantic_complete__:  # or its fields may be others yet
        _PLANS[model] = plan
    return plan


def _put_at(values: Any, path: Sequence[str | int], value: Any) -> None:
    for part, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(values, list):
            values.extend([None] * (int(part) + 1 - len(values)))
            values[int(part)] = values[int(part)] or empty
        else:
            values.setdefault(part, empty)
        values = values[part]
    if isinstance(values, list):
        values.extend([None] * (int(path[-1]) + 1 - len(values)))
    values[path[-1]] = value


def named(model: type[BaseModel], loc: Place) -> Place:
    """Let the place of an error begin with the field, whatever Pydantic calls it.

    Parameters
    ----------
    model : type[BaseModel]
        The model that the error is about.
    loc : tuple
        ``loc`` of an item of `pydantic.ValidationError.errors`.

    Returns
    -------
    tuple
        A place that begins with the field's name or with one of its keys; ``loc``
        itself where it is in no field.
    """
    if issubclass(model, RootModel):
        return ("root", *loc)
    for name, info in model.model_fields.items():
        path = alias_path(info)
        if path is not None and loc[: len(path)] == path:
            return (name, *loc[len(path) :])
    return loc
