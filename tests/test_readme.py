"""What the README says is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from napari_aiod_registry import Registry

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Return the code blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_script_prints_where_the_weights_are_and_the_defaults(
    tmp_path: Path,
) -> None:
    script = blocks("python")[0]
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == blocks("text")[0].split()
    assert done.stderr == ""


def test_the_families_are_the_bundled_ones(bundled: Registry) -> None:
    listed = re.findall(r"^\| ([^|]+?) +\| `(\w+)`", README, re.MULTILINE)
    assert dict(listed) == {m.name: name for name, m in bundled.items()}


def test_what_runs_the_tests_is_what_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    (command,) = (block for block in blocks("sh") if "tox" in block)
    (system,) = (block for block in blocks("sh") if "apt-get" in block)
    assert script.endswith("\n" + command)
    packages = re.findall(r"^    (.*?)(?: \\)?$", system, re.MULTILINE)
    assert all(f"    {line} " in script for line in packages)
