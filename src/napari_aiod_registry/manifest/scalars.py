"""Single values of a manifest, and the types by which they are told apart."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeAlias, cast, get_args

from pydantic import PlainValidator, SkipValidation, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..messages import listed, show
from .rules import Scalar, breach, check_finite

Dtype: TypeAlias = Literal["int", "float", "bool", "str", "list", "tuple"]
DTYPES: tuple[Dtype, ...] = get_args(Dtype)

_TYPE_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "text",
    "list": "a list",
    "tuple": "a tuple",
}

TypedValue: TypeAlias = tuple[type, Any]
"""A value by which 1, 1.0, True and "1" are told apart."""


def type_word(dtype: str) -> str:
    """Say a dtype in words that need no programming: ``int`` is "a whole number"."""
    return _TYPE_WORDS[dtype]


def same_value(one: object, other: object) -> bool:
    """Whether two scalars are the same typed value: 1, 1.0, True and "1" all differ."""
    return type(one) is type(other) and one == other


def check_scalar(value: Any) -> Scalar:
    """Refuse what is neither true or false, a number nor text."""
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        return check_finite(value)
    hint = "Write a single value."
    if value is None:
        hint = "Remove it, or put it in quotes to make it text."
    message = f"This is {show(value)}, neither a number, text nor true or false."
    raise breach("bad-value-type", message, hint)


def coerce(value: Scalar, dtype: str) -> Any:
    """Turn a manifest's value into its dtype, where nothing is lost.

    A whole number stands for a float (1 → 1.0) and a float without a fraction for
    a whole number (1.0 → 1). Text is never turned into a number, nor a number into
    true or false.

    Raises
    ------
    PydanticCustomError
        ``bad-value-type`` where the value can't be of that type, ``not-finite`` where
        no float is as large.
    """
    kind = type(value).__name__
    if kind == dtype:
        return value
    if dtype == "float" and kind == "int":
        return as_float(cast("int", value))
    if dtype == "int" and kind == "float" and cast("float", value).is_integer():
        return int(value)
    hint = None
    if kind == "str" and dtype in ("int", "float", "bool"):
        hint = "Write it without quotes."
    elif dtype == "str":
        hint = f'Write "{show(value)}", with quotes.'
    raise breach("bad-value-type", f"{show(value)} is not {type_word(dtype)}.", hint)


def as_float(number: int) -> float:
    """Turn a whole number into a float, or say that none is as large."""
    try:
        return float(number)
    except OverflowError:
        message = f"{show(number)} is too large for a number with a fraction (float)."
        hint = f"The largest is {sys.float_info.max:.1e}."
        raise breach("not-finite", message, hint) from None


def typed(value: Any, dtype: str | None) -> Scalar:
    """Check a single value, and turn it into the dtype, if there is one."""
    scalar = check_scalar(value)
    return scalar if dtype is None else cast("Scalar", coerce(scalar, dtype))


def not_a_choice(
    code: str, what: str, value: object, choices: Sequence[object]
) -> PydanticCustomError:
    """Make the error that says that a value is not one of the choices."""
    message = f"{what}{show(value)} is not one of the choices."
    return breach(code, message, f"Choices: {listed(list(map(show, choices)))}.")


_SCALAR_SCHEMA: dict[str, Any] = {"type": ["boolean", "number", "string"]}
_SCALAR_OR_NULL: dict[str, Any] = {"type": ["boolean", "number", "string", "null"]}
# SkipValidation: what a value may be depends on the other keys, so `ModelParam` checks
# it as a whole, and Pydantic does not try five types in turn before.
Value = Annotated[
    Scalar | list[Scalar] | None,
    SkipValidation,
    WithJsonSchema(
        {
            "anyOf": [
                _SCALAR_OR_NULL,
                {
                    "type": "array",
                    "items": _SCALAR_SCHEMA,
                    "minItems": 1,
                    "uniqueItems": True,
                },
            ]
        }
    ),
]
Choice = Annotated[Scalar | None, SkipValidation, WithJsonSchema(_SCALAR_OR_NULL)]
OverrideValue = Annotated[
    Scalar | None,
    PlainValidator(lambda value: value if value is None else check_scalar(value)),
    WithJsonSchema(_SCALAR_OR_NULL),
]
