"""Tests that run side by side do not share a display, and none is left running."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import display
import pytest

HERE = Path(__file__).parent

# Each worker writes down the session of its display's processes, its display and its
# settings, and waits for the other.
PROBE = """
import os, time
from pathlib import Path
import display, pytest

@pytest.mark.parametrize("number", range(2))
def test_it(number):
    worker = os.environ["PYTEST_XDIST_WORKER"]
    names = ("DISPLAY", "NAPARI_CONFIG", "QT_QPA_PLATFORM")
    about = [str(display._display.pid), *(os.environ[name] for name in names)]
    new = Path(worker + ".new")
    new.write_text("\\n".join(about))
    new.rename(worker)
    end = time.monotonic() + 60
    while len(list(Path().glob("gw?"))) < 2 or Path("wait").exists():
        assert time.monotonic() < end
        time.sleep(0.01)
"""

needs_xvfb = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("Xvfb") is None, reason="needs Xvfb"
)


@pytest.fixture
def side_by_side(tmp_path: Path) -> list[str]:
    """Return the command that runs the two tests in two workers."""
    shutil.copy(HERE / "conftest.py", tmp_path)
    (tmp_path / "test_probe.py").write_text(PROBE)
    return [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-n", "2"]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what somebody has who runs the tests at a desk: a display of their own."""
    for name in ("QT_QPA_PLATFORM", "PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":999")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(HERE))


def told(folder: Path) -> list[list[str]]:
    """Return what the workers have written down."""
    return [file.read_text().splitlines() for file in folder.glob("gw?")]


def running(session: int) -> list[str]:
    """Return the commands that run in a session."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            if os.getsid(int(process.name)) == session:
                found.append((process / "cmdline").read_text().replace("\0", " "))
    return [command for command in found if command]  # those that ended have none


def check_ended(folder: Path) -> None:
    """Fail if a display is still there after a while."""
    sessions = [int(session) for session, *_ in told(folder)]
    assert len(sessions) == 2
    end = time.monotonic() + 20
    while left := [command for session in sessions for command in running(session)]:
        assert time.monotonic() < end, f"left running: {left}"
        time.sleep(0.02)


@needs_xvfb
def test_each_worker_has_a_display_and_settings_of_its_own(
    side_by_side: list[str], environment: None, tmp_path: Path
) -> None:
    done = subprocess.run(
        side_by_side, cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert "2 passed" in done.stdout, done.stdout + done.stderr
    one, other = told(tmp_path)
    assert one.pop() == other.pop() == "xcb"
    assert all(a != b for a, b in zip(one, other, strict=True))
    assert ":999" not in one + other
    assert not any(Path(settings).parent.exists() for *_, settings in (one, other))
    check_ended(tmp_path)


@needs_xvfb
@pytest.mark.parametrize("how", ["SIGINT", "SIGKILL"])
def test_no_display_is_left_running_however_the_tests_end(
    how: str, side_by_side: list[str], environment: None, tmp_path: Path
) -> None:
    (tmp_path / "wait").touch()
    with subprocess.Popen(
        side_by_side, cwd=tmp_path, stdout=subprocess.DEVNULL, start_new_session=True
    ) as tests:
        while len(told(tmp_path)) < 2:
            assert tests.poll() is None
            time.sleep(0.02)
        assert all(running(int(session)) for session, *_ in told(tmp_path))
        os.killpg(tests.pid, signal.Signals[how])

    check_ended(tmp_path)


@pytest.mark.parametrize(
    ("environment", "xvfb", "system", "expected"),
    [
        ({}, "/usr/bin/Xvfb", "linux", True),
        ({}, None, "linux", True),  # off screen
        ({"DISPLAY": ":0"}, "/usr/bin/Xvfb", "linux", True),
        ({"DISPLAY": ":0"}, None, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, None, "linux", False),
        ({"QT_QPA_PLATFORM": "wayland"}, "/usr/bin/Xvfb", "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen"}, None, "win32", True),
        ({}, None, "win32", False),
        ({}, "/opt/X11/bin/Xvfb", "darwin", False),
    ],
)
def test_tests_run_side_by_side_only_where_none_sees_the_other(
    environment: dict[str, str],
    xvfb: str | None,
    system: str,
    expected: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(display.shutil, "which", lambda _: xvfb)
    monkeypatch.setattr(display.sys, "platform", system)

    assert display.can_be_had_by_each() is expected
