"""Pydantic's errors in the words of people who know their image, not our code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel

from ..fields.annotations import bare
from ..manifest import (
    DTYPES,
    Author,
    Location,
    Metadata,
    ModelManifest,
    ModelParam,
    ModelVersion,
    Publication,
    VersionTask,
    bad_url,
)
from ..messages import Place, meant, nearest, show

_LEVELS: dict[type[BaseModel], str] = {
    ModelManifest: "the family",
    ModelVersion: "a version",
    VersionTask: "a task of a version",
    Location: "a location",
    ModelParam: "a parameter",
    Metadata: "metadata",
    Publication: "a publication",
    Author: "an author",
}
_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
}


def explain(error: Mapping[str, Any]) -> tuple[str, str, str | None]:
    """Turn one of Pydantic's errors about a manifest into code, message and hint.

    Parameters
    ----------
    error : mapping
        An item of `pydantic.ValidationError.errors`.
    """
    kind, place = error["type"], error["loc"]
    context = error.get("ctx", {})
    value, key = error["input"], place[-1] if place else ""
    if "message" in context:
        return kind, context["message"], context.get("hint")
    if kind == "missing":
        hint = f"Add {key} to {_LEVELS.get(model_at(place[:-1]), 'this')}."
        return "missing-key", f"{key} is missing.", hint
    if kind == "extra_forbidden":
        return "unknown-key", *_explain_unknown(place, value)
    if kind in _TYPES:
        message = f"This must be {_TYPES[kind]}, not {show(value)}."
        return "wrong-type", message, _type_hint(kind, value, place)
    if kind == "too_short":
        return "empty", "This is empty.", "Write at least one."
    if kind == "string_too_short":
        return "empty", "This is empty.", _empty_hint(place)
    if kind == "string_too_long":
        most = context["max_length"]
        message = f"This has {len(value)} characters; {most} is the most."
        return "bad-length", message, "Shorten it."
    if kind == "string_pattern_mismatch":  # only web addresses have a pattern
        context = bad_url(value).context or {}
        return "bad-url", context["message"], context["hint"]
    if kind == "literal_error":
        return _explain_literal(str(key), value)
    return kind.replace("_", "-"), f"{error['msg']}.", None


def _explain_literal(key: str, value: object) -> tuple[str, str, str | None]:
    """Say what a dtype or param_type can be."""
    if key == "dtype":
        hint = meant(str(value), DTYPES, "Dtypes")
        return "unknown-dtype", f"{show(value)} is not a dtype.", hint
    message = f'{show(value)} is not a param_type; there is only "channel".'
    near = nearest(str(value), ["channel"])
    return "bad-param-type", message, 'Write "channel".' if near else "Remove it."


def _type_hint(kind: str, value: object, place: Place) -> str | None:
    """Say how to write the type that is asked for."""
    if kind == "string_type" and isinstance(value, bool):
        return "Put the word in quotes."
    if kind == "string_type" and isinstance(value, float):
        return "Put it in quotes, as it was written."
    if kind == "string_type" and isinstance(value, int):
        return f'Write "{show(value)}", with quotes.'
    if isinstance(value, str) and kind in ("int_type", "float_type", "bool_type"):
        word = "true or false" if kind == "bool_type" else "it"
        return f"Write {word} without quotes."
    if kind == "list_type":
        return _list_hint(value)
    model = model_at(place)
    if kind in ("dict_type", "model_type", "model_attributes_type") and model:
        required = [key for key in _keys(model) if _is_required(model, key)]
        return f"Write its keys: {', '.join(required)} …"
    if kind == "dict_type":
        return "Write a key for each, with a colon behind it."
    return "Write it." if value is None else None


def _list_hint(value: object) -> str:
    if isinstance(value, Mapping) and str(next(iter(value), ""))[:1] == "-":
        return "Write a blank behind the dash."
    return "Put it in square brackets, or a '-' before it in YAML."


def _is_required(model: type[BaseModel], key: str) -> bool:
    field = model.model_fields.get(key)
    return field is not None and field.is_required()


def _empty_hint(place: Place) -> str:
    """Say what to do about an empty text."""
    if place[-1] == "[key]":
        return "Give it a name."
    required = model_at(place[:-1]).model_fields[str(place[-1])].is_required()
    return "Write it." if required else "Write it, or leave it out."


def _explain_unknown(place: Place, value: object) -> tuple[str, str | None]:
    """Say that there is no such key, and which was meant."""
    if place[-1] == "<<":
        message = "<< is a YAML shortcut that can't be used here."
        return message, "Write the values out."
    return f"There is no key {place[-1]!r} here.", _unknown_hint(place, value)


def _unknown_hint(place: Place, value: object) -> str | None:
    """Say which key was meant, or at which level the key belongs."""
    word, model = str(place[-1]), model_at(place[:-1])
    if model is ModelParam and value == "channel":
        return "Did you mean 'param_type'?"
    known = _keys(model) if model else []
    guess = nearest(word, known)
    if guess:
        return f"Did you mean {guess!r}?"
    homes = [name for other, name in _LEVELS.items() if word in _keys(other)]
    if homes:
        return f"It belongs to {' or '.join(homes)}."
    return f"Keys: {', '.join(known)}." if known else None


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def model_at(place: Place) -> Any:
    """Find the model that describes a place of a manifest, or None."""
    kind: Any = ModelManifest
    for part in place:
        kind = _inside(kind, part)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _inside(kind: Any, part: str | int) -> Any:
    """Find the type of a part of a model, a list or a mapping."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields.get(str(part))
        return bare(field.annotation) if field else None
    arguments = get_args(kind)
    return bare(arguments[-1]) if arguments else None
