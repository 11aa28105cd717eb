"""Pydantic models made at random, with values that they take, for hypothesis."""

from __future__ import annotations

import enum
import string
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, Optional

from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model

Kind = tuple[Any, st.SearchStrategy[Any]]
"""A type, and a strategy of values that a field of it may have."""

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=8)
SMALL = st.integers(-1000, 1000)
FLOATS = st.floats(allow_nan=False)
TEXTS = st.text(max_size=12)

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(-(2**70), 2**70),
    float: FLOATS,
    str: TEXTS,
}


@st.composite
def bounded_ints(draw: Callable[..., Any]) -> Kind:
    low = draw(st.none() | SMALL)
    high = draw(st.none() | st.integers(64, 2000).map(lambda n: n + (low or 0)))
    ends = {"low": low, "high": high}
    if draw(st.booleans()):
        step = draw(st.integers(2, 64))
        values = st.integers(
            -(-(low if low is not None else -9999) // step),
            (high if high is not None else 9999) // step,
        ).map(lambda n: n * step)
        return Annotated[int, Field(ge=low, le=high, multiple_of=step)], values
    is_open = draw(st.booleans())
    if is_open:
        field = Field(
            gt=None if low is None else low - 1, lt=None if high is None else high + 1
        )
    else:
        field = Field(ge=low, le=high)
    return Annotated[int, field], st.integers(ends["low"], ends["high"])


@st.composite
def bounded_floats(draw: Callable[..., Any]) -> Kind:
    low = draw(st.none() | st.floats(-1e6, 1e6))
    start = 0.0 if low is None else low
    high = draw(st.none() | st.floats(start + 1e-3, start + 2e6))
    is_open = draw(st.booleans())
    values = st.floats(
        low,
        high,
        allow_nan=False,
        exclude_min=is_open and low is not None,
        exclude_max=is_open and high is not None,
    )
    names = ("gt", "lt") if is_open else ("ge", "le")
    return Annotated[float, Field(**dict(zip(names, (low, high), strict=True)))], values


@st.composite
def literals(draw: Callable[..., Any]) -> Kind:
    choices = draw(
        st.lists(
            st.booleans() | SMALL | TEXTS,
            min_size=1,
            max_size=5,
            unique_by=lambda choice: (type(choice), choice),
        )
    )
    return Literal[tuple(choices)], st.sampled_from(choices)


@st.composite
def enums(draw: Callable[..., Any]) -> Kind:
    values = draw(
        st.lists(WORDS, min_size=1, max_size=4, unique=True)
        | st.lists(SMALL, min_size=1, max_size=4, unique=True)
    )
    members = enum.Enum("Mode", {f"M{n}": value for n, value in enumerate(values)})
    return members, st.sampled_from(list(members))


@st.composite
def sequences(draw: Callable[..., Any]) -> Kind:
    shape = draw(st.sampled_from(["list", "open tuple", "tuple"]))
    if shape == "tuple":
        kinds = draw(st.lists(st.sampled_from(list(PLAIN)), min_size=1, max_size=3))
        return tuple[tuple(kinds)], st.tuples(*(PLAIN[kind] for kind in kinds))
    kind = draw(st.sampled_from(list(PLAIN)))
    items = st.lists(PLAIN[kind], max_size=4)
    if shape == "list":
        return list[kind], items
    return tuple[kind, ...], items.map(tuple)


@st.composite
def others(draw: Callable[..., Any]) -> Kind:
    """Types that have no control of their own."""
    return draw(
        st.sampled_from(
            [
                (dict[str, int], st.dictionaries(TEXTS, SMALL, max_size=3)),
                (int | str, SMALL | TEXTS),
                (list[list[int]], st.lists(st.lists(SMALL, max_size=2), max_size=2)),
                (Any, st.none() | SMALL | TEXTS | st.lists(SMALL)),
            ]
        )
    )


PATHS = st.lists(WORDS, min_size=1, max_size=3).map(lambda parts: Path(*parts))
LEAVES: st.SearchStrategy[Kind] = (
    st.sampled_from(list(PLAIN.items()))
    | bounded_ints()
    | bounded_floats()
    | literals()
    | enums()
    | sequences()
    | st.just((Path, PATHS))
    | others()
)


@st.composite
def models(draw: Callable[..., Any], depth: int = 1) -> tuple[type[BaseModel], Any]:
    """Draw a model class, and a strategy of instances of it."""
    fields: dict[str, Any] = {}
    values: dict[str, st.SearchStrategy[Any]] = {}
    for number in range(draw(st.integers(1, 4))):
        name = f"field_{number}"
        kind, strategy = draw(LEAVES if depth == 0 else LEAVES | groups(depth - 1))
        if draw(st.booleans()):
            kind, strategy = Optional[kind], st.none() | strategy  # noqa: UP045
        info: dict[str, Any] = {
            "title": draw(st.none() | WORDS),
            "json_schema_extra": draw(
                st.sampled_from([None, {"advanced": True}, {"units": "px", "step": 2}])
            ),
        }
        if draw(st.booleans()):
            info["default"] = draw(strategy)
        if draw(st.booleans()):
            info["alias"] = f"Alias {number}"
        fields[name] = (kind, Field(**info))
        values[info.get("alias", name)] = strategy
    model = create_model("Generated", **fields)
    return model, st.fixed_dictionaries(values).map(model.model_validate)


@st.composite
def groups(draw: Callable[..., Any], depth: int) -> Kind:
    return draw(models(depth=depth))
