"""What a typed text stands for, by the type of the field, and how a value is written.

One parser for all that a person types: lines of the form, items of lists, the command
line. It takes any type that Pydantic knows, and knows neither Qt nor manifests. The
model has the last word on what a value may be: a text that can't be read goes on as
text, and the model says what it wants. Where a text would silently become another
value, it becomes an `Unreadable`, which says what to do and which no model takes.
"""

from __future__ import annotations

from .alike import alike
from .as_json import overflows, plain_json
from .choices import choice_label, choices_of, is_flag, labels_of
from .items import item_kinds
from .numbers import THOUSANDS, read_number, write_number
from .outcome import NO_VALUE, Unreadable, why_unreadable
from .paths import is_path, unquoted
from .typed import (
    TypedText,
    read_typed,
    write_typed,
)

__all__ = [
    "NO_VALUE",
    "THOUSANDS",
    "TypedText",
    "Unreadable",
    "alike",
    "choice_label",
    "choices_of",
    "is_flag",
    "is_path",
    "item_kinds",
    "labels_of",
    "overflows",
    "plain_json",
    "read_number",
    "read_typed",
    "unquoted",
    "why_unreadable",
    "write_number",
    "write_typed",
]
