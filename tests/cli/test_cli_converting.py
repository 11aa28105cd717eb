"""The commands that turn, compare and write out manifests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from manifests_for_tests import GOOD, TASK, changed, write
from typer.testing import CliRunner

from napari_aiod_registry.cli import WRONG, app
from napari_aiod_registry.cli.converting import CHANGED, NOT_COMPARED
from napari_aiod_registry.registry.sources import bundled_folder

STARDIST = bundled_folder() / "stardist.json"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def run_fresh(
    *arguments: object, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a process of its own."""
    script = Path(sys.executable).with_name("aiod-registry")
    return subprocess.run(
        [script, *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )


# convert


def test_a_manifest_is_not_converted_onto_itself(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    before = file.read_bytes()

    result = run("convert", file, "-o", file)

    assert result.exit_code == 2
    assert "is the manifest itself. Choose another name" in result.stderr
    assert file.read_bytes() == before


def test_json_becomes_yaml_and_json_again(tmp_path: Path) -> None:
    file = tmp_path / "m.yml"

    done = run_fresh("convert", STARDIST, "-o", file)
    back = run_fresh("convert", file, "--to", "json")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert yaml.safe_load(file.read_text("utf-8"))["name"] == "StarDist"
    assert (back.returncode, back.stderr) == (0, "")
    assert back.stdout == STARDIST.read_text("utf-8")


def test_what_is_left_out_goes_to_standard_error(tmp_path: Path) -> None:
    result = run("convert", STARDIST, "--aiod-0.1")

    assert result.exit_code == 0
    assert "license" not in json.loads(result.stdout)["metadata"]
    assert "metadata.license: Left out; AIoD 0.1 has no such key." in (
        result.stderr.splitlines()
    )


@pytest.mark.parametrize("options", [[], ["--aiod-0.1"]])
def test_the_shape_of_2025_is_written(tmp_path: Path, options: list[str]) -> None:
    file = tmp_path / "old.yaml"

    result = run("convert", write(tmp_path, GOOD), "--to", "2025", "-o", file, *options)

    assert (result.exit_code, result.stdout) == (0, "")
    assert "the shape of 2025 has no such key" in result.stderr
    task = yaml.safe_load(file.read_text())["versions"]["v1"]["tasks"]["mito"]
    assert task == {"location": "https://example.org/w.pt"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "Say what to write"),
        (["--to", "json", "-o", "m.yaml"], "m.yaml must end in .json"),
        (["--to", "yaml", "-o", "m.json"], "m.json must end in .yaml or .yml"),
        (["-o", "m.txt"], "m.txt must end in .json or .yaml or .yml"),
        (["--to", "toml"], "toml"),
    ],
)
def test_a_command_that_contradicts_itself_is_not_understood(
    tmp_path: Path, options: list[str], words: str
) -> None:
    result = run("convert", write(tmp_path, GOOD), *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_a_file_with_errors_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, changed(((*TASK, "param_overrides"), {"no": 1})))
    other = tmp_path / "other.yaml"

    result = run("convert", path, "-o", other)

    assert (result.exit_code, result.stdout) == (WRONG, "")
    assert f"{path}:" in result.stderr
    assert "unknown-override" in result.stderr
    assert not other.exists()


@pytest.mark.parametrize("target", ["no/m.json", "folder.json"])
def test_a_target_that_can_not_be_written_is_told(tmp_path: Path, target: str) -> None:
    (tmp_path / "folder.json").mkdir()

    result = run_fresh("convert", STARDIST, "-o", tmp_path / target)

    assert result.returncode == WRONG
    assert "Traceback" not in result.stderr
    assert str(tmp_path) in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]


# diff


def test_what_changed_is_told_as_diff_does(tmp_path: Path) -> None:
    old = write(tmp_path, GOOD, "old.json")
    new = write(tmp_path, changed((("params", 0, "value"), 4)), "new.json")
    bad = write(tmp_path, "{", "bad.json")

    same = run_fresh("diff", old, old)
    other = run_fresh("diff", old, new)
    wrong = run_fresh("diff", old, bad)

    assert (same.returncode, same.stdout, same.stderr) == (0, "Nothing changed.\n", "")
    assert (other.returncode, other.stdout, other.stderr) == (
        CHANGED,
        "good · v1 · mito: Size: default 3 → 4\n",
        "",
    )
    assert (wrong.returncode, wrong.stdout) == (NOT_COMPARED, "")
    assert wrong.stderr.startswith(f"{bad}:1:2: error[json-syntax]")


