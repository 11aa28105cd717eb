"""The manifest format: Pydantic models, rules between keys, JSON Schema.

Here is also what an address is (`addresses`) and the parameter model of a version-task
(`params_model`). Nothing here opens a file, looks at a disk or asks a server: a rule of
the format holds on every computer.
"""

from __future__ import annotations

from .addresses import Address, UnsetVariableError, is_web_address
from .models import (
    Author,
    Location,
    Metadata,
    ModelManifest,
    ModelVersion,
    Publication,
    VersionTask,
)
from .older_shape import OLD_KEYS, Modern, listed_tasks, modern_manifest, modern_task
from .param import ModelParam
from .params_model import params_model
from .patterns import SPDX_ID, SPDX_OPERATORS
from .rules import Breach, bad_url, breach, check_task, file_name_from
from .scalars import DTYPES, check_scalar, type_word
from .strict import StrictModel

# `json_schema` is imported by whoever needs it: most do not.
__all__ = [
    "DTYPES",
    "OLD_KEYS",
    "SPDX_ID",
    "SPDX_OPERATORS",
    "Address",
    "Author",
    "Breach",
    "Location",
    "Metadata",
    "ModelManifest",
    "ModelParam",
    "ModelVersion",
    "Modern",
    "Publication",
    "StrictModel",
    "UnsetVariableError",
    "VersionTask",
    "bad_url",
    "breach",
    "check_scalar",
    "check_task",
    "file_name_from",
    "is_web_address",
    "json_schema",
    "listed_tasks",
    "modern_manifest",
    "modern_task",
    "params_model",
    "type_word",
]
