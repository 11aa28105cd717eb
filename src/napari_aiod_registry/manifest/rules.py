"""The pieces that the manifest format is made of: text rules and how a breach is told.

Each rule raises a `pydantic_core.PydanticCustomError` with a stable code, a sentence
that says what is wrong and, where one can be given, a hint that says what to do. The
code and hint travel with the Pydantic error to whoever shows it.
"""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar, cast

from pydantic import (
    AfterValidator,
    Field,
    GetPydanticSchema,
    SkipValidation,
    WithJsonSchema,
)
from pydantic_core import (
    InitErrorDetails,
    PydanticCustomError,
    ValidationError,
    core_schema,
)

from ..messages import LARGEST, MAX_NAME, MAX_PROBLEMS, meant, nearest, show
from ..tasks import TASK_NAMES
from . import addresses, patterns
from .patterns import AXIS_LETTERS, SAFE_NAME, SPDX_ID, SPDX_OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterable

Scalar: TypeAlias = bool | int | float | str

_SAFE = re.compile(SAFE_NAME, re.ASCII)
_UNSAFE_RUN = re.compile(r"[^a-z0-9_\-.]+", re.ASCII)
_SPDX_ID = re.compile(SPDX_ID, re.ASCII)
_SOUND_AXES = re.compile(patterns.SOUND_AXES)
_CHECKSUM = re.compile(patterns.CHECKSUM)
_LICENSES = (
    *("MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GPL-3.0-only", "CC0-1.0"),
    *("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"),
)
"""Some licences of weights, to guess which one was meant."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_LONGEST_LICENSE = 500


def breach(code: str, message: str, hint: str | None = None) -> PydanticCustomError:
    """Make the error that a rule raises.

    Parameters
    ----------
    code : str
        The stable word for this kind of breach, like ``duplicate-slug``.
    message : str
        What is wrong, as a sentence.
    hint : str, optional
        The way out, as a sentence.
    """
    # The sentences go in as values: braces in a user's text are not placeholders.
    context = {"message": message, "hint": hint}
    return PydanticCustomError(code, "{message}", context)


Breach: TypeAlias = tuple[tuple[str | int, ...], PydanticCustomError]
"""An error and its place, relative to the value that is being validated."""


def refuse(breaches: Iterable[Breach], value: Any) -> None:
    """Raise the breaches of a value together, each with its own place.

    Raises
    ------
    ValidationError
        Where there is at least one. It has one more than are told at the most.
    """
    found = [
        InitErrorDetails(type=error, loc=place, input=value)
        for place, error in islice(breaches, MAX_PROBLEMS + 1)
    ]
    if found:
        raise ValidationError.from_exception_data("Manifest", found)


def file_name_from(name: str) -> str:
    """Derive a name that is safe in file names from a display name.

    Lower case, each run of unsafe characters one ``_``: "MitoNet v1" → "mitonet_v1".
    """
    lower = name.lower()
    if _SAFE.fullmatch(lower) and len(lower) <= MAX_NAME:
        return lower
    # Some letters become two in lower case.
    return re.sub(r"^\.+", "_", _UNSAFE_RUN.sub("_", lower))[:MAX_NAME]


def _check_file_name(text: str) -> str:
    if not text:
        return text  # AIoD 0.1 writes it where nothing is given
    if len(text) > MAX_NAME:
        raise breach(
            "bad-length", f"This has {len(text)} characters; {MAX_NAME} is the most."
        )
    if not _SAFE.fullmatch(text):
        raise breach(
            "unsafe-name",
            f"{text!r} can't be a file name: letters, digits, '_', '-' and '.' are "
            "allowed, and no '.' at the start.",
            f"Use {file_name_from(text)!r}.",
        )
    return text


def _check_location(location: str) -> str:
    if addresses.is_web_address(location):
        return location  # most of them
    if not location.strip():
        raise breach(
            "empty-location",
            "The location is empty.",
            "Write the URL or the path of the weights.",
        )
    return _check_address(location)


def _check_config_path(path: str) -> str:
    if not path.strip():
        raise breach("empty-location", "The config path is empty.", "Leave it out.")
    return _check_address(path)


def _check_address(text: str) -> str:
    """Refuse what is neither a web address, a ``file://`` URL nor a path."""
    if text != text.strip():
        context = bad_url(text).context or {}
        raise breach("stray-blank", context["message"], context["hint"])
    if _CONTROL.search(text):
        # "C:\temp" in JSON, or in double quotes in YAML
        hint = "In double quotes, write two backslashes where one is meant."
        raise breach("stray-blank", f"There is a tab or line break in {text!r}.", hint)
    address = addresses.address_of(text)
    if address.kind == "unsupported":
        scheme = text.partition(":")[0]
        raise breach(
            "unsupported-scheme",
            f"{scheme}: is not a kind of location that can be read.",
            "Use https://, http://, file:// or a path.",
        )
    if address.is_remote and not addresses.is_web_address(text):
        raise bad_url(text)
    if address.is_file_url:
        _check_file_url(address)
    return text


