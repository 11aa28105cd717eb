"""Plain data as text: every value comes back, from our reader and from others."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from napari_aiod_registry.text.writer import data_text
from napari_aiod_registry.text.yaml_reader import read_yaml

ODD = st.sampled_from(list("ab \n\t:#-'\"|>\r\u0085\u2028é🙂0%&*!{}[],?~"))
TEXT = st.text(ODD, max_size=12) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=8
)
SCALAR = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
DATA = st.recursive(
    SCALAR,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, DATA, max_size=4))
def test_everything_comes_back_with_its_type(data: dict[str, Any]) -> None:
    text = data_text(data)

    document = read_yaml(text)

    assert repr(document.data) == repr(data)
    assert repr(yaml.safe_load(text)) == repr(data)
    assert document.notes == []
    assert repr(json.loads(data_text(data, suffix=".JSON"))) == repr(data)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        (1.0, "1.0"),
        ("1", "'1'"),
        ("1e-5", '"1e-5"'),
        (1e-05, "1.0e-05"),
        (True, "true"),
        ("true", "'true'"),
        ("no", "'no'"),
        ("~", "'~'"),
        (None, "null"),
        ("2025-01-31", "'2025-01-31'"),
        ("µm 🙂", "µm 🙂"),
        ("one\ntwo\n", "|\n  one\n  two"),
    ],
)
def test_a_value_is_written_so_that_it_can_not_be_taken_for_another(
    value: Any, text: str
) -> None:
    assert data_text({"a": value}) == f"a: {text}\n"


def test_a_list_that_stands_twice_is_written_twice() -> None:
    same = [{"b": 1}]

    assert "&" not in data_text({"a": same, "c": same})


def test_the_head_stays_in_its_lines() -> None:
    assert data_text({"a": 1}, head=["one\ntwo", ""]) == "# one two\n#\na: 1\n"