def test_programs_get_the_values(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    old = write(tmp_path, GOOD, "old.json")
    write(folder, changed((("params", 0, "value"), 4)), "good.json")
    write(folder, "{", "bad.json")

    result = run("diff", old, folder, "--json")

    assert result.exit_code == NOT_COMPARED
    found = json.loads(result.stdout)
    assert found["changes"] == [
        {
            "what": "params.size.default",
            "message": "Size: default 3 → 4",
            "old": 3,
            "new": 4,
            "model": "good",
            "version": "v1",
            "task": "mito",
        }
    ]
    assert [problem["code"] for problem in found["problems"]] == ["json-syntax"]
    assert result.stderr == ""


def test_a_terminal_without_arrows_gets_their_code(tmp_path: Path) -> None:
    old = write(tmp_path, GOOD, "old.json")
    new = write(tmp_path, changed((("params", 0, "value"), 4)), "new.json")

    done = run_fresh("diff", old, new, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")

    assert done.returncode == CHANGED
    assert "default 3 \\u2192 4" in done.stdout


# gen-configs


def test_configs_are_written_checked_and_pruned(tmp_path: Path) -> None:
    folder, manifests = tmp_path / "configs", tmp_path / "manifests"
    manifests.mkdir()
    write(manifests, GOOD)
    options = ("gen-configs", "--from", manifests, "-o", folder)
    name = folder / "good+v1+mito.yaml"

    before = run_fresh(*options, "--check")
    assert (before.returncode, folder.exists()) == (WRONG, False)
    assert f"{name} is missing." in before.stdout

    written = run_fresh(*options)
    assert (written.returncode, written.stderr) == (0, "")
    assert written.stdout.splitlines()[0] == f"{name}: written"
    assert run(*options, "--check").stdout == "1 config, all up to date.\n"

    version = {"axes": "YX", "tasks": GOOD["versions"]["v1"]["tasks"]}
    write(manifests, changed((("versions",), {"v2": version})))
    checked = run(*options, "--check")
    assert checked.exit_code == WRONG
    assert f"{name} is superfluous" in checked.stdout
    kept = run(*options)
    assert (kept.exit_code, name.exists()) == (0, True)
    assert "--prune deletes it." in kept.stderr
    pruned = run(*options, "--prune")
    assert pruned.exit_code == 0
    assert f"{name}: deleted" in pruned.stdout
    assert [path.name for path in folder.iterdir()] == ["good+v2+mito.yaml"]
    assert run(*options, "--check").exit_code == 0


def test_a_manifest_with_errors_deletes_no_config(tmp_path: Path) -> None:
    folder, manifests = tmp_path / "configs", tmp_path / "manifests"
    manifests.mkdir()
    write(manifests, GOOD, "good.json")
    write(manifests, changed((("short_name",), "other")), "other.json")
    options = ("gen-configs", "--from", manifests, "-o", folder, "--prune")
    assert run(*options).exit_code == 0

    write(manifests, "{", "other.json")
    result = run(*options)

    assert result.exit_code == WRONG
    assert "other.json" in result.stderr
    assert len(list(folder.iterdir())) == 2


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "good+v1+mito.yaml"
    mine.write_text("size: 7\n", "utf-8")
    path = write(tmp_path, GOOD)

    result = run("gen-configs", "--from", path, "-o", tmp_path)

    assert result.exit_code == WRONG
    assert f"{mine} is a file of somebody else" in result.stderr
    assert mine.read_text("utf-8") == "size: 7\n"


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--from", STARDIST, "--check", "--prune"], 2, "--check deletes nothing"),
        (["--from", "no.json"], WRONG, "no.json does not exist"),
        (["--from", STARDIST, "-o", STARDIST], WRONG, "can't be read"),
    ],
)
def test_what_can_not_be_done_is_told(
    tmp_path: Path, options: list[str], code: int, words: str
) -> None:
    result = run("gen-configs", "-o", tmp_path / "c", *options)

    assert result.exit_code == code
    assert words in result.stderr
    assert list(tmp_path.iterdir()) == []
