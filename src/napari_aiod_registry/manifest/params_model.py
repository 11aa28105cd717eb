"""Parameters → one Pydantic model, which knows what every value may be.

The form, the command line and the config file all ask this model; no rule about a
value stands anywhere else.
"""

from __future__ import annotations

import keyword
import re
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Annotated, Any, Literal, Optional, cast

from annotated_types import Ge, Le
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    create_model,
)
from pydantic.fields import FieldInfo

from ..fields import FieldExtras
from .param import ModelParam
from .rules import Scalar
from .scalars import not_a_choice, same_value

MAX_CACHED = 256
"""Parameter models that are kept; the least recently used one goes first."""

_lock = Lock()


class ParamsModel(BaseModel):
    """Base of all parameter models: an instance is one set of values.

    ``model_dump(by_alias=True)`` is the config: arg_name → value, in order.
    """

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        validate_assignment=True,
        populate_by_name=True,
        protected_namespaces=(),
        # A list must not be changed behind the validation's back by whoever gave it.
        revalidate_instances="always",
    )


_cache: OrderedDict[tuple[str, tuple[str, ...]], type[ParamsModel]] = OrderedDict()


def params_model(
    params: Sequence[ModelParam], name: str = "Params"
) -> type[ParamsModel]:
    """Make the Pydantic model of a parameter list.

    Parameters
    ----------
    params : sequence of ModelParam
        Parameters, in the order of the form and of the config file.
    name : str, default "Params"
        Name of the class.

    Returns
    -------
    type[ParamsModel]
        One typed field per parameter, with the default, ``title`` (the label),
        ``description`` (the tooltip), bounds, and in ``json_schema_extra`` what else a
        form wants to know: ``units``, ``step``, ``advanced``, and for channels
        ``param_type``, ``channel_start`` and ``channel_start_label``, as
        `FieldExtras` has them. Equal lists give the same class; the most recent 256
        are kept.
    """
    # As JSON, 1 and 1.0 and true differ; as Python values they would be equal.
    key = (name, tuple(_identity(param) for param in params))
    with _lock:
        model = _cache.get(key)
        if model is None:
            model = _cache[key] = _make_model(params, name)
            if len(_cache) > MAX_CACHED:
                _cache.popitem(last=False)
        else:
            _cache.move_to_end(key)
    return model


def _identity(param: ModelParam) -> str:
    return f"{param.nullable}{param.model_dump_json()}"


def _make_model(params: Sequence[ModelParam], name: str) -> type[ParamsModel]:
    # A field named like another's key would take that key's value as well as its own.
    taken = {param.arg_name for param in params}
    fields: dict[str, Any] = {}
    for param in params:
        field_name = _field_name(param.arg_name, taken)
        taken.add(field_name)
        fields[field_name] = (_annotation(param), _field(param, field_name))
    return create_model(name, __base__=ParamsModel, __module__=__name__, **fields)


def _field_name(arg_name: str, taken: set[str]) -> str:
    """Return a name that Python and Pydantic accept as a field's: mostly the same."""
    name = re.sub(r"\W", "_", arg_name).strip("_") or "param"
    if name[0].isdigit():
        name = f"param_{name}"
    while (
        (name in taken and name != arg_name)
        or keyword.iskeyword(name)
        or hasattr(ParamsModel, name)
    ):
        name = f"{name}_"
    return name


def _field(param: ModelParam, field_name: str) -> FieldInfo:
    extras = FieldExtras(
        units=param.units,
        step=param.step,
        advanced=param.advanced,
        is_channel=param.is_channel,
        channel_start=param.channel_start,
        channel_start_label=param.channel_start_label,
    )
    return cast(
        "FieldInfo",
        Field(
            default=param.default_value,
            title=param.name,
            description=param.tooltip,
            alias=None if field_name == param.arg_name else param.arg_name,
            json_schema_extra=extras.as_json(),
        ),
    )


def _annotation(param: ModelParam) -> Any:
    """Return the type of a parameter's values, with its bounds."""
    kind = _choices(param.choices) if param.choices else _free(param)
    return Optional[kind] if param.nullable else kind  # noqa: UP045 - built at run time


def _free(param: ModelParam) -> Any:
    if param.type_name == "list":
        return Annotated[list[Scalar], BeforeValidator(_to_list)]
    if param.type_name == "tuple":
        return Annotated[tuple[Scalar, ...], BeforeValidator(_to_tuple)]
    kind = {"int": int, "float": float, "bool": bool, "str": str}[
        cast("str", param.type_name)
    ]
    bounds: list[Any] = []
    low = param.channel_start if param.is_channel else param.min
    if low is not None:
        bounds.append(Ge(kind(low)))
    if param.max is not None:
        bounds.append(Le(kind(param.max)))
    if kind is float:
        bounds.append(Field(allow_inf_nan=False))
    return Annotated[(kind, *bounds)] if bounds else kind


def _choices(choices: list[Scalar]) -> Any:
    """Return a ``Literal`` in which 1, 1.0, True and "1" are four different choices."""

    def exactly_one(value: Any) -> Any:
        for choice in choices:
            if same_value(choice, value):
                return choice
        if type(value) is int:  # whoever types 1 where there is only 1.0 means that
            for choice in choices:
                if type(choice) is float and choice == value:
                    return choice
        raise not_a_choice("not-a-choice", "", value, choices)

    literal = Literal[tuple(choices)]  # type: ignore[valid-type]
    return Annotated[
        literal, PlainValidator(exactly_one), WithJsonSchema({"enum": list(choices)})
    ]


def _to_list(value: Any) -> Any:
    # JSON and YAML have one kind of sequence for both.
    return list(value) if isinstance(value, tuple) else value


def _to_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
