"""The registry: from a task to the weights, and what is said of a wrong word."""

from __future__ import annotations

import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from manifests_for_tests import changed, write

from napari_aiod_registry import (
    ModelManifest,
    Problem,
    Registry,
    Selection,
    UnknownSelectionError,
)
from napari_aiod_registry.registry import sources


def family(name: str, **more: Any) -> dict[str, Any]:
    return changed((("name",), name), *(((key,), value) for key, value in more.items()))


def test_names_are_sorted_as_people_read(tmp_path: Path) -> None:
    for number, name in enumerate(["net 10", "Net 9", "alpha", "Zeta", "Net"]):
        write(tmp_path, family(name), f"{number}.json")

    registry = Registry.from_paths([tmp_path])

    names = list(registry.models("mito").values())
    assert names == ["alpha", "Net", "Net 9", "net 10", "Zeta"]


def test_the_registry_is_a_mapping(bundled: Registry) -> None:
    assert len(bundled) >= 8
    assert "stardist" in bundled
    assert isinstance(bundled["stardist"], ModelManifest)
    assert bundled.get("nothing") is None
    assert "stardist" in repr(bundled)


def test_a_selection_resolves(bundled: Registry) -> None:
    by_name = bundled.resolve("nuclei", "stardist", "2D_versatile_fluo")
    by_slug = bundled.resolve("nuclei", "stardist", "2d_versatile_fluo")

    assert by_name == by_slug
    assert by_name.selection == Selection("nuclei", "stardist", "2D_versatile_fluo")
    assert by_name.location is not None
    assert by_name.location.endswith("python_2D_versatile_fluo.zip")
    assert by_name.config_path is None
    assert [check.status for check in by_name.checks] == ["remote"]
    assert by_name.version.axes == "YX"


def test_the_first_readable_location_is_used(tmp_path: Path) -> None:
    (tmp_path / "w.pt").write_bytes(b"x")
    places: list[dict[str, Any]] = [
        {"location": "/not/there"},
        {"location": "w.pt", "config_path": "w.yml"},
        {"location": "https://example.org/w"},
    ]
    data = changed((("versions", "v1", "tasks", "mito", "locations"), places))
    write(tmp_path, data)

    found = Registry.from_paths([tmp_path]).resolve("mito", "good", "v1")

    statuses = [check.status for check in found.checks]
    assert statuses == ["missing", "available", "remote"]
    assert [check.entry.location for check in found.checks] == [
        place["location"] for place in places
    ]
    assert found.location == str(tmp_path / "w.pt")
    assert found.config_path == str(tmp_path / "w.yml")


def test_nothing_readable_is_none_and_says_why(bundled: Registry) -> None:
    found = bundled.resolve("mito", "seai_unet", "U-Net")

    assert found.location is None
    assert found.config_path is None
    assert [check.status for check in found.checks] == ["missing", "missing"]
    assert all(check.reason for check in found.checks)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nucleii", "stardist", "x"), "Did you mean 'nuclei'?"),
        (("nuclei", "stardst", "x"), "Did you mean 'stardist'?"),
        (("mito", "stardist", "x"), "StarDist has no task 'mito'"),
        (("nuclei", "stardist", "2D_versatile_flu"), "'2D_versatile_fluo'?"),
    ],
)
def test_an_unknown_word_says_what_there_is(
    words: tuple[str, str, str], says: str, bundled: Registry
) -> None:
    with pytest.raises(UnknownSelectionError) as caught:
        bundled.resolve(*words)

    assert isinstance(caught.value, LookupError)
    assert says in str(caught.value)


def test_a_bad_file_never_takes_the_others_down(tmp_path: Path) -> None:
    write(tmp_path, family("Good"), "good.json")
    bad = write(tmp_path, "{", "bad.yaml")
    write(tmp_path, "no manifest", "notes.txt")
    write(tmp_path, "{", ".hidden.json")

    registry = Registry.from_paths([tmp_path, tmp_path / "nothing.json"])

    assert list(registry) == ["good"]
    assert [problem.path for problem in registry.problems] == [
        bad,
        tmp_path / "nothing.json",
    ]


