"""Parameters in a manifest: their types, defaults, choices and bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from ..fields import FieldExtras
from ..messages import show
from .rules import (
    ArgName,
    Breach,
    Name,
    Number,
    Scalar,
    Step,
    breach,
    check_number,
    refuse,
)
from .scalars import (
    DTYPES,
    Choice,
    Dtype,
    TypedValue,
    Value,
    as_float,
    not_a_choice,
    type_word,
    typed,
)
from .strict import StrictModel

_CHANNEL_STARTS = (FieldExtras.channel_start, 0)
CHANNEL_DEFAULTS = {
    "channel_start": FieldExtras.channel_start,
    "channel_start_label": FieldExtras.channel_start_label,
}
"""What the keys that are only for channels have where nobody writes them."""


class ModelParam(StrictModel):
    """One parameter of a model: a field in the form, a key in the config file."""

    name: Name
    """Label in the form."""
    arg_name: ArgName = ""
    """Key in the config file. Default: the name."""
    value: Value
    """The default. A list means choices; null means "let the model decide"."""
    dtype: Dtype | None = None
    """Type of the value. Required where the value is null."""
    default: Choice = None
    """With choices: the one that is chosen first. Otherwise the first in the list."""
    tooltip: str | None = None
    """Help, as plain text."""
    param_type: Literal["channel"] | None = None
    """``channel``: the value is a channel of the image."""
    channel_start: Annotated[
        int, WithJsonSchema({"type": "integer", "enum": list(_CHANNEL_STARTS)})
    ] = FieldExtras.channel_start
    """Number of the first entry, for channels: -1 or 0."""
    channel_start_label: Annotated[str, Field(min_length=1)] = (
        FieldExtras.channel_start_label
    )
    """Label of the first entry, for channels."""
    min: Number | None = None
    """Smallest value allowed."""
    max: Number | None = None
    """Largest value allowed."""
    step: Step | None = None
    """By how much the arrows of a number change it."""
    units: str | None = None
    """Unit shown behind the value, like px or µm."""
    advanced: bool = False
    """Whether a newcomer is better off without it; starts folded away."""

    @property
    def choices(self) -> list[Scalar] | None:
        """The choices, or None where the value is free."""
        return self.value if isinstance(self.value, list) else None

    @property
    def default_value(self) -> Scalar | None:
        """What the parameter is unless somebody changes it."""
        if not isinstance(self.value, list):
            return self.value
        return self.value[0] if self.default is None else self.default

    @property
    def nullable(self) -> bool:
        """Whether the parameter may be null."""
        return self.value is None

    @property
    def is_channel(self) -> bool:
        """Whether the parameter selects a channel of the image."""
        return self.param_type == "channel"

    @property
    def type_name(self) -> str | None:
        """Name of the value's type, or None for choices of different types."""
        return _type_name(self.value, self.dtype)

    def with_default(self, value: Any) -> ModelParam:
        """Return the same parameter with another default.

        Raises
        ------
        ValidationError
            Where the value is not one that the parameter may have.
        """
        data = {name: getattr(self, name) for name in self.model_fields_set}
        data["arg_name"] = self.arg_name
        if self.choices is not None:
            if value is None:  # as a default, it would mean the first choice
                error = not_a_choice("bad-value-type", "", None, self.choices)
                refuse([((), error)], value)
            data["default"] = value
        else:
            if value is None and not self.nullable:
                word = type_word(self.type_name or "str")
                error = breach("bad-value-type", f"null is not {word}.")
                refuse([((), error)], value)
            data["value"] = value
            data["dtype"] = self.type_name
        kind = NullableParam if self.nullable else ModelParam
        return kind.model_validate(data)

    @model_validator(mode="after")
    def _finish(self) -> ModelParam:
        # The models are frozen for their users; here they are still being made.
        if not self.arg_name:
            self.__dict__["arg_name"] = self.name
        value = self.value
        refuse(self.breaches(), value)
        if self.dtype is not None and value is not None:
            self.__dict__["value"] = (
                [typed(item, self.dtype) for item in value]
                if isinstance(value, list)
                else typed(value, self.dtype)
            )
            if self.default is not None:
                self.__dict__["default"] = typed(self.default, self.dtype)
        return self

    def breaches(self) -> Iterator[Breach]:
        """Yield what is wrong between the keys of this parameter.

        All that can be told is told at once: what is wrong with one key hides nothing
        that is wrong with another.
        """
        wrong = list(_value_breaches(self))
        yield from wrong
        if isinstance(self.value, list):
            yield from _choice_breaches(self, self.value, all_are_right=not wrong)
        elif self.default is not None:
            yield ("default",), _default_without_choices()
        if not self.is_channel:
            yield from _not_a_channel(self)
        else:
            yield from _channel_breaches(self, value_is_right=not wrong)
        if (self.min, self.max, self.step) != (None, None, None):
            yield from _bound_breaches(self, value_is_right=not wrong)

    def override_breach(self, value: Any) -> PydanticCustomError | None:
        """Say why a value can't be the default of this parameter, or None."""
        try:
            self.with_default(value)
        except ValidationError as error:
            details = error.errors()[0]
            context = details.get("ctx", {})
            sentence = context.get("message", details["msg"])
            return breach("bad-override", sentence, context.get("hint"))
        return None


