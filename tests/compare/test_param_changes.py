"""Changes of parameters, in words."""

from __future__ import annotations

from typing import Any

import pytest
from generated_manifests import params
from hypothesis import given

from napari_aiod_registry import ModelParam
from napari_aiod_registry.compare.param_changes import param_changes

NUMBER = {"name": "Size", "arg_name": "size", "value": 3, "tooltip": "How large."}
CHOICE = {"name": "Mode", "value": ["a", "b"]}
NULL = {"name": "T", "value": None, "dtype": "float"}
CHANNEL = {"name": "C", "value": 0, "param_type": "channel"}


def models(*data: dict[str, Any]) -> list[ModelParam]:
    return [ModelParam.model_validate(one) for one in data]


def told(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [change.message for change in param_changes(models(old), models(new))]


@pytest.mark.parametrize(
    ("old", "other", "expected"),
    [
        (NUMBER, {}, []),
        (NUMBER, {"dtype": "int"}, []),
        (NUMBER, {"value": 4}, ["Size: default 3 → 4"]),
        (
            NUMBER,
            {"value": 3.0},
            ["Size: type a whole number → a number", "Size: default 3 → 3.0"],
        ),
        (NUMBER, {"name": "Diameter"}, ['Diameter: label "Size" → "Diameter"']),
        (NUMBER, {"min": 0}, ["Size: smallest value none → 0"]),
        (NUMBER, {"max": 9}, ["Size: largest value none → 9"]),
        (NUMBER, {"step": 2}, ["Size: step none → 2"]),
        (NUMBER, {"units": "px"}, ["Size: unit none → px"]),
        (NUMBER, {"tooltip": "Big?"}, ['Size: tooltip "How large." → "Big?"']),
        (NUMBER, {"advanced": True}, ["Size: starts folded away"]),
        (
            NUMBER,
            {"value": None, "dtype": "int"},
            ["Size: default 3 → null", "Size: can now be null"],
        ),
        (NUMBER, {"value": [3, 4]}, ["Size: must now be one of 3, 4"]),
        (
            NUMBER,
            {"value": 0, "param_type": "channel"},
            ["Size: default 3 → 0", "Size: is now a channel of the image"],
        ),
        (CHOICE, {"default": "a"}, []),
        (CHOICE, {"default": "b"}, ['Mode: default "a" → "b"']),
        (
            CHOICE,
            {"value": ["b", "c"]},
            [
                'Mode: choice "a" is gone',
                'Mode: choice "c" added',
                'Mode: default "a" → "b"',
            ],
        ),
        (
            CHOICE,
            {"value": ["b", "a"], "default": "a"},
            ["Mode: choices in another order"],
        ),
        (CHOICE, {"value": "a"}, ["Mode: is not chosen from a list any more"]),
        (NULL, {"dtype": "int"}, ["T: type a number → a whole number"]),
        (CHANNEL, {"channel_start": 0}, ["C: number of the first entry -1 → 0"]),
        (
            CHANNEL,
            {"channel_start_label": "gray"},
            ['C: first entry "original" → "gray"'],
        ),
    ],
)
def test_a_change_is_told_in_words(
    old: dict[str, Any], other: dict[str, Any], expected: list[str]
) -> None:
    assert told(old, old | other) == expected


def test_what_is_new_gone_or_moved_is_told() -> None:
    old, new = models(NUMBER, CHOICE, NULL), models(CHANNEL, NULL, CHOICE)

    assert [change.message for change in param_changes(old, new)] == [
        "parameter Size is gone",
        "parameter C added, default 0",
        "parameters in another order",
    ]


def test_two_with_the_same_label_are_told_apart() -> None:
    old = models(NUMBER, {**NUMBER, "arg_name": "other"})
    new = models(NUMBER, {**NUMBER, "arg_name": "other", "value": 4})

    (change,) = param_changes(old, new)

    assert change.message == "Size (other): default 3 → 4"
    assert (change.what, change.old, change.new) == ("params.other.default", 3, 4)


@given(params(), params())
def test_any_two_lists_can_be_compared(
    old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> None:
    before, after = models(*old), models(*new)

    assert list(param_changes(before, before)) == []
    names = [param.arg_name for param in before], [param.arg_name for param in after]
    if names[0] != names[1]:
        assert list(param_changes(before, after))
