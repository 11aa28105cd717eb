"""What is wrong with a value, in sentences that need no programming."""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import (
    AfterValidator,
    AnyUrl,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    DirectoryPath,
    Field,
    FilePath,
    FutureDate,
    HttpUrl,
    NaiveDatetime,
    NewPath,
    PastDate,
    PlainValidator,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError
from pydantic_core._pydantic_core import list_all_errors

from napari_aiod_registry import ModelParam, params_model
from napari_aiod_registry.config.sentences import explain_field, explain_value

SENTENCE = re.compile(r"\S[^\n\r]*[.!?…]")


class Stain(enum.Enum):
    DAPI = "dapi"
    GFP = "gfp"


class Tile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    size: int
    overlap: int = 0


class Disc(BaseModel):
    shape: Literal["disc"]
    radius: int


class Box(BaseModel):
    shape: Literal["box"]
    width: int


def odd(value: int) -> int:
    if value % 2 == 0:
        raise ValueError("the window must be odd")
    return value


def asserted(value: int) -> int:
    # Not by `assert`, to which pytest adds words.
    raise AssertionError("too wide for the image.")


def speechless(value: int) -> int:
    raise ValueError


def shouting(value: int) -> int:
    raise ValueError("Never\n  even!")


def errors(kind: Any, value: Any, *, strict: bool = False) -> list[Any]:
    try:
        TypeAdapter(kind).validate_python(value, strict=strict)
    except ValidationError as error:
        return error.errors()
    raise AssertionError(f"{value!r} is a {kind}")


def told(kind: Any, value: Any, *, strict: bool = False) -> str:
    first = errors(kind, value, strict=strict)[0]
    return explain_value(first, inside=first["loc"])


def f(**rules: Any) -> Any:
    return Annotated[float, Field(**rules)]


def s(**rules: Any) -> Any:
    return Annotated[str, Field(**rules)]


UUID_LIKE = "a UUID like 123e4567-e89b-12d3-a456-426614174000"
DATETIME = "a date and time like 2025-01-31T12:00"

SENTENCES: list[tuple[Any, Any, str]] = [
    (int, 2.5, "This must be a whole number, not 2.5."),
    (int, "two", 'This must be a whole number, not "two".'),
    (int, None, "This must be a whole number, not null."),
    (int, "9" * 5000, "This number has too many digits."),
    (float, "x", 'This must be a number, not "x".'),
    (float, [1, 2], "This must be a number, not a list."),
    (float, (1, 2), "This must be a number, not a list."),
    (float, {}, "This must be a number, not a mapping."),
    (f(ge=0), -1, "This must be at least 0."),
    (f(ge=0.5), -1, "This must be at least 0.5."),
    (f(le=1), 2, "This must be at most 1."),
    (f(gt=0), 0, "This must be more than 0."),
    (f(lt=1e-5), 1, "This must be less than 1e-05."),
    (f(multiple_of=16), 3, "This must be a multiple of 16."),
    (f(allow_inf_nan=False), float("inf"), "This must be an ordinary number, not inf."),
    (bool, "maybe", 'This must be true or false, not "maybe".'),
    (bool, 3.5, "This must be true or false, not 3.5."),
    (str, 3, "This must be text, not 3."),
    (str, True, "This must be text, not true."),
    (str, b"\xff", "This is not text."),
    (s(min_length=1), "", "This must not be empty."),
    (s(min_length=3), "ab", "This must have at least 3 characters, not 2."),
    (s(max_length=1), "abc", "This must have at most 1 character, not 3."),
    (
        Annotated[str, StringConstraints(min_length=3, strip_whitespace=True)],
        " a  ",
        "This must have at least 3 characters.",
    ),
    (s(pattern="^[XYZ]+$"), "xy", "This must match the pattern ^[XYZ]+$."),
    (bytes, 3, "This must be text, not 3."),
    (
        Annotated[bytes, Field(max_length=1)],
        b"ab",
        "This must have at most 1 byte, not 2.",
    ),
    (None, 3, "This must be null, not 3."),
    (Literal["a", 1], "b", "This must be one of: 'a' or 1."),
    (Literal["a"], "b", "This must be 'a'."),
    (Stain, "rfp", "This must be one of: 'dapi' or 'gfp'."),
    (list[int], 3, "This must be a list of values, not 3."),
    (tuple[int, ...], 3, "This must be a list of values, not 3."),
    (set[int], "ab", 'This must be a list of values, not "ab".'),
    (frozenset[int], 3, "This must be a list of values, not 3."),
    (Sequence[int], 3, "This must be a list of values, not 3."),
    (dict[str, int], 3, "This must be a mapping (key: value), not 3."),
    (Tile, 3, "This must be a mapping (key: value), not 3."),
    (tuple[int, int], [1], "At least 2 values are needed, not 1."),
    (tuple[int], [], "At least 1 value is needed, not 0."),
    (tuple[int, int], [1, 2, 3], "At most 2 values are allowed, not 3."),
    (Annotated[list[int], Field(min_length=1)], [], "At least one value is needed."),
    (
        Annotated[list[int], Field(min_length=3)],
        [1],
        "At least 3 values are needed, not 1.",
    ),
    (
        Annotated[set[int], Field(max_length=1)],
        [1, 2],
        "At most 1 value is allowed.",  # a set is not read to its end
    ),
    (Path, 3, "This must be the path of a file or folder, not 3."),
    (FilePath, "/no/such", 'There is no file "/no/such".'),
    (DirectoryPath, "/no/such", 'There is no folder "/no/such".'),
    (NewPath, "/no/such/x", 'The folder of "/no/such/x" does not exist.'),
    (datetime.date, "x", 'This must be a date like 2025-01-31, not "x".'),
    (
        datetime.date,
        "2025-01-31T12:00",
        "This must be a date without a time of day.",
    ),
    (PastDate, "2999-01-01", "This must be a date in the past."),
    (FutureDate, "1999-01-01", "This must be a date in the future."),
    (datetime.datetime, "x", f'This must be {DATETIME}, not "x".'),
    (AwareDatetime, "2025-01-31T12:00", "This must have a time zone, like "),
    (NaiveDatetime, "2025-01-31T12:00Z", "This must be a time without a time zone."),
    (datetime.time, "x", 'This must be a time of day like 12:30, not "x".'),
    (datetime.timedelta, "x", 'This must be a duration like 01:30:00, not "x".'),
    (Decimal, "x", 'This must be a number, not "x".'),
    (
        Annotated[Decimal, Field(max_digits=2)],
        "1.23",
        "The digits of this number may be 2 at the most.",
    ),
    (
        Annotated[Decimal, Field(decimal_places=1)],
        "1.23",
        "The digits behind the point may be 1 at the most.",
    ),
    (AnyUrl, "x", 'This must be a web address like https://example.org, not "x".'),
    (HttpUrl, "ftp://x.org", "This must begin with 'http' or 'https'."),
    (UUID, "x", f'This must be {UUID_LIKE}, not "x".'),
    (Annotated[int, AfterValidator(odd)], 2, "the window must be odd."),
    (Annotated[int, AfterValidator(asserted)], 7, "too wide for the image."),
    (Annotated[int, AfterValidator(speechless)], 7, "This value is not allowed."),
    (Annotated[int, AfterValidator(shouting)], 7, "Never even!"),
    (
        Annotated[Disc | Box, Field(discriminator="shape")],
        {"shape": "ring"},
        "The key 'shape' must be one of: 'disc', 'box'.",
    ),
    (
        Annotated[Disc | Box, Field(discriminator="shape")],
        {},
        "The key 'shape' is needed: it says what this is.",
    ),
]


@pytest.mark.parametrize(
    ("kind", "value", "sentence"), SENTENCES, ids=[case[2][:60] for case in SENTENCES]
)
def test_a_wrong_value_is_told_in_plain_words(
    kind: Any, value: Any, sentence: str
) -> None:
    assert told(kind, value).startswith(sentence)
    if sentence.endswith("."):
        assert told(kind, value) == sentence


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (int, "3", 'This must be a whole number, not "3".'),
        (float, "3", 'This must be a number, not "3".'),
        (bool, 1, "This must be true or false, not 1."),
        (Path, "x", 'This must be the path of a file or folder, not "x".'),
        (Stain, 3, "This must be of the type Stain, not 3."),
        (datetime.date, "x", 'This must be a date like 2025-01-31, not "x".'),
        (tuple[int, ...], [1], "This must be a tuple, not a list."),
        (frozenset[int], (1,), "This must be a frozenset, not a tuple."),
    ],
    ids=str,
)
def test_a_strict_model_is_as_plain(kind: Any, value: Any, sentence: str) -> None:
    assert told(kind, value, strict=True) == sentence


