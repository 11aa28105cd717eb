"""What a typed text stands for, whatever the type: and what is written is read back."""

from __future__ import annotations

import enum
import math
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, Union

import pytest
from annotated_types import MinLen
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, create_model
from searches import examples

from napari_aiod_registry.config import fit_config
from napari_aiod_registry.typed import (
    NO_VALUE,
    TypedText,
    Unreadable,
    alike,
    read_typed,
    write_typed,
)


class Stain(enum.Enum):
    DAPI = "dapi"
    GFP = "gfp"
    PAIR = "a, b"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Parts(enum.Flag):
    A = 1
    B = 2
    C = 4


class Bits(enum.IntFlag):
    R = 1
    W = 2


HOME = Path.home()
PAIR = Union[float, tuple[float, float, float], None]  # noqa: UP007
ONE_OR_MORE = float | list[float]


def in_order(value: object) -> str:
    """Write a value for the name of a test: a set has another order in each process."""
    is_set = isinstance(value, set | frozenset)
    return str(sorted(map(str, value)) if is_set else value)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (float, ".5", 0.5),
        (float, "5.", 5.0),
        (float, "+5", 5.0),
        (float, "0,5", 0.5),
        (float, "inf", math.inf),
        (int, "1e3", 1000),
        (float | str, ".5", 0.5),
        (float | str, "5.", 5.0),
        (float | str, "+5", 5.0),
        (float | str, "0,5", 0.5),
        (float | str, "inf", "inf"),
        (float | str, "auto", "auto"),
        (int | str, "5.5", "5.5"),
        (float | Literal["auto"], "0,5", 0.5),
        (float | Literal["auto"], "AUTO", "auto"),
        (int | float | None, "0,5", 0.5),
        (int | float | None, "+5", 5),
        (int | float | None, "None", None),
        (float | str | None, "null", None),
        (float | str | None, "None", "None"),
        (bool | float, "True", True),
        (Decimal | str, ".5", Decimal(".5")),
        (PAIR, "1,2,3", (1.0, 2.0, 3.0)),
        (PAIR, "(1,2,3)", (1.0, 2.0, 3.0)),
        (PAIR, "[1, 2, 3]", (1.0, 2.0, 3.0)),
        (PAIR, "1,5", 1.5),
        (PAIR, "none", None),
        (ONE_OR_MORE, "1, 2", [1.0, 2.0]),
        (ONE_OR_MORE, "[1,2]", [1.0, 2.0]),
        (ONE_OR_MORE, "[5]", [5.0]),
        (ONE_OR_MORE, "5", 5.0),
        (ONE_OR_MORE, "5,", [5.0]),
        (ONE_OR_MORE, "0,5", 0.5),
        (ONE_OR_MORE, "0,5; 1,5", [0.5, 1.5]),
        (ONE_OR_MORE, "64,64", [64.0, 64.0]),
        (int | tuple[int, int], "64,64", (64, 64)),
        (int | tuple[int, int], "64,80", (64, 80)),
        (list[int] | tuple[float, ...], "(1, 2)", (1.0, 2.0)),
        (str | list[str], "dapi, gfp", ["dapi", "gfp"]),
        (str | list[str], '"dapi, gfp"', "dapi, gfp"),
        (list[float], "64,64", [64.0, 64.0]),
        (Sequence[float], "[64,64]", [64.0, 64.0]),
        (deque[float], "64,64", deque([64.0, 64.0])),
        (Annotated[list[float], MinLen(1)] | None, "64,64", [64.0, 64.0]),
        (list[Decimal], "1.10, 2", [Decimal("1.10"), Decimal(2)]),
        (list[Stain], "dapi, gfp", [Stain.DAPI, Stain.GFP]),
        (list[Stain], "GFP", [Stain.GFP]),
        (set[Stain], '[dapi, "a, b"]', {Stain.DAPI, Stain.PAIR}),
        (set[str], "dapi, gfp", {"dapi", "gfp"}),
        (frozenset[Literal["x", "y"]], "x, y", frozenset({"x", "y"})),
        (list[Level], "low, 2", [Level.LOW, Level.HIGH]),
        (list[Parts], "A|C, B", [Parts.A | Parts.C, Parts.B]),
        (list[Path], '"~/a, b.tif", c', [HOME / "a, b.tif", Path("c")]),
        (Stain, "gfp", Stain.GFP),
        (Level, "2", Level.HIGH),
        (Parts, "A|C", Parts.A | Parts.C),
        (Parts, "a, c", Parts.A | Parts.C),
        (Parts, "Parts.A | Parts.C", Parts.A | Parts.C),
        (Parts, "0", Parts(0)),
        (Parts | None, "B", Parts.B),
        (Parts | Literal["all"], "A|B", Parts.A | Parts.B),
        (Bits, "R|W", Bits.R | Bits.W),
        (timedelta | None, "90", timedelta(seconds=90)),
        (timedelta | None, "None", None),
        (Path, "~/a.tif", HOME / "a.tif"),
        (Path, "~", HOME),
        (Path, ' "C:\\new folder\\a.tif" ', Path("C:\\new folder\\a.tif")),
        (Path, "'/a b/c.tif'", Path("/a b/c.tif")),
        (Path, "~b", Path("~b")),
        (PurePosixPath, "~/far", PurePosixPath("~/far")),
        (Path | None, '"~/a.tif"', HOME / "a.tif"),
        (Path | Literal["auto"], "~/a", HOME / "a"),
        (Path | Literal["auto"], "auto", "auto"),
        (Path | str, "~/a", HOME / "a"),
        (Decimal | str, '"0"', "0"),
        (Path | str, '"C:\\new"', "C:\\new"),
        (Any, "1e400", "1e400"),
        (str, " a ", " a "),
    ],
    ids=in_order,
)
def test_a_text_is_read_as_people_mean_it(kind: Any, typed: str, value: Any) -> None:
    found = TypeAdapter(kind).validate_python(read_typed(typed, kind))

    assert alike(found, value), found


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        (float, "1e400", "too large"),
        (int, "1e400", "too large"),
        (float, "1e-400", "too close to 0"),
        (float | str, "1e400", "too large"),
        (float | None, "-1e400", "too large"),
        (list[float], "1, 1e400", "Item 2: This number is too large"),
        (float | list[float], "1, 1e400", "too large"),
        (dict[str, float], '{"a": 1e400}', "too large"),
        (ONE_OR_MORE, "1,5", "Write 1.5 for one number, or [1, 5] for two."),
        (list[int], "1,024", "Write 1024 for one number, or 1, 24 for two."),
        (list[float], "[100,000]", "Write 100000 for one number, or 100, 0 for two."),
        (int, "1,000", "Write 1000 or 1.000."),
    ],
    ids=in_order,
)
def test_what_would_become_another_value_is_told(
    kind: Any, typed: str, told: str
) -> None:
    model = create_model("M", it=(kind, ...))

    fit = fit_config(model, {"it": read_typed(typed, kind)})

    assert told in fit.refused["it"]


