"""What a Pydantic model says of the values in a form, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import AliasPath, BaseModel, RootModel, ValidationError

from ..problems import Place
from ..value_errors import explain_field
from .grid import NOTHING, FieldGrid
from .rows import Path, Row
from .specs import arranged


def validate(model: type[BaseModel], raw: Mapping[str, Any]) -> BaseModel:
    """Make an instance of a model from values by key.

    Raises
    ------
    pydantic.ValidationError
        With all that the model refuses.
    """
    if issubclass(model, RootModel):
        return model.model_validate(raw.get("root", NOTHING))
    return model.model_validate(arranged(model, raw))


def find_errors(
    model: type[BaseModel], raw: Mapping[str, Any], grid: FieldGrid
) -> dict[Path, str]:
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
        return {(): f"The values can't be checked: {why}"}
    return {}


def _field_names(loc: Place, model: type[BaseModel]) -> Place:
    """Name the field where Pydantic's place has another path to it, or none."""
    if issubclass(model, RootModel):
        return ("root", *loc)
    for name, info in model.model_fields.items():
        alias = info.validation_alias
        if isinstance(alias, AliasPath) and loc[: len(alias.path)] == tuple(alias.path):
            return name, *loc[len(alias.path) :]
    return loc


def by_field(
    error: ValidationError, model: type[BaseModel], grid: FieldGrid
) -> dict[Path, str]:
    """Explain errors by the path of the field that they are in."""
    found: dict[Path, list[tuple[Any, Place]]] = {}
    for details in error.errors(include_url=False):
        if details["type"] == "default_factory_not_called":
            continue  # only because another field is wrong, which is told
        path, inside = _locate(_field_names(details["loc"], model), grid)
        lacking = {"type": "missing"} if details["input"] is NOTHING else {}
        found.setdefault(path, []).append(({**details, **lacking}, inside))
    return {path: explain_field(errors) for path, errors in found.items()}


def _locate(loc: Place, root: FieldGrid) -> tuple[Path, Place]:
    """Find the row that an error belongs to, and where in its value it is."""
    path: list[str] = []
    grid: FieldGrid | None = root
    for depth, part in enumerate(loc):
        row = None if grid is None else _row_named(grid, str(part))
        if row is None:
            return tuple(path), loc[depth:] if path else ()
        path.append(row.spec.key)
        grid = row.group
    return tuple(path), ()


def _row_named(grid: FieldGrid, part: str) -> Row | None:
    row = grid.rows.get(part)
    if row is not None:
        return row
    return next((row for row in grid.rows.values() if row.spec.name == part), None)
