"""Lists as people write them: read with their types, and written back alike."""

from __future__ import annotations

import math
from typing import Annotated, Any

import pytest
from annotated_types import Ge
from hypothesis import given
from hypothesis import strategies as st

from napari_aiod_registry.typed import alike
from napari_aiod_registry.typed.items import (
    item_kinds,
    read_items,
    write_items,
)

NUMBERS = frozenset({int, float})
ANY = frozenset({bool, int, float, str})
TEXT = frozenset({str})


@pytest.mark.parametrize(
    ("typed", "kinds", "items"),
    [
        ("64, 64", NUMBERS, [64, 64]),
        ("64,64", NUMBERS, [64, 64]),
        ("[64, 64]", NUMBERS, [64, 64]),
        ("(64, 64)", NUMBERS, [64, 64]),
        ("64; 64", NUMBERS, [64, 64]),
        ("64,", NUMBERS, [64]),
        (" [ 1.5 , 2 ] ", NUMBERS, [1.5, 2]),
        ("1e-5, inf", NUMBERS, [1e-5, math.inf]),
        ("", NUMBERS, []),
        ("[]", NUMBERS, []),
        ("true, no, 1, 1.0, x", ANY, [True, "no", 1, 1.0, "x"]),
        ("true", NUMBERS, ["true"]),
        ("null, 1", NUMBERS | {type(None)}, [None, 1]),
        ("null, 1", NUMBERS, ["null", 1]),
        ("1, true, a b", TEXT, ["1", "true", "a b"]),
        ('"a, b", c', TEXT, ["a, b", "c"]),
        ("'a, b', c", TEXT, ["a, b", "c"]),
        ("a; b", TEXT, ["a; b"]),
        ("1, , 2", NUMBERS, [1, "", 2]),
    ],
)
def test_lists_are_read_as_people_write_them(
    typed: str, kinds: frozenset[Any], items: list[Any]
) -> None:
    assert alike(read_items(typed, kinds), items)


@pytest.mark.parametrize(
    "typed", ["[1, 2", "1, 2]", "[1, 2)", "2 2", "1, 2 3", '"a', '"a" b', "'a, b"]
)
def test_what_is_no_list_is_not_guessed_at(typed: str) -> None:
    assert read_items(typed, ANY) is None


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        (list[int], {int}),
        (list, ANY),
        (tuple[int, float], {int, float}),
        (tuple[str, ...], {str}),
        (set[bool], {bool}),
        (list[int | None], {int, type(None)}),
        (list[Annotated[int, Ge(0)]], {int}),
        (list[Any], ANY | {type(None)}),
        (list[list[int]], None),
        (dict[str, int], None),
        (int, None),
    ],
    ids=lambda it: str(sorted(map(str, it)) if isinstance(it, set | frozenset) else it),
)
def test_the_types_of_items_are_found(kind: Any, kinds: set[Any] | None) -> None:
    assert item_kinds(kind) == kinds


def of(kinds: frozenset[Any]) -> st.SearchStrategy[list[Any]]:
    each = {bool: st.booleans(), int: st.integers(), float: st.floats(), str: st.text()}
    return st.lists(st.one_of(each[kind] for kind in each if kind in kinds))


@pytest.mark.parametrize(
    "kinds",
    [NUMBERS, ANY, TEXT, frozenset({bool, str})],
    ids=lambda kinds: str(sorted(map(str, kinds))),
)
@given(data=st.data())
def test_what_is_written_is_read_back(
    kinds: frozenset[Any], data: st.DataObject
) -> None:
    items = data.draw(of(kinds))

    assert alike(read_items(write_items(items, kinds), kinds), items)


def test_a_quote_within_a_word_does_not_hide_what_follows() -> None:
    items, kinds = ['0"', ";"], frozenset({bool, str})

    assert read_items(write_items(items, kinds), kinds) == items