def _check_file_url(address: addresses.Address) -> None:
    text = address.text
    host, path = address.split_file_url()
    if host and not addresses.HOST.fullmatch(host):
        raise breach(
            "bad-url",
            f"In {text!r}, {host!r} stands where the name of a computer would.",
            "Write three slashes: file:///folder/file, or the path alone.",
        )
    if not path.strip("/\\"):
        raise breach(
            "bad-url",
            f"{text!r} names no file.",
            "Write all of it, like file:///folder/file.",
        )


def bad_url(text: str) -> PydanticCustomError:
    """Make the error that says why a text is not a web address."""
    bare = text.strip()
    if bare and bare != text:
        side = "before" if text[0].isspace() else "behind"
        kind = "line break" if "\n" in text.replace(bare, "") else "blank"
        message = f"There is a {kind} {side} {bare!r}."
        return breach("bad-url", message, "Remove it.")
    hint = "Write all of it, with https:// in front."
    if re.search(r"\s", bare) and re.match("https?://", bare, re.IGNORECASE):
        return breach(
            "bad-url", f"{text!r} has a blank in it.", "Write %20 for the blank."
        )
    return breach("bad-url", f"{text!r} is not a web address.", hint)


def _check_axes(axes: str) -> str:
    if _SOUND_AXES.fullmatch(axes):
        return axes
    hint = "Write something like YX, ZYX or CZYX."
    unknown = [letter for letter in axes if letter not in AXIS_LETTERS]
    if axes.upper() != axes and not set(axes.upper()) - set(AXIS_LETTERS):
        raise breach("bad-axes", f"{axes!r} is lower case.", f"Write {axes.upper()!r}.")
    if unknown:
        raise breach(
            "bad-axes",
            f"{axes!r} has {unknown[0]!r}, but axes are letters of {AXIS_LETTERS}.",
            hint,
        )
    if len(set(axes)) != len(axes):
        raise breach("bad-axes", f"{axes!r} names an axis twice.", hint)
    raise breach("bad-axes", f"{axes!r} lacks Y or X.", hint)


def _check_license(text: str) -> str:
    if not _is_spdx_expression(text):
        words = (word for word in text.split() if word in _LICENSES)
        guess = next(words, None) or nearest(text, _LICENSES)
        raise breach(
            "bad-license",
            f"{show(text)} is not an SPDX identifier.",
            f"Did you mean {guess}?"
            if guess
            else "Write something like MIT, BSD-3-Clause or CC-BY-4.0.",
        )
    return text