@pytest.mark.parametrize("other", ["same", "SAME"])
def test_two_files_with_one_short_name_are_a_problem_that_names_both(
    other: str, tmp_path: Path
) -> None:
    first = write(tmp_path, family("One", short_name="same"), "1.json")
    second = write(tmp_path, family("Two", short_name=other), "2.json")

    registry = Registry.from_paths([tmp_path])

    assert [manifest.name for manifest in registry.values()] == ["One"]
    (problem,) = registry.problems
    assert problem.code == "duplicate-short-name"
    assert str(first) in problem.message
    assert str(second) in problem.message


def test_the_nearest_metadata_is_shown(tmp_path: Path) -> None:
    data = changed((("versions", "v1", "metadata"), {"description": "Version."}))
    write(tmp_path, data)

    found = Registry.from_paths([tmp_path]).resolve("mito", "good", "v1")

    assert found.metadata.description == "Version."


def test_configured_folders_and_packages_are_discovered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "lab_manifests"
    package.mkdir()
    (package / "__init__.py").touch()
    write(package, family("From a package"), "a.json")
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder, family("From a folder"), "b.json")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("AIOD_REGISTRY_PATH", str(folder))
    points = [
        SimpleNamespace(module="lab_manifests", name="lab", dist=None),
        SimpleNamespace(module="not_installed", name="broken", dist=None),
    ]
    monkeypatch.setattr(sources, "entry_points", lambda group: points)

    registry = Registry.discover()

    assert len(registry) == len(Registry.bundled()) + 2
    assert {"from_a_package", "from_a_folder", "stardist"} <= set(registry)
    (problem,) = registry.problems
    assert "broken" in problem.message


def test_a_folder_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "nofolder"
    monkeypatch.setenv("AIOD_REGISTRY_PATH", str(missing))
    monkeypatch.setattr(sources, "entry_points", lambda group: [])

    (problem,) = Registry.from_paths([missing]).problems
    (configured,) = Registry.discover().problems

    assert problem.code == configured.code == "missing-file"
    assert problem.message == configured.message == f"{missing} does not exist."
    assert configured.hint == "The variable AIOD_REGISTRY_PATH names it."


def test_a_folder_that_does_not_answer_is_told_and_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, good = tmp_path / "dead", tmp_path / "good"
    for folder in (dead, good):
        folder.mkdir()
        write(folder, family(folder.name))
    answer = threading.Event()
    read = sources.manifest_files

    def hang(paths: Any) -> Any:
        for path in paths:
            if path == dead:
                answer.wait(60)
            yield from read([path])

    monkeypatch.setattr(sources, "manifest_files", hang)

    found = Registry.discover([dead, good], timeout=0.5)

    assert "good" in found
    assert "dead" not in found
    (problem,) = found.problems
    assert (problem.code, problem.path) == ("timed-out", dead)
    assert problem.message == f"{dead} did not answer in time."
    answer.set()
    assert {"dead", "good"} <= set(Registry.discover([dead, good], timeout=30))


def test_a_resolution_says_in_a_line_what_it_is(bundled: Registry) -> None:
    found = bundled.resolve("nuclei", "stardist", "2D_demo")

    assert repr(found) == (
        f"<Resolution: nuclei · stardist · 2D_demo, {found.location}>"
    )


