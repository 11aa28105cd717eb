"""Manifests that somebody is writing, shown in the dock as they are saved."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from manifests_for_tests import GOOD, changed, write
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QMimeData, QPointF, Qt, QUrl
from qtpy.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from qtpy.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QToolButton,
    QWidget,
)

from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker
from napari_aiod_registry.widgets.form.editors.numbers import NumberBox

BUNDLED = Registry.bundled()
WRONG: dict[str, Any] = changed((("versions", "v1", "axes"), "yx"))


@pytest.fixture
def picker(qtbot: QtBot) -> ModelPicker:
    picker = ModelPicker(registry=BUNDLED)
    qtbot.addWidget(picker)
    picker.resize(320, 900)
    picker.show()
    qtbot.waitExposed(picker)
    return picker


@pytest.fixture
def opened(picker: ModelPicker, tmp_path: Path, qtbot: QtBot) -> tuple[Any, Path]:
    """A picker that shows a good manifest, and its file."""
    path = write(tmp_path, GOOD, "mine.json")
    picker.open_manifest(path)
    qtbot.waitUntil(lambda: picker.model == "preview:mine.json")
    return picker, path


def text_of(picker: ModelPicker, number: int = 0) -> str:
    labels = picker.findChildren(QLabel, "aiod-preview-text")
    return labels[number].text() if len(labels) > number else ""


def problems_of(picker: ModelPicker) -> list[str]:
    shown = picker.findChild(QListWidget, "aiod-preview-problems")
    assert shown is not None
    return [shown.item(row).text() for row in range(shown.count())]


def drop(paths: list[Path], widget: QWidget) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    common = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(widget.rect().center(), *common, none)
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(QPointF(widget.rect().center()), *common, none)
    QApplication.sendEvent(widget, event)
    return enter.isAccepted() and event.isAccepted()


def test_a_preview_stands_beside_the_bundled_and_is_marked(
    picker: ModelPicker, tmp_path: Path, qtbot: QtBot
) -> None:
    data = json.loads(BUNDLED.paths["cellpose"].read_text(encoding="utf-8"))
    data["versions"]["nuclei"]["tasks"]["nuclei"]["locations"] = [
        {"location": "https://example.org/mine"}
    ]
    picker.task, picker.model = "nuclei", "cellpose"
    before = picker.resolution

    picker.open_manifest(write(tmp_path, data, "cellpose.json"))

    qtbot.waitUntil(lambda: picker.model == "preview:cellpose.json")
    combo = picker.findChild(QComboBox, "aiod-model")
    assert combo is not None
    assert combo.currentText() == "Cellpose – preview"
    assert picker.task == "nuclei", "the task stays, for the manifest has it"
    assert picker.selection == ("nuclei", "preview:cellpose.json", "nuclei")
    assert picker.resolution is not None
    assert picker.resolution.location == "https://example.org/mine"
    picker.model = "cellpose"
    assert picker.resolution == before
    assert "Cellpose" in [combo.itemText(i) for i in range(combo.count())]


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def atomic(path: Path, text: str) -> None:
    other = path.with_name("other.tmp")
    other.write_text(text)
    os.replace(other, path)


def gone_and_back(path: Path, text: str) -> None:
    path.unlink()
    QApplication.processEvents()
    path.write_text(text)


def slowly(path: Path, text: str) -> None:
    with open(path, "w") as file:
        file.flush()
        for start in range(0, len(text), 100):
            QApplication.processEvents()
            time.sleep(0.02)
            file.write(text[start : start + 100])
            file.flush()


SAVES = [in_place, atomic, gone_and_back, slowly]


@pytest.mark.parametrize("save", SAVES)
def test_the_dock_follows_each_save(
    save: Callable[[Path, str], None], opened: tuple[Any, Path], qtbot: QtBot
) -> None:
    picker, path = opened

    for number in range(2, 5):  # the system loses sight of a file that is replaced
        data = changed((("name",), f"Example {number}"), (("short_name",), "good"))
        save(path, json.dumps(data, indent=1))
        combo = picker.findChild(QComboBox, "aiod-model")
        want = f"Example {number} – preview"
        qtbot.waitUntil(lambda want=want, c=combo: c.currentText() == want)  # type: ignore[misc]

    assert picker.model == "preview:mine.json"
    assert text_of(picker) == "✓ Preview of mine.json: shown."


def test_a_slow_writer_is_no_error_on_the_way(
    opened: tuple[Any, Path], qtbot: QtBot
) -> None:
    picker, path = opened
    said: set[str] = set()
    picker._previews._shown[path][0].read.connect(lambda: said.add(text_of(picker)))
    text = json.dumps(changed((("name",), "Slow"), (("short_name",), "good")), indent=1)

    with open(path, "w") as file:
        for start in range(0, len(text), 60):
            file.write(text[start : start + 60])
            file.flush()
            qtbot.wait(50)

    qtbot.waitUntil(lambda: picker.registry["preview:mine.json"].name == "Slow")
    assert not any("error" in text for text in said)


def test_a_change_that_the_system_does_not_tell_of_is_found(
    opened: tuple[Any, Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    picker, path = opened
    preview = picker._previews._shown[path][0]
    monkeypatch.setattr(preview._watch, "look", lambda: None)
    preview._watch._watcher.removePaths([str(path), str(path.parent)])
    preview._poll.setInterval(100)

    path.write_text(json.dumps(changed((("name",), "Far"), (("short_name",), "good"))))

    qtbot.waitUntil(lambda: picker.registry["preview:mine.json"].name == "Far")


def test_a_save_keeps_the_selection_and_what_was_typed(
    opened: tuple[Any, Path], qtbot: QtBot
) -> None:
    picker, path = opened
    data = changed(
        (("versions", "v0"), GOOD["versions"]["v1"]),
        (("versions", "v2"), GOOD["versions"]["v1"]),
    )
    path.write_text(json.dumps(data))
    qtbot.waitUntil(lambda: len(picker.registry["preview:mine.json"].versions) == 3)
    picker.version = "v2"
    key = picker.form.model.model_fields[next(iter(picker.form.model.model_fields))]
    arg = key.alias or next(iter(picker.form.specs))
    picker.form.set_value({arg: 7})

    data["params"].append({"name": "New", "value": 1, "tooltip": "?"})
    path.write_text(json.dumps(data))
    qtbot.waitUntil(lambda: "New" in picker.form.specs)

    assert picker.selection.version == "v2"
    assert picker.form.config()[arg] == 7


@pytest.mark.parametrize(
    "change",
    [
        (("name",), "Another name"),
        (("short_name",), "another"),
        (("versions", "v1", "tasks"), {"nuclei": {"locations": [{"location": "/w"}]}}),
        (("versions",), {"v9": GOOD["versions"]["v1"]}),
    ],
    ids=["name", "short name", "task", "version"],
)
def test_the_dock_stays_with_the_file_whatever_is_renamed(
    change: Any, opened: tuple[Any, Path], qtbot: QtBot
) -> None:
    picker, path = opened
    picker.form.set_value({"size": 77})
    before = picker.registry["preview:mine.json"]

    path.write_text(json.dumps(changed(change)))
    qtbot.waitUntil(lambda: picker.registry["preview:mine.json"] != before)

    assert picker.model == "preview:mine.json"
    assert picker.form.config()["size"] == 77


def test_a_value_that_a_save_makes_wrong_stays_and_is_marked(
    opened: tuple[Any, Path], qtbot: QtBot
) -> None:
    picker, path = opened
    picker.form.set_value({"size": 77})

    path.write_text(json.dumps(changed((("params", 0, "max"), 50))))
    qtbot.waitUntil(lambda: picker.form.errors() != {})
    assert picker.form.errors() == {"size": "This must be at most 50."}

    path.write_text(json.dumps(GOOD))
    qtbot.waitUntil(lambda: picker.form.errors() == {})
    assert picker.form.config()["size"] == 77


def test_closing_one_preview_leaves_another_of_the_same_name(
    opened: tuple[Any, Path], qtbot: QtBot
) -> None:
    picker, path = opened
    (path.parent / "other").mkdir()
    second = write(path.parent / "other", GOOD, "mine.json")
    picker.open_manifest(second)
    qtbot.waitUntil(lambda: picker.model == "preview:mine.json 2")
    picker.form.set_value({"size": 5})

    picker.close_preview(path)

    assert picker.model == "preview:mine.json 2"
    assert picker.form.config()["size"] == 5


def test_a_folder_that_goes_and_comes_back_is_noticed(
    opened: tuple[Any, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    picker, _ = opened
    folder = tmp_path / "branch"
    folder.mkdir()
    path = write(folder, GOOD, "there.json")
    picker.open_manifest(path)
    qtbot.waitUntil(lambda: picker.model == "preview:there.json")
    picker._previews._shown[path][0]._poll.setInterval(100)

    path.unlink()
    folder.rmdir()
    qtbot.waitUntil(lambda: "does not exist" in "".join(all_problems(picker)))
    folder.mkdir()
    write(folder, GOOD, "there.json")

    qtbot.waitUntil(lambda: not all_problems(picker))


def all_problems(picker: ModelPicker) -> list[str]:
    lists = picker.findChildren(QListWidget, "aiod-preview-problems")
    return [one.item(row).text() for one in lists for row in range(one.count())]


def test_a_wrong_save_keeps_the_last_good_version_and_lists_the_problems(
    opened: tuple[Any, Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    picker, path = opened
    before, form = picker.selection, picker.form
    write(path.parent, WRONG, path.name)
    qtbot.waitUntil(lambda: "1 error" in text_of(picker))

    assert text_of(picker) == (
        "✗ Preview of mine.json: 1 error. The last good version is shown."
    )
    assert problems_of(picker) == [
        "Line 9, column 12: versions.v1.axes: 'yx' is lower case. Write 'YX'."
    ]
    assert (picker.selection, picker.form) == (before, form)

    copy = picker.findChild(QToolButton, "aiod-preview-copy")
    assert copy is not None
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text().startswith(f"{path}:9:12: error[bad-axes]")

    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", urls.append)
    shown = picker.findChild(QListWidget, "aiod-preview-problems")
    assert shown is not None
    viewport, item = shown.viewport(), shown.item(0)
    assert viewport is not None
    place = shown.visualItemRect(item).center()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert urls == [QUrl.fromLocalFile(str(path))]

    write(path.parent, GOOD, path.name)
    qtbot.waitUntil(lambda: text_of(picker) == "✓ Preview of mine.json: shown.")
    assert not shown.isVisible()


def test_a_manifest_that_is_wrong_from_the_start_is_waited_for(
    picker: ModelPicker, tmp_path: Path, qtbot: QtBot
) -> None:
    before = picker.selection
    path = write(tmp_path, WRONG, "mine.json")

    picker.open_manifest(path)
    qtbot.waitUntil(lambda: "1 error" in text_of(picker))
    assert "There is nothing to show yet." in text_of(picker)
    assert picker.selection == before
    write(tmp_path, GOOD, "mine.json")

    qtbot.waitUntil(lambda: picker.model == "preview:mine.json")


def test_a_file_that_is_deleted_is_told_and_waited_for(
    opened: tuple[Any, Path], qtbot: QtBot
) -> None:
    picker, path = opened

    path.unlink()
    qtbot.waitUntil(lambda: "does not exist" in "".join(problems_of(picker)))
    assert picker.model == "preview:mine.json"
    write(path.parent, GOOD, path.name)

    qtbot.waitUntil(lambda: text_of(picker) == "✓ Preview of mine.json: shown.")


def test_an_empty_file_is_told_only_if_it_stays_empty(
    opened: tuple[Any, Path], qtbot: QtBot
) -> None:
    picker, path = opened

    path.write_text("")
    qtbot.wait(250)
    assert text_of(picker) == "✓ Preview of mine.json: shown."

    qtbot.waitUntil(lambda: "The file is empty." in "".join(problems_of(picker)))


def test_several_previews_and_one_is_closed(
    picker: ModelPicker, tmp_path: Path, qtbot: QtBot
) -> None:
    names = ["a.json", "b.json", "c.json"]
    paths = [write(tmp_path, GOOD, name) for name in names]
    assert drop(paths, picker)
    keys = ["preview:a.json", "preview:b.json", "preview:c.json"]
    qtbot.waitUntil(lambda: list(picker.registry)[-3:] == keys)
    assert picker.previews == paths
    assert [picker.registry.paths[key] for key in keys] == paths

    close = picker.findChildren(QToolButton, "aiod-preview-close")[1]
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)

    assert picker.previews == [paths[0], paths[2]]
    assert list(picker.registry)[-2:] == [keys[0], keys[2]]
    for path in (paths[0], paths[2]):
        picker.close_preview(path)
    assert list(picker.registry) == list(BUNDLED)
    with pytest.raises(LookupError, match="There is no preview of"):
        picker.close_preview(paths[0])


def test_what_is_read_for_a_closed_preview_is_dropped(
    picker: ModelPicker, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write(tmp_path, GOOD, "mine.json")

    picker.open_manifest(path)
    picker.close_preview(path)
    qtbot.wait(200)

    assert list(picker.registry) == list(BUNDLED)


def test_a_manifest_is_opened_wherever_it_is_dropped(
    picker: ModelPicker, tmp_path: Path, qtbot: QtBot
) -> None:
    assert picker.form is not None
    assert drop([write(tmp_path, GOOD, "a.json")], picker.form)
    qtbot.waitUntil(lambda: picker.model == "preview:a.json")

    assert drop([write(tmp_path, "versions: [", "broken.yaml")], picker.form)
    qtbot.waitUntil(lambda: len(picker.previews) == 2)

    config = write(tmp_path, '{"diameter": 3}', "config.json")
    assert drop([config], picker)
    qtbot.waitUntil(lambda: "values taken from" in note_of(picker))
    assert len(picker.previews) == 2
    assert not drop([config, tmp_path / "image.tif"], picker)


def note_of(picker: ModelPicker) -> str:
    assert picker.form is not None
    label = picker.form.findChild(QLabel, "aiod-note-text")
    return label.text() if label is not None else ""


def test_the_button_opens_a_manifest(
    picker: ModelPicker,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = write(tmp_path, GOOD, "mine.json")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    button = picker.findChild(QPushButton, "aiod-open-manifest")
    assert button is not None

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: picker.model == "preview:mine.json")


def test_a_form_alone_says_that_a_manifest_is_no_config(
    param_form: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    form = param_form(BUNDLED.resolve("nuclei", "stardist", "2D_demo").params_model)

    form.load_config(write(tmp_path, GOOD, "mine.json"))

    qtbot.waitUntil(lambda: form.findChild(QLabel, "aiod-note-text") is not None)
    label = form.findChild(QLabel, "aiod-note-text")
    assert label.text() == (
        "mine.json is a manifest, not a config file. Nothing is changed."
    )


def test_what_a_manifest_says_is_shown_as_it_is(
    picker: ModelPicker, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write(tmp_path, changed((("<img src=x>",), 1)), "<b>x.json")

    picker.open_manifest(path)

    qtbot.waitUntil(lambda: "1 error" in text_of(picker))
    label = picker.findChild(QLabel, "aiod-preview-text")
    assert label is not None
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<img src=x>" in problems_of(picker)[0]


@pytest.mark.viewer
def test_a_contributors_afternoon_in_a_real_viewer(
    make_napari_viewer: Callable[..., Any], tmp_path: Path, qtbot: QtBot
) -> None:
    viewer = make_napari_viewer(show=True)
    dock, picker = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    path = write(tmp_path, GOOD, "mine.json")
    assert drop([path], picker)
    qtbot.waitUntil(lambda: picker.model == "preview:mine.json")
    size = picker.form.findChild(NumberBox, "aiod-param-size")
    size.setFocus()
    qtbot.keyClick(size, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(size, "7")

    write(tmp_path, "{", "mine.json")
    qtbot.waitUntil(lambda: "1 error" in text_of(picker))
    assert picker.form.config()["size"] == 7
    more = changed((("params", 2), {"name": "New", "value": 1, "tooltip": "?"}))
    atomic(path, json.dumps(more))
    qtbot.waitUntil(lambda: "New" in picker.form.specs)

    assert picker.form.config() == {"size": 7, "Mode": "a", "New": 1}
    viewer.window.remove_dock_widget(dock)
    path.write_text(json.dumps(GOOD))
    qtbot.wait(300)  # nobody listens any more
