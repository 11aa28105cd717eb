"""Two naparis that write the memory at once do not lose each other's entries."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import napari.settings
import pytest

TIMES = 25

WRITE = f"""
import sys, time
from pathlib import Path
import napari.settings
from napari_aiod_registry import Selection, settings
from napari_aiod_registry.widgets.memory import Remembered

name, others = sys.argv[1], sys.argv[2:]
assert settings.section("memory") is not None
remembered = Remembered()
Path(name).touch()
while not all(Path(other).exists() for other in others):
    time.sleep(0.001)
for number in range({TIMES}):
    remembered.favour(Selection("mito", name, str(number)), True)
    remembered.fold(f"{{name}}:{{number}}", True)
"""

READ = """
import napari.settings
from napari_aiod_registry.widgets.memory import Remembered
remembered = Remembered()
print(len(remembered.favourites), len(remembered.folds))
"""


@pytest.mark.skipif(
    not hasattr(napari.settings, "get_plugin_settings"),
    reason="this napari keeps no settings of plugins, so there is nothing to share",
)
def test_entries_of_both_are_kept(tmp_path: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    environment = {**os.environ, **home, "NAPARI_CONFIG": str(tmp_path / "s.yaml")}

    def start(script: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            env=environment,
            cwd=tmp_path,
            text=True,
            stdout=subprocess.PIPE,
        )

    both = [start(WRITE, "one", "two"), start(WRITE, "two", "one")]
    for one in both:
        one.communicate(timeout=120)
    assert [one.returncode for one in both] == [0, 0]
    reader = start(READ)
    told, _ = reader.communicate(timeout=120)

    assert told.split() == [str(2 * TIMES), str(2 * TIMES)]