PLACES: list[tuple[Any, Any, str]] = [
    (list[int], [1, "x"], 'Item 2: This must be a whole number, not "x".'),
    (tuple[int, float], [1, "x"], 'Item 2: This must be a number, not "x".'),
    (list[list[int]], [[1], [1, 2.5]], "Item 2, item 2: This must be a whole number"),
    (dict[str, int], {"a": 2.5}, "'a': This must be a whole number, not 2.5."),
    (dict[int, int], {"x": 1}, "The key 'x': This must be a whole number"),
    (dict[str, list[int]], {"a": [2.5]}, "'a', item 1: This must be a whole number"),
    (list[Tile], [{"size": 1}, {"size": "x"}], "Item 2, 'size': This must be a whole"),
    (Tile, {}, "'size': A value is needed."),
    (Tile, {"size": 1, "sise": 2}, "'sise': There is no such key."),
    (list[tuple[int, int]], [[1]], "Item 1: At least 2 values are needed, not 1."),
    (list[int | None], ["x"], 'Item 1: This must be a whole number, not "x".'),
]


@pytest.mark.parametrize(
    ("kind", "value", "sentence"), PLACES, ids=[case[2][:50] for case in PLACES]
)
def test_a_place_inside_the_value_comes_first(
    kind: Any, value: Any, sentence: str
) -> None:
    assert told(kind, value).startswith(sentence)


