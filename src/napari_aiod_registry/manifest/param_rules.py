"""The rules between the keys of a parameter.

All that can be told is told at once: what is wrong with one key hides nothing that is
wrong with another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from ..messages.wording import show
from .rules import Breach, breach, check_number
from .scalars import DTYPES, TypedValue, _as_float, not_a_choice, type_word, typed

if TYPE_CHECKING:
    from .param import ModelParam


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
