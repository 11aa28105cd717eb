"""The commands that write manifests: options, questions, sentences, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from manifests_for_tests import GOOD, write
from typer.testing import CliRunner

from napari_aiod_registry import read_manifest
from napari_aiod_registry.cli import WRONG, app, writing

NEEDED = {
    "--name": "My Net",
    "--description": "Finds it.",
    "--version": "v1",
    "--task": "mito",
    "--location": "/w.pt",
}
SUM = ["--sha256", "1"]
SCRIPT = Path(sys.executable).with_name("aiod-registry")


def run(*arguments: object, answers: str | None = None) -> Result:
    words = [str(argument) for argument in arguments]
    return CliRunner().invoke(app, words, input=answers)


def new(path: Path, *more: object, **changes: str) -> Result:
    """Run ``new`` with all that is needed."""
    options = NEEDED | {f"--{key}": text for key, text in changes.items()}
    return run(
        "new", *(word for pair in options.items() for word in pair), "-o", path, *more
    )


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand for somebody who types."""
    monkeypatch.setattr(writing, "is_terminal", lambda: True)


# new


def test_options_are_enough_for_a_script(tmp_path: Path) -> None:
    path = tmp_path / "m.json"

    result = new(
        path,
        *("--license", "MIT", "--axes", "YX", "--tag", "2D", "--task", "er"),
        *("--config-path", "/c.yaml", "--sha256", "a" * 64),
        *("--param", "name=Size,value=3,tooltip=How large"),
        *("--author", "name=Ada,affiliation=Institute"),
        *("--pub", "title=T,info=I,doi=10.1/x"),
    )

    assert (result.exit_code, result.stdout) == (0, f"{path} is written.\n")
    assert result.stderr == ""
    manifest = read_manifest(path)
    task = manifest.versions["v1"].tasks["er"]
    assert (task.params or [])[0].value == 3
    assert task.locations[0].config_path == "/c.yaml"
    assert (manifest.metadata.pubs or [])[0].url == "https://doi.org/10.1/x"


def test_warnings_are_shown_beside(tmp_path: Path) -> None:
    result = new(tmp_path / "m.yaml", "--param", "name=Size,value=3")

    assert result.exit_code == 0
    assert "warning[no-license]" in result.stderr
    assert "warning[no-tooltip]" in result.stderr


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    result = run("new", "--name", "A", answers="x\n" * 20)

    assert (result.exit_code, result.stdout) == (2, "")
    told = "Missing: --description, --version, --task, --location.\n"
    assert result.stderr == told


@pytest.mark.parametrize(
    ("changes", "more", "words"),
    [
        ({"task": "mitos"}, [], "Did you mean 'mito'?"),
        ({"location": "s3://x"}, [], "Use https://"),
        ({}, ["--axes", "yx"], "Write 'YX'."),
        ({}, ["--param", "name=Size"], "value"),
        ({}, ["--param", "Size"], "has no '='"),
        ({}, ["--author", "name=Ada"], "affiliation"),
        ({}, ["--short-name", "a b"], "Use 'a_b'."),
    ],
)
def test_a_wrong_option_is_told_and_nothing_written(
    changes: dict[str, str], more: list[str], words: str, tmp_path: Path
) -> None:
    result = new(tmp_path / "m.json", *more, **changes)

    assert (result.exit_code, result.stdout) == (WRONG, "")
    assert words in result.stderr
    assert os.listdir(tmp_path) == []


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    path = write(tmp_path, "mine")

    refused, replaced = new(path), new(path, "--force")

    assert refused.exit_code == WRONG
    assert "replace it with --force" in refused.stderr
    assert replaced.exit_code == 0
    assert read_manifest(path).name == "My Net"


@pytest.mark.usefixtures("terminal")
def test_what_is_missing_is_asked_until_it_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answers = [
        "My Net",
        "my net",  # short name: not safe
        "",
        "Finds it.",
        "v1",
        "mitos",
        "mito",
        "mito",
        "er",
        "",
        "s3://x",
        "https://x.org/w.pt",
        "",
        "yx",
        "YX",
        "MIT",
        "",  # code
        "",  # home page
        "Size",
        "size",
        "null",
        "int",
        "How large.",
        "Size",
        "",
        "3",
        "Key given twice only if it is the name.",
        "",
    ]

    result = run("new", answers="\n".join(answers) + "\n")

    assert result.exit_code == 0, result.stderr
    # The runner shows there what is typed.
    assert result.stdout.endswith("my_net.json is written.\n")
    for words in (
        "Use 'my_net'.",
        "Tasks: mito (Mitochondria), er (",
        "Did you mean 'mito'?",
        "mito is given already.",
        "Use https://",
        "Write 'YX'.",
    ):
        assert words in result.stderr
    manifest = read_manifest(tmp_path / "my_net.json")
    assert list(manifest.versions["v1"].tasks) == ["mito", "er"]
    assert [(p.arg_name, p.value) for p in manifest.params or ()] == [
        ("size", None),
        ("Size", 3),
    ]


