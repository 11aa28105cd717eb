"""One Pydantic model for each parameter list: it knows what every value may be."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from napari_aiod_registry import ModelParam, params_model
from napari_aiod_registry.manifest.models import ModelManifest
from napari_aiod_registry.manifest.params_model import MAX_CACHED, _cache


def one(**keys: Any) -> Any:
    return params_model([ModelParam(**{"name": "It", "arg_name": "it", **keys})])


def value_of(model: Any, value: Any) -> Any:
    return model.model_validate({"it": value}).model_dump(by_alias=True)["it"]


@pytest.mark.parametrize(
    ("keys", "good", "bad"),
    [
        ({"value": 3}, [0, -5], [1.5, True, "3", None]),
        ({"value": 3, "min": 0, "max": 5}, [0, 5], [-1, 6]),
        ({"value": 0.5}, [0.1, -2.0], ["0.5", True, None, float("nan")]),
        ({"value": 0.5, "min": 0, "max": 1}, [0.0, 1.0], [-0.1, 1.1]),
        ({"value": True}, [False], [1, 0, "true", None]),
        ({"value": "um"}, ["", "nm"], [1, None]),
        ({"value": ["a", "b"]}, ["a", "b"], ["c", 1, None]),
        ({"value": None, "dtype": "int"}, [None, 3], [1.5, "x"]),
        ({"value": None, "dtype": "float", "min": 0}, [None, 3.0], [-1.0]),
        ({"value": None, "dtype": "bool"}, [None, True], [1]),
        ({"value": None, "dtype": "str"}, [None, "x"], [1]),
        ({"value": None, "dtype": "list"}, [None, [1, "a", 1.5]], [3, [[1]]]),
        ({"value": None, "dtype": "tuple"}, [None, (2, 2)], [3, "2, 2"]),
        ({"value": 0, "param_type": "channel"}, [-1, 9], [-2, "red"]),
        (
            {"value": 0, "param_type": "channel", "channel_start": 0},
            [0, 3],
            [-1],
        ),
    ],
    ids=lambda case: str(case)[:40],
)
def test_the_model_takes_good_values_and_refuses_bad_ones(
    keys: dict[str, Any], good: list[Any], bad: list[Any]
) -> None:
    model = one(**keys)
    for value in good:
        assert repr(value_of(model, value)) == repr(value)
    for value in bad:
        with pytest.raises(ValidationError):
            model.model_validate({"it": value})


@pytest.mark.parametrize("choice", [1, True, 1.0, "1"], ids=repr)
def test_choices_that_look_alike_stay_apart(choice: Any) -> None:
    model = one(value=[1, True, 1.0, "1"])

    assert repr(value_of(model, choice)) == repr(choice)


def test_a_whole_number_stands_for_the_same_float_among_choices() -> None:
    assert repr(value_of(one(value=[0.5, 1.0]), 1)) == "1.0"


def test_fields_carry_what_a_form_wants_to_know() -> None:
    model = one(
        value=5, min=0, max=9, step=2, units="px", advanced=True, tooltip="How far."
    )

    field = model.model_fields["it"]

    assert (field.title, field.description, field.default) == ("It", "How far.", 5)
    assert field.json_schema_extra == {"units": "px", "step": 2, "advanced": True}
    schema = model.model_json_schema()["properties"]["it"]
    assert (schema["minimum"], schema["maximum"]) == (0, 9)


def test_awkward_names_stay_keys_of_the_config() -> None:
    names = ["json", "copy", "Min size", "class", "_x", "model_x", "1st", "a-b", "a_b"]
    names += ["schema", "é", "__init__", "validate", "$"]
    model = params_model(
        [ModelParam(name=name, value=n) for n, name in enumerate(names)]
    )

    config = model().model_dump(by_alias=True)

    assert list(config) == names
    assert list(config.values()) == list(range(len(names)))
    assert model.model_validate(config) == model()


@pytest.mark.parametrize(
    "names",
    [["a-b", "a_b"], ["a_b", "a-b"], ["_x", "x"], ["a ", "a", "a_"], ["1", "param_1"]],
)
def test_names_that_differ_in_signs_stay_apart(names: list[str]) -> None:
    model = params_model([ModelParam(name=name, value=0) for name in names])

    for name in names:
        values = model.model_validate({name: 5}).model_dump(by_alias=True)

        assert values == {other: 5 if other == name else 0 for other in names}


def test_no_choice_but_those_is_taken() -> None:
    with pytest.raises(ValidationError) as caught:
        one(value=["a", "b"]).model_validate({"it": "c"})

    (error,) = caught.value.errors()
    assert error["type"] == "not-a-choice"
    assert error["msg"] == '"c" is not one of the choices.'
    assert error["ctx"]["hint"] == 'Choices: "a", "b".'


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        one(value=1).model_validate({"other": 1})


def test_lists_and_tuples_survive_a_config_file() -> None:
    model = params_model(
        [
            ModelParam(name="patch", value=None, dtype="list"),
            ModelParam(name="tiles", value=None, dtype="tuple"),
        ]
    )
    values = model.model_validate({"patch": [64, 64], "tiles": (2, 2)})

    text = yaml.safe_dump(values.model_dump(by_alias=True), sort_keys=False)

    assert model.model_validate(yaml.safe_load(text)) == values


def test_equal_lists_share_a_class_and_others_do_not() -> None:
    assert one(value=1) is one(value=1)
    classes = {one(value=value) for value in (1, 1.0, True, "1")}
    assert len(classes) == 4


def test_the_cache_of_classes_does_not_grow_without_end() -> None:
    for number in range(MAX_CACHED + 50):
        one(value=number)

    assert len(_cache) == MAX_CACHED


def test_a_parameter_stays_nullable_under_an_override() -> None:
    manifest = ModelManifest.model_validate(
        {
            "name": "A",
            "metadata": {"description": "d"},
            "params": [{"name": "p", "value": None, "dtype": "float"}],
            "versions": {
                "v": {
                    "tasks": {
                        "mito": {
                            "locations": [{"location": "/w"}],
                            "param_overrides": {"p": 1},
                        }
                    }
                }
            },
        }
    )
    listed = manifest.versions["v"].tasks["mito"].params

    model = params_model(listed or [])

    assert repr(model().model_dump()["p"]) == "1.0"
    assert model.model_validate({"p": None}).model_dump() == {"p": None}
