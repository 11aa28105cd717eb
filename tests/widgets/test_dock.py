"""The dock in napari: its memory, its settings, its place in menus."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from manifests_for_tests import GOOD, write
from napari.components import ViewerModel
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLineEdit, QListWidget, QPushButton, QToolButton

from napari_aiod_registry import Problem, Registry, Selection, settings
from napari_aiod_registry.widgets.dock import RegistryDock

Sections = dict[str, Any]
REAL_SECTION = settings.section
"""Before the fixture hides the settings of whoever runs the tests."""

STARDIST = Selection("nuclei", "stardist", "2D_demo")
BUNDLED_FILES = list(Registry.bundled().paths.values())
SAM = Selection("everything", "sam", "MedSAM")


def dock(qtbot: QtBot) -> RegistryDock:
    found = RegistryDock(ViewerModel())  # type: ignore[arg-type]
    qtbot.addWidget(found)
    found.show()
    return found


def choose(picker: RegistryDock, selection: Selection) -> None:
    """Choose, and do not wait until it is written down."""
    picker.task, picker.model, picker.version = selection
    picker._choices.write_now()


def star(picker: RegistryDock) -> QToolButton:
    found = picker.findChild(QToolButton, "aiod-favourite")
    assert found is not None
    return found


def test_the_last_selection_and_open_folds_come_back(qtbot: QtBot) -> None:
    first = dock(qtbot)
    choose(first, STARDIST)
    fold = first.findChild(QToolButton, "aiod-about-fold")
    assert fold is not None
    fold.click()

    second = dock(qtbot)

    assert second.selection == STARDIST
    fold = second.findChild(QToolButton, "aiod-about-fold")
    assert fold is not None
    assert fold.isChecked()


def test_favourites_and_recent_ones_are_offered_first(qtbot: QtBot) -> None:
    first = dock(qtbot)
    choose(first, SAM)
    assert star(first).text() == "☆"
    star(first).click()
    assert star(first).text() == "★"
    choose(first, STARDIST)
    assert star(first).text() == "☆"

    second = dock(qtbot)
    line = second.findChild(QLineEdit, "aiod-search")
    results = second.findChild(QListWidget, "aiod-search-results")
    assert line is not None
    assert results is not None
    qtbot.keyClick(line, Qt.Key.Key_Down)

    shown = [results.item(row).text().replace("\u200b", "") for row in range(3)]
    assert shown == [
        "Favourites, and used last:",
        "★ Segment Anything · MedSAM · Everything!",
        "StarDist · 2D_demo · Nuclei",
    ]
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert second.selection == SAM
    assert star(second).text() == "★"
    star(second).click()
    third = dock(qtbot)
    assert third._remembered.favourites == []


def test_what_comes_late_is_chosen_when_it_is_there(
    qtbot: QtBot, own_settings: Sections, tmp_path: Path
) -> None:
    write(tmp_path, GOOD)
    own_settings["sources"].folders = f" {tmp_path} ;/no/such/folder"
    wanted = Selection("mito", "good", "v1")
    own_settings["memory"].remembered = json.dumps({"recent": [wanted]})

    picker = dock(qtbot)

    qtbot.waitUntil(lambda: picker.selection == wanted)


def test_what_comes_late_is_not_written_down_as_somebodys_choice(
    qtbot: QtBot, own_settings: Sections, tmp_path: Path
) -> None:
    wanted = Selection("mito", "good", "v1")
    stored = json.dumps({"last": wanted, "recent": [STARDIST]})
    own_settings["memory"].remembered = stored
    picker = dock(qtbot)
    picker._choices._stayed.setInterval(0)
    assert picker.selection == STARDIST

    picker.registry = Registry.from_paths([write(tmp_path, GOOD), *BUNDLED_FILES])
    qtbot.wait(50)
    picker.hide()

    assert picker.selection == wanted
    assert own_settings["memory"].remembered == stored


def test_what_is_gone_is_passed_over(qtbot: QtBot, own_settings: Sections) -> None:
    gone = Selection("mito", "gone", "v1")
    own_settings["memory"].remembered = json.dumps({"recent": [gone, STARDIST]})

    picker = dock(qtbot)

    assert picker.selection is not None
    choose(picker, SAM)
    assert dock(qtbot).selection == SAM


@pytest.mark.parametrize(
    "text", ["{", "[1]", '{"recent": 3}', '{"recent": [[1, 2, 3], ["a"]], "folds": 7}']
)
def test_a_memory_that_is_not_ours_is_passed_over(
    text: str, qtbot: QtBot, own_settings: Sections
) -> None:
    own_settings["memory"].remembered = text

    assert dock(qtbot).selection is not None


def test_previews_are_not_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    picker = dock(qtbot)
    choose(picker, STARDIST)
    picker.open_manifest(write(tmp_path, GOOD))
    qtbot.waitUntil(lambda: picker.model == "preview:manifest.json")

    assert dock(qtbot).selection == STARDIST


def test_the_time_limit_is_the_settings(qtbot: QtBot, own_settings: Sections) -> None:
    own_settings["sources"].time_limit = 7.5

    assert dock(qtbot).time_limit == 7.5


def remembered(sections: Sections) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sections["memory"].remembered)
    return found


def test_two_docks_remember_together(qtbot: QtBot, own_settings: Sections) -> None:
    first, second = dock(qtbot), dock(qtbot)
    choose(first, SAM)
    star(first).click()

    choose(second, STARDIST)
    assert remembered(own_settings)["favourites"] == [list(SAM)]
    choose(second, SAM)
    assert star(second).text() == "★", "it hears of the other's star"


def test_another_napari_is_not_overwritten(
    qtbot: QtBot, own_settings: Sections, monkeypatch: pytest.MonkeyPatch
) -> None:
    picker = dock(qtbot)
    choose(picker, STARDIST)
    theirs = json.dumps({"favourites": [SAM]})
    monkeypatch.setattr(settings, "on_disk", lambda *_: theirs)

    star(picker).click()

    assert remembered(own_settings)["favourites"] == [list(SAM), list(STARDIST)]


def test_an_emptied_memory_is_forgotten_at_once(
    qtbot: QtBot, own_settings: Sections
) -> None:
    picker = dock(qtbot)
    choose(picker, STARDIST)
    star(picker).click()

    own_settings["memory"].remembered = ""
    assert star(picker).text() == "☆"
    choose(picker, SAM)

    found = remembered(own_settings)
    assert (found["last"], found["favourites"], found["recent"]) == (list(SAM), [], [])


def test_cancel_in_the_preferences_takes_no_favourite_back(
    qtbot: QtBot, own_settings: Sections
) -> None:
    picker = dock(qtbot)
    choose(picker, STARDIST)
    before = own_settings["memory"].remembered
    star(picker).click()

    own_settings["memory"].remembered = before  # as napari does on Cancel

    assert remembered(own_settings)["favourites"] == [list(STARDIST)]
    assert star(picker).text() == "★"


def test_what_somebody_only_passes_by_is_not_recent(
    qtbot: QtBot, own_settings: Sections
) -> None:
    picker = dock(qtbot)
    picker._choices._stayed.setInterval(50)
    for version in picker.registry.versions("nuclei", "stardist"):
        choose(picker, Selection("nuclei", "stardist", version))
    last = picker.selection
    assert remembered(own_settings)["last"] == list(last or ())

    qtbot.waitUntil(lambda: remembered(own_settings)["recent"] == [list(last or ())])


def test_a_choice_is_written_down_soon_or_when_the_dock_is_hidden(
    qtbot: QtBot, own_settings: Sections
) -> None:
    picker = dock(qtbot)
    picker.task, picker.model, picker.version = STARDIST
    assert own_settings["memory"].remembered == "", "not for each step on the way"
    qtbot.waitUntil(lambda: own_settings["memory"].remembered != "")
    assert remembered(own_settings)["last"] == list(STARDIST)

    picker.task, picker.model, picker.version = SAM
    picker.hide()

    assert remembered(own_settings)["last"] == list(SAM)


def test_nothing_is_remembered_that_nobody_chose(
    qtbot: QtBot, own_settings: Sections
) -> None:
    picker = dock(qtbot)
    assert picker.form is not None
    picker.changed.emit()

    assert own_settings["memory"].remembered == ""


def test_the_latest_that_is_left_is_chosen(
    qtbot: QtBot, own_settings: Sections
) -> None:
    gone = Selection("mito", "gone", "v1")
    own_settings["memory"].remembered = json.dumps(
        {"last": gone, "recent": [gone, STARDIST]}
    )

    assert dock(qtbot).selection == STARDIST


@pytest.mark.parametrize("how", ["types", "sets what is shown"])
def test_nobody_who_works_already_is_taken_elsewhere(
    how: str, qtbot: QtBot, own_settings: Sections, tmp_path: Path
) -> None:
    wanted = Selection("mito", "good", "v1")
    own_settings["memory"].remembered = json.dumps({"last": wanted})
    picker = dock(qtbot)
    before = picker.selection
    assert before is not None
    if how == "types":
        assert picker.form is not None
        key = next(iter(picker.form.specs))
        picker.form.set_value({key: picker.form.specs[key].default})
        picker._forms.changed.emit()
    else:
        picker.task = before.task

    picker.registry = Registry.from_paths([write(tmp_path, GOOD), *BUNDLED_FILES])

    assert picker.selection == before


def test_advanced_fields_stay_open_for_the_model(qtbot: QtBot) -> None:
    cellpose = Selection("cyto", "cellpose", "cyto3")

    def fold(picker: RegistryDock) -> QToolButton:
        assert picker.form is not None
        found = picker.form.findChild(QToolButton, "aiod-advanced")
        assert found is not None
        return found

    first = dock(qtbot)
    choose(first, cellpose)
    assert not fold(first).isChecked()
    fold(first).click()
    choose(first, SAM)
    assert not fold(first).isChecked(), "another model's is its own"

    second = dock(qtbot)
    assert not fold(second).isChecked()
    choose(second, cellpose)
    assert fold(second).isChecked()


def test_settings_are_followed_while_the_dock_is_open(
    qtbot: QtBot, own_settings: Sections, tmp_path: Path
) -> None:
    picker = dock(qtbot)
    picker._typed.setInterval(20)
    assert "good" not in picker.registry
    write(tmp_path, GOOD)

    own_settings["sources"].time_limit = 9.5
    own_settings["sources"].folders = str(tmp_path)

    assert picker.time_limit == 9.5
    qtbot.waitUntil(lambda: "good" in picker.registry)
    own_settings["sources"].folders = ""
    qtbot.waitUntil(lambda: "good" not in picker.registry)


def test_a_dock_that_is_gone_follows_nothing(
    qtbot: QtBot, own_settings: Sections
) -> None:
    events = own_settings["sources"].events.folders
    before = len(events.callbacks)
    picker = RegistryDock(ViewerModel())  # type: ignore[arg-type]
    assert len(events.callbacks) == before + 1

    picker.deleteLater()
    qtbot.waitUntil(lambda: len(events.callbacks) == before)


def test_folders_may_be_written_as_people_copy_them(
    own_settings: Sections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("USERPROFILE", "/home/ada")
    monkeypatch.setenv("OURS", "/ours")
    own_settings["sources"].folders = ' ~/models ; "/two words" ;; $OURS/x '

    assert settings.folders() == ["/home/ada/models", "/two words", "/ours/x"]


def test_settings_that_can_not_be_written_stop_nobody(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Full:
        remembered = property(lambda _: "", lambda *_: fail())

    def fail() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings, "section", {"memory": Full()}.get)
    picker = dock(qtbot)

    choose(picker, STARDIST)

    assert picker.selection == STARDIST
    assert "can't be remembered" in caplog.text


def test_the_star_is_right_for_a_favourite_that_comes_late(
    qtbot: QtBot, own_settings: Sections, tmp_path: Path
) -> None:
    write(tmp_path, GOOD)
    wanted = Selection("mito", "good", "v1")
    own_settings["sources"].folders = str(tmp_path)
    own_settings["memory"].remembered = json.dumps(
        {"last": wanted, "recent": [STARDIST], "favourites": [wanted]}
    )

    picker = dock(qtbot)

    assert star(picker).text() == "☆"
    qtbot.waitUntil(lambda: picker.selection == wanted)
    assert star(picker).text() == "★"


def test_a_registry_that_is_set_is_not_replaced_by_what_is_found_later(
    qtbot: QtBot, tmp_path: Path
) -> None:
    picker = dock(qtbot)
    picker.registry = Registry.from_paths([write(tmp_path, GOOD)])

    qtbot.waitUntil(lambda: not picker._background._waiting)

    assert set(picker.registry) == {"good"}


def test_folders_that_were_set_before_do_not_come_back(
    qtbot: QtBot,
    own_settings: Sections,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = threading.Event()
    discover = Registry.discover

    def slow(folders: Any, **more: Any) -> Registry:
        if "old" in folders:
            answer.wait(60)
            return discover([tmp_path])
        return discover([])

    monkeypatch.setattr(Registry, "discover", slow)
    write(tmp_path, GOOD)
    own_settings["sources"].folders = "old"
    picker = dock(qtbot)
    picker._typed.setInterval(10)
    own_settings["sources"].folders = "new"
    qtbot.wait(100)
    answer.set()
    qtbot.waitUntil(lambda: not picker._background._waiting)

    assert "good" not in picker.registry


def test_a_folder_that_is_slow_at_first_is_used_when_it_answers(
    qtbot: QtBot,
    own_settings: Sections,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    discover = Registry.discover
    limits: list[float] = []

    def slow(folders: Any, *, timeout: float) -> Registry:
        limits.append(timeout)
        found = discover([tmp_path] if len(limits) > 2 else [])
        if len(limits) <= 2:
            found.problems.append(Problem("error", "timed-out", "", "Too slow."))
        return found

    monkeypatch.setattr(Registry, "discover", slow)
    write(tmp_path, GOOD)

    picker = dock(qtbot)

    qtbot.waitUntil(lambda: "good" in picker.registry)
    assert limits == [2.0, 10.0, 50.0]


def test_look_again_reads_the_manifests_again(
    qtbot: QtBot, own_settings: Sections, tmp_path: Path
) -> None:
    own_settings["sources"].folders = str(tmp_path)
    picker = dock(qtbot)
    qtbot.waitUntil(lambda: not picker._background._waiting)
    assert "good" not in picker.registry
    write(tmp_path, GOOD)
    again = picker.findChild(QPushButton, "aiod-look-again")
    assert again is not None

    again.click()

    qtbot.waitUntil(lambda: "good" in picker.registry)


def test_only_the_latest_folds_are_remembered(
    qtbot: QtBot, own_settings: Sections
) -> None:
    memory = dock(qtbot)._remembered
    for number in range(150):
        memory.fold(f"model{number}:aiod-advanced:0", True)
    memory.fold("preview:x.json:aiod-advanced:0", True)

    folds = remembered(own_settings)["folds"]
    assert len(folds) == 100
    assert "model149:aiod-advanced:0" in folds
    assert not any(name.startswith("preview:") for name in folds)


@pytest.mark.viewer
def test_napari_has_the_settings_the_menu_and_the_command(
    make_napari_viewer: Any,
) -> None:
    import npe2

    viewer = make_napari_viewer()
    manager = npe2.PluginManager.instance()
    plugin = manager.get_manifest("napari-aiod-registry")

    menus = plugin.contributions.menus["napari/layers/segment"]
    assert [item.command for item in menus] == ["napari-aiod-registry.picker"]
    registry = manager.commands.execute("napari-aiod-registry.registry")
    assert set(Registry.bundled()) <= set(registry)
    if hasattr(plugin.contributions, "configurations"):  # since npe2 0.9
        assert isinstance(REAL_SECTION("sources").time_limit, float)
        assert isinstance(REAL_SECTION("memory").remembered, str)
    _, widget = viewer.window.add_plugin_dock_widget(
        "napari-aiod-registry", "Model Registry"
    )
    assert isinstance(widget, RegistryDock)
