"""What all parts of a manifest have in common: they are strict, and dump little."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    model_serializer,
)


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
