"""What every test needs: a display, settings of its own, the bundled registry."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from napari_aiod_registry import Registry


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


# All of this comes before anything imports Qt or napari, which look at it only once.
settings = tempfile.TemporaryDirectory(prefix="aiod-tests-", ignore_cleanup_errors=True)
os.environ["NAPARI_CONFIG"] = str(Path(settings.name, "settings.yaml"))
os.environ["NAPARI_ASYNC"] = "0"
os.environ.pop("AIOD_REGISTRY_PATH", None)
os.environ.setdefault("QT_API", "pyqt6")
os.environ.setdefault("PYTEST_QT_API", os.environ["QT_API"])
display = start_display()


def pytest_unconfigure() -> None:
    """Put away what was made above."""
    if display is not None:
        stop_display(display)
    settings.cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need a real viewer where nothing can show one."""
    if os.environ.get("QT_QPA_PLATFORM") not in {"offscreen", "minimal"}:
        return
    skip = pytest.mark.skip(
        reason="no display: install xvfb to run the real-viewer tests"
    )
    for item in items:
        if item.get_closest_marker("viewer"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def bundled() -> Registry:
    """Return the registry that comes with the package."""
    from napari_aiod_registry import Registry

    return Registry.bundled()