@pytest.mark.parametrize("kind", [int, list[int], PAIR, Path, timedelta | None])
def test_nothing_is_no_value(kind: Any) -> None:
    assert read_typed(" ", kind) in (NO_VALUE, [])


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Parts, Parts.A | Parts.C, "A|C"),
        (Parts, Parts(0), "0"),
        (list[Stain], [Stain.GFP, Stain.PAIR], 'gfp, "a, b"'),
        (PAIR, (1.0, 2.0, 3.0), "1.0, 2.0, 3.0"),
        (ONE_OR_MORE, [5.0], "[5.0]"),
        (float | str, "5", '"5"'),
        (float | str, "auto", "auto"),
        (Sequence[float], (1.0, 2.0), "1.0, 2.0"),
        (Path, Path("~/a"), "./~/a"),
    ],
    ids=in_order,
)
def test_a_value_is_written_as_people_would(kind: Any, value: Any, text: str) -> None:
    assert write_typed(value, kind) == text


def test_a_model_may_be_iterated_over_as_it_likes() -> None:
    class Plan(BaseModel):
        n: int = 2

        def __iter__(self) -> Any:
            yield from range(self.n)

    assert alike(Plan(), Plan())
    assert not alike(Plan(), Plan(n=3))


# Whatever the type

TEXT = st.text(max_size=8) | st.sampled_from(
    ["5", "0,5", "true", "null", "None", "1e400", "A|C", "dapi", '"x"', "1, 2", "~/a"]
)
FLOATS = st.floats(allow_nan=False)
PATHS = st.text("ab~ /'\"\\", min_size=1, max_size=6).map(Path)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(-(2**70), 2**70),
    float: FLOATS,
    str: TEXT,
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    Stain: st.sampled_from(list(Stain)),
    Level: st.sampled_from(list(Level)),
    Parts: st.integers(0, 7).map(Parts),
    Path: PATHS,
    timedelta: st.timedeltas(),
}
WORDS = Literal["auto", "5", "dapi, gfp", True]


@st.composite
def lists(draw: Any) -> tuple[Any, st.SearchStrategy[Any]]:
    kind = draw(st.sampled_from(list(SCALARS)))
    items = st.lists(SCALARS[kind], max_size=4)
    shape: Any = draw(st.sampled_from([list, tuple, set, frozenset, deque]))
    of: Any = tuple[kind, ...] if shape is tuple else shape[kind]
    return of, items.map(shape)


SINGLE = st.sampled_from(list(SCALARS.items())) | st.just(
    (WORDS, st.sampled_from(["auto", "5", "dapi, gfp", True]))
)
MEMBER = SINGLE | lists()


@st.composite
def fields(draw: Any) -> tuple[Any, st.SearchStrategy[Any]]:
    """Draw a type, and a strategy of its values, of which each has its own text.

    So there is one kind of list at the most, no Decimal beside a float, and no path
    beside a text: a config file could not tell them apart either.
    """
    of = [draw(MEMBER), *draw(st.lists(SINGLE, max_size=2))]
    kinds = {kind for kind, _ in of}
    assume(Decimal not in kinds or kinds.isdisjoint((int, float)))
    assume(not {Path, str} <= kinds)
    kind: Any = Union[tuple(kind for kind, _ in of)]  # noqa: UP007
    values = st.one_of(values for _, values in of)
    return (kind | None, st.none() | values) if draw(st.booleans()) else (kind, values)


@settings(max_examples=examples(1500), deadline=None)
@given(data=st.data())
def test_what_is_written_is_read_back(data: st.DataObject) -> None:
    kind, values = data.draw(fields())
    adapter = TypeAdapter(kind)
    value = adapter.validate_python(data.draw(values))
    # A line of text has no word for null: the form has a box for it.
    assume(value is not None or kind != str | None)
    typed = TypedText(kind)

    text = typed.write(value)

    found = typed.read(text)
    assert alike(adapter.validate_python(found), value), (kind, text)


@settings(max_examples=examples(500), deadline=None)
@given(kind=fields().map(lambda drawn: drawn[0]), text=st.text('0159.,;eE+-[]( )"~|A'))
def test_reading_never_fails_and_no_finite_number_becomes_infinite(
    kind: Any, text: str
) -> None:
    found = read_typed(text, kind)

    assert not (isinstance(found, float) and math.isinf(found))
    assert not isinstance(found, Unreadable) or found.why.endswith(".")
