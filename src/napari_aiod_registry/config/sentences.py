"""Pydantic's errors about a parameter's value, in words that need no programming.

`reading.sentences` does the same for manifests, where it knows every key. Here the
model may be anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..messages import Place, show
from ..typed import THOUSANDS, Unreadable

_MOST_SENTENCES = 3
"""Sentences about one field at the most: nobody reads more at once."""

_WHOLE = "a whole number"
_NUMBER = "a number"
_LIST = "a list of values"
_MAPPING = "a mapping (key: value)"
_DATE = "a date like 2025-01-31"
_DATETIME = "a date and time like 2025-01-31T12:00"
_PATH = "the path of a file or folder"
_URL = "a web address like https://example.org"

_WANTED = {
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "fraction_type": "a fraction like 1/3",
    "fraction_parsing": "a fraction like 1/3",
    "complex_type": "a complex number like 1+2j",
    "complex_str_parsing": "a complex number like 1+2j",
    "finite_number": "an ordinary number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "none_required": "null",
    "string_type": "text",
    "string_sub_type": "text",
    "bytes_type": "text",
    "list_type": _LIST,
    "deque_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "iterable_type": _LIST,
    "arguments_type": _LIST,
    "dict_type": _MAPPING,
    "frozen_dict_type": _MAPPING,
    "ordered_dict_type": _MAPPING,
    "counter_type": _MAPPING,
    "mapping_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dataclass_type": _MAPPING,
    "dataclass_exact_type": _MAPPING,
    "named_tuple_type": _LIST,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "datetime_type": _DATETIME,
    "datetime_parsing": _DATETIME,
    "datetime_from_date_parsing": _DATETIME,
    "datetime_object_invalid": _DATETIME,
    "time_type": "a time of day like 12:30",
    "time_parsing": "a time of day like 12:30",
    "time_delta_type": "a duration like 01:30:00",
    "time_delta_parsing": "a duration like 01:30:00",
    "path_type": _PATH,
    "url_type": _URL,
    "url_parsing": _URL,
    "url_syntax_violation": _URL,
    "uuid_type": "a UUID like 123e4567-e89b-12d3-a456-426614174000",
    "uuid_parsing": "a UUID like 123e4567-e89b-12d3-a456-426614174000",
    "json_type": "JSON",
    "callable_type": "a function",
}
"""Kind of error → what the value must be."""

_SENTENCES = {
    "missing": "A value is needed.",
    "missing_argument": "A value is needed.",
    "missing_keyword_only_argument": "A value is needed.",
    "missing_positional_only_argument": "A value is needed.",
    "extra_forbidden": "There is no such key.",
    "unexpected_keyword_argument": "There is no such key.",
    "unexpected_positional_argument": "This value is one too many.",
    "multiple_argument_values": "This value is given twice.",
    "invalid_key": "Keys must be text.",
    "frozen_field": "This can't be changed.",
    "frozen_instance": "This can't be changed.",
    "needs_python_object": "A file can't hold such a value.",
    "recursion_loop": "This contains itself.",
    "recursion_depth_exceeded": "This nests too deep.",
    "greater_than": "This must be more than {gt}.",
    "greater_than_equal": "This must be at least {ge}.",
    "less_than": "This must be less than {lt}.",
    "less_than_equal": "This must be at most {le}.",
    "multiple_of": "This must be a multiple of {multiple_of}.",
    "json_invalid": "This is not JSON: text needs quotes, and brackets must match.",
    "int_parsing_size": "This number has too many digits.",
    "decimal_max_digits": "The digits of this number may be {max_digits} at the most.",
    "decimal_max_places": (
        "The digits behind the point may be {decimal_places} at the most."
    ),
    "decimal_whole_digits": (
        "The digits before the point may be {whole_digits} at the most."
    ),
    "string_unicode": "This is not text.",
    "string_pattern_mismatch": "This must match the pattern {pattern}.",
    "string_not_ascii": "Only letters from a to z, digits and signs may be in this.",
    "set_item_not_hashable": "A list or a mapping can't be one of the values.",
    "date_from_datetime_inexact": "This must be a date without a time of day.",
    "date_past": "This must be a date in the past.",
    "date_future": "This must be a date in the future.",
    "datetime_past": "This must be a time in the past.",
    "datetime_future": "This must be a time in the future.",
    "timezone_naive": "This must be a time without a time zone.",
    "timezone_aware": "This must have a time zone, like 2025-01-31T12:00+01:00.",
    "path_not_file": "There is no file {value}.",
    "path_not_directory": "There is no folder {value}.",
    "path_exists": "{value} exists already.",
    "parent_does_not_exist": "The folder of {value} does not exist.",
    "url_scheme": "This must begin with {expected_schemes}.",
    "is_instance_of": "This must be of the type {class}, not {value}.",
    "union_tag_invalid": "The key {discriminator} must be one of: {expected_tags}.",
    "union_tag_not_found": "The key {discriminator} is needed: it says what this is.",
}
"""Kind of error → the sentence, with places for what Pydantic tells of it."""

_CLASSES = {"Path": _PATH, "PurePath": _PATH, "Sequence": _LIST, "Mapping": _MAPPING}
"""Types that a model may ask an instance of, in words."""

_SEQUENCES = (list, tuple, set, frozenset)

_UNION_MEMBER = re.compile(
    r"(?:int|float|str|bool|none|bytes|date|datetime|time|timedelta|decimal|uuid|url"
    r"|any|callable|complex|typed-dict|constrained-\w+|[\w-]+\[.*\])",
    re.DOTALL,
)
"""What Pydantic puts into a place for a member of a union: no key of a person's."""


