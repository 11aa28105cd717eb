"""A display for tests and benchmarks, and settings of their own.

This comes before anything imports Qt or napari, which look at it only once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest


def start_display() -> subprocess.Popen[str] | None:
    """Start a virtual X display where there is none, and point Qt at it.

    Without Xvfb, Qt draws off screen: enough for forms, not for a napari viewer.
    """
    chosen = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    if sys.platform != "linux" or any(os.environ.get(name) for name in chosen):
        return None
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return None
    screen = ["-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        [xvfb, "-displayfd", "1", *screen],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    number = server.stdout.readline().strip()
    if not number:
        server.wait()
        pytest.exit(f"{xvfb} ended before it had a display", returncode=3)
    os.environ["DISPLAY"] = f":{number}"
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    return server


def stop_display(server: subprocess.Popen[str]) -> None:
    """End the display, and wait for it."""
    server.terminate()
    server.communicate()


def has_display() -> bool:
    """Whether a real viewer can be shown."""
    return os.environ.get("QT_QPA_PLATFORM") not in {"offscreen", "minimal"}


_settings = tempfile.TemporaryDirectory(
    prefix="aiod-tests-", ignore_cleanup_errors=True
)
os.environ["NAPARI_CONFIG"] = str(Path(_settings.name, "settings.yaml"))
os.environ["NAPARI_ASYNC"] = "0"
os.environ.pop("AIOD_REGISTRY_PATH", None)
os.environ.setdefault("QT_API", "pyqt6")
os.environ.setdefault("PYTEST_QT_API", os.environ["QT_API"])
_display = start_display()


def put_away() -> None:
    """End what was started when this module was imported."""
    if _display is not None:
        stop_display(_display)
    _settings.cleanup()