def _is_spdx_expression(text: str) -> bool:
    """Whether a text is identifiers joined by AND, OR and WITH, with parentheses.

    Which identifiers there are changes from month to month, so none is unknown.
    """
    if len(text) > _LONGEST_LICENSE:
        return False
    depth, wants_identifier = 0, True
    for token in re.findall(r"[()]|[^\s()]+", text):
        if token == "(" and wants_identifier:
            depth += 1
        elif token == ")" and depth and not wants_identifier:
            depth -= 1
        elif wants_identifier and token not in SPDX_OPERATORS:
            if not _SPDX_ID.fullmatch(token):
                return False
            wants_identifier = False
        elif not wants_identifier and token in SPDX_OPERATORS:
            wants_identifier = True
        else:
            return False
    return depth == 0 and not wants_identifier and text == text.strip()


def _check_sha256(text: str) -> str:
    if not _CHECKSUM.fullmatch(text):
        raise breach(
            "bad-sha256",
            f"A SHA-256 checksum has 64 digits of 0-9 and a-f; this has {len(text)} "
            "characters or others among them.",
        )
    return text.lower()


def check_task(key: str) -> str:
    """Return the listed spelling of a task key, whatever its letter case.

    Raises
    ------
    PydanticCustomError
        ``unknown-task`` where there is no such task.
    """
    task = key if key in TASK_NAMES else None
    if task is None:
        task = {name.lower(): name for name in TASK_NAMES}.get(key.lower())
    if task is None:
        raise breach(
            "unknown-task",
            f"There is no task {key!r}.",
            _meant_task(key),
        )
    return task


def _meant_task(key: str) -> str:
    """Say which task was meant, perhaps by its display name."""
    there, keys = meant(key, TASK_NAMES, "Tasks"), {v: k for k, v in TASK_NAMES.items()}
    name = None if nearest(key, TASK_NAMES) else nearest(key, keys)
    return f"Did you mean {keys[name]!r}? {there}" if name else there


def check_number(value: Any) -> int | float:
    """Refuse what is not a number; true and false are none."""
    if type(value) not in (int, float):
        hint = "Write it without quotes." if isinstance(value, str) else None
        raise breach("wrong-type", f"This must be a number, not {show(value)}.", hint)
    return check_finite(cast("float", value))


_Finite = TypeVar("_Finite", int, float)


def check_finite(number: _Finite) -> _Finite:
    """Refuse infinity and "not a number": no config file can carry them safely."""
    if isinstance(number, int):
        if abs(number) >= LARGEST:
            message = f"This is {show(number)}, which can't be used."
            raise breach("not-finite", message)
    elif not math.isfinite(number):
        message = f"{number} is not a number that a model can use."
        raise breach("not-finite", message, "Write a number, or null.")
    return number


# Where AIoD 0.1 lets people write null for "derive it", the model that holds the text
# does so; null never stays.
_NULL_TOO = GetPydanticSchema(
    lambda source, handler: core_schema.nullable_schema(handler(source))
)
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
FileName = Annotated[
    str,
    AfterValidator(_check_file_name),
    _NULL_TOO,
    WithJsonSchema(patterns.FILE_NAME),
]
ArgName = Annotated[str, Field(min_length=1), _NULL_TOO]
# A pattern, because Pydantic matches it without calling Python; what is wrong is said
# in `reading.sentences`.
Url = Annotated[
    str,
    Field(pattern=f"^(?i:{addresses.WEB_ADDRESS})$"),
    WithJsonSchema(patterns.URL),
]
LocationText = Annotated[
    str, AfterValidator(_check_location), WithJsonSchema(patterns.ADDRESS)
]
ConfigPath = Annotated[
    str, AfterValidator(_check_config_path), WithJsonSchema(patterns.ADDRESS)
]
Axes = Annotated[str, AfterValidator(_check_axes), WithJsonSchema(patterns.AXES)]
License = Annotated[
    str, AfterValidator(_check_license), WithJsonSchema(patterns.LICENSE)
]
Sha256 = Annotated[str, AfterValidator(_check_sha256), WithJsonSchema(patterns.SHA256)]
# Checked by `ModelParam` together with the other keys, as calling Python for each
# number makes loading slow.
Number = Annotated[int | float, SkipValidation, WithJsonSchema({"type": "number"})]
Step = Annotated[
    int | float,
    SkipValidation,
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
