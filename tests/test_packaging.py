"""The package works however it is installed: wheel, wheel from the sdist, editable."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parents[1]
FAMILIES = sorted(file.stem for file in (ROOT / "manifests").glob("*.json"))

LOOK = """
import json
from importlib.metadata import version
from importlib.resources import files

from npe2 import PluginManager

import napari_aiod_registry
from napari_aiod_registry import Registry
from napari_aiod_registry.registry.sources import bundled_folder

plugins = PluginManager.instance()
plugins.discover()
plugin = plugins.get_manifest("napari-aiod-registry")
registry = Registry.bundled()
print(json.dumps({
    "version": version("napari-aiod-registry"),
    "__version__": napari_aiod_registry.__version__,
    "display_name": plugin.display_name,
    "widgets": [widget.display_name for widget in plugin.contributions.widgets],
    "commands": [command.python_name for command in plugin.contributions.commands],
    "families": sorted(registry),
    "problems": [str(problem) for problem in registry.problems],
    "manifests": str(bundled_folder()),
    "package": str(files(napari_aiod_registry)),
    "typed": files(napari_aiod_registry).joinpath("py.typed").is_file(),
}))
"""


class Installed(NamedTuple):
    """What a fresh environment says about the package in it."""

    found: dict[str, Any]
    prefix: Path


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, without what the tests' own Python sets."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    }
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def install(where: Path, what: Sequence[str | Path]) -> Installed:
    """Install the package into a fresh environment, and look at it from elsewhere."""
    prefix, elsewhere = where / "environment", where / "elsewhere"
    elsewhere.mkdir()
    venv.create(prefix, with_pip=True)
    python = prefix / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", *what, cwd=elsewhere)
    # -I: nothing from the current folder or the user's packages
    found = json.loads(run(python, "-I", "-c", LOOK, cwd=elsewhere))
    return Installed(found, prefix.resolve())


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clean copy of the source tree: nothing is built in the real one."""
    copy = tmp_path_factory.mktemp("source") / "tree"
    made = shutil.ignore_patterns(
        ".git", ".tox", ".venv", "*_cache", "__pycache__", "build", "dist"
    )
    shutil.copytree(ROOT, copy, ignore=made, symlinks=True)
    (copy / "src" / "napari_aiod_registry" / "napari.yaml").unlink(missing_ok=True)
    return copy


@pytest.fixture(scope="module")
def dist(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, cwd=tree)
    return folder


@pytest.fixture(scope="module")
def direct_wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel that is built from the tree itself."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, cwd=tree)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module", params=["wheel", "wheel-from-sdist", "editable"])
def installed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    """Install the package in one of the ways people do."""
    what: list[str | Path]
    if request.param == "wheel":
        what = [request.getfixturevalue("direct_wheel")]
    elif request.param == "wheel-from-sdist":
        what = list(request.getfixturevalue("dist").glob("*.whl"))
    else:
        what = ["--editable", request.getfixturevalue("tree")]
    return install(tmp_path_factory.mktemp(request.param), what)


def test_npe2_finds_the_plugin_and_its_widget(installed: Installed) -> None:
    assert installed.found["display_name"] == "napari-aiod-registry"
    assert installed.found["widgets"] == ["Model Registry"]
    assert installed.found["commands"] == [
        "napari_aiod_registry.widgets.dock:RegistryDock",
        "napari_aiod_registry.commands:get_registry",
    ]


def test_all_bundled_families_are_there(installed: Installed) -> None:
    assert len(FAMILIES) >= 8
    assert installed.found["families"] == FAMILIES
    assert installed.found["problems"] == []


def test_the_version_is_the_one_in_pyproject(installed: Installed) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert installed.found["version"] == project["version"]
    assert installed.found["__version__"] == project["version"]


def test_type_checkers_see_the_annotations(installed: Installed) -> None:
    assert installed.found["typed"]


def test_manifests_lie_in_the_package_or_in_the_checkout(
    installed: Installed, request: pytest.FixtureRequest
) -> None:
    manifests = Path(installed.found["manifests"])
    if manifests.is_relative_to(installed.prefix):
        assert manifests == Path(installed.found["package"], "manifests")
    else:
        assert manifests == request.getfixturevalue("tree") / "manifests"


def test_both_wheels_hold_the_same_files(direct_wheel: Path, dist: Path) -> None:
    (through_sdist,) = dist.glob("*.whl")
    with zipfile.ZipFile(direct_wheel) as one, zipfile.ZipFile(through_sdist) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())
        assert not [name for name in one.namelist() if "configs/" in name]
        assert (
            one.read("napari_aiod_registry/napari.yaml")
            == (ROOT / "napari.yaml").read_bytes()
        )
        assert one.read("napari_aiod_registry/manifest.schema.json")


def test_the_sdist_holds_what_is_needed_to_build_and_to_test(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"manifests/{family}.json" for family in FAMILIES} <= names
    assert {"napari.yaml", "hatch_build.py", "tests/conftest.py", "LICENSE"} <= names
    assert "src/napari_aiod_registry/napari.yaml" not in names