@pytest.mark.parametrize(
    "kind",
    [int | str, list[int] | dict[str, int], Path | Stain, Literal[1] | f(ge=0)],
    ids=str,
)
def test_the_members_of_a_union_are_no_places(kind: Any) -> None:
    for error in errors(kind, None):
        assert explain_value(error, inside=error["loc"]).startswith("This must be ")


def test_a_member_of_a_union_follows_the_other() -> None:
    found = errors(int | Literal["auto"], "x")

    text = explain_field([(error, error["loc"]) for error in found])

    assert text == ("This must be a whole number, not \"x\". Or: This must be 'auto'.")


def test_all_that_is_wrong_with_a_field_is_told_up_to_three_sentences() -> None:
    found = errors(list[int], ["a", 1, "b", "c", "d"])

    text = explain_field([(error, error["loc"]) for error in found])

    assert [int(number) for number in re.findall(r"Item (\d):", text)] == [1, 3, 4]
    assert "Or:" not in text


def test_a_short_tuple_is_told_once_with_the_number_of_values() -> None:
    found = errors(tuple[int, int, int], [1])

    text = explain_field([(error, error["loc"]) for error in found])

    assert text == "At least 3 values are needed, not 1."


def test_the_same_sentence_is_told_once() -> None:
    (error,) = errors(int, "x")

    assert explain_field([(error, ()), (error, ())]) == explain_value(error)


def test_our_own_rules_bring_their_hint() -> None:
    model = params_model(
        [ModelParam(name="Mode", arg_name="mode", value=["fast", "slow"])]
    )
    with pytest.raises(ValidationError) as caught:
        model.model_validate({"mode": "fats"})

    text = explain_value(caught.value.errors()[0])

    assert text == '"fats" is not one of the choices. Choices: "fast", "slow".'


def test_a_rule_of_somebody_else_keeps_its_words() -> None:
    def refuse(value: Any) -> Any:
        raise PydanticCustomError("too_dark", "{name} is too dark...", {"name": "It"})

    assert told(Annotated[int, PlainValidator(refuse)], 1) == "It is too dark."


def test_a_place_is_what_the_caller_says() -> None:
    (error,) = errors(list[int], [2.5])

    assert explain_value(error) == "This must be a whole number, not 2.5."
    assert explain_value(error, inside=("a", 1)).startswith("'a', item 2: This")


class Mute:
    def __str__(self) -> str:
        raise RuntimeError("no words")


ODD_VALUES = [Mute(), 10**5000, "x" * 10_000, "a\nb", {1, 2}, [], None]


@pytest.mark.parametrize("example", list_all_errors(), ids=lambda one: one["type"])
def test_every_error_of_pydantic_is_one_line(example: Any) -> None:
    error = {
        "type": example["type"],
        "loc": ("field",),
        "msg": example["example_message_python"],
    }
    contexts = ({"ctx": example.get("example_context")}, {"ctx": {}}, {})
    inputs = ({"input": value} for value in ODD_VALUES)
    places = ((), (0,), ("a", "[key]"), ("int",))

    for context, given, inside in product(contexts, inputs, places):
        text = explain_value(error | context | given, inside=inside)
        assert SENTENCE.fullmatch(text)
        assert len(text) < 300
        assert ".." not in text
        assert "{" not in text


def test_without_context_pydantic_says_it() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(f(ge=0)).validate_python(-1)

    text = explain_value(caught.value.errors(include_context=False)[0])

    assert text == "Input should be greater than or equal to 0."
