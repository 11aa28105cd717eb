"""The JSON Schema of manifests: what Pydantic can't derive from the models.

`ModelManifest.model_json_schema` ends here. What is told beyond the models' types are
the rules between the keys of a part, the older shape and the task keys. The models stay
the judges: a few rules can't be said in a JSON Schema at all.
"""

from __future__ import annotations

import json
from typing import Any

from ..messages import MAX_NAME
from ..tasks import TASK_NAMES
from .param import CHANNEL_DEFAULTS
from .patterns import ADDRESS, any_case, whole

Schema = dict[str, Any]

SCHEMA_ID = "urn:napari-aiod-registry:manifest"
"""Name of the JSON Schema. It is no address: the file comes with the package."""

SCHEMA_FILE = "manifest.schema.json"
"""Name of the JSON Schema's file, inside the package."""

_NULL: Schema = {"type": "null"}
_BOUNDS = ("min", "max", "step")


def finished_schema(generated: Schema) -> Schema:
    """Finish the JSON Schema that Pydantic has generated for a manifest.

    Parameters
    ----------
    generated : dict
        The schema of `ModelManifest`, as Pydantic generates it.

    Returns
    -------
    dict
        The same whatever Pydantic's version is, with the rules between keys.
    """
    schema: Schema = _tidy(generated)
    parts: dict[str, Schema] = schema["$defs"]
    schema["properties"]["versions"]["propertyNames"] = {
        "minLength": 1,
        "maxLength": MAX_NAME,
    }
    parts["ModelVersion"]["properties"]["tasks"]["propertyNames"] = _task_keys()
    _add_older_shape(parts["VersionTask"])
    parts["ModelParam"]["allOf"] = _param_rules()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": schema.pop("title"),
    }
    return head | schema


def schema_text(schema: Schema) -> str:
    """Write a JSON Schema as the text of a file."""
    return json.dumps(schema, indent=2) + "\n"


def _tidy(part: Any) -> Any:
    """Take away what differs between Pydantic's versions, and what says nothing."""
    if isinstance(part, list):
        return [_tidy(item) for item in part]
    if not isinstance(part, dict):
        return part
    if len(part.get("allOf", ())) == 1:
        part = {**part["allOf"][0], **part}
        del part["allOf"]
    if "const" in part:
        part = {key: part[key] for key in part if key != "enum"}
    if part.get("default", "") is None:
        part = {key: part[key] for key in part if key != "default"}
    return {
        # A field's title is its key once more.
        key: {name: _without_title(_tidy(field)) for name, field in value.items()}
        if key == "properties"
        else _tidy(value)
        for key, value in sorted(part.items(), key=_kind_first)
    }


def _kind_first(item: tuple[str, Any]) -> tuple[bool, str]:
    return item[0] not in ("title", "description", "type"), item[0]


def _without_title(field: Schema) -> Schema:
    return {key: value for key, value in field.items() if key != "title"}


def _task_keys() -> Schema:
    """Describe the task keys: an editor offers the listed ones, any case is read."""
    return {
        "anyOf": [
            {"enum": list(TASK_NAMES)},
            {"pattern": whole("|".join(map(any_case, TASK_NAMES)))},
        ]
    }


def _add_older_shape(task: Schema) -> None:
    """Describe a version-task of 2025 too, which has ``location`` for ``locations``."""
    address_or_null = {"anyOf": [ADDRESS, _NULL]}
    properties: dict[str, Schema] = task["properties"]
    listed = properties["locations"]
    properties["locations"] = listed | {"type": ["array", "null"]}
    properties["location"] = {
        "description": "Older shape (2025): one location, or a list. Use locations.",
        "deprecated": True,
        "anyOf": [ADDRESS, {"type": "array", "items": ADDRESS, "minItems": 1}],
    }
    properties["config_path"] = {
        "description": (
            "Older shape (2025): config file of every location, or a list with one "
            "for each. Use config_path inside locations."
        ),
        "deprecated": True,
        "anyOf": [ADDRESS, _NULL, {"type": "array", "items": address_or_null}],
    }
    properties["location_type"] = {
        "description": "Older shape (2025): ignored. Remove it.",
        "deprecated": True,
        "not": {"type": "object"},
        "items": {"not": {"type": ["object", "array"]}},
    }
    task.pop("required")
    task["if"] = {"required": ["location"]}
    task["then"] = {"properties": {"locations": _NULL}}
    task["else"] = {
        "required": ["locations"],
        "properties": {"locations": {"type": "array"}, "config_path": False},
    }
    task["allOf"] = [
        _when(_given("location", {"type": "string"}), config_path=_one_item()),
        _when(_given("params", {"type": "array"}), param_overrides=_no_keys()),
    ]


def _one_item() -> Schema:
    return {"minItems": 1, "maxItems": 1}


def _no_keys() -> Schema:
    return {"maxProperties": 0}


def _given(key: str, value: Schema) -> Schema:
    """Describe a mapping that has a key with such a value."""
    return {"required": [key], "properties": {key: value}}


def _when(condition: Schema, **properties: Any) -> Schema:
    return {"if": condition, "then": {"properties": properties}}


def _param_rules() -> list[Schema]:
    """Describe what the keys of a parameter ask of each other."""
    is_channel = _given("param_type", {"const": "channel"})
    is_list = _given("value", {"type": "array"})
    is_number: Schema = {"type": ["number", "null"]}
    return [
        {
            "if": {"allOf": [_given("value", _NULL), {"not": is_channel}]},
            "then": _given("dtype", {"type": "string"}),
        },
        _when({"not": is_list}, default=_NULL),
        _when(
            is_channel,
            value={"type": "integer", "minimum": -1},
            dtype={"enum": ["int", None]},
            **dict.fromkeys(_BOUNDS, _NULL),
        )
        | {
            "else": {
                "properties": {
                    key: {"const": default} for key, default in CHANNEL_DEFAULTS.items()
                }
            }
        },
        _when(
            {"allOf": [is_channel, _given("channel_start", {"const": 0})]},
            value={"minimum": 0},
        ),
        _when(
            {"anyOf": [_given(key, {"type": "number"}) for key in _BOUNDS]},
            value=is_number,
            dtype={"enum": ["int", "float", None]},
        ),
        *_dtype_rules(),
    ]


def _dtype_rules() -> list[Schema]:
    """Describe what a dtype asks of the value and of the bounds."""
    whole_number: Schema = {"type": ["integer", "null"]}
    rules = [
        _when(
            _given("dtype", {"const": "int"}), **dict.fromkeys(_BOUNDS, whole_number)
        ),
        _when(_given("dtype", {"enum": ["list", "tuple"]}), value=_NULL),
    ]
    kinds = {"int": "integer", "float": "number", "bool": "boolean", "str": "string"}
    for dtype, kind in kinds.items():
        rule = _when(
            _given("dtype", {"const": dtype}),
            value={"type": [kind, "null", "array"], "items": {"type": kind}},
            default={"type": [kind, "null"]},
        )
        rules.append(rule)
    return rules
