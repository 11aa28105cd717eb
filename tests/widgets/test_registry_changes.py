"""The registry changes under what is shown of it: nothing is raised or left stale.

A slot that raises fails its test: pytest-qt sees to that.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manifests_for_tests import DELETE, GOOD, changed, write
from napari.components import ViewerModel
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget

from napari_aiod_registry import Registry, Selection
from napari_aiod_registry.widgets import ModelPicker
from napari_aiod_registry.widgets.memory import forms as forms_module
from napari_aiod_registry.widgets.memory.between_sessions import Remembered
from napari_aiod_registry.widgets.viewer.fit_label import Fits

BUNDLED = Registry.bundled()
KEY = "preview:mine.json"
LOCAL = (("versions", "v1", "tasks", "mito", "locations"), [{"location": "w.pt"}])


def rewritten(*changes: Any) -> Callable[[ModelPicker, Path], None]:
    def change(picker: ModelPicker, path: Path) -> None:
        path.write_text(json.dumps(changed(*changes)), encoding="utf-8")

    return change


def moved(place: str, to: str) -> Callable[[ModelPicker, Path], None]:
    *before, name = place.split("/")
    held: Any = GOOD
    for key in place.split("/"):
        held = held[key]
    return rewritten(((*before, name), DELETE), ((*before, to), held))


CHANGES: dict[str, Callable[[ModelPicker, Path], None]] = {
    "closed": lambda picker, path: picker.close_preview(path),
    "version": moved("versions/v1", "v2"),
    "task": moved("versions/v1/tasks/mito", "nuclei"),
    "name": rewritten((("name",), "Other")),
    "params": rewritten((("params",), [])),
    "family": lambda picker, path: setattr(picker, "registry", Registry({})),
}


def signs_of(picker: ModelPicker) -> list[tuple[Selection, str]]:
    """Return the rows of the search that can be chosen, and what they show."""
    shown: Any = picker.findChild(QListWidget, "aiod-search-results")
    if shown is None or not shown.isVisible():
        return []
    items = [shown.item(row) for row in range(shown.count())]
    data = [(item.data(Qt.ItemDataRole.UserRole), item.text()) for item in items]
    return [(Selection(*selection), text) for selection, text in data if selection]


def opened(
    qtbot: QtBot, path: Path, image: bool, registry: Registry = BUNDLED
) -> ModelPicker:
    viewer = ViewerModel()
    if image:
        viewer.add_image(np.zeros((8, 8)))
    picker = ModelPicker(viewer, registry=registry)  # type: ignore[arg-type]
    qtbot.addWidget(picker)
    picker.resize(320, 900)
    picker.show()
    picker.open_manifest(path)
    qtbot.waitUntil(lambda: picker.model == KEY)
    return picker


def is_as_it_should_be(picker: ModelPicker) -> None:
    """Check that dropdowns, form and rows are of what there is now."""
    if picker.selection is not None:
        assert picker.registry.has(picker.selection)
        assert picker.resolution is not None
        assert picker.resolution.selection == picker.selection
    assert all(picker.registry.has(one) for one, _ in signs_of(picker))


@pytest.mark.parametrize("image", [False, True], ids=["no-image", "image"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("words", ["good", "", "usable"])
def test_rows_of_a_search_go_with_what_they_are_of(
    words: str,
    change: Callable[[ModelPicker, Path], None],
    image: bool,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    path = write(tmp_path, GOOD, "mine.json")
    picker = opened(qtbot, path, image)
    before = dict(picker.registry)
    line = picker.findChild(QLineEdit, "aiod-search")
    assert line is not None
    if words == "good":
        qtbot.keyClicks(line, "good")
    else:
        if words == "usable":
            picker._search._filter._usable.setChecked(True)
        qtbot.keyClick(line, Qt.Key.Key_Down)
    assert KEY in [one.model for one, _ in signs_of(picker)] or words == ""

    change(picker, path)
    qtbot.waitUntil(lambda: dict(picker.registry) != before)
    qtbot.wait(20)

    is_as_it_should_be(picker)
    if words == "good" and KEY in picker.registry:
        rows = [text for one, text in signs_of(picker) if one.model == KEY]
        assert rows or picker.registry[KEY].name != "Good"
        assert all(text.startswith("✓ ") for text in rows) or not image


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_open_list_of_a_dropdown_may_change(
    change: Callable[[ModelPicker, Path], None], tmp_path: Path, qtbot: QtBot
) -> None:
    path = write(tmp_path, changed(LOCAL), "mine.json")
    picker = opened(qtbot, path, image=True)
    before = dict(picker.registry)
    for name in ("aiod-model", "aiod-version"):
        combo = picker.findChild(QComboBox, name)
        assert combo is not None
        combo.showPopup()
        qtbot.wait(10)
        change(picker, path)
        if name == "aiod-model":
            qtbot.waitUntil(lambda: dict(picker.registry) != before)
        qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
        combo.hidePopup()
        is_as_it_should_be(picker)
        if change is CHANGES["closed"]:
            break


def test_the_choice_among_the_rows_stays(tmp_path: Path, qtbot: QtBot) -> None:
    path = write(tmp_path, GOOD, "mine.json")
    picker = opened(qtbot, path, image=True)
    line = picker.findChild(QLineEdit, "aiod-search")
    assert line is not None
    qtbot.keyClicks(line, "stardist")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    chosen = picker._search._list.selection
    assert chosen is not None

    picker.close_preview(path)

    assert picker._search._list.selection == chosen


def test_what_was_offered_before_a_word_is_typed_stays_offered(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = write(tmp_path, GOOD, "mine.json")
    picker = opened(qtbot, path, image=True)
    remembered = Remembered()
    kept = Selection("nuclei", "cellpose", "nuclei")
    remembered.favourites = [Selection("mito", KEY, "v1"), kept]
    picker.use_favourites(remembered)
    line = picker.findChild(QLineEdit, "aiod-search")
    assert line is not None
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert len(signs_of(picker)) == 2

    picker.close_preview(path)

    assert [one for one, _ in signs_of(picker)] == [kept]


def test_of_a_version_that_is_gone_no_fit_is_told() -> None:
    viewer = ViewerModel()
    viewer.add_image(np.zeros((8, 8)))
    picker_of_none = Fits(None, Registry({}))
    fits = Fits(None, BUNDLED)
    fits._images = [("image", None)]  # type: ignore[list-item]
    for gone in (("mito", KEY, "v1"), ("nuclei", "cellpose", "v9"), ("x", "sam", "y")):
        assert fits.of(Selection(*gone)) is None
        assert picker_of_none.of(Selection(*gone)) is None


def test_who_hears_of_a_preview_may_close_it(tmp_path: Path, qtbot: QtBot) -> None:
    path = write(tmp_path, GOOD, "mine.json")
    picker = ModelPicker(registry=BUNDLED)
    qtbot.addWidget(picker)

    def close() -> None:
        if picker.previews and KEY in picker.registry:
            picker.close_preview(path)

    picker.changed.connect(close)
    picker.open_manifest(path)

    qtbot.waitUntil(lambda: not picker.previews)
    is_as_it_should_be(picker)
    picker.changed.disconnect(close)


def test_who_hears_of_the_beginning_may_choose_something_else(qtbot: QtBot) -> None:
    first = Selection("nuclei", "cellpose", "nuclei")
    picker = ModelPicker(registry=Registry({}), begin_with=[first])
    qtbot.addWidget(picker)

    def choose(_: Selection) -> None:
        picker.task = "mito"

    picker.began.connect(choose)
    picker.registry = BUNDLED

    assert picker.task == "mito"
    is_as_it_should_be(picker)
    picker.began.disconnect(choose)


def test_what_was_typed_and_chosen_for_a_preview_is_not_for_another_file(
    tmp_path: Path, qtbot: QtBot
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    picker = opened(qtbot, write(first, GOOD, "mine.json"), image=False)
    assert picker.form is not None
    picker.form.set_value({"size": 7})
    picker._passed_on.choose("/of/the/first.yaml")
    picker.close_preview(first / "mine.json")

    picker.open_manifest(write(second, GOOD, "mine.json"))
    qtbot.waitUntil(lambda: picker.model == KEY)

    assert picker.config()["size"] == 3
    assert picker.config_path is None


def test_what_was_typed_stays_while_a_folder_is_away(qtbot: QtBot) -> None:
    picker = ModelPicker(registry=BUNDLED)
    qtbot.addWidget(picker)
    picker.task, picker.model = "nuclei", "cellpose"
    assert picker.form is not None
    picker.form.set_value({"diameter": 77})
    before = picker.config()
    others = [path for path in BUNDLED.paths.values() if "cellpose" not in path.name]
    picker.registry = Registry.from_paths(others)

    picker.registry = BUNDLED
    picker.task, picker.model = "nuclei", "cellpose"

    assert picker.config() == before


def test_a_config_that_is_read_for_an_older_manifest_is_dropped(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "w.pt").write_text("weights")
    for number in (11, 22):
        (tmp_path / f"{number}.json").write_text(json.dumps({"size": number}))

    def named(number: int) -> dict[str, Any]:
        entry = {"location": "w.pt", "config_path": f"{number}.json"}
        return changed(((*LOCAL[0],), [entry]))

    may_end = threading.Event()
    read = forms_module.read_config

    def slow(path: Path) -> Any:
        if path.name == "11.json":
            may_end.wait(20)
        return read(path)

    monkeypatch.setattr(forms_module, "read_config", slow)
    path = write(tmp_path, named(11), "mine.json")
    picker = opened(qtbot, path, image=False)
    waiting = picker._background._waiting
    qtbot.waitUntil(lambda: bool(waiting))
    path.write_text(json.dumps(named(22)))
    qtbot.waitUntil(lambda: picker.config().get("size") == 22)

    may_end.set()
    qtbot.waitUntil(lambda: not waiting)

    assert picker.config()["size"] == 22


def test_a_config_that_is_loaded_for_an_older_manifest_says_so(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = write(tmp_path, GOOD, "mine.json")
    picker = opened(qtbot, path, image=False)
    form = picker.form
    assert form is not None
    form.files._loading = "slow.json"  # as while a slow disk is read
    path.write_text(json.dumps(changed((("params", 0, "value"), 4))))
    qtbot.waitUntil(lambda: picker.form is not form)

    assert form.files._loading is None
    assert picker.form is not None
    texts = [label.text() for label in picker.form.findChildren(QLabel)]
    assert any("the manifest has changed" in text for text in texts)