def explain_value(error: Mapping[str, Any], *, inside: Sequence[str | int] = ()) -> str:
    """Say in plain words why a model does not take a value.

    Parameters
    ----------
    error : mapping
        An item of `pydantic.ValidationError.errors`, of any model. Its ``loc`` is not
        looked at.
    inside : sequence of str or int, default ()
        Where inside the field's value the error is: what ``loc`` has behind the field.

    Returns
    -------
    str
        One sentence, or two where a rule has a hint. An error at the second value of a
        list begins with "Item 2:".
    """
    place = [part for part in inside if not _is_union_member(part)]
    if error["type"] == "missing" and place and isinstance(place[-1], int):
        count = _too_few(error.get("input"), place[-1])
        if count:
            return _where(place[:-1]) + count
    value = error.get("input")
    why = value.why if isinstance(value, Unreadable) else _explain(error)
    return _where(place) + why


def explain_field(errors: Sequence[tuple[Mapping[str, Any], Place]]) -> str:
    """Say in plain words all that is wrong with one field.

    Parameters
    ----------
    errors : sequence of tuple
        The errors, each with its place inside the field's value, as `explain_value`
        has them. A union gives one error for each of its members.

    Returns
    -------
    str
        A sentence for each, three at the most.
    """
    text, before = "", False
    told: set[str] = set()
    for index, (error, inside) in enumerate(errors):
        following = errors[index + 1 : index + 2]
        if _is_missing_item(error, inside) and any(
            _is_missing_item(*item) and item[1][:-1] == inside[:-1]
            for item in following
        ):
            continue  # the last one knows how many there must be
        sentence = explain_value(error, inside=inside)
        if sentence in told or len(told) == _MOST_SENTENCES:
            continue
        of_union = any(map(_is_union_member, inside))
        if text:
            text += " Or: " if of_union and before else " "
        text += sentence
        told.add(sentence)
        before = of_union
    return text


def _is_missing_item(error: Mapping[str, Any], inside: Place) -> bool:
    return error["type"] == "missing" and bool(inside) and isinstance(inside[-1], int)


def _is_union_member(part: str | int) -> bool:
    return (
        isinstance(part, str)
        and part != "[key]"
        and _UNION_MEMBER.fullmatch(part) is not None
    )


def _where(place: Sequence[str | int]) -> str:
    """Say where inside a value: "Item 2: ", "'size': ", "'tiles', item 2: "."""
    words = ", ".join(_parts(place))
    return f"{words[0].upper()}{words[1:]}: " if words else ""


def _parts(place: Sequence[str | int]) -> Iterator[str]:
    for index, part in enumerate(place):
        if isinstance(part, int):
            yield f"item {part + 1}"
        elif part != "[key]":
            is_key = "[key]" in place[index + 1 : index + 2]
            yield f"the key '{part}'" if is_key else f"'{part}'"


