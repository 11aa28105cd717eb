"""Parameters in a manifest: their types, defaults, choices and bounds."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from types import NoneType
from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    SerializerFunctionWrapHandler,
    SkipValidation,
    ValidationError,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .param_rules import param_breaches
from .rules import ArgName, Breach, Name, Number, Scalar, Step, breach, refuse
from .scalars import check_scalar, not_a_choice, type_word, typed

Dtype: TypeAlias = Literal["int", "float", "bool", "str", "list", "tuple"]

_PLAIN = ("bool", "int", "str", "float")
_SIMPLE = {"name", "arg_name", "value", "tooltip", "units", "advanced"}
_LARGEST = sys.float_info.max
_PLAIN_BOUNDS = {"int": (NoneType, int), "float": (NoneType, int, float)}


class StrictModel(BaseModel):
    """A part of a manifest: unknown keys and wrong types are errors.

    A dump holds what differs from the defaults, under the format's own keys, so that
    it reads back as an equal model.
    """

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
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
        int, WithJsonSchema({"type": "integer", "enum": [-1, 0]})
    ] = -1
    """Number of the first entry, for channels: -1 or 0."""
    channel_start_label: Annotated[str, Field(min_length=1)] = "original"
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
        if self._is_plain():
            return self
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
            (low is None or -_LARGEST <= low <= (low if number is None else number))
            and (
                high is None or (high if number is None else number) <= high <= _LARGEST
            )
            and (low is None or high is None or low < high)
        )

    def breaches(self) -> Iterator[Breach]:
        """Yield what is wrong between the keys of this parameter."""
        return param_breaches(self)

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
    values = value if isinstance(value, list) else [value]
    names = {type(item).__name__ for item in values}
    return names.pop() if len(names) == 1 else None


def duplicate_arg_names(params: list[ModelParam] | None) -> Iterator[Breach]:
    """Find parameters that would overwrite each other in the config file."""
    seen: dict[str, int] = {}
    for index, param in enumerate(params or []):
        if not param.arg_name:  # it stands for one whose name is wrong
            continue
        first = seen.setdefault(param.arg_name, index)
        if first != index:
            error = breach(
                "duplicate-arg-name",
                f"The arg_name {param.arg_name!r} is used by parameter {first + 1} "
                f"and again by parameter {index + 1}.",
                "Every arg_name in a list must be different.",
            )
            yield ("params", index), error
