"""A display for tests and benchmarks, and settings of their own.

The settings come before anything imports napari, which looks at them only once. Where
pytest-xdist divides the tests among workers, each has settings and a display of its
own: on one display, two would take the focus and the clipboard from each other.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

SCREEN = ["-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
# Those of Qt's platforms that draw into memory.
UNSEEN = {"offscreen", "minimal"}
# Runs a command until whoever started it has let go of it, or is gone.
UNTIL_LET_GO = '"$@" & exec >&-; read -r _; kill $!; wait $!'


def is_there() -> bool:
    """Whether whoever runs the tests has a display."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def can_be_had_by_each() -> bool:
    """Whether each of several workers can have a display of its own."""
    if platform := os.environ.get("QT_QPA_PLATFORM"):
        return platform in UNSEEN
    if sys.platform != "linux":
        return False
    return not is_there() or shutil.which("Xvfb") is not None


def start_display(*, of_its_own: bool) -> subprocess.Popen[str] | None:
    """Start a virtual X display where one is needed, and point Qt at it.

    Without Xvfb, Qt draws off screen: enough for forms, not for a napari viewer.
    """
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return None
    xvfb = shutil.which("Xvfb")
    if is_there() and not (of_its_own and xvfb):
        return None
    if xvfb is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return None
    server = subprocess.Popen(
        ["sh", "-c", UNTIL_LET_GO, "sh", xvfb, "-displayfd", "1", *SCREEN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests, and they end the display
    )
    assert server.stdout is not None
    number = server.stdout.readline().strip()
    if not number:
        stop_display(server)
        pytest.exit(f"{xvfb} ended before it had a display", returncode=3)
    os.environ["DISPLAY"] = f":{number}"
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    return server


def stop_display(server: subprocess.Popen[str]) -> None:
    """Let go of the display, and wait for its end."""
    server.communicate()


def has_display() -> bool:
    """Whether a real viewer can be shown."""
    return os.environ.get("QT_QPA_PLATFORM") not in UNSEEN


_settings = tempfile.TemporaryDirectory(
    prefix="aiod-tests-", ignore_cleanup_errors=True
)
os.environ["NAPARI_CONFIG"] = str(Path(_settings.name, "settings.yaml"))
os.environ["NAPARI_ASYNC"] = "0"
os.environ.pop("AIOD_REGISTRY_PATH", None)
os.environ.setdefault("QT_API", "pyqt6")
os.environ.setdefault("PYTEST_QT_API", os.environ["QT_API"])
_display: subprocess.Popen[str] | None = None


def set_up(config: pytest.Config) -> None:
    """Start the display, unless this process only divides the tests."""
    global _display
    is_worker = hasattr(config, "workerinput")
    divides = not is_worker and config.getoption("dist", "no") != "no"
    if _display is None and not divides:
        _display = start_display(of_its_own=is_worker)


def put_away() -> None:
    """End what this module started."""
    global _display
    if _display is not None:
        stop_display(_display)
        _display = None
    _settings.cleanup()