def test_an_entry_point_names_a_package_or_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {
        "a_package": tmp_path / "a_package",
        "a_module": tmp_path / "modules",
        "a_package.inside": tmp_path / "a_package" / "inside",
        "a_namespace": tmp_path / "a_namespace",
        "a_package.module": tmp_path / "a_package" / "beside",
    }
    for name, folder in folders.items():
        folder.mkdir(exist_ok=True)
        write(folder, family(name), f"{name}.json")
    (folders["a_package"] / "__init__.py").touch()
    (folders["a_package.inside"] / "__init__.py").touch()
    # Not imported: a package may need what is not there on a cluster.
    (folders["a_module"] / "a_module.py").write_text("raise ImportError")
    (folders["a_package"] / "module.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(folders["a_module"])
    del folders["a_package.module"]
    points = [SimpleNamespace(module=name, name=name, dist=None) for name in folders]
    monkeypatch.setattr(sources, "entry_points", lambda group: points)

    found = [folder for one in points for folder in sources.package_folders(one)]  # type: ignore[arg-type]
    assert found == list(folders.values())
    point: Any = SimpleNamespace(module="a_package.module", name="m", dist=None)
    assert sources.package_folders(point) == [folders["a_package"]]


@pytest.mark.parametrize("module", ["sys", "nothing_like_this", "json.nothing.here"])
def test_an_entry_point_without_a_file_is_a_problem(
    module: str,
) -> None:
    point: Any = SimpleNamespace(module=module, name="lab", dist=None)

    (problem,) = sources.package_folders(point)

    assert isinstance(problem, Problem)
    assert problem.message.startswith("The manifests of lab can't be found")


BAD_PACKAGES = {
    "ends": ("raise SystemExit(3)", "ends the program", "unreadable-file"),
    "exits": ("import sys; sys.exit()", "ends the program", "unreadable-file"),
    "hangs": ("import time; time.sleep(60)", "takes too long", "timed-out"),
    "raises": ("raise BaseException('odd')", "odd", "unreadable-file"),
}


@pytest.mark.parametrize("name", BAD_PACKAGES)
def test_a_package_that_misbehaves_takes_nothing_else_away(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, words, problem_code = BAD_PACKAGES[name]
    for package in (f"bad_{name}", f"good_beside_{name}"):
        (tmp_path / package / "inside").mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
        (tmp_path / package / "inside" / "__init__.py").touch()
        write(tmp_path / package / "inside", family(package), f"{package}.json")
    (tmp_path / f"bad_{name}" / "__init__.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    points = [
        SimpleNamespace(module=f"{one}.inside", name=one, dist=None)
        for one in (f"bad_{name}", f"good_beside_{name}")
    ]
    monkeypatch.setattr(sources, "entry_points", lambda group: points)

    registry = Registry.discover(timeout=2)

    assert {f"good_beside_{name}", "stardist"} <= set(registry)
    (problem,) = registry.problems
    assert problem.code == problem_code
    assert f"bad_{name}" in problem.message
    assert words in problem.message


def test_a_package_that_is_zipped_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as file:
        file.writestr("zipped_lab/__init__.py", "")
        file.writestr("zipped_lab/mine.json", "{}")
    monkeypatch.syspath_prepend(tmp_path / "all.zip")
    points = [SimpleNamespace(module="zipped_lab", name="lab", dist=None)]
    monkeypatch.setattr(sources, "entry_points", lambda group: points)

    (problem,) = Registry.discover(timeout=2).problems

    assert "lab can't be found: It is inside a zipped file" in problem.message


def test_the_package_itself_loads_next_to_nothing() -> None:
    script = (
        "import sys, napari_aiod_registry\n"
        "print({'pydantic', 'yaml', 'qtpy'} & set(sys.modules))\n"
    )

    assert run(script) == "set()"


def test_the_core_needs_neither_qt_nor_napari() -> None:
    script = (
        "import sys\n"
        "from napari_aiod_registry import *\n"
        "found = Registry.bundled().resolve('mito', 'empanada', 'MitoNet v1')\n"
        "found.params_model().model_dump()\n"
        "heavy = ('qtpy', 'magicgui', 'napari', 'PyQt6', 'PySide6', 'npe2', 'yaml')\n"
        "print({name.split('.')[0] for name in sys.modules} & set(heavy))\n"
    )

    assert run(script) == "set()"


def run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
