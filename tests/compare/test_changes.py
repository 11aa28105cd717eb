"""Single changes, in words."""

from __future__ import annotations

from typing import Any

import pytest

from napari_aiod_registry.compare.changes import (
    Change,
    keyed,
    list_changes,
    metadata_changes,
    plain_words,
    value_change,
)
from napari_aiod_registry.manifest.models import Metadata

LONG = "one two " * 10


def messages(found: Any) -> list[str]:
    return [change.message for change in found]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (0.4, 0.5, ["size 0.4 → 0.5"]),
        (1, 1, []),
        (1, 1.0, ["size 1 → 1.0"]),
        (1, True, ["size 1 → true"]),
        (1, "1", ['size 1 → "1"']),
        (None, 3, ["size null → 3"]),
        (LONG, LONG + "x", ["size reworded"]),
        ("", LONG, [f'size "" → "{LONG[:50]}…"']),
    ],
)
def test_a_value_is_told_with_its_type(old: Any, new: Any, told: list[str]) -> None:
    assert messages(value_change("size", "size", old, new)) == told


def test_a_web_address_is_not_cut_off() -> None:
    address = "https://example.org/" + "a" * 100

    assert plain_words(address) == address
    assert plain_words(LONG) == f"{LONG[:50]}…"
    assert plain_words(None) == "none"


def test_two_with_one_name_are_both_compared() -> None:
    old = keyed(["a", "a", "b"], str)

    assert list(old) == ["a", "a (2)", "b"]
    assert messages(list_changes("w", "tag", old, keyed(["a", "b"], str))) == [
        "tag a (2) is gone"
    ]


def test_another_order_is_told_only_of_what_is_in_both() -> None:
    old, new = keyed("abc", str), keyed("xcb", str)

    assert messages(list_changes("w", "tag", old, new))[-1] == "tags in another order"
    assert messages(list_changes("w", "tag", old, keyed("xabc", str))) == [
        "tag x added"
    ]


def test_a_change_is_one_line_whatever_is_in_it() -> None:
    change = Change("w", "name a\nb\x1b[31m → c", model="m", version="v")

    assert str(change) == "m · v: name a b [31m → c"


def test_the_place_has_only_the_parts_there_are() -> None:
    assert str(Change("w", "x", model="m")) == "m: x"
    assert str(Change("w", "x", model="m", version="v", task="t")) == "m · v · t: x"


def metadata(**other: Any) -> Metadata:
    author = {"name": "Ada", "affiliation": "Lab"}
    pub = {"title": "Paper", "info": "i", "url": "https://example.org/p"}
    data = {"description": "d", "tags": ["2D"], "authors": [author], "pubs": [pub]}
    return Metadata.model_validate(data | other)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, []),
        ({"description": "e"}, ["description d → e"]),
        ({"license": "MIT"}, ["licence none → MIT"]),
        ({"url": "https://a.org"}, ["home page none → https://a.org"]),
        ({"repo": "https://a.org"}, ["source code none → https://a.org"]),
        ({"tags": ["3D", "2D"]}, ["tag 3D added"]),
        ({"tags": None}, ["tag 2D is gone"]),
        ({"authors": []}, ["author Ada is gone"]),
        (
            {"authors": [{"name": "Ada", "affiliation": "Lab 2"}]},
            ["author Ada: affiliation Lab → Lab 2"],
        ),
        (
            {
                "pubs": [
                    {
                        "title": "Paper",
                        "info": "i",
                        "year": 2025,
                        "url": "https://example.org/p",
                        "authors": [{"name": "Ada", "affiliation": "Lab"}],
                    }
                ]
            },
            [
                'publication "Paper": year none → 2025',
                'publication "Paper": authors changed',
            ],
        ),
    ],
)
def test_metadata_are_compared(other: dict[str, Any], told: list[str]) -> None:
    assert messages(metadata_changes(metadata(), metadata(**other))) == told
