"""What all parts of a manifest have in common: they are strict, and dump little."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
)

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class StrictModel(BaseModel):
    """A part of a manifest: unknown keys and wrong types are errors.

    A dump holds what differs from the defaults, under the format's own keys, so that
    it reads back as an equal model.
    """

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        # Pydantic's own `use_attribute_docstrings` reads them at each start, which
        # takes a tenth of it, and only a JSON Schema tells them.
        schema = handler(core_schema)
        # The schema of a dump has none: `_dump` says how it looks.
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in attribute_docstrings(cls).items():
            key = cls.model_fields[name].alias or name
            if key in properties:
                properties[key]["description"] = text
        return schema

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


def attribute_docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Read what stands below the fields of a model in its source.

    Parameters
    ----------
    model : type[BaseModel]
        A model class; the fields of its bases count, too.

    Returns
    -------
    dict of str to str
        Name of the field → its docstring, for those that have one.
    """
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if not issubclass(base, BaseModel) or base is BaseModel:
            continue
        (tree,) = ast.parse(dedent(inspect.getsource(base))).body
        assert isinstance(tree, ast.ClassDef)
        for field, below in pairwise(tree.body):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(below, ast.Expr)
                and isinstance(below.value, ast.Constant)
            ):
                found[field.target.id] = inspect.cleandoc(str(below.value.value))
    return found
