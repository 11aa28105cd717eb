"""What a form has to know of each field, read from a Pydantic model."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeGuard

import annotated_types
from pydantic import BaseModel, Json, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic.types import PathType

from ....config import arranged, config_key, keys_of, named
from ....fields import FieldExtras
from ....fields.annotations import model_in, unwrap
from ....typed import NO_VALUE, alike, choices_of

UNSET = NO_VALUE
"""Stands for "no value": a required field that nobody has filled in yet."""


class _Nothing:
    def __repr__(self) -> str:
        return "nothing"


NOTHING = _Nothing()
"""What a model gets for a field with a default that a person has emptied."""


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
    given : object
        The default as the author of the model wrote it: of ``level: float = 1``, 1.
    null_by_default : bool
        Whether the default is None, though the model refuses a None that is given, as
        in ``size: int = None``. It has it as long as nobody names the field.
    path_type : str or None
        What a path must be: "file", "dir" or "new". None where it may be any.
    extras : FieldExtras
        Unit, step and the like, of ``json_schema_extra``.
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
    given: Any = UNSET
    null_by_default: bool = False
    path_type: str | None = None
    extras: FieldExtras = field(default_factory=FieldExtras)

    @property
    def has_default(self) -> bool:
        """Whether there is a value that holds until somebody gives another."""
        return self.default is not UNSET

    def held(self, value: Any) -> Any:
        """Return a value of an instance as the model itself would hold it.

        Pydantic puts defaults into instances as the author wrote them.
        """
        return self.default if alike(value, self.given) else value

    @property
    def group(self) -> type[BaseModel] | None:
        """The model, where the value is a group of fields."""
        return model_in(self.kind)


def field_specs(
    model: type[BaseModel], defaults: BaseModel | None = None
) -> list[FieldSpec]:
    """Describe the fields of a model, in order.

    A field that can't be set by itself, because it reads the key of one before it, is
    left out.

    Parameters
    ----------
    model : type[BaseModel]
        The model class.
    defaults : BaseModel, optional
        An instance whose values are the defaults instead of the fields' own.
    """
    fields = model.model_fields
    given = {name: _default(info) for name, info in fields.items()}
    held, refused = _as_held(model, given)
    specs: dict[str, FieldSpec] = {}
    for name, info in fields.items():
        value = given[name] if defaults is None else attribute(defaults, name)
        of_author = alike(value, given[name])
        spec = _field_spec(
            name,
            info,
            default=held.get(name, value) if of_author else value,
            given=value,
            null_by_default=of_author and name in refused and value is None,
        )
        if spec.key in specs:
            if model.model_config.get("validate_by_alias", True):
                continue
            spec = replace(spec, key=name)
        specs[spec.key] = spec
    return list(specs.values())


def attribute(instance: BaseModel, name: str) -> Any:
    """Return a field's value without the warning of one that is deprecated."""
    return instance.__dict__.get(name, UNSET)


def _default(info: FieldInfo) -> Any:
    try:
        return info.get_default(call_default_factory=True)
    except Exception:  # noqa: BLE001 - anybody's factory, perhaps of the other values
        return UNSET  # the model calls it by itself


def _as_held(
    model: type[BaseModel], defaults: Mapping[str, Any]
) -> tuple[dict[str, Any], set[str]]:
    """Turn defaults into what an instance holds: of ``level: float = 1``, 1.0.

    Pydantic does not validate defaults by itself. Those that it would refuse are told
    apart.
    """
    keys = keys_of(model)
    given = {key: defaults[name] for key, name in keys.items()}
    given = {key: value for key, value in given.items() if value is not UNSET}
    refused: set[str] = set()
    while given:
        try:
            instance = validate(model, given)
        except ValidationError as error:
            places = [named(model, item["loc"]) for item in error.errors()]
            fields = {place[0] for place in places if place}
            wrong = {key for key in given if not fields.isdisjoint((key, keys[key]))}
            if not wrong:
                return {}, refused
            refused |= {keys[key] for key in wrong}
            given = {key: item for key, item in given.items() if key not in wrong}
        except Exception:  # noqa: BLE001 - a validator of anybody's model
            return {}, refused
        else:
            names = [keys[key] for key in given]
            return {name: attribute(instance, name) for name in names}, refused
    return {}, refused


def validate(model: type[BaseModel], values: Mapping[str, Any]) -> BaseModel:
    """Make an instance of a model from values by config key.

    Raises
    ------
    pydantic.ValidationError
        With all that the model refuses.
    """
    if issubclass(model, RootModel):
        return model.model_validate(values.get("root", NOTHING))
    return model.model_validate(arranged(model, values))


def _field_spec(
    name: str, info: FieldInfo, *, default: Any, given: Any, null_by_default: bool
) -> FieldSpec:
    kind, constraints, nullable = unwrap(info.annotation)
    constraints = _flat([*info.metadata, *constraints])
    if any(Json in (item, type(item)) for item in constraints):
        kind = Json  # the model reads text alone, whatever is in it
    low, open_low = _bound(constraints, kind, "ge", "gt")
    high, open_high = _bound(constraints, kind, "le", "lt")
    return FieldSpec(
        name=name,
        key=config_key(name, info),
        label=info.title or name.replace("_", " "),
        tooltip=info.description or "",
        default=default,
        kind=kind,
        annotation=info.annotation,
        # The author of ``size: int = None`` means that it may be null.
        nullable=nullable or null_by_default,
        given=given,
        null_by_default=null_by_default,
        choices=choices_of(kind),
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
        path_type=next(
            (item.path_type for item in constraints if isinstance(item, PathType)), None
        ),
        extras=FieldExtras.of(info),
    )


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


def copied(value: Any) -> Any:
    """Copy a value, with all that is in it, if that can be done."""
    try:
        return copy.deepcopy(value)
    except Exception:  # noqa: BLE001 - anybody's class
        return value
