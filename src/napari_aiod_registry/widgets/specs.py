"""What a form has to know of each field, read from a Pydantic model."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NewType,
    TypeGuard,
    Union,
    get_args,
    get_origin,
)

import annotated_types
from pydantic import AliasPath, BaseModel, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from ..configs import config_key

UNSET = PydanticUndefined
"""Stands for "no value": a required field that nobody has filled in yet."""


@dataclass(frozen=True)
class FieldSpec:
    """What a form knows of one field of a Pydantic model.

    Attributes
    ----------
    name : str
        The field's name in the model.
    key : str
        Its key in a config file: the alias, or the name.
    label, tooltip : str
        ``title`` and ``description`` of the field.
    default : object
        The default, or `UNSET`.
    kind : object
        The annotation without ``Optional`` and ``Annotated``.
    annotation : object
        The annotation as it is.
    nullable : bool
        Whether the value may be None.
    choices : tuple
        Values of a ``Literal`` or an ``Enum``; empty for other types.
    low, high : float or None
        The smallest and largest value allowed.
    open_low, open_high : bool
        Whether the model has these as bounds that are not allowed themselves.
    multiple_of : float or None
        What the value must be a multiple of.
    extra : dict
        ``json_schema_extra``: ``units``, ``step``, ``advanced``, ``param_type``,
        ``channel_start``, ``channel_start_label``.
    """

    name: str
    key: str
    label: str
    tooltip: str
    default: Any
    kind: Any
    annotation: Any
    nullable: bool
    choices: tuple[Any, ...] = ()
    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False
    multiple_of: float | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def units(self) -> str:
        """The unit behind the value, or an empty text."""
        return str(self.extra.get("units") or "")

    @property
    def step(self) -> float | None:
        """What an arrow adds, or None where the form decides."""
        step = self.extra.get("step")
        return step if isinstance(step, int | float) and step > 0 else self.multiple_of

    @property
    def advanced(self) -> bool:
        """Whether the field starts folded away."""
        return bool(self.extra.get("advanced"))

    @property
    def is_channel(self) -> bool:
        """Whether the value is a channel of the image."""
        return self.extra.get("param_type") == "channel"

    @property
    def group(self) -> type[BaseModel] | None:
        """The model, where the value is a group of fields."""
        kind = self.kind
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return None if issubclass(kind, RootModel) else kind
        return None


def field_specs(
    model: type[BaseModel], defaults: BaseModel | None = None
) -> list[FieldSpec]:
    """Describe the fields of a model, in order.

    Parameters
    ----------
    model : type[BaseModel]
        The model class.
    defaults : BaseModel, optional
        An instance whose values are the defaults instead of the fields' own.
    """
    fields = model.model_fields
    if defaults is None:
        found = {name: _default(info) for name, info in fields.items()}
        found |= _as_held(model, found)
    else:
        found = {name: attribute(defaults, name) for name in fields}
    specs: list[FieldSpec] = []
    keys: set[str] = set()
    for name, info in fields.items():
        spec = _field_spec(name, info, found[name])
        # Where two fields share an alias, the second goes by its name.
        spec = replace(spec, key=name) if spec.key in keys else spec
        keys.add(spec.key)
        specs.append(spec)
    return specs


def arranged(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """Arrange values by key as a model wants them.

    Some models want the names of the fields in place of the keys, or have fields that
    lie deeper.
    """
    by_alias = model.model_config.get("validate_by_alias", True)
    raw = dict(values)
    for name, info in model.model_fields.items():
        key = config_key(name, info)
        if key not in raw:
            continue
        if not by_alias:
            raw[name] = raw.pop(key)
        elif isinstance(info.validation_alias, AliasPath) and key == name:
            _put_at(raw, info.validation_alias.path, raw.pop(key))
    return raw


def _put_at(raw: Any, path: Sequence[str | int], value: Any) -> None:
    for part, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(raw, list):
            raw.extend([None] * (int(part) + 1 - len(raw)))
            raw[int(part)] = raw[int(part)] or empty
        else:
            raw.setdefault(part, empty)
        raw = raw[part]
    if isinstance(raw, list):
        raw.extend([None] * (int(path[-1]) + 1 - len(raw)))
    raw[path[-1]] = value


def attribute(instance: BaseModel, name: str) -> Any:
    """Return a field's value without the warning of one that is deprecated."""
    return instance.__dict__.get(name, UNSET)


def _default(info: FieldInfo) -> Any:
    try:
        return info.get_default(call_default_factory=True)
    except Exception:  # noqa: BLE001 - anybody's factory, perhaps of the other values
        return UNSET  # the model calls it by itself


