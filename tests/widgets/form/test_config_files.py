"""Config files: loaded, dropped, saved and passed on, and never half applied unsaid."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, Field, ValidationError, model_validator
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from qtpy.QtGui import QAction, QDragEnterEvent, QDropEvent
from qtpy.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QWidget,
)

from napari_aiod_registry import Registry
from napari_aiod_registry.config.files import read_config
from napari_aiod_registry.widgets import ModelPicker, ParamForm
from napari_aiod_registry.widgets.memory import forms

MakeForm = Callable[[type[BaseModel]], ParamForm]


class Example(BaseModel):
    level: float = Field(0.4, ge=0, le=1)
    size: tuple[int, int] = (64, 64)
    mode: str | None = None


class Range(BaseModel):
    low: int = 1
    high: int = 5

    @model_validator(mode="after")
    def ordered(self) -> Range:
        if self.low > self.high:
            raise ValueError("Low must not be above high.")
        return self


@pytest.fixture
def form(param_form: MakeForm) -> ParamForm:
    form = param_form(Example)
    form.show()
    return form


def note(widget: QWidget) -> str:
    label = widget.findChild(QLabel, "aiod-note-text")
    is_there = label is not None and label.isVisible()
    return label.text().replace("\u200b", "") if is_there else ""


def table(form: ParamForm) -> list[list[str]]:
    found = form.findChild(QTableWidget, "aiod-note-table")
    assert found is not None
    items: Any = found.item
    return [
        [items(row, col).text() for col in range(3)] for row in range(found.rowCount())
    ]


def drop(path: Path, widget: QWidget) -> bool:
    """Drop a file on a widget as Qt does: enter, then drop, each if it is taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    middle = QPointF(widget.rect().center())
    enter = QDragEnterEvent(middle.toPoint(), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(middle, copy, data, left, none, QEvent.Type.Drop)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_what_is_saved_is_loaded_again(
    form: ParamForm, tmp_path: Path, qtbot: QtBot, suffix: str
) -> None:
    file = tmp_path / f"config{suffix}"
    form.set_value({"level": 1e-5, "size": (32, 16), "mode": "no"})
    values = form.value()

    form.save_config(file)
    qtbot.waitUntil(lambda: note(form) == f"Saved to {file}.")
    form.reset()
    form.load_config(file)
    qtbot.waitUntil(lambda: "3 of 3" in note(form))

    assert form.value() == values


def test_a_saved_file_says_what_it_is_for_and_is_in_order(
    form: ParamForm, tmp_path: Path, qtbot: QtBot
) -> None:
    form.config_head = ["family: A", "version: b\nlevel: 7"]

    form.save_config(tmp_path / "c.yaml")
    qtbot.waitUntil(lambda: note(form).startswith("Saved"))

    text = (tmp_path / "c.yaml").read_text()
    assert text.startswith("# family: A\n# version: b")
    assert list(yaml.safe_load(text)) == ["level", "size", "mode"]
    assert yaml.safe_load(text)["level"] == 0.4, "no line of the head breaks out"


def test_a_table_says_what_was_taken_and_what_was_not(
    form: ParamForm, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "c.yaml").write_text("level: 7\nsize: [1, 2]\nlevl: 0.5\n")

    form.load_config(tmp_path / "c.yaml")
    qtbot.waitUntil(lambda: "1 of 3" in note(form))

    rows = {row[0]: row for row in table(form)}
    assert rows["size"][2] == "taken"
    assert rows["level"][1] == "7"
    assert "at most 1" in rows["level"][2]
    assert "level" in rows["levl"][2], "the key that was meant"
    assert form.value() == Example(size=(1, 2))
    undo = form.findChild(QPushButton, "aiod-note-undo")
    assert undo is not None
    undo.click()
    assert form.value() == Example()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("- 1\n", "mapping"),
        ("level: [1\n", "opened here"),
        ("a: 1\na: 2\n", "second time"),
    ],
)
def test_a_file_that_is_no_config_changes_nothing(
    form: ParamForm, tmp_path: Path, qtbot: QtBot, text: str, words: str
) -> None:
    form.set_value({"level": 0.5})
    (tmp_path / "c.yaml").write_text(text)

    form.load_config(tmp_path / "c.yaml")
    qtbot.waitUntil(lambda: note(form) != "")

    assert words in note(form)
    assert "c.yaml" in note(form)
    assert form.value() == Example(level=0.5)


