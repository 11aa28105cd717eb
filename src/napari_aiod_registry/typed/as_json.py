"""Texts of JSON, of which no number may become another one."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from .numbers import exact_number
from .outcome import Unreadable


def plain_json(text: str) -> Any:
    """Read a text as JSON; what is none is text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def floats_as_text(text: str) -> str:
    """Put quotes around the numbers with a point in a text of JSON."""
    try:
        return json.dumps(json.loads(text, parse_float=str))
    except (ValueError, RecursionError):
        return json.dumps(text)


def overflows(text: str) -> bool:
    """Whether a number in a text of JSON would become infinite, or nothing."""
    found: list[bool] = []

    def look(digits: str) -> float:
        number = exact_number(digits, whole=False)
        found.append(isinstance(number, Unreadable))
        return 0.0

    with suppress(ValueError, RecursionError):
        json.loads(text, parse_float=look)
    return any(found)
