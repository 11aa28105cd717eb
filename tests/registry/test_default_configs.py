"""The default configs of all version-tasks: written, checked, and never others'."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from manifests_for_tests import GOOD, SIZE, changed, write

from napari_aiod_registry import Registry
from napari_aiod_registry.registry.default_configs import (
    MARK,
    ConfigFile,
    bring_up_to_date,
    check_folder,
    default_configs,
)

ROOT = Path(__file__).parents[2]


def test_the_configs_of_the_repository_are_in_step(bundled: Registry) -> None:
    """Where not: aiod-registry gen-configs --from manifests -o docs/configs --prune."""
    files = check_folder(ROOT / "docs" / "configs", default_configs(bundled))

    assert [str(file) for file in files if file.state != "right"] == []
    assert len(files) == len(list(bundled.selections()))


def test_each_version_task_has_its_defaults(bundled: Registry) -> None:
    texts = default_configs(bundled)

    assert len(texts) == len(list(bundled.selections()))
    for selection in bundled.selections():
        found = bundled.stated(*selection)
        name = f"{selection.model}+{found.version.slug}+{selection.task}.yaml"
        config = found.params_model().model_dump(by_alias=True)
        assert repr(yaml.safe_load(texts[name])) == repr(config)
        lines = [f"# {line}" for line in found.config_head]
        assert texts[name].splitlines()[:4] == [*lines, f"# {MARK}"]


def test_names_that_look_alike_stay_apart(tmp_path: Path) -> None:
    versions = {"b-c": GOOD["versions"]["v1"], "c": GOOD["versions"]["v1"]}
    write(
        tmp_path, changed((("short_name",), "a"), (("versions",), versions)), "1.json"
    )
    write(
        tmp_path, changed((("short_name",), "a-b"), (("versions",), versions)), "2.json"
    )

    assert list(default_configs(Registry.from_paths([tmp_path]))) == [
        "a+b-c+mito.yaml",
        "a+c+mito.yaml",
        "a-b+b-c+mito.yaml",
        "a-b+c+mito.yaml",
    ]


@pytest.fixture
def texts(tmp_path: Path) -> dict[str, str]:
    path = write(tmp_path, GOOD, "manifest.json")
    return default_configs(Registry.from_paths([path]))


@pytest.fixture
def folder(tmp_path: Path, texts: dict[str, str]) -> Path:
    """Return a folder with the config of the good manifest."""
    folder = tmp_path / "new" / "configs"
    for file in check_folder(folder, texts):
        assert (file.state, bring_up_to_date(file)) == ("missing", None)
    return folder


NAME = "good+v1+mito.yaml"


def states(folder: Path, texts: Any) -> dict[str, str]:
    return {file.path.name: file.state for file in check_folder(folder, texts)}


def test_what_is_written_is_right_with_any_line_ends(
    folder: Path, texts: dict[str, str]
) -> None:
    file = folder / NAME
    assert file.read_bytes().decode() == texts[NAME]
    assert states(folder, texts) == {NAME: "right"}

    file.write_bytes(texts[NAME].replace("\n", "\r\n").encode())

    assert states(folder, texts) == {NAME: "right"}


def test_what_changed_is_stale_and_written_again(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path, changed(((*SIZE, "value"), 4)), "manifest.json")
    texts = default_configs(Registry.from_paths([path]))

    (file,) = check_folder(folder, texts)
    assert file.state == "stale"
    assert "is stale" in str(file)
    assert bring_up_to_date(file) is None

    assert yaml.safe_load((folder / NAME).read_text())["size"] == 4


def test_what_no_manifest_has_is_superfluous(folder: Path, texts: Any) -> None:
    old = folder / "good+v0+mito.yaml"
    old.write_text(texts[NAME], "utf-8")

    (_right, file) = check_folder(folder, texts)
    assert (file.path, file.state, file.text) == (old, "superfluous", None)
    assert bring_up_to_date(file) is None

    assert [path.name for path in folder.iterdir()] == [NAME]


def test_files_of_others_stay_as_they_are(folder: Path, texts: Any) -> None:
    for name in ("README.md", "mine.yaml", "x+y+mito.yaml"):
        (folder / name).write_text("size: 3\n", "utf-8")
    (folder / "latin.yaml").write_bytes(b"a: \xff\n")
    (folder / "folder.yaml").mkdir()
    assert states(folder, texts) == {NAME: "right"}

    (folder / NAME).write_text("# family: mine\nsize: 3\n", "utf-8")
    (file,) = check_folder(folder, texts)

    assert file.state == "foreign"
    assert bring_up_to_date(file) is None
    assert (folder / NAME).read_text("utf-8") == "# family: mine\nsize: 3\n"


@pytest.mark.parametrize("kind", ["folder", "link", "latin"])
def test_what_can_not_be_read_is_told_and_left(
    folder: Path, texts: Any, kind: str
) -> None:
    path = folder / NAME
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(folder / "nowhere")
    else:
        path.write_bytes(b"\xff")

    (file,) = check_folder(folder, texts)

    assert file.state == "unreadable"
    assert bring_up_to_date(file) is None
    assert os.path.lexists(path)


def test_a_folder_that_is_a_file_is_an_error(tmp_path: Path, texts: Any) -> None:
    path = tmp_path / "configs"
    path.write_text("", "utf-8")

    with pytest.raises(OSError, match=str(path)):
        check_folder(path, texts)

    problem = bring_up_to_date(ConfigFile(path / NAME, "missing", texts[NAME]))
    assert problem is not None
    assert str(path) in problem.message
