"""What a Pydantic model says of the values in a form, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from ...config import explain_field, named
from ...messages import Place
from .editors import NOTHING, validate
from .grid import FieldGrid, FieldRow
from .rows import FieldPath


def find_errors(
    model: type[BaseModel], raw: Mapping[str, Any], grid: FieldGrid
) -> dict[FieldPath, str]:
    """Find what is wrong with values by key, which a form shows.

    Returns
    -------
    dict
        Path of the field → a sentence. What belongs to no field has the path ``()``.
        Nothing is raised, whatever a validator of the model does.
    """
    try:
        validate(model, raw)
    except ValidationError as error:
        return by_field(error, model, grid)
    except Exception as error:  # noqa: BLE001 - a validator of anybody's model
        why = str(error) or type(error).__name__
        keys = [key for key in raw if _raises(model, {key: raw[key]})]
        if not keys or _raises(model, {}):
            # Perhaps only because a default is made of a value that is missing.
            return _missing(model, raw, grid) or {
                (): f"The values can't be checked: {why}"
            }
        found: dict[FieldPath, str] = {
            (key,): f"This can't be checked: {why}" for key in keys
        }
        rest = {key: value for key, value in raw.items() if key not in keys}
        return {**find_errors(model, rest, grid), **found}
    return {}


def _missing(
    model: type[BaseModel], raw: Mapping[str, Any], grid: FieldGrid
) -> dict[FieldPath, str]:
    """Find the fields that need a value and have none."""
    return {
        (key,): explain_field([({"type": "missing"}, ())])
        for key, row in grid.rows.items()
        if key not in raw and model.model_fields[row.spec.name].is_required()
    }


def _raises(model: type[BaseModel], raw: Mapping[str, Any]) -> bool:
    """Whether a validator of the model fails instead of saying what is wrong."""
    try:
        validate(model, raw)
    except ValidationError:
        return False
    except Exception:  # noqa: BLE001 - a validator of anybody's model
        return True
    return False


def by_field(
    error: ValidationError, model: type[BaseModel], grid: FieldGrid
) -> dict[FieldPath, str]:
    """Explain errors by the path of the field that they are in."""
    found: dict[FieldPath, list[tuple[Any, Place]]] = {}
    for details in error.errors(include_url=False):
        if details["type"] == "default_factory_not_called":
            continue  # only because another field is wrong, which is told
        path, inside = _locate(model, details["loc"], grid)
        lacking = {"type": "missing"} if details["input"] is NOTHING else {}
        found.setdefault(path, []).append(({**details, **lacking}, inside))
    return {path: explain_field(errors) for path, errors in found.items()}


def _locate(
    model: type[BaseModel], loc: Place, grid: FieldGrid
) -> tuple[FieldPath, Place]:
    """Find the row that an error belongs to, and where in its value it is."""
    loc = named(model, loc)
    row = _row_named(grid, str(loc[0])) if loc else None
    if row is None:
        return (), ()
    if row.group is None or row.spec.group is None:
        return (row.spec.key,), loc[1:]
    path, inside = _locate(row.spec.group, loc[1:], row.group)
    return (row.spec.key, *path), inside if path else loc[1:]


def _row_named(grid: FieldGrid, part: str) -> FieldRow | None:
    row = grid.rows.get(part)
    if row is not None:
        return row
    return next((row for row in grid.rows.values() if row.spec.name == part), None)


def is_named(path: FieldPath, wanted: Any) -> bool:
    """Whether values by key name something at a path, or at a part of it."""
    for key in path:
        if not isinstance(wanted, Mapping):
            return True
        if key not in wanted:
            return False
        wanted = wanted[key]
    return True
