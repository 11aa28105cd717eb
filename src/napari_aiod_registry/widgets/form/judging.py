"""What a model takes of a config, found out in any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from ...config import ConfigFit, fit_config
from ...typed import alike
from .fit_table import table_of


@dataclass(frozen=True)
class ConfigQuestion:
    """A config, and what a form shows when it is asked what it takes of it.

    Attributes
    ----------
    model : type[BaseModel]
        The form's model.
    data : mapping
        What the file holds.
    now : dict
        The values that are right, by key.
    extra : mapping
        More keys that the form passes on with a config.
    changes : int
        How often a value had changed by then.
    """

    model: type[BaseModel]
    data: Mapping[str, Any]
    now: dict[str, Any]
    extra: Mapping[str, Any]
    changes: int

    def judge(self) -> JudgedConfig:
        """Find out what the model takes. It may take seconds, and touches no widget."""
        data, extra = self.data, self.extra
        # The file may have been saved from here.
        passed_on = {
            key for key in data if key in extra and alike(data[key], extra[key])
        }
        known = {key: data[key] for key in data if key not in passed_on}
        fit = fit_config(self.model, known, self.now)
        entries = fit.entries + tuple((key, data[key], None) for key in passed_on)
        fit = replace(fit, entries=entries)
        count = len(fit.taken) + len(passed_on)
        return JudgedConfig(self, known, fit, count, table_of(fit))

    def is_like(self, other: ConfigQuestion) -> bool:
        """Whether another question of the same form and data has the same answer."""
        return self.changes == other.changes and self.extra is other.extra


@dataclass(frozen=True)
class JudgedConfig:
    """What a model takes of a config.

    Attributes
    ----------
    question : ConfigQuestion
        What was asked.
    known : dict
        The config without what is only passed on.
    fit : ConfigFit
        The answer.
    count : int
        How many values are taken.
    rows : list of tuple
        The answer as a table.
    """

    question: ConfigQuestion
    known: dict[str, Any]
    fit: ConfigFit
    count: int
    rows: list[tuple[str, str, str]]
