"""Nothing is opened that is not a regular file: a pipe would be waited for."""

from __future__ import annotations

import ast
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import napari_aiod_registry
from napari_aiod_registry import check_manifest
from napari_aiod_registry.config import ConfigError, read_config
from napari_aiod_registry.registry import default_configs, disks
from napari_aiod_registry.text import NotAFileError, read_beginning
from napari_aiod_registry.widgets.parts import is_manifest

PACKAGE = Path(napari_aiod_registry.__file__).parent

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def local_socket(path: Path) -> None:
    server = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path has to be short
    try:
        server.bind(path.name)
    finally:
        os.chdir(here)
    server.close()


def linked_pipe(path: Path) -> None:
    os.mkfifo(path.with_suffix(".pipe"))
    path.symlink_to(path.with_suffix(".pipe"))


def ends(call: Callable[[], Any]) -> Any:
    """Return what a call returns or raises, if it does so at all."""
    answers: list[Any] = []

    def answer() -> None:
        try:
            answers.append(call())
        except Exception as error:  # noqa: BLE001 - it is looked at
            answers.append(error)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    thread.join(20)
    assert answers, "it waits"
    return answers[0]


@pytest.mark.parametrize("make", [pipe, device, local_socket, linked_pipe])
def test_what_is_no_file_is_not_opened(
    make: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.json"
    make(path)
    opened: list[Any] = []
    really = os.open

    def watched(name: Any, *rest: Any, **more: Any) -> int:
        opened.append(name)
        return really(name, *rest, **more)

    monkeypatch.setattr(os, "open", watched)

    assert isinstance(ends(lambda: read_beginning(path, 10)), NotAFileError)
    assert ends(lambda: is_manifest(path)) is False
    assert ends(lambda: default_configs._text(path)) is None
    assert ends(lambda: disks._look(str(path)))[0] == "unreadable"
    error = ends(lambda: read_config(path))
    assert isinstance(error, ConfigError)
    assert "c.json is not a file." in str(error)
    reading = ends(lambda: check_manifest(path))
    assert [problem.code for problem in reading.problems] == ["not-a-file"]
    assert not opened


def test_a_file_that_becomes_a_pipe_in_between_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.json"
    path.write_text("{}")
    status = os.stat(path)
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(os, "stat", lambda *_, **__: status)

    assert isinstance(ends(lambda: read_beginning(path, 10)), NotAFileError)


def test_the_beginning_of_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_bytes(b"0123456789\r\n")

    assert read_beginning(path, 4) == b"0123"
    assert read_beginning(path, 400) == b"0123456789\r\n"
    with pytest.raises(IsADirectoryError):
        read_beginning(tmp_path, 10)
    with pytest.raises(FileNotFoundError):
        read_beginning(tmp_path / "nothing", 10)


MAY_OPEN = {
    "text/files.py": "looks first",
    "text/atomic.py": "makes a file of its own",
    "settings.py": "napari's own file, looked at first",
    "cli/shared.py": "the null device, when nobody reads any more",
}


def test_files_are_opened_in_one_place() -> None:
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            is_path = called.endswith((".read_text", ".read_bytes"))
            if called in ("open", "os.open", "io.open") or is_path:
                found.add(file.relative_to(PACKAGE).as_posix())

    assert found == set(MAY_OPEN)