class NullableParam(ModelParam):
    """A parameter that may be null though its default, an override, is not."""

    @property
    def nullable(self) -> bool:
        """Always true."""
        return True


def _type_name(value: Any, dtype: str | None) -> str | None:
    if dtype is not None:
        return dtype
    if not isinstance(value, list):
        return type(value).__name__
    names = {type(item).__name__ for item in value}
    return names.pop() if len(names) == 1 else None


# The rules between the keys of a parameter


def _value_breaches(param: ModelParam) -> Iterator[Breach]:
    value, dtype = param.value, param.dtype
    if isinstance(value, list):
        yield from _list_breaches(value, dtype)
    elif value is not None:
        try:
            typed(value, dtype)
        except PydanticCustomError as wrong:
            yield ("value",), wrong
    elif dtype is None and not param.is_channel:
        error = breach(
            "missing-dtype",
            "The value is null, so its type can't be told.",
            f"Add a dtype: {', '.join(DTYPES)}.",
        )
        yield ("dtype",), error


def _list_breaches(choices: list[Scalar], dtype: Dtype | None) -> Iterator[Breach]:
    if not choices:
        error = breach(
            "empty-choices",
            "The list of choices is empty.",
            "List at least one choice, or write null and a dtype.",
        )
        yield ("value",), error
    elif dtype in ("list", "tuple"):
        error = breach(
            "bad-value-type",
            f"A list here means choices, and none of them can be {type_word(dtype)}.",
            "Write null as value, or the dtype of the choices.",
        )
        yield ("value",), error
    else:
        for index, item in enumerate(choices):
            try:
                typed(item, dtype)
            except PydanticCustomError as wrong:
                yield ("value", index), wrong


def _default_without_choices() -> PydanticCustomError:
    return breach(
        "default-without-choices",
        "default is for a list of choices, but value is not a list.",
        "Write the default itself as value.",
    )


def _choice_breaches(
    param: ModelParam, choices: list[Scalar], *, all_are_right: bool
) -> Iterator[Breach]:
    default, dtype = param.default, param.dtype
    seen: set[TypedValue] = set()
    for index, item in enumerate(choices):
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
            yield ("value", index), error
        seen.add((type(choice), choice))
    if default is None:
        return
    try:
        default = typed(default, dtype)
    except PydanticCustomError as wrong:
        yield ("default",), wrong
        return
    if all_are_right and (type(default), default) not in seen:
        error = not_a_choice("bad-choice-default", "The default ", default, choices)
        yield ("default",), error


def _not_a_channel(param: ModelParam) -> Iterator[Breach]:
    """Yield what only channels may have."""
    # AIoD 0.1 lets people write the defaults out for any parameter.
    for key, default in CHANNEL_DEFAULTS.items():
        if getattr(param, key) != default:
            error = breach(
                "not-a-channel",
                f"{key} is only for channels.",
                'Add "param_type": "channel", or remove it.',
            )
            yield (key,), error


def _channel_breaches(param: ModelParam, *, value_is_right: bool) -> Iterator[Breach]:
    start = param.channel_start
    if start not in _CHANNEL_STARTS:
        error = breach(
            "bad-channel-start",
            f"channel_start is {show(start)}, but it can only be -1 or 0.",
            "-1: image channels count from 0. 0: they count from 1.",
        )
        yield ("channel_start",), error
    if value_is_right:
        yield from _channel_value_breaches(param)


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
    if start in _CHANNEL_STARTS and value < start:
        error = breach(
            "bad-channel-value",
            f"Channel {show(value)} lies before the first entry, {start}.",
        )
        yield ("value",), error


def _bound_breaches(param: ModelParam, *, value_is_right: bool) -> Iterator[Breach]:
    bounds: dict[str, int | float] = {}
    for key in ("min", "max", "step"):
        try:
            if (bound := getattr(param, key)) is not None:
                bounds[key] = check_number(bound)
        except PydanticCustomError as wrong:
            yield (key,), wrong
    value = param.value
    kind: str | None = param.dtype
    if kind is None and value_is_right:
        kind = param.type_name
    is_number = kind in ("int", "float", None) and not isinstance(value, list)
    if not is_number or param.is_channel:
        for key in bounds:
            yield (key,), _not_numeric(key, param)
        return
    has_default = value_is_right and value is not None
    default = typed(value, param.dtype) if has_default else None
    for key, bound in bounds.items():
        try:
            _check_bound(kind, key, bound, bounds.get("min"))
            if default is not None:
                _check_default(default, key, bound)
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
        as_float(bound)
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
