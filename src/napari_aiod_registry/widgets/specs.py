"""What a form has to know of each field, read from a Pydantic model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo


@dataclass(frozen=True)
class FieldSpec:
    """What a form knows of one field of a Pydantic model.

    Attributes
    ----------
    name : str
        The field's name in the model.
    key : str
        Its key in a dump: the alias, or the name.
    label, tooltip : str
        ``title`` and ``description`` of the field.
    default : object
        The default, or `pydantic_core.PydanticUndefined`.
    kind : object
        The annotation without ``Optional`` and ``Annotated``.
    nullable : bool
        Whether the value may be None.
    choices : tuple
        Values of a ``Literal``; empty for other types.
    low, high : float or None
        The smallest and largest value allowed.
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
    nullable: bool
    choices: tuple[Any, ...] = ()
    low: float | None = None
    high: float | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def units(self) -> str:
        """The unit behind the value, or an empty text."""
        return str(self.extra.get("units") or "")

    @property
    def advanced(self) -> bool:
        """Whether the field starts folded away."""
        return bool(self.extra.get("advanced"))

    @property
    def is_channel(self) -> bool:
        """Whether the value is a channel of the image."""
        return self.extra.get("param_type") == "channel"


def field_specs(model: type[BaseModel]) -> list[FieldSpec]:
    """Describe the fields of a model, in order."""
    return [_field_spec(name, info) for name, info in model.model_fields.items()]


def _field_spec(name: str, info: FieldInfo) -> FieldSpec:
    kind, constraints, nullable = _unwrap(info.annotation)
    constraints = [*info.metadata, *constraints]
    extra = info.json_schema_extra
    return FieldSpec(
        name=name,
        key=info.alias or name,
        label=info.title or name.replace("_", " "),
        tooltip=info.description or "",
        default=info.get_default(call_default_factory=True),
        kind=kind,
        nullable=nullable,
        choices=get_args(kind) if get_origin(kind) is Literal else (),
        low=_bound(constraints, kind, "ge", "gt"),
        high=_bound(constraints, kind, "le", "lt"),
        extra=dict(extra) if isinstance(extra, dict) else {},
    )


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
    return kind, [], False


def _bound(
    constraints: Sequence[Any], kind: Any, inclusive: str, exclusive: str
) -> float | None:
    """Find the smallest (ge, gt) or largest (le, lt) value that is allowed."""
    upward = inclusive == "ge"
    found: list[float] = []
    for item in _flat(constraints):
        bound = getattr(item, inclusive, None)
        if isinstance(bound, int | float):
            found.append(bound)
        bound = getattr(item, exclusive, None)
        if isinstance(bound, int | float):
            if kind is int:
                found.append(math.floor(bound) + 1 if upward else math.ceil(bound) - 1)
            else:
                found.append(math.nextafter(bound, math.inf if upward else -math.inf))
    if not found:
        return None
    return max(found) if upward else min(found)


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
