"""Every rule for parameters: one break each, and its sentence."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from manifests_for_tests import (
    CHANNEL,
    DELETE,
    GOOD,
    MODE,
    SIZE,
    TASK,
    Break,
    Change,
    assert_one_problem,
    changed,
    problems,
    write,
)

from napari_aiod_registry import (
    ModelManifest,
    ModelParam,
    check_manifest,
    params_model,
    read_manifest,
)

NOTHING = {"name": "N", "arg_name": "n", "value": None, "dtype": "int", "tooltip": "t"}
LARGE = 10**350
"""A whole number that no float can hold."""

# id: (changes, code, place, words of the message or hint)
BREAKS: dict[str, Break] = {
    "no value": ([((*SIZE, "value"), DELETE)], "missing-key", "params[0].value", "Add"),
    "value a mapping": (
        [((*SIZE, "value"), {"a": 1})],
        "bad-value-type",
        "params[0].value",
        "neither a number",
    ),
    "null without dtype": (
        [((*SIZE, "value"), None)],
        "missing-dtype",
        "params[0].dtype",
        "Add a dtype",
    ),
    "unknown dtype": (
        [((*SIZE, "dtype"), "integer")],
        "unknown-dtype",
        "params[0].dtype",
        "Dtypes: int, float",
    ),
    "value not of its dtype": (
        [((*SIZE, "value"), "3"), ((*SIZE, "dtype"), "int")],
        "bad-value-type",
        "params[0].value",
        "without quotes",
    ),
    "fraction for a whole number": (
        [((*SIZE, "value"), 3.5), ((*SIZE, "dtype"), "int")],
        "bad-value-type",
        "params[0].value",
        "not a whole number",
    ),
    "number for text": (
        [((*SIZE, "dtype"), "str")],
        "bad-value-type",
        "params[0].value",
        "with quotes",
    ),
    "one for true": (
        [((*SIZE, "value"), 1), ((*SIZE, "dtype"), "bool")],
        "bad-value-type",
        "params[0].value",
        "true or false",
    ),
    "no choices": (
        [((*MODE, "value"), [])],
        "empty-choices",
        "params[1].value",
        "at least one",
    ),
    "a choice twice": (
        [((*MODE, "value"), ["a", "b", "a"])],
        "duplicate-choice",
        "params[1].value[2]",
        "listed twice",
    ),
    "choices alike as floats": (
        [((*MODE, "value"), [1, 1.0]), ((*MODE, "dtype"), "float")],
        "duplicate-choice",
        "params[1].value[1]",
        "listed twice",
    ),
    "a choice that is a list": (
        [((*MODE, "value"), ["a", ["b"]])],
        "bad-value-type",
        "params[1].value[1]",
        "neither a number",
    ),
    "default that is no choice": (
        [((*MODE, "default"), "c")],
        "bad-choice-default",
        "params[1].default",
        'Choices: "a", "b"',
    ),
    "default of another type": (
        [((*MODE, "value"), [1, 2]), ((*MODE, "default"), True)],
        "bad-choice-default",
        "params[1].default",
        "true is not one of",
    ),
    "default without choices": (
        [((*SIZE, "default"), 3)],
        "default-without-choices",
        "params[0].default",
        "as value",
    ),
    "unknown param_type": (
        [((*SIZE, "param_type"), "chanel")],
        "bad-param-type",
        "params[0].param_type",
        'Write "channel"',
    ),
    "channel_start without channel": (
        [((*SIZE, "channel_start"), 0)],
        "not-a-channel",
        "params[0].channel_start",
        "only for channels",
    ),
    "channel_start_label without channel": (
        [((*SIZE, "channel_start_label"), "Gray")],
        "not-a-channel",
        "params[0].channel_start_label",
        "only for channels",
    ),
    "channel_start 1": (
        [(("params", 2), CHANNEL | {"value": 1, "channel_start": 1})],
        "bad-channel-start",
        "params[2].channel_start",
        "-1 or 0",
    ),
    "channel before the first": (
        [(("params", 2), CHANNEL | {"value": -1, "channel_start": 0})],
        "bad-channel-value",
        "params[2].value",
        "before the first entry",
    ),
    "channel a name": (
        [(("params", 2), CHANNEL | {"value": "red"})],
        "bad-channel-value",
        "params[2].value",
        "whole number",
    ),
    **{
        f"{key} of text": (
            [((*SIZE, "value"), "x"), ((*SIZE, key), 1)],
            "bounds-not-numeric",
            f"params[0].{key}",
            "only for numbers",
        )
        for key in ("min", "max", "step")
    },
    "min of choices": (
        [((*MODE, "value"), [1, 2]), ((*MODE, "min"), 0)],
        "bounds-not-numeric",
        "params[1].min",
        "only for numbers",
    ),
    "min above the default": (
        [((*SIZE, "min"), 4)],
        "default-out-of-bounds",
        "params[0].min",
        "less than min, 4",
    ),
    "max below the default": (
        [((*SIZE, "max"), 2)],
        "default-out-of-bounds",
        "params[0].max",
        "more than max, 2",
    ),
    "min not less than max": (
        [((*SIZE, "min"), 3), ((*SIZE, "max"), 3)],
        "bad-bounds",
        "params[0].max",
        "must be less",
    ),
    "min a fraction": (
        [((*SIZE, "min"), 0.5)],
        "bad-bounds",
        "params[0].min",
        "whole number",
    ),
    "min in quotes": (
        [((*SIZE, "min"), "0")],
        "wrong-type",
        "params[0].min",
        "must be a number",
    ),
    "step 0": ([((*SIZE, "step"), 0)], "bad-step", "params[0].step", "above 0"),
    "advanced in quotes": (
        [((*SIZE, "advanced"), "yes")],
        "wrong-type",
        "params[0].advanced",
        "true or false",
    ),
    "no name": ([((*SIZE, "name"), DELETE)], "missing-key", "params[0].name", "Add"),
    "name too long": (
        [((*SIZE, "name"), "x" * 51)],
        "bad-length",
        "params[0].name",
        "51 characters",
    ),
    "arg_name empty": (
        [((*SIZE, "arg_name"), "")],
        "empty",
        "params[0].arg_name",
        "Write it, or leave it out",
    ),
    "type for param_type": (
        [(("params", 2), {"name": "C", "value": 0, "type": "channel", "tooltip": "t"})],
        "unknown-key",
        "params[2].type",
        "Did you mean 'param_type'?",
    ),
    **{
        f"dtype {dtype} beside a value": (
            [((*SIZE, "dtype"), dtype)],
            "bad-value-type",
            "params[0].value",
            f"not a {dtype}",
        )
        for dtype in ("list", "tuple")
    },
    "dtype list beside choices": (
        [((*MODE, "dtype"), "list")],
        "bad-value-type",
        "params[1].value",
        "Write null as value",
    ),
    "a choice not of its dtype": (
        [((*MODE, "value"), [1, "2"]), ((*MODE, "dtype"), "int")],
        "bad-value-type",
        "params[1].value[1]",
        "without quotes",
    ),
    "a default not of its dtype": (
        [
            ((*MODE, "value"), [1, 2]),
            ((*MODE, "dtype"), "int"),
            ((*MODE, "default"), "2"),
        ],
        "bad-value-type",
        "params[1].default",
        "without quotes",
    ),
    "a default that is a list": (
        [((*MODE, "default"), ["a"])],
        "bad-value-type",
        "params[1].default",
        "neither a number",
    ),
    "null among choices": (
        [((*MODE, "value"), ["a", None])],
        "bad-value-type",
        "params[1].value[1]",
        "This is null",
    ),
    "value too large for a float": (
        [((*SIZE, "value"), LARGE), ((*SIZE, "dtype"), "float")],
        "not-finite",
        "params[0].value",
        "too large",
    ),
    **{
        f"{key} too large for a float": (
            [((*SIZE, "value"), 0.5), ((*SIZE, key), bound)],
            "not-finite",
            f"params[0].{key}",
            "too large",
        )
        for key, bound in (("min", -LARGE), ("max", LARGE), ("step", LARGE))
    },
    "override too large for a float": (
        [((*SIZE, "value"), 0.5), ((*TASK, "param_overrides"), {"size": LARGE})],
        "bad-override",
        "versions.v1.tasks.mito.param_overrides.size",
        "too large",
    ),
    "null override of choices": (
        [((*TASK, "param_overrides"), {"Mode": None})],
        "bad-override",
        "versions.v1.tasks.mito.param_overrides.Mode",
        'null is not one of the choices. Choices: "a", "b"',
    ),
    "override of a channel": (
        [
            (("params", 2), CHANNEL | {"channel_start": 0}),
            ((*TASK, "param_overrides"), {"C": -1}),
        ],
        "bad-override",
        "versions.v1.tasks.mito.param_overrides.C",
        "before the first entry",
    ),
    "override that is a list": (
        [((*TASK, "param_overrides"), {"size": [4]})],
        "bad-value-type",
        "versions.v1.tasks.mito.param_overrides.size",
        "single value",
    ),
    "override of a parameter without a value": (
        [((*SIZE, "value"), DELETE), ((*TASK, "param_overrides"), {"size": 4})],
        "missing-key",
        "params[0].value",
        "Add value",
    ),
    "channel_start in quotes": (
        [(("params", 2), CHANNEL | {"channel_start": "0"})],
        "wrong-type",
        "params[2].channel_start",
        "without quotes",
    ),
    "channel_start_label empty": (
        [(("params", 2), CHANNEL | {"channel_start_label": ""})],
        "empty",
        "params[2].channel_start_label",
        "Write it, or leave it out",
    ),
    "channel with a dtype of its own": (
        [(("params", 2), CHANNEL | {"value": 1, "dtype": "float"})],
        "bad-channel-dtype",
        "params[2].dtype",
        "or write int",
    ),
    **{
        f"channel {value!r}": (
            [(("params", 2), CHANNEL | {"value": value})],
            "bad-channel-value",
            "params[2].value",
            "whole number",
        )
        for value in (None, [0, 1], 0.5, True)
    },
    **{
        f"{key} of {what}": (
            [(("params", 2), {"name": "N", "tooltip": "t", **keys, key: 1})],
            "bounds-not-numeric",
            f"params[2].{key}",
            "only for numbers",
        )
        for key in ("min", "max", "step")
        for what, keys in (
            ("true or false", {"value": True}),
            ("a list", {"value": None, "dtype": "list"}),
            ("a tuple", {"value": None, "dtype": "tuple"}),
            ("a channel", {"value": 1, "param_type": "channel"}),
        )
    },
    "min above max with a null default": (
        [(("params", 2), NOTHING | {"min": 5, "max": 3})],
        "bad-bounds",
        "params[2].max",
        "must be less",
    ),
    "step below 0": ([((*SIZE, "step"), -1)], "bad-step", "params[0].step", "above 0"),
    "max a truth value": (
        [((*SIZE, "max"), True)],
        "wrong-type",
        "params[0].max",
        "must be a number",
    ),
}


@pytest.mark.parametrize("case", BREAKS.values(), ids=BREAKS)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_each_breach_has_its_code_place_and_sentence(
    case: Break, suffix: str, tmp_path: Path
) -> None:
    assert_one_problem(case, suffix, tmp_path)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ([((*SIZE, "value"), "?")], "params[0].value"),
        ([((*SIZE, "value"), 0.5), ((*SIZE, "min"), "?")], "params[0].min"),
        ([((*SIZE, "value"), 0.5), ((*SIZE, "max"), "?")], "params[0].max"),
        ([((*SIZE, "value"), 0.5), ((*SIZE, "step"), "?")], "params[0].step"),
        ([((*MODE, "value"), ["a", "?"])], "params[1].value[1]"),
        ([((*MODE, "default"), "?")], "params[1].default"),
        (
            [((*TASK, "param_overrides"), {"size": "?"})],
            "versions.v1.tasks.mito.param_overrides.size",
        ),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
@pytest.mark.parametrize("word", [".nan", ".inf", "-.inf", "1e400", "-1e400"])
def test_a_number_that_is_none_is_told(
    changes: list[Change], place: str, word: str, tmp_path: Path
) -> None:
    text = json.dumps(changed(*changes), indent=1).replace('"?"', word)
    names = ["m.yaml"] if "." in word else ["m.yaml", "m.json"]

    for name in names:
        found = problems(tmp_path, text, name)

        assert [(one.code, one.loc) for one in found] == [("not-finite", place)]
    value: Any = float(word.replace(".", ""))
    with pytest.raises(ValueError, match="not a number that a model can use"):
        ModelParam.model_validate({"name": "P", "value": value})


@pytest.mark.parametrize("value", [None, 4])
def test_an_override_of_a_nullable_parameter_may_be_null(
    value: int | None, tmp_path: Path
) -> None:
    data = changed((("params", 2), NOTHING), ((*TASK, "param_overrides"), {"n": value}))

    manifest = read_manifest(write(tmp_path, data))

    (*_, param) = manifest.versions["v1"].tasks["mito"].params or []
    assert param.default_value == value
    assert param.nullable
    assert ModelManifest.model_validate_json(manifest.model_dump_json()) == manifest


def test_an_override_of_a_channel_is_its_number() -> None:
    data = changed((("params", 2), CHANNEL), ((*TASK, "param_overrides"), {"C": 2}))

    task = ModelManifest.model_validate(data).versions["v1"].tasks["mito"]

    assert params_model(task.params or [])().model_dump(by_alias=True)["C"] == 2


def test_every_wrong_choice_is_told_at_its_place(tmp_path: Path) -> None:
    data = changed(
        ((*MODE, "value"), [1, "2", 1, True, [3]]),
        ((*MODE, "dtype"), "int"),
        ((*MODE, "default"), 9),
    )

    found = problems(tmp_path, data)

    assert [(one.code, one.loc) for one in found] == [
        ("bad-value-type", "params[1].value[1]"),
        ("duplicate-choice", "params[1].value[2]"),
        ("bad-value-type", "params[1].value[3]"),
        ("bad-value-type", "params[1].value[4]"),
    ]


# What is wrong with one key hides nothing that is wrong whatever that key will be, and
# nothing is told that would be right once it is mended.
MASKS: dict[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "name": (
        {"name": 5, "value": None},
        {("wrong-type", "name"), ("missing-dtype", "dtype")},
    ),
    "dtype of choices": (
        {"value": ["a", "b"], "dtype": "integer", "default": "c", "min": 0},
        {
            ("unknown-dtype", "dtype"),
            ("bad-choice-default", "default"),
            ("bounds-not-numeric", "min"),
        },
    ),
    "dtype of choices that are right": (
        {"value": [1, 2], "dtype": "flaot", "default": 1.0},
        {("unknown-dtype", "dtype")},
    ),
    "dtype of bounds": (
        {"value": None, "dtype": "integer", "min": 5, "max": 3},
        {("unknown-dtype", "dtype"), ("bad-bounds", "max")},
    ),
    "no value": (
        {"dtype": "int", "min": 5, "max": 3, "step": 0, "default": 4},
        {("missing-key", "value"), ("bad-bounds", "max"), ("bad-step", "step")},
    ),
    "a value that is none": (
        {"value": {"a": 1}, "min": "0", "step": 0, "channel_start": 0},
        {
            ("bad-value-type", "value"),
            ("wrong-type", "min"),
            ("bad-step", "step"),
            ("not-a-channel", "channel_start"),
        },
    ),
    "param_type": (
        {"value": 0, "param_type": "chanel", "channel_start": 7},
        {("bad-param-type", "param_type"), ("bad-channel-start", "channel_start")},
    ),
    "param_type of a channel that is right": (
        {"value": 0, "param_type": "chanel", "channel_start_label": "Gray"},
        {("bad-param-type", "param_type")},
    ),
}


@pytest.mark.parametrize("case", MASKS.values(), ids=MASKS)
def test_a_wrong_key_hides_no_other(
    case: tuple[dict[str, Any], set[tuple[str, str]]], tmp_path: Path
) -> None:
    keys, expected = case
    data = changed((("params", 2), {"name": "N", "tooltip": "t", **keys}))

    found = problems(tmp_path, data)

    told = [(one.code, one.loc.removeprefix("params[2].")) for one in found]
    assert sorted(told) == sorted(expected)


def test_a_wrong_override_hides_no_other(tmp_path: Path) -> None:
    overrides = {"size": [1], "Mode": "c", "sise": 4}
    data = changed(((*TASK, "param_overrides"), overrides), ((*SIZE, "tooltip"), 5))

    found = problems(tmp_path, data)

    assert {(one.code, one.loc.rpartition(".")[2]) for one in found} == {
        ("bad-value-type", "size"),
        ("bad-override", "Mode"),
        ("unknown-override", "sise"),
        ("wrong-type", "tooltip"),
    }


def test_an_override_may_mean_a_parameter_whose_name_is_wrong(tmp_path: Path) -> None:
    data = changed(((*SIZE, "arg_name"), 5), ((*TASK, "param_overrides"), {"size": 4}))

    assert [one.loc for one in problems(tmp_path, data)] == ["params[0].arg_name"]


def test_parameters_are_counted_with_those_that_are_none(tmp_path: Path) -> None:
    params = [5, GOOD["params"][0], {"value": 1, "tooltip": "t"}, GOOD["params"][0]]

    found = problems(tmp_path, changed((("params",), params)))

    assert [(one.code, one.loc) for one in found] == [
        ("wrong-type", "params[0]"),
        ("missing-key", "params[2].name"),
        ("duplicate-arg-name", "params[3]"),
    ]
    assert "parameter 2 and again by parameter 4" in found[-1].message


def test_very_many_choices_are_instant(tmp_path: Path) -> None:
    choices = [f"choice {number}" for number in range(10_000)]
    data = changed(((*MODE, "value"), choices), ((*MODE, "default"), choices[-1]))
    path = write(tmp_path, data)
    started = time.perf_counter()

    manifest = read_manifest(path)
    model = params_model(manifest.params or [])

    assert model().model_dump(by_alias=True)["Mode"] == choices[-1]
    assert time.perf_counter() - started < 1
    wrong = problems(tmp_path, changed(((*MODE, "value"), [*choices, choices[0]])))
    assert [one.loc for one in wrong] == ["params[1].value[10000]"]
    assert time.perf_counter() - started < 5


def test_a_hint_lists_not_all_of_very_many_choices(tmp_path: Path) -> None:
    data = changed(((*MODE, "value"), list(range(100))), ((*MODE, "default"), 100))

    (problem,) = problems(tmp_path, data)

    assert problem.hint == f"Choices: {', '.join(map(str, range(12)))} … and 88 more."


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_whole_number_has_400_digits_at_the_most(sign: str, tmp_path: Path) -> None:
    for name in ("m.json", "m.yaml"):
        for digits in (400, 401, 5000):
            number = f"{sign}{'1' * digits}"
            text = json.dumps(GOOD, indent=1).replace(
                '"value": 3', f'"value": {number}'
            )

            found = problems(tmp_path, text, name)

            words = [f"{one.message} {one.hint}" for one in found]
            told = ["This number has too many digits. 400 are the most."]
            assert words == (told if digits > 400 else [])
            if digits == 400:
                manifest = read_manifest(tmp_path / name)
                again = ModelManifest.model_validate_json(manifest.model_dump_json())
                assert again == manifest


def test_a_long_fraction_is_a_number(tmp_path: Path) -> None:
    text = json.dumps(GOOD).replace('"value": 3', f'"value": 0.{"1" * 500}')

    for name in ("m.json", "m.yaml"):
        assert problems(tmp_path, text, name) == []
        params = read_manifest(tmp_path / name).params or []
        assert params[0].value == 1 / 9


def test_a_channel_written_as_a_float_is_a_whole_number(tmp_path: Path) -> None:
    data = changed((("params", 2), CHANNEL | {"value": 1.0, "dtype": "int"}))
    path = write(tmp_path, yaml.safe_dump(data), "m.yaml")

    manifest = read_manifest(path)

    assert repr((manifest.params or [])[2].value) == "1"
    assert ModelManifest.model_validate_json(manifest.model_dump_json()) == manifest
    assert check_manifest(path).problems == ()