@pytest.mark.usefixtures("terminal")
def test_a_wrong_option_is_asked_again_at_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "m.json"

    result = run(
        *("new", "-o", path, "--name", "x" * 51, "--task", "mitos"),
        answers="A\n\nd\nv\nmito\n\n/w\n\n\n\n\n\n\n",
    )

    assert result.exit_code == 0, result.stderr
    assert read_manifest(path).name == "A"


@pytest.mark.usefixtures("terminal")
def test_a_checksum_without_a_location_is_not_lost(tmp_path: Path) -> None:
    result = run("new", "-o", tmp_path / "m.json", *SUM)

    assert result.exit_code == 2
    assert (
        result.stderr == "--sha256 belongs to a location. Give that with --location.\n"
    )


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    "options",
    [["-o", "a.json"], ["--name", "A"], ["--author", "Ada"], ["--pub", "title=T"]],
)
def test_nothing_is_asked_in_vain(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, GOOD, "a.json")

    result = run("new", *options, answers="\n" * 20)

    assert result.exit_code == WRONG
    assert "What the model does" not in result.stderr


# add-version, add-location


@pytest.mark.parametrize("name", ["m.json", "m.yaml"])
def test_a_version_and_a_location_are_added(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, name)

    version = run(
        *("add-version", path, "v2", "--task", "er", "--axes", "ZYX"),
        *("--location", "/a", "--location", "/b"),
        *("--config-path", "/ca", "--config-path", "/cb"),
        *("--description", "New.", "--license", "MIT", "--slug", "two"),
    )
    location = run("add-location", path, "two", "er", "/first", "--first")

    assert (version.exit_code, location.exit_code) == (0, 0)
    assert version.stdout == f"{path} has the version 'v2' now.\n"
    assert location.stdout == f"{path} has the location now.\n"
    entries = read_manifest(path).versions["v2"].tasks["er"].locations
    assert [(entry.location, entry.config_path) for entry in entries] == [
        ("/first", None),
        ("/a", "/ca"),
        ("/b", "/cb"),
    ]


def test_a_version_can_be_a_copy(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)

    result = run("add-version", path, "v2", "--copy-from", "v1", "--location", "/n")

    assert result.exit_code == 0
    assert read_manifest(path).versions["v2"].axes == "YX"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["add-version", "v2", "--task", "er"], 2, "--location"),
        (["add-version", "v2", "--location", "/a"], 2, "--copy-from"),
        (
            ["add-version", "v2", "--task", "er", "--location", "/a"] + 2 * SUM,
            2,
            "--sha256 is given 2 times, for 1 location.",
        ),
        (["add-location", "v1", "er", "/a"], WRONG, "v1 has no task 'er'."),
        (["add-location", "v1", "mito", "s3:x"], WRONG, "Use https://"),
        (["add-location", "v1", "mito", "/a", "--sha256", ""], WRONG, "64 digits"),
    ],
)
def test_what_is_refused_leaves_the_file_as_it_was(
    arguments: list[str], code: int, words: str, tmp_path: Path
) -> None:
    path = write(tmp_path, GOOD)
    before = path.read_bytes()

    result = run(arguments[0], path, *arguments[1:])

    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert path.read_bytes() == before


def test_lines_and_columns_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)

    result = run("add-location", path, "v1", "mito", "s3:x")

    reason, first, _ = result.stderr.splitlines()
    assert reason == f"{path} was not changed. With this it would be wrong:"
    assert first.startswith(f"{path}:17:20: error[unsupported-scheme] versions.v1.")


# A fresh process


def test_the_commands_work_in_a_fresh_process(tmp_path: Path) -> None:
    words = [word for pair in NEEDED.items() for word in pair]
    for arguments in (
        ["new", *words, "-o", "m.yaml"],
        ["add-version", "m.yaml", "v2", "--copy-from", "v1", "--location", "/x"],
        ["add-location", "m.yaml", "v2", "mito", "/y"],
    ):
        done = subprocess.run(
            [SCRIPT, *arguments],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    manifest = read_manifest(tmp_path / "m.yaml")
    assert len(manifest.versions["v2"].tasks["mito"].locations) == 2


def typed(keys: bytes, *arguments: str, folder: Path) -> tuple[int, bytes]:
    """Run ``new`` at a real terminal; return its exit code and what it asks."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [SCRIPT, "new", *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        os.write(ours, keys)
        _, told = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    return process.returncode, told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pty")
def test_questions_are_asked_at_a_real_terminal(tmp_path: Path) -> None:
    words = [word for pair in NEEDED.items() for word in pair if pair[0] != "--name"]

    code, told = typed(b"Typed\n\n\n\n\n\n\n", *words, "-o", "m.json", folder=tmp_path)

    assert code == 0, told.decode()
    assert b"Name of the family:" in told
    assert read_manifest(tmp_path / "m.json").name == "Typed"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pty")
def test_who_stops_answering_leaves_no_file(tmp_path: Path) -> None:
    code, told = typed(b"A\n\x04", folder=tmp_path)

    assert code == WRONG
    assert b"Traceback" not in told
    assert os.listdir(tmp_path) == []
