"""The JSON Schema and what editors make of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from manifests_for_tests import GOOD, TASK, changed, write

from napari_aiod_registry import ModelManifest, check_manifest, read_manifest
from napari_aiod_registry.manifest.json_schema import SCHEMA_FILE, SCHEMA_ID
from napari_aiod_registry.manifest.patterns import any_case, whole

SCHEMA = ModelManifest.model_json_schema()


def test_the_schema_has_a_name_that_stays() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == SCHEMA_ID == "urn:napari-aiod-registry:manifest"
    assert SCHEMA["title"] == "ModelManifest"


def test_an_editor_is_offered_the_words_that_there_are() -> None:
    param = SCHEMA["$defs"]["ModelParam"]["properties"]

    assert param["dtype"]["anyOf"][0]["enum"] == [
        *("int", "float", "bool", "str", "list", "tuple")
    ]
    assert param["param_type"]["anyOf"][0]["const"] == "channel"
    assert param["channel_start"]["enum"] == [-1, 0]


def test_the_older_shape_is_marked_as_old() -> None:
    task = SCHEMA["$defs"]["VersionTask"]["properties"]

    old = {key for key, field in task.items() if field.get("deprecated")}
    assert old == {"location", "config_path", "location_type"}
    data = changed((TASK, {"location": ["/a", "/b"], "config_path": "/c"}))
    assert Draft202012Validator(SCHEMA).is_valid(data)


def test_what_editors_need_is_read_in_both_kinds_of_file(tmp_path: Path) -> None:
    as_json = write(tmp_path, {"$schema": f"../{SCHEMA_FILE}", **GOOD}, "m.json")
    modeline = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"
    as_yaml = write(tmp_path, modeline + json.dumps(GOOD), "m.yaml")

    assert read_manifest(as_json).schema_ == "../manifest.schema.json"
    assert check_manifest(as_json).problems == ()
    assert read_manifest(as_yaml).schema_ is None
    assert check_manifest(as_yaml).problems == ()


def test_the_schema_of_what_a_dump_looks_like_is_pydantics() -> None:
    assert "$id" not in ModelManifest.model_json_schema(mode="serialization")


@pytest.mark.parametrize(
    ("word", "pattern"), [("er", "[eE][rR]"), ("a.b", "[aA][.][bB]"), ("µ", "[µΜ]")]
)
def test_a_word_is_matched_in_any_case(word: str, pattern: str) -> None:
    assert any_case(word) == pattern


def test_a_pattern_matches_the_whole_text() -> None:
    import re

    assert re.search(whole("a|b"), "b")
    assert not re.search(whole("a|b"), "b\n")
    assert not re.search(whole("a|b"), "ab")
