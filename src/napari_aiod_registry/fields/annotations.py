"""The types of fields: what is left without ``Annotated`` and ``Optional``."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin

from pydantic import BaseModel, RootModel


def unwrap(kind: Any) -> tuple[Any, list[Any], bool]:
    """Take a type apart.

    Returns
    -------
    tuple of object, list and bool
        The type without ``Annotated``, ``Optional`` and ``NewType``, what was in
        ``Annotated``, and whether the value may be None.
    """
    if get_origin(kind) is Annotated:
        inner, *metadata = get_args(kind)
        inner, constraints, nullable = unwrap(inner)
        return inner, [*metadata, *constraints], nullable
    if _is_union(kind):
        rest = [item for item in get_args(kind) if item is not NoneType]
        nullable = len(rest) < len(get_args(kind))
        if len(rest) == 1:
            inner, constraints, _ = unwrap(rest[0])
            return inner, constraints, nullable
        return kind, [], nullable
    if isinstance(kind, NewType):
        return unwrap(kind.__supertype__)
    return kind, [], False


def bare(kind: Any) -> Any:
    """Return a type without ``Annotated``, ``Optional`` and ``NewType``."""
    return unwrap(kind)[0]


def members(kind: Any) -> Iterator[Any]:
    """Go through the types that a value may have, None's too, without ``Annotated``."""
    if get_origin(kind) is Annotated:
        yield from members(get_args(kind)[0])
    elif _is_union(kind):
        for member in get_args(kind):
            yield from members(member)
    else:
        yield kind


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, without ``Optional`` and ``Annotated``.

    None where it holds something else; a ``RootModel`` counts as such.
    """
    kind = bare(annotation)
    is_model = isinstance(kind, type) and issubclass(kind, BaseModel)
    return kind if is_model and not issubclass(kind, RootModel) else None