def _as_held(model: type[BaseModel], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Turn defaults into what an instance holds: of ``level: float = 1``, 1.0.

    Pydantic does not validate defaults by itself. Those that it would refuse are left
    out.
    """
    keys = {config_key(name, info): name for name, info in model.model_fields.items()}
    given = {key: defaults[name] for key, name in keys.items()}
    given = {key: value for key, value in given.items() if value is not UNSET}
    while given:
        try:
            instance = model.model_validate(arranged(model, given))
        except ValidationError as error:
            wrong = {str(item["loc"][0]) for item in error.errors() if item["loc"]}
            if wrong.isdisjoint(given):
                return {}
            given = {key: item for key, item in given.items() if key not in wrong}
        except Exception:  # noqa: BLE001 - a validator of anybody's model
            return {}
        else:
            return {keys[key]: attribute(instance, keys[key]) for key in given}
    return {}


def _field_spec(name: str, info: FieldInfo, default: Any) -> FieldSpec:
    kind, constraints, nullable = _unwrap(info.annotation)
    constraints = _flat([*info.metadata, *constraints])
    low, open_low = _bound(constraints, kind, "ge", "gt")
    high, open_high = _bound(constraints, kind, "le", "lt")
    extra = info.json_schema_extra
    return FieldSpec(
        name=name,
        key=config_key(name, info),
        label=info.title or name.replace("_", " "),
        tooltip=info.description or "",
        default=default,
        kind=kind,
        annotation=info.annotation,
        nullable=nullable,
        choices=_choices(kind),
        low=low,
        high=high,
        open_low=open_low,
        open_high=open_high,
        multiple_of=next(
            (
                found
                for item in constraints
                if _is_number(found := getattr(item, "multiple_of", None))
            ),
            None,
        ),
        extra=dict(extra) if isinstance(extra, dict) else {},
    )


def _choices(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Literal:
        return get_args(kind)
    is_enum = isinstance(kind, type) and issubclass(kind, enum.Enum)
    # Flags can be combined, so their members are not all that there is.
    return tuple(kind) if is_enum and not issubclass(kind, enum.Flag) else ()


def _unwrap(kind: Any) -> tuple[Any, list[Any], bool]:
    """Take ``Annotated`` and ``Optional`` off a type; give constraints, nullability."""
    if get_origin(kind) is Annotated:
        inner, *metadata = get_args(kind)
        inner, constraints, nullable = _unwrap(inner)
        return inner, [*metadata, *constraints], nullable
    if get_origin(kind) in (Union, UnionType):
        rest = [item for item in get_args(kind) if item is not NoneType]
        nullable = len(rest) < len(get_args(kind))
        if len(rest) == 1:
            inner, constraints, _ = _unwrap(rest[0])
            return inner, constraints, nullable
        return kind, [], nullable
    if isinstance(kind, NewType):
        return _unwrap(kind.__supertype__)
    return kind, [], False


def _bound(
    constraints: Sequence[Any], kind: Any, inclusive: str, exclusive: str
) -> tuple[float | None, bool]:
    """Find the smallest (ge, gt) or largest (le, lt) value, and if it is excluded."""
    upward = inclusive == "ge"
    found: list[tuple[float, bool]] = []
    for item in constraints:
        bound = getattr(item, inclusive, None)
        if _is_number(bound):
            found.append((bound, False))
        bound = getattr(item, exclusive, None)
        if _is_number(bound):
            if kind is int:
                nearest = math.floor(bound) + 1 if upward else math.ceil(bound) - 1
                found.append((nearest, False))
            else:
                towards = math.inf if upward else -math.inf
                found.append((math.nextafter(bound, towards), True))
    if not found:
        return None, False
    return max(found) if upward else min(found)


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))


def _flat(constraints: Sequence[Any]) -> list[Any]:
    flat: list[Any] = []
    for item in constraints:
        if isinstance(item, FieldInfo):
            flat += _flat(item.metadata)
        elif isinstance(item, annotated_types.GroupedMetadata):
            flat += list(item)
        else:
            flat.append(item)
    return flat


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same, and of the same type all the way down.

    For Python, 1, 1.0 and True are equal, and "not a number" differs from itself.
    """
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(alike(one[k], other[k]) for k in one)
    if isinstance(one, BaseModel):
        return alike(dict(one), dict(other))
    try:
        return bool(one == other) or bool(one != one and other != other)
    except Exception:  # noqa: BLE001 - anybody's class, like an array of numbers
        return False
