"""The command line: what it writes, where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from manifests_for_tests import GOOD, changed, write
from typer.testing import CliRunner

from napari_aiod_registry import Registry
from napari_aiod_registry.cli import NOT_HERE, WRONG, app


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


# validate


def test_a_good_manifest_is_good(tmp_path: Path) -> None:
    result = run("validate", write(tmp_path, GOOD))

    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "1 file: no errors, no warnings."
    assert "error[" not in result.stdout
    assert "warning[" not in result.stdout


def test_every_problem_is_told_as_compilers_do(tmp_path: Path) -> None:
    data = changed((("params", 0, "vaule"), 1), (("versions", "v1", "axes"), "yx"))
    path = write(tmp_path, data)

    result = run("validate", path)

    assert result.exit_code == WRONG
    lines = result.stdout.splitlines()
    assert (
        f"{path}:9:12: error[bad-axes] versions.v1.axes: 'yx' is lower case." in lines
    )
    assert "    Write 'YX'." in lines
    assert "    Did you mean 'value'?" in lines
    assert lines[-1] == "1 file: 2 errors, no warnings."


def test_warnings_are_errors_only_if_asked(tmp_path: Path) -> None:
    path = write(tmp_path, changed((("params", 0, "tooltip"), "")))

    assert run("validate", path).exit_code == 0
    assert run("validate", path, "--strict").exit_code == WRONG


def test_a_folder_is_checked_whole_and_files_are_compared(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.json")
    write(tmp_path, "{", "b.json")
    write(tmp_path, GOOD, "c.json")

    result = run("validate", tmp_path, "--format", "json")

    found = json.loads(result.stdout)
    codes = {
        Path(file["path"]).name: [problem["code"] for problem in file["problems"]]
        for file in found["files"]
    }
    assert codes == {
        "a.json": [],
        "b.json": ["json-syntax"],
        "c.json": ["duplicate-short-name"],
    }
    assert (found["errors"], found["warnings"]) == (2, 0)


def test_problems_become_annotations_of_a_pull_request(tmp_path: Path) -> None:
    path = write(tmp_path, "{'a': 1}")

    result = run("validate", path, "--format", "github")

    first = result.stdout.splitlines()[0]
    assert first.startswith(f"::error file={path},line=1,col=2,title=json-syntax::")


@pytest.mark.parametrize("name", ["missing.json", "missing"])
def test_what_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    result = run("validate", tmp_path / name)

    assert result.exit_code == WRONG
    assert "does not exist" in result.stdout


def test_a_folder_without_manifests_is_told(tmp_path: Path) -> None:
    result = run("validate", tmp_path)

    assert result.exit_code == WRONG
    assert "no manifest" in result.stdout


def test_one_file_is_told_how_complete_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)

    lines = run("validate", path).stdout.splitlines()

    assert lines[0] == (
        f"{path}: completeness 40 %: 4 of 10 are there; missing: "
        "authors, publication, home page, tags, usage guide, checksum."
    )
    assert lines[-2] == (
        f"{path}:13:7: missing[no-checksum] "
        "versions.v1.tasks.mito.locations[0].sha256: "
        "There is no checksum (sha256) of the weights."
    )
    assert run("validate", path, "--no-completeness").stdout.splitlines() == [
        lines[0],
        lines[-1],
    ]


def test_of_several_files_only_the_scores_are_told_unless_asked(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.json")
    write(tmp_path, changed((("name",), "Other")), "b.json")

    short = run("validate", tmp_path).stdout
    long = run("validate", tmp_path, "--completeness").stdout

    assert len(short.splitlines()) == 3
    assert short.count("completeness 40 %") == 2
    assert long.count("missing[no-checksum]") == 2


def test_what_a_warning_has_told_is_not_told_again(tmp_path: Path) -> None:
    path = write(tmp_path, changed((("params", 0, "tooltip"), "")))

    assert run("validate", path).stdout.count("[no-tooltip]") == 1


@pytest.mark.parametrize("form", ["text", "github"])
def test_a_summary_has_numbers_only(form: str, tmp_path: Path) -> None:
    good = write(tmp_path, changed((("params", 0, "tooltip"), "")), "good.json")
    write(tmp_path, "{", "bad.json")

    result = run("validate", tmp_path, "--summary", "--completeness", "--format", form)

    assert result.exit_code == WRONG
    score = (
        f"{good}: completeness 30 %: 3 of 10 are there; missing: authors, publication, "
        "home page, tags, usage guide, tooltip, checksum."
    )
    assert result.stdout.splitlines() == [score, "2 files: 1 error, 1 warning."]


def test_a_score_for_programs(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.json")
    write(tmp_path, "{", "b.json")

    whole = json.loads(run("validate", tmp_path, "--format", "json").stdout)
    short = json.loads(
        run("validate", tmp_path, "--format", "json", "--summary").stdout
    )

    score = whole["files"][0]["completeness"]
    missing = score.pop("missing")
    assert score == {"score": 40, "answered": 4, "asked": 10}
    assert missing[-1] == {
        "code": "no-checksum",
        "loc": "versions.v1.tasks.mito.locations[0].sha256",
        "message": "There is no checksum (sha256) of the weights.",
        "line": 13,
        "column": 7,
    }
    assert whole["files"][1]["completeness"] is None
    assert short["files"][0].keys() == {"path", "completeness"}
    assert short["files"][0]["completeness"] == score


def test_what_is_missing_can_be_shown_beside_a_pull_request(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)

    silent = run("validate", path, "--format", "github").stdout
    told = run("validate", path, "--format", "github", "--completeness").stdout

    assert "::notice" not in silent
    assert f"::notice file={path},line=13,col=7,title=no-checksum::versions.v1" in told


# list, show, resolve


def test_models_are_listed_as_a_table_and_as_json() -> None:
    table = run("list", "--task", "nuclei")
    rows = json.loads(run("list", "--task", "nuclei", "--json").stdout)

    assert table.exit_code == 0
    assert "2D_versatile_fluo" in table.stdout
    assert {row["model"] for row in rows} == set(Registry.bundled().models("nuclei"))
    assert rows[0].keys() == {"task", "model", "name", "version", "tags"}


def test_models_are_found_by_tag() -> None:
    rows = json.loads(run("list", "--tag", "3d", "--json").stdout)

    assert rows
    assert all("3D" in row["tags"] for row in rows)
    assert run("list", "--tag", "no such tag").exit_code == WRONG


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list", "--task", "nucleii"], "Did you mean 'nuclei'?"),
        (["show", "stardst"], "Did you mean 'stardist'?"),
        (["show", "stardist", "3D_dmo"], "Did you mean '3D_demo'?"),
        (["resolve", "nuclei", "stardist", "3D_dmo"], "Did you mean '3D_demo'?"),
        (["config", "nuclei", "stardist", "3D_dmo"], "Did you mean '3D_demo'?"),
    ],
)
def test_a_slip_is_answered_by_what_was_meant(arguments: list[str], words: str) -> None:
    result = run(*arguments)

    assert result.exit_code == WRONG
    assert words in result.stderr
    assert result.stdout == ""


def test_a_family_or_one_version_is_shown() -> None:
    whole = json.loads(run("show", "stardist", "--json").stdout)
    one = yaml.safe_load(run("show", "stardist", "3d_demo").stdout)

    assert len(whole["versions"]) == 5
    assert list(one["versions"]) == ["3D_demo"]


def test_the_location_is_all_that_goes_to_standard_output(tmp_path: Path) -> None:
    result = run("resolve", "nuclei", "stardist", "3D_demo")

    assert result.exit_code == 0
    assert (
        result.stdout
        == (Registry.bundled().resolve("nuclei", "stardist", "3D_demo").location or "")
        + "\n"
    )
    assert "On the web: fetched when the model runs." in result.stderr


def test_weights_that_are_not_here_have_an_exit_code_of_their_own(
    tmp_path: Path,
) -> None:
    place = (("versions", "v1", "tasks", "mito", "locations", 0, "location"), "/no/x")
    path = write(tmp_path, changed(place))

    result = run("resolve", "mito", "good", "v1", "--from", path, "--json")

    assert result.exit_code == NOT_HERE
    found = json.loads(result.stdout)
    assert found["location"] is None
    assert found["checks"][0]["status"] == "missing"


def test_it_is_told_whom_to_ask_and_what_became_of_the_config(tmp_path: Path) -> None:
    entry = {"location": "/no/x.pt", "config_path": "$NOWHERE_AT_ALL/x.yaml"}
    author = {"name": "Ada", "affiliation": "X", "email": "ada@example.org"}
    path = write(
        tmp_path,
        changed(
            (("versions", "v1", "tasks", "mito", "locations", 0), entry),
            (("metadata", "authors"), [author]),
        ),
    )

    result = run("resolve", "mito", "good", "v1", "--from", path)

    assert result.stdout == ""
    lines = [line.strip() for line in result.stderr.splitlines()]
    assert lines == [
        "1. /no/x.pt",
        "/no is not mounted on this computer.",
        "Its config file: The variable NOWHERE_AT_ALL is not set on this computer.",
        "Ask Ada (ada@example.org) how to get the weights.",
    ]


# config, schema


def config(*settings: str) -> Result:
    options = [word for setting in settings for word in ("--set", setting)]
    return run("config", "nuclei", "stardist", "2D_demo", *options)


def test_the_default_config_is_written_with_its_head() -> None:
    result = config()

    model = Registry.bundled().resolve("nuclei", "stardist", "2D_demo").params_model
    assert result.stdout.startswith("# family: StarDist (stardist)\n# version: 2D_demo")
    assert yaml.safe_load(result.stdout) == model().model_dump(by_alias=True)


@pytest.mark.parametrize(
    ("setting", "key", "value"),
    [
        ("prob_thresh=0.5", "prob_thresh", 0.5),
        ("prob_thresh=1e-5", "prob_thresh", 1e-5),
        ("prob_thresh=null", "prob_thresh", None),
        ("normalize_img=false", "normalize_img", False),
        ("n_tiles=2, 2", "n_tiles", [2, 2]),
        ("n_tiles=[2, 2]", "n_tiles", [2, 2]),
    ],
)
def test_a_value_can_be_set(setting: str, key: str, value: Any) -> None:
    found = yaml.safe_load(config(setting).stdout)[key]

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("setting", "code", "words"),
    [
        ("prob_thresh=7", WRONG, "at most 1"),
        ("prob_thres=0.5", WRONG, "Did you mean 'prob_thresh'?"),
        ("prob_thresh=much", WRONG, "must be a number"),
        ("prob_thresh", 2, "name=value"),
    ],
)
def test_a_wrong_setting_is_told_and_nothing_written(
    setting: str, code: int, words: str
) -> None:
    result = config(setting)

    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr


def test_a_config_can_go_into_a_file(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"

    done = run("config", "nuclei", "stardist", "2D_demo", "-o", file)
    failed = run("config", "nuclei", "stardist", "2D_demo", "-o", tmp_path / "no" / "c")

    assert (done.exit_code, done.stdout) == (0, "")
    assert yaml.safe_load(file.read_text())["normalize_pmax"] == 99.8
    assert failed.exit_code == WRONG


def test_the_schema_is_json_and_knows_the_tasks() -> None:
    schema = json.loads(run("schema").stdout)

    assert schema["title"] == "ModelManifest"
    assert "mito" in json.dumps(schema)


def test_a_bad_file_among_good_ones_is_told_beside_the_answer(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "good.json")
    write(tmp_path, "{", "bad.json")

    result = run("list", "--from", tmp_path, "--json")

    assert result.exit_code == 0
    assert "bad.json" in result.stderr
    assert [row["model"] for row in json.loads(result.stdout)] == ["good"]


# A fresh process


def test_the_command_is_installed_and_starts_without_what_it_does_not_need() -> None:
    code = (
        "import sys\n"
        "from napari_aiod_registry.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "late = {'pydantic', 'yaml', 'qtpy', 'magicgui', 'napari'} & set(sys.modules)\n"
        "assert not late, late\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "validate" in done.stdout
    script = Path(sys.executable).with_name("aiod-registry")
    listed = subprocess.run(
        [script, "list", "--task", "mito"], capture_output=True, text=True, check=True
    )
    assert "MitoNet" in listed.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk")
def test_a_disk_without_room_for_the_output_is_told() -> None:
    script = Path(sys.executable).with_name("aiod-registry")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [script, "show", "stardist"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stderr) == (WRONG, "No space left on device.\n")


@pytest.mark.parametrize("value", ["high", "0,5x", "a b"])
def test_a_wrong_setting_is_told_for_what_it_is(value: str) -> None:
    result = run(
        "config", "nuclei", "stardist", "2D_demo", "--set", f"prob_thresh={value}"
    )

    assert result.exit_code == WRONG
    assert f'prob_thresh: This must be a number, not "{value}".' in result.stderr


def test_a_file_that_can_not_be_read_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    secret = write(tmp_path, GOOD, "secret.json")
    bad = write(tmp_path, "{", "bad.json")
    access, opened = os.access, os.open

    def no_access(path: Any, mode: int, **more: Any) -> bool:
        return str(path) != str(secret) and access(path, mode, **more)

    def not_opened(path: Any, *rest: Any, **more: Any) -> int:
        if str(path) == str(secret):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest, **more)

    monkeypatch.setattr(os, "access", no_access)
    monkeypatch.setattr(os, "open", not_opened)

    result = run("validate", bad, secret)

    assert result.exit_code == WRONG
    assert f"{bad}:1:2: error[" in result.stdout
    assert f"{secret}: Permission denied." in result.stdout


def test_the_schema_replaces_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    result = run("schema", "-o", tmp_path / "none" / "s.json")

    assert result.exit_code == WRONG
    assert result.stderr.startswith(f"The folder {tmp_path / 'none'} does not exist.")
