"""Config files of any Pydantic model: values to a file, and back into the model.

Nothing here knows manifests, the registry or Qt. What a value may be is asked of the
model; how JSON and YAML are read and written belongs to `text`.
"""

from __future__ import annotations

from .files import config_text, read_config, write_config
from .fit import ConfigFit, fit_config
from .keys import arranged, config_key, keys_of, named
from .sentences import explain_field
from .values import ConfigError, UnfitError, as_config, jsonable, plain

__all__ = [
    "ConfigError",
    "ConfigFit",
    "UnfitError",
    "arranged",
    "as_config",
    "config_key",
    "config_text",
    "explain_field",
    "fit_config",
    "jsonable",
    "keys_of",
    "named",
    "plain",
    "read_config",
    "write_config",
]
