"""``aiod-registry render`` and ``preview``: manifests in the real interface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from manifests_for_tests import GOOD, changed, write
from qtpy.QtGui import QImage
from typer.testing import CliRunner

from napari_aiod_registry import Registry
from napari_aiod_registry.cli import WRONG, app

BUNDLED = Registry.bundled()
COUNT = len(list(BUNDLED.selections()))
PROGRAM = "from napari_aiod_registry.cli import app; app()"


def fresh(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, where there is no display."""
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    inherited = {key: os.environ[key] for key in os.environ if key not in without}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**inherited, **environment},
    )


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_every_bundled_version_task_has_its_picture_twice_the_same(
    tmp_path: Path,
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    manifests = {path.parent for path in BUNDLED.paths.values()}

    for folder in folders:
        done = fresh("render", *manifests, "-o", folder, NAPARI_CONFIG="")
        assert done.returncode == 0, done.stderr
        assert done.stdout == f"{COUNT} pictures in {folder}.\n"
        assert done.stderr == ""

    one, two = ({f.name: f.read_bytes() for f in d.iterdir()} for d in folders)
    assert len(one) == COUNT * 2 + 1
    assert one == two
    page = one["index.html"].decode()
    assert all(f'src="{name}"' in page for name in one if name.endswith(".png"))


@pytest.fixture
def rendered(tmp_path: Path) -> Path:
    data = changed(
        (("name",), "Good <b>"),
        (("short_name",), "good"),
        (("params", 0), {**GOOD["params"][0], "min": 1, "units": "px"}),
        (
            ("versions", "v1", "tasks", "mito", "locations"),
            [{"location": "$NOBODY/w.pt"}, {"location": "https://example.org/w.pt"}],
        ),
    )
    done = fresh("render", write(tmp_path, data), "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    return tmp_path / "out"


def test_a_picture_is_as_wide_as_asked_and_has_more_than_one_colour(
    rendered: Path,
) -> None:
    image = QImage(str(rendered / "good+v1+mito.png"))

    assert image.width() == 300
    assert image.height() >= 300
    colours = {image.pixel(x, y) for x in range(0, 300, 3) for y in range(0, 300, 3)}
    assert len(colours) > 5


def test_the_fields_are_described(rendered: Path) -> None:
    described = json.loads((rendered / "good+v1+mito.json").read_text("utf-8"))

    assert described["family"] == "Good <b>"
    assert (described["task"], described["version"]) == ("mito", "v1")
    assert described["picture"] == "good+v1+mito.png"
    size, mode = described["fields"]
    assert size == {
        "key": "size",
        "label": "Size",
        "control": "int",
        "default": 3,
        "required": False,
        "nullable": False,
        "advanced": False,
        "min": 1,
        "units": "px",
        "tooltip": "How large.",
    }
    assert (mode["control"], mode["choices"]) == ("choice", ["a", "b"])
    page = (rendered / "index.html").read_text("utf-8")
    assert "Good &lt;b&gt; · v1 · Mitochondria" in page


def test_a_bad_file_is_told_and_the_others_are_rendered(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.json")
    bad = write(tmp_path, "{", "b.json")

    done = fresh("render", tmp_path, "-o", tmp_path / "out")

    assert done.returncode == WRONG
    assert done.stderr.startswith(f"{bad}:1:2: error[")
    assert (tmp_path / "out" / "good+v1+mito.png").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has fonts")
def test_a_system_without_fonts_is_told(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text("<fontconfig></fontconfig>")
    done = fresh(
        "render", write(tmp_path, GOOD), "-o", tmp_path / "out", FONTCONFIG_FILE=config
    )

    assert done.returncode == WRONG
    assert "This system has no font to draw text with." in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--theme", "pink"], 2, "There is no theme 'pink'. Choose dark or light."),
        (["--width", "3"], 2, "200"),
    ],
)
def test_what_is_not_understood(
    options: list[str], code: int, sentence: str, tmp_path: Path
) -> None:
    result = run("render", write(tmp_path, GOOD), "-o", tmp_path / "out", *options)

    assert result.exit_code == code
    assert sentence in result.stderr


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path, qapp: Any) -> None:
    (tmp_path / "out").write_text("a file")

    result = run("render", write(tmp_path, GOOD), "-o", tmp_path / "out")

    assert result.exit_code == WRONG
    assert str(tmp_path / "out") in result.stderr


def test_preview_needs_a_display_and_a_manifest(tmp_path: Path) -> None:
    done = fresh("preview", write(tmp_path, GOOD))
    assert done.returncode == WRONG
    assert done.stderr.startswith("There is no display to open napari on.")

    (tmp_path / "empty").mkdir()
    done = fresh("preview", tmp_path / "empty")
    assert done.returncode == WRONG
    assert done.stderr.startswith("There is no manifest.")


@pytest.mark.viewer
def test_preview_opens_napari_with_the_manifests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    import napari

    from napari_aiod_registry.widgets import in_napari

    path = write(tmp_path, GOOD)
    opened: list[Any] = []
    open_dock = in_napari.open_dock

    def remember(paths: Any) -> Any:
        opened.extend(open_dock(paths))
        return opened

    # Not the settings of whoever runs the tests.
    section = "napari_aiod_registry.settings.section"
    monkeypatch.setattr(section, lambda _: None)
    monkeypatch.setattr(in_napari, "open_dock", remember)
    monkeypatch.setattr(napari, "run", lambda: None)

    assert run("preview", path).exit_code == 0

    viewer, picker = opened
    try:
        qtbot.waitUntil(lambda: picker.model == "preview:manifest.json")
        assert picker.previews == [path]
    finally:
        viewer.close()
