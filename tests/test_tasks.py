"""A new task is one line in `tasks.py`: all that asks for tasks follows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from manifests_for_tests import OTHER_TASK, changed, problems, write
from typer.testing import CliRunner

from napari_aiod_registry import TASK_NAMES, ModelManifest, Registry, read_manifest
from napari_aiod_registry.cli import WRONG, app

WITH_GOLGI = changed((("versions", "v1", "tasks", "Golgi"), OTHER_TASK))


@pytest.fixture
def golgi(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a task, as a line in tasks.py would."""
    monkeypatch.setitem(TASK_NAMES, "golgi", "Golgi Apparatus")


def listed_by_the_command(path: Path) -> tuple[int, Any]:
    arguments = ["list", "--task", "golgi", "--from", str(path), "--json"]
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, json.loads(result.stdout or "null")


def test_without_the_line_there_is_no_such_task(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, WITH_GOLGI)

    assert problem.code == "unknown-task"
    schema = ModelManifest.model_json_schema()
    assert not Draft202012Validator(schema).is_valid(WITH_GOLGI)
    assert listed_by_the_command(tmp_path)[0] == WRONG


@pytest.mark.usefixtures("golgi")
def test_validation_reads_it_and_hints_name_it(tmp_path: Path) -> None:
    path = write(tmp_path, WITH_GOLGI)
    wrong = changed((("versions", "v1", "tasks", "golgy"), OTHER_TASK))

    assert "golgi" in read_manifest(path).versions["v1"].tasks
    (problem,) = problems(tmp_path, wrong, "wrong.json")
    assert (problem.hint or "").startswith("Did you mean 'golgi'?")


@pytest.mark.usefixtures("golgi")
def test_the_json_schema_knows_it() -> None:
    schema = ModelManifest.model_json_schema()

    assert Draft202012Validator(schema).is_valid(WITH_GOLGI)
    version = schema["$defs"]["ModelVersion"]["properties"]
    assert "golgi" in version["tasks"]["propertyNames"]["anyOf"][0]["enum"]


@pytest.mark.usefixtures("golgi")
def test_the_registry_and_the_command_line_list_it(tmp_path: Path) -> None:
    path = write(tmp_path, WITH_GOLGI)

    code, rows = listed_by_the_command(path)

    assert Registry.from_paths([path]).tasks()["golgi"] == "Golgi Apparatus"
    assert code == 0
    assert [(row["task"], row["model"]) for row in rows] == [("golgi", "good")]
