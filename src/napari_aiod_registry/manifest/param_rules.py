"""The rules between the keys of a parameter.

All that can be told is told at once: what is wrong with one key hides nothing that is
wrong with another.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from pydantic_core import PydanticCustomError

from .rules import Breach, Scalar, breach, check_finite, check_number, listed, show

if TYPE_CHECKING:
    from .param import ModelParam

DTYPES = ("int", "float", "bool", "str", "list", "tuple")
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
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
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
        return _as_float(cast("int", value))
    if dtype == "int" and kind == "float" and cast("float", value).is_integer():
        return int(value)
    hint = None
    if kind == "str" and dtype in ("int", "float", "bool"):
        hint = "Write it without quotes."
    elif dtype == "str":
        hint = f'Write "{show(value)}", with quotes.'
    raise breach("bad-value-type", f"{show(value)} is not {type_word(dtype)}.", hint)


def _as_float(number: int) -> float:
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


def param_breaches(param: ModelParam) -> Iterator[Breach]:
    """Yield what is wrong between the keys of a parameter."""
    wrong = list(_value_breaches(param))
    yield from wrong
    yield from _choice_breaches(param, all_are_right=not wrong)
    yield from _channel_breaches(param, value_is_right=not wrong)
    yield from _bound_breaches(param, value_is_right=not wrong)


def _value_breaches(param: ModelParam) -> Iterator[Breach]:
    value, dtype = param.value, param.dtype
    if value is None:
        if dtype is None and not param.is_channel:
            error = breach(
                "missing-dtype",
                "The value is null, so its type can't be told.",
                f"Add a dtype: {', '.join(DTYPES)}.",
            )
            yield ("dtype",), error
    elif value == []:
        error = breach(
            "empty-choices",
            "The list of choices is empty.",
            "List at least one choice, or write null and a dtype.",
        )
        yield ("value",), error
    elif isinstance(value, list) and dtype in ("list", "tuple"):
        error = breach(
            "bad-value-type",
            f"A list here means choices, and none of them can be {type_word(dtype)}.",
            "Write null as value, or the dtype of the choices.",
        )
        yield ("value",), error
    else:
        for place, item in _items(value):
            try:
                typed(item, dtype)
            except PydanticCustomError as error:
                yield place, error


def _items(value: Any) -> list[tuple[tuple[str | int, ...], Any]]:
    """List the choices, or the single value, with their places."""
    if isinstance(value, list):
        return [(("value", index), item) for index, item in enumerate(value)]
    return [(("value",), value)]


def _choice_breaches(param: ModelParam, *, all_are_right: bool) -> Iterator[Breach]:
    value, default, dtype = param.value, param.default, param.dtype
    if not isinstance(value, list):
        if default is not None:
            error = breach(
                "default-without-choices",
                "default is for a list of choices, but value is not a list.",
                "Write the default itself as value.",
            )
            yield ("default",), error
        return
    seen: set[TypedValue] = set()
    for place, item in _items(value):
        try:
            choice = typed(item, dtype)
        except PydanticCustomError:
            continue  # told by `_value_breaches`
        if (type(choice), choice) in seen:
            error = breach(
                "duplicate-choice",
                f"The choice {show(choice)} is listed twice.",
                "Remove one of them.",
            )
            yield place, error
        seen.add((type(choice), choice))
    if default is None:
        return
    try:
        default = typed(default, dtype)
    except PydanticCustomError as wrong:
        yield ("default",), wrong
        return
    if all_are_right and (type(default), default) not in seen:
        error = not_a_choice("bad-choice-default", "The default ", default, value)
        yield ("default",), error


def not_a_choice(
    code: str, what: str, value: object, choices: Sequence[object]
) -> PydanticCustomError:
    """Make the error that says that a value is not one of the choices."""
    message = f"{what}{show(value)} is not one of the choices."
    return breach(code, message, f"Choices: {listed(list(map(show, choices)))}.")


def _channel_breaches(param: ModelParam, *, value_is_right: bool) -> Iterator[Breach]:
    start = param.channel_start
    if param.is_channel:
        if start not in (-1, 0):
            error = breach(
                "bad-channel-start",
                f"channel_start is {show(start)}, but it can only be -1 or 0.",
                "-1: image channels count from 0. 0: they count from 1.",
            )
            yield ("channel_start",), error
        if value_is_right:
            yield from _channel_value_breaches(param)
        return
    # AIoD 0.1 lets people write the defaults out for any parameter.
    for key, default in (("channel_start", -1), ("channel_start_label", "original")):
        if getattr(param, key) != default:
            error = breach(
                "not-a-channel",
                f"{key} is only for channels.",
                'Add "param_type": "channel", or remove it.',
            )
            yield (key,), error


def _channel_value_breaches(param: ModelParam) -> Iterator[Breach]:
    value, start = param.value, param.channel_start
    if type(value) is float and value.is_integer() and param.dtype == "int":
        value = int(value)
    if type(value) is not int:
        error = breach(
            "bad-channel-value",
            f"A channel is a whole number, not {show(value)}.",
            f"Write {start} for {param.channel_start_label!r}.",
        )
        yield ("value",), error
        return
    if param.dtype not in (None, "int"):
        error = breach(
            "bad-channel-dtype",
            f"A channel is a whole number, but dtype is {param.dtype}.",
            "Remove dtype, or write int.",
        )
        yield ("dtype",), error
    if start in (-1, 0) and value < start:
        error = breach(
            "bad-channel-value",
            f"Channel {show(value)} lies before the first entry, {start}.",
        )
        yield ("value",), error


def _bound_breaches(param: ModelParam, *, value_is_right: bool) -> Iterator[Breach]:
    bounds: dict[str, int | float] = {}
    for key in ("min", "max", "step"):
        try:
            if getattr(param, key) is not None:
                bounds[key] = check_number(getattr(param, key))
        except PydanticCustomError as wrong:
            yield (key,), wrong
    kind: str | None = param.dtype
    if kind is None and value_is_right:
        kind = param.type_name
    numeric = kind in ("int", "float", None)
    for key, bound in bounds.items():
        if not numeric or param.is_channel or isinstance(param.value, list):
            yield (key,), _not_numeric(key, param)
            continue
        try:
            _check_bound(kind, key, bound, bounds.get("min"))
            if value_is_right and param.value is not None:
                _check_default(typed(param.value, param.dtype), key, bound)
        except PydanticCustomError as wrong:
            yield (key,), wrong


def _not_numeric(key: str, param: ModelParam) -> PydanticCustomError:
    hint = "Remove it."
    number = re.fullmatch(r"\s*([-+]?\d+)(?:[.,](\d+))?\s*", str(param.value))
    if param.dtype is None and isinstance(param.value, str) and number:
        fraction = f".{number[2]}" if number[2] else ""
        hint = f"Is the value a number? Then write {number[1]}{fraction}, not text."
    message = f"{key} is only for numbers (int and float)."
    return breach("bounds-not-numeric", message, hint)


def _check_bound(kind: str | None, key: str, bound: float, low: float | None) -> None:
    """Refuse a bound that is none for this type, or not with the others."""
    if kind == "int" and bound % 1:
        message = f"{key} is {bound}, but the parameter is a whole number."
        raise breach("bad-bounds", message)
    if kind == "float" and isinstance(bound, int):
        _as_float(bound)
    if key == "step" and bound <= 0:
        raise breach("bad-step", f"step is {show(bound)}, but must be above 0.")
    if key == "max" and low is not None and low >= bound:
        raise breach(
            "bad-bounds",
            f"min is {show(low)} and max is {show(bound)}: min must be less than max.",
        )


def _check_default(value: Any, key: str, bound: float) -> None:
    """Refuse a bound that the default is beyond."""
    if key == "min" and value < bound:
        side = "less than min"
    elif key == "max" and value > bound:
        side = "more than max"
    else:
        return
    message = f"The default {show(value)} is {side}, {show(bound)}."
    hint = f"Change {key} or the default."
    raise breach("default-out-of-bounds", message, hint)