def _too_few(values: Any, index: int) -> str | None:
    """Tell of a tuple that ends before the value at an index."""
    if not isinstance(values, list | tuple):
        return None
    wanted = "value is" if index == 0 else "values are"
    return f"At least {index + 1} {wanted} needed, not {len(values)}."


def _explain(error: Mapping[str, Any]) -> str:
    kind, value = error["type"], error.get("input")
    context = error.get("ctx") or {}
    if isinstance(context.get("message"), str):  # one of our own rules
        return f"{context['message']} {context.get('hint') or ''}".strip()
    if _WANTED.get(kind) == _LIST and isinstance(value, _SEQUENCES):
        # Only a strict model sees a difference between these.
        wanted = kind.removesuffix("_type").replace("_", "")
        return f"This must be a {wanted}, not a {type(value).__name__}."
    if kind in _WANTED:
        return f"This must be {_WANTED[kind]}, not {_shown(value)}.{_comma(value)}"
    if kind == "is_instance_of" and context.get("class") in _CLASSES:
        return f"This must be {_CLASSES[context['class']]}, not {_shown(value)}."
    if kind in ("literal_error", "enum") and context.get("expected"):
        expected = str(context["expected"])
        one_of = "one of: " if " or " in expected else ""
        return f"This must be {one_of}{expected}."
    if kind in _COUNTS:
        count = _count(kind, context, value)
        if count:
            return count
    if kind in _SENTENCES:
        words = {name: _bound(item) for name, item in context.items()}
        try:
            return _SENTENCES[kind].format_map({**words, "value": _shown(value)})
        except KeyError:
            pass  # without its context the error has only Pydantic's own words
    return _sentence(str(error.get("msg") or ""), kind)


_COUNTS = {
    "string_too_short": ("min_length", "character"),
    "string_too_long": ("max_length", "character"),
    "url_too_long": ("max_length", "character"),
    "bytes_too_short": ("min_length", "byte"),
    "bytes_too_long": ("max_length", "byte"),
    "too_short": ("min_length", "value"),
    "too_long": ("max_length", "value"),
}


def _count(kind: str, context: Mapping[str, Any], value: Any) -> str | None:
    """Say how many characters or values there may be, and how many there are."""
    name, unit = _COUNTS[kind]
    limit = context.get(name)
    if not isinstance(limit, int):
        return None
    least = name == "min_length"
    if least and limit == 1:
        return "At least one value is needed." if unit == "value" else _EMPTY
    there = context.get("actual_length")
    if isinstance(value, str | bytes):
        there = len(value)
    # Blanks at the ends may have been taken off before the characters were counted.
    known = isinstance(there, int) and (there < limit if least else there > limit)
    rest = f", not {there}" if known else ""
    units = unit if limit == 1 else f"{unit}s"
    if unit != "value":
        return (
            f"This must have at {'least' if least else 'most'} {limit} {units}{rest}."
        )
    verb = "is" if limit == 1 else "are"
    if least:
        return f"At least {limit} {units} {verb} needed{rest}."
    return f"At most {limit} {units} {verb} allowed{rest}."


_EMPTY = "This must not be empty."


def _comma(value: Any) -> str:
    """Say what to write for ``1,000``, which may be one or a thousand."""
    if not isinstance(value, str) or not THOUSANDS.fullmatch(value.strip()):
        return ""
    text = value.strip()
    return f" Write {text.replace(',', '')} or {text.replace(',', '.')}."


def _bound(value: Any) -> str:
    """Write a bound: 0.0 is 0 to people."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value if isinstance(value, str) else _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, _SEQUENCES):
        return "a list"
    try:
        text = " ".join(show(value).split())
    except Exception:  # noqa: BLE001 - anybody's class may fail to write itself
        return f"a value of the type {type(value).__name__}"
    return text if len(text) <= 62 else f"{text[:50]}…"


def _sentence(text: str, kind: str) -> str:
    """Make one line that ends as a sentence does."""
    if kind == "value_error":
        text = text.removeprefix("Value error, ")
    elif kind == "assertion_error":
        text = text.removeprefix("Assertion failed, ")
    text = " ".join(text.split()).rstrip(".")
    if not text:
        return "This value is not allowed."
    return text if text.endswith(("!", "?", "…")) else f"{text}."