def test_a_file_dropped_on_the_form_or_on_one_of_its_fields_is_loaded(
    form: ParamForm, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "c.json"
    for level, target in ((0.5, form), (0.6, form._area.widget())):
        file.write_text(json.dumps({"level": level}))

        taking: QWidget = target
        while not drop(
            file, taking
        ):  # as Qt: what a child does not take, its parent may
            taking = taking.parentWidget()
        qtbot.waitUntil(lambda level=level: form.value() == Example(level=level))

    lines = form.findChildren(QLineEdit)
    assert not any(line.acceptDrops() for line in lines)


def test_other_files_are_left_to_the_viewer(form: ParamForm, tmp_path: Path) -> None:
    assert not drop(tmp_path / "image.tif", form)


def test_a_wrong_form_is_not_saved(
    form: ParamForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: pytest.fail("asked"))
    form._grid.rows["level"].editor.widget.value = "7"

    action = form.findChild(QAction, "aiod-config-save")
    assert action is not None
    action.trigger()

    assert "Mend that first" in note(form)
    with pytest.raises(ValidationError):
        form.save_config(Path("config.yaml"))


def test_the_menu_loads_and_saves(
    form: ParamForm, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(tmp_path / "mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_: (f"{chosen}.yaml", "")
    )
    load, save = (
        form.findChild(QAction, f"aiod-config-{name}") for name in ("load", "save")
    )
    assert load is not None
    assert save is not None
    form.set_value({"level": 0.5})

    save.trigger()
    qtbot.waitUntil(lambda: note(form).startswith("Saved"))
    form.reset()
    load.trigger()
    qtbot.waitUntil(lambda: "3 of 3" in note(form))

    assert form.value() == Example(level=0.5)


def test_a_folder_that_can_not_be_written_is_told(
    form: ParamForm, tmp_path: Path, qtbot: QtBot
) -> None:
    form.save_config(tmp_path / "none" / "c.yaml")

    qtbot.waitUntil(lambda: note(form).startswith("Not saved."))
    assert "none" in note(form)


# The manifest's own config file


def picker_of(
    folder: Path,
    params: list[Any],
    qtbot: QtBot,
    versions: dict[str, Any] | None = None,
) -> ModelPicker:
    (folder / "weights").write_text("x")
    place = {"location": "weights", "config_path": "base.yml"}
    manifest = {
        "name": "A",
        "metadata": {"description": "?", "license": "MIT"},
        "versions": {"v1": {"tasks": {"mito": {"locations": [place]}}}}
        | (versions or {}),
        "params": params,
    }
    (folder / "a.json").write_text(json.dumps(manifest))
    picker = ModelPicker(registry=Registry.from_paths([folder / "a.json"]))
    qtbot.addWidget(picker)
    picker.show()
    return picker


SIZE = {"name": "Size", "arg_name": "size", "value": 3, "tooltip": "?"}
LEVEL = {"name": "level", "value": 0.5, "max": 1, "tooltip": "?"}


def test_the_manifests_config_lies_under_the_values_of_the_form(
    tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "base.yml").write_text("size: 7\nlevel: 9\nmore: {a: 1}\n")

    picker = picker_of(tmp_path, [SIZE, LEVEL], qtbot)
    form = picker.form
    assert form is not None
    qtbot.waitUntil(lambda: "base.yml" in note(picker))

    assert picker.config() == {"size": 7, "level": 0.5, "more": {"a": 1}}
    assert form.changes() == [], "they are the defaults now"
    assert [row[0] for row in table(form)] == ["level"]
    form.set_value({"size": 8})
    form.reset()
    assert form.value().model_dump() == {"size": 7, "level": 0.5}


def test_a_config_that_can_not_be_read_is_told_and_the_defaults_stay(
    tmp_path: Path, qtbot: QtBot
) -> None:
    picker = picker_of(tmp_path, [SIZE], qtbot)

    qtbot.waitUntil(lambda: "is not used" in note(picker))

    assert picker.config() == {"size": 3}


def passed_on(picker: ModelPicker) -> str:
    line = picker.findChild(QLineEdit, "aiod-passed-on-path")
    assert line is not None
    return line.text() if line.isVisible() else ""


def test_without_parameters_a_config_is_passed_on_untouched_and_can_be_chosen(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = str(tmp_path / "own.yaml")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (own, ""))
    picker = picker_of(tmp_path, [], qtbot)
    given = str(tmp_path / "base.yml")
    qtbot.waitUntil(lambda: passed_on(picker) == given)
    assert picker.config_path == given

    choose = picker.findChild(QPushButton, "aiod-passed-on-choose")
    back = picker.findChild(QPushButton, "aiod-passed-on-back")
    assert choose is not None
    assert back is not None
    with qtbot.waitSignal(picker.changed):
        choose.click()
    assert passed_on(picker) == picker.config_path == own
    assert "untouched" in picker.findChild(QLabel, "aiod-passed-on").text()
    back.click()
    assert passed_on(picker) == picker.config_path == given
    assert drop(tmp_path / "dropped.yaml", picker)
    qtbot.waitUntil(lambda: picker.config_path == str(tmp_path / "dropped.yaml"))


def test_with_parameters_there_is_nothing_to_pass_on(
    tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "base.yml").write_text("size: 7\n")

    picker = picker_of(tmp_path, [SIZE], qtbot)

    panel = picker.findChild(QPushButton, "aiod-passed-on-choose")
    assert panel is not None
    assert not panel.isVisible()


def test_another_registry_takes_the_old_config_away(
    tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "base.yml").write_text("size: 7\nmore: 1\n")
    picker = picker_of(tmp_path, [SIZE], qtbot)
    qtbot.waitUntil(lambda: "base.yml" in note(picker))
    manifest = json.loads((tmp_path / "a.json").read_text())
    places = manifest["versions"]["v1"]["tasks"]["mito"]["locations"]
    del places[0]["config_path"]
    (tmp_path / "a.json").write_text(json.dumps(manifest))

    picker.registry = Registry.from_paths([tmp_path / "a.json"])
    assert picker.form is not None
    picker.form.reset()

    assert picker.form.value().model_dump() == {"size": 3}


@pytest.fixture
def slow(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> tuple[ModelPicker, Event]:
    """A picker of two versions; the config of the first waits to be read."""
    may_read = Event()

    def read(path: Path) -> dict[str, Any]:
        assert may_read.wait(20)
        return read_config(path)

    monkeypatch.setattr(forms, "read_config", read)
    (tmp_path / "base.yml").write_text("size: 7\nmore: {a: 1}\n")
    versions = {"v2": {"tasks": {"mito": {"locations": [{"location": "weights"}]}}}}
    return picker_of(tmp_path, [SIZE, LEVEL], qtbot, versions), may_read


def config_of(picker: ModelPicker) -> dict[str, Any]:
    assert picker.form is not None
    return picker.form.config()


def test_a_config_that_comes_late_lies_under_what_was_typed_before(
    slow: tuple[ModelPicker, Event], qtbot: QtBot
) -> None:
    picker, may_read = slow
    assert picker.form is not None
    picker.form.set_value({"level": 0.25})
    qtbot.wait(100)  # until it is being read
    picker.version = "v2"
    may_read.set()
    qtbot.waitUntil(lambda: any(picker._forms._bases.values()))
    assert config_of(picker) == {"size": 3, "level": 0.25}

    picker.version = "v1"

    assert config_of(picker) == {"size": 7, "level": 0.25, "more": {"a": 1}}
    assert picker.form.changes() == ["level"]


def test_a_config_that_comes_late_is_no_change_by_a_person(
    slow: tuple[ModelPicker, Event], qtbot: QtBot
) -> None:
    picker, may_read = slow
    may_read.set()
    qtbot.waitUntil(lambda: "base.yml" in note(picker))
    picker.version = "v2"
    assert picker.form is not None
    picker.form.set_value({"size": 9})

    picker.version = "v1"

    assert config_of(picker) == {"size": 9, "level": 0.5, "more": {"a": 1}}
    kept = "Kept from v2: Size."
    assert note(picker) == f"{kept}\nThe defaults are those of base.yml."
    undo = picker.form.findChild(QAbstractButton, "aiod-note-undo")
    assert undo is not None
    undo.click()
    assert config_of(picker) == {"size": 7, "level": 0.5, "more": {"a": 1}}


def test_of_many_unknown_keys_the_first_are_listed(
    tmp_path: Path, qtbot: QtBot, form: ParamForm
) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps({f"k{number}": number for number in range(10_000)}))

    form.load_config(path)

    qtbot.waitUntil(lambda: note(form).startswith("0 of 10000 values"), timeout=30_000)
    rows = table(form)
    assert len(rows) == 51
    assert rows[-1][0] == "… and 9,950 more"


def test_what_is_typed_while_a_config_is_judged_counts(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = ParamForm(Range)
    qtbot.addWidget(form)
    form.show()
    path = tmp_path / "c.yaml"
    path.write_text("low: 7\n")
    form.set_value({"high": 9})
    asked: list[Any] = []
    ask = form.ask

    def type_meanwhile(data: Any) -> Any:
        question = ask(data)
        if not asked:
            form.set_value({"high": 6})
        asked.append(question)
        return question

    monkeypatch.setattr(form, "ask", type_meanwhile)
    form.load_config(path)

    qtbot.waitUntil(lambda: note(form).startswith("0 of 1 values"))
    assert form.value() == Range(low=1, high=6)
    assert len(asked) == 3
