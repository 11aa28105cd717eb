"""Parameters in a manifest: their types, defaults, choices and bounds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from types import NoneType
from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    SerializerFunctionWrapHandler,
    SkipValidation,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .rules import (
    Breach,
    Name,
    Number,
    Scalar,
    breach,
    check_finite,
    check_number,
    refuse,
    show,
)

DTYPES = ("int", "float", "bool", "str", "list", "tuple")
Dtype: TypeAlias = Literal["int", "float", "bool", "str", "list", "tuple"]

_PLAIN = ("bool", "int", "str", "float")
_SIMPLE = {"name", "arg_name", "value", "tooltip", "units", "advanced"}
_PLAIN_BOUNDS = {"int": (NoneType, int), "float": (NoneType, int, float)}
_TYPE_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "text",
    "list": "a list",
    "tuple": "a tuple",
}


class StrictModel(BaseModel):
    """A part of a manifest: unknown keys and wrong types are errors.

    A dump holds what differs from the defaults, under the format's own keys, so that
    it reads back as an equal model.
    """

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )

    @model_serializer(mode="wrap")
    def _dump(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        dumped = handler(self)
        for name in self._omitted_from_dump():
            dumped.pop(name, None)
        fields = type(self).model_fields
        return {
            (fields[name].alias or name if name in fields else name): value
            for name, value in dumped.items()
        }

    def _omitted_from_dump(self) -> Iterator[str]:
        for name, field in type(self).model_fields.items():
            if not field.is_required() and getattr(self, name) == field.default:
                yield name
                if field.alias:
                    yield field.alias


def type_word(dtype: str) -> str:
    """Say a dtype in words that need no programming: ``int`` is "a whole number"."""
    return _TYPE_WORDS[dtype]


def same_value(one: object, other: object) -> bool:
    """Whether two scalars are the same typed value: 1, 1.0, True and "1" all differ."""
    return type(one) is type(other) and one == other


def check_scalar(value: Any) -> Scalar:
    """Refuse what is neither true or false, a number nor text."""
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return check_finite(value)
    raise breach(
        "bad-value-type",
        f"{show(value)} is neither a number, text nor true or false.",
        "Put it in quotes to make it text.",
    )


def check_value(value: Any) -> list[Scalar]:
    """Check a ``value`` by itself, and list what it names: none, one or the choices."""
    if value is None:
        return []
    if not isinstance(value, list):
        return [check_scalar(value)]
    if not value:
        raise breach(
            "empty-choices",
            "The list of choices is empty.",
            "List at least one choice, or write null and a dtype.",
        )
    return [check_scalar(item) for item in value]


def coerce(value: Scalar, dtype: str) -> Any:
    """Turn a manifest's value into its dtype, where nothing is lost.

    A whole number may stand for a float (1 → 1.0) and a float without a fraction for
    a whole number (1.0 → 1). Text is never turned into a number, nor a number into
    true or false.

    Raises
    ------
    PydanticCustomError
        ``bad-value-type`` where the value can't be of that type.
    """
    kind = type(value).__name__
    if kind == dtype:
        return value
    if dtype == "float" and kind == "int":
        try:
            return float(value)
        except OverflowError:
            raise breach("not-finite", f"{value} is too large for a number.") from None
    if dtype == "int" and kind == "float" and cast("float", value).is_integer():
        return int(value)
    hint = None
    if kind == "str" and dtype in ("int", "float", "bool"):
        hint = "Write it without quotes."
    elif dtype == "str":
        hint = f'Write "{value}", with quotes.'
    raise breach("bad-value-type", f"{show(value)} is not {type_word(dtype)}.", hint)


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
                {"type": "array", "items": _SCALAR_SCHEMA, "minItems": 1},
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


class ModelParam(StrictModel):
    """One parameter of a model: a field in the form, a key in the config file."""

    name: Name
    """Label in the form."""
    arg_name: Annotated[str, Field(min_length=1)] = ""
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
    channel_start: int = -1
    """Number of the first entry, for channels: -1 or 0."""
    channel_start_label: Annotated[str, Field(min_length=1)] = "original"
    """Label of the first entry, for channels."""
    min: Number | None = None
    """Smallest value allowed."""
    max: Number | None = None
    """Largest value allowed."""
    step: Number | None = None
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
        if self._is_plain():
            return self
        value = self.value
        refuse(self.breaches(), value)
        if self.dtype is not None and value is not None:
            self.__dict__["value"] = (
                [coerce(item, self.dtype) for item in value]
                if isinstance(value, list)
                else coerce(value, self.dtype)
            )
            if self.default is not None:
                self.__dict__["default"] = coerce(self.default, self.dtype)
        return self

    def _is_plain(self) -> bool:
        """Whether the parameter is of the usual kind, with nothing to check further.

        Most are; this keeps loading fast. The rules are in `breaches`.
        """
        value, low, high = self.value, self.min, self.max
        if type(value) in (bool, int, str) and self.model_fields_set <= _SIMPLE:
            return True
        kind = self.dtype if value is None else type(value).__name__
        if (
            kind not in _PLAIN
            or (self.dtype is not None and self.dtype != kind)
            or self.default is not None
            or (isinstance(value, float) and not math.isfinite(value))
        ):
            return False
        unbounded = low is high is self.step is None
        start = self.channel_start
        if self.param_type is not None:
            return (
                unbounded and type(value) is int and start in (-1, 0) and start <= value
            )
        if start != -1 or self.channel_start_label != "original":
            return False
        return unbounded or (self.step is None and self._is_within_plain_bounds(kind))

    def _is_within_plain_bounds(self, kind: str) -> bool:
        low, high, types = self.min, self.max, _PLAIN_BOUNDS.get(kind, ())
        if type(low) not in types or type(high) not in types:
            return False
        number = cast("float | None", self.value)
        return (
            (low is None or -math.inf < low <= (low if number is None else number))
            and (
                high is None or (high if number is None else number) <= high < math.inf
            )
            and (low is None or high is None or low < high)
        )

    def breaches(self) -> Iterator[Breach]:
        """Yield what is wrong between the keys of this parameter."""
        try:
            choices = check_value(self.value)
        except PydanticCustomError as error:
            yield ("value",), error
            return
        yield from self._dtype_breaches(choices)
        if isinstance(self.value, list):
            yield from self._choice_breaches(choices)
        elif self.default is not None:
            yield (
                ("default",),
                breach(
                    "default-without-choices",
                    "default is for a list of choices, but value is not a list.",
                    "Write the default itself as value.",
                ),
            )
        yield from self._channel_breaches()
        yield from self._bound_breaches()

    def _dtype_breaches(self, values: list[Scalar]) -> Iterator[Breach]:
        if self.dtype is None:
            if self.value is None:
                error = breach(
                    "missing-dtype",
                    "The value is null, so its type can't be told.",
                    f"Add a dtype: {', '.join(DTYPES)}.",
                )
                yield ("dtype",), error
            return
        for item in values:
            try:
                coerce(item, self.dtype)
            except PydanticCustomError as error:
                yield ("value",), error
                return

    def _choice_breaches(self, choices: list[Scalar]) -> Iterator[Breach]:
        if self.dtype is not None:
            with suppress(PydanticCustomError):  # told by `_dtype_breaches`
                choices = [coerce(choice, self.dtype) for choice in choices]
        for index, choice in enumerate(choices):
            if any(same_value(choice, other) for other in choices[:index]):
                error = breach(
                    "duplicate-choice",
                    f"The choice {show(choice)} is listed twice.",
                    "Remove one of them.",
                )
                yield ("value", index), error
        default = self.default
        if default is None:
            return
        try:
            default = check_scalar(default)
            if self.dtype is not None:
                default = coerce(default, self.dtype)
        except PydanticCustomError as wrong:
            yield ("default",), wrong
            return
        if not any(same_value(default, choice) for choice in choices):
            error = breach(
                "bad-choice-default",
                f"The default {show(default)} is not one of the choices.",
                f"Choices: {', '.join(map(show, choices))}.",
            )
            yield ("default",), error

    def _channel_breaches(self) -> Iterator[Breach]:
        if self.channel_start not in (-1, 0):
            error = breach(
                "bad-channel-start",
                f"channel_start is {self.channel_start}, but it can only be -1 or 0.",
                "-1: image channels count from 0. 0: they count from 1.",
            )
            yield ("channel_start",), error
        if not self.is_channel:
            # AIoD 0.1 lets people write the defaults out for any parameter.
            for key, default in (
                ("channel_start", -1),
                ("channel_start_label", "original"),
            ):
                if getattr(self, key) != default:
                    error = breach(
                        "not-a-channel",
                        f"{key} is only for channels.",
                        'Add "param_type": "channel", or remove it.',
                    )
                    yield (key,), error
        elif type(self.value) is not int:
            error = breach(
                "bad-channel-value",
                f"A channel is a whole number, not {show(self.value)}.",
                f"Write {self.channel_start} for {self.channel_start_label!r}.",
            )
            yield ("value",), error
        elif self.value < self.channel_start:
            error = breach(
                "bad-channel-value",
                f"Channel {self.value} lies before the first entry, "
                f"{self.channel_start}.",
            )
            yield ("value",), error

    def _bound_breaches(self) -> Iterator[Breach]:
        if self.min is self.max is self.step is None:
            return
        kind = self.type_name
        numeric = kind in ("int", "float") and not self.is_channel
        bounds: dict[str, int | float] = {}
        for key in ("min", "max", "step"):
            try:
                if getattr(self, key) is not None:
                    bounds[key] = check_number(getattr(self, key))
            except PydanticCustomError as wrong:
                yield (key,), wrong
        for key, bound in bounds.items():
            if not numeric or isinstance(self.value, list):
                error = breach(
                    "bounds-not-numeric",
                    f"{key} is only for numbers (int and float).",
                    "Remove it.",
                )
                yield (key,), error
            elif kind == "int" and isinstance(bound, float) and bound % 1:
                error = breach(
                    "bad-bounds",
                    f"{key} is {bound}, but the parameter is a whole number.",
                )
                yield (key,), error
            else:
                yield from self._wrong_bound(key, bound, bounds.get("min"))

    def _wrong_bound(
        self, key: str, bound: float, low: float | None
    ) -> Iterator[Breach]:
        value = self.value
        if key == "step":
            if bound <= 0:
                error = breach("bad-step", f"step is {bound}, but must be above 0.")
                yield ("step",), error
            return
        if key == "max" and low is not None and low >= bound:
            error = breach(
                "bad-bounds",
                f"min is {low} and max is {bound}: min must be less than max.",
            )
            yield ("max",), error
        elif isinstance(value, int | float) and (
            value < bound if key == "min" else value > bound
        ):
            side = "less than min" if key == "min" else "more than max"
            error = breach(
                "default-out-of-bounds", f"The default {value} is {side}, {bound}."
            )
            yield (key,), error


class NullableParam(ModelParam):
    """A parameter that may be null though its default, an override, is not."""

    @property
    def nullable(self) -> bool:
        """Always true."""
        return True


def _type_name(value: Any, dtype: str | None) -> str | None:
    if dtype is not None:
        return dtype
    values = value if isinstance(value, list) else [value]
    names = {type(item).__name__ for item in values}
    return names.pop() if len(names) == 1 else None


def duplicate_arg_names(params: list[ModelParam] | None) -> Iterator[Breach]:
    """Find parameters that would overwrite each other in the config file."""
    seen: dict[str, int] = {}
    for index, param in enumerate(params or []):
        first = seen.setdefault(param.arg_name, index)
        if first != index:
            error = breach(
                "duplicate-arg-name",
                f"The arg_name {param.arg_name!r} is used by parameter {first + 1} "
                f"and again by parameter {index + 1}.",
                "Every arg_name in a list must be different.",
            )
            yield ("params", index), error
