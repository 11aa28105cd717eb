"""Where the weights are: shown, copied, opened, asked for."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from manifests_for_tests import changed, write
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QEvent, Qt, QUrl
from qtpy.QtGui import QDesktopServices, QFocusEvent, QGuiApplication
from qtpy.QtWidgets import QApplication, QComboBox, QLabel, QToolButton

from napari_aiod_registry import Registry, disks
from napari_aiod_registry.links import LinkCheck
from napari_aiod_registry.widgets import ModelPicker, weights
from napari_aiod_registry.widgets.elided import ElidedLine

URL = "https://example.org/a/very/long/address/that/has/no/room/in/a/dock/weights.zip"
PLACES = ("versions", "v1", "tasks", "mito", "locations")


def picker_of(folder: Path, qtbot: QtBot, *places: str, **metadata: Any) -> ModelPicker:
    entries = [{"location": place} for place in places]
    data = {"description": "?", "license": "MIT", **metadata}
    path = write(folder, changed((PLACES, entries), (("metadata",), data)))
    picker = ModelPicker(registry=Registry.from_paths([path]))
    qtbot.addWidget(picker)
    picker.resize(300, 900)
    picker.show()
    qtbot.waitExposed(picker)
    return picker


def line(picker: ModelPicker) -> ElidedLine:
    found = picker.findChild(ElidedLine, "aiod-location")
    assert found is not None
    return found


def button(picker: ModelPicker, name: str) -> QToolButton:
    found = picker.findChild(QToolButton, name)
    assert found is not None
    return found


def text(picker: ModelPicker, name: str) -> str:
    label = picker.findChild(QLabel, name)
    assert label is not None
    return label.text().replace("\u200b", "") if not label.isHidden() else ""


def test_a_long_address_is_elided_in_the_middle_and_whole_when_wanted(
    tmp_path: Path, qtbot: QtBot
) -> None:
    picker = picker_of(tmp_path, qtbot, URL)
    shown = line(picker)

    assert shown.text() == URL
    start, _, end = shown.shown().partition("…")
    assert URL.startswith(start)
    assert URL.endswith(end)
    assert start
    assert end
    assert "weights.zip" in shown.toolTip()
    QApplication.sendEvent(shown, QFocusEvent(QEvent.Type.FocusIn))
    assert shown.shown() == shown.selectedText() == URL
    QApplication.sendEvent(shown, QFocusEvent(QEvent.Type.FocusOut))
    assert "…" in shown.shown()

    qtbot.mouseClick(button(picker, "aiod-location-copy"), Qt.MouseButton.LeftButton)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == URL


def test_open_goes_to_the_link_or_to_the_folder(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: urls.append(url.toString())
    )
    (tmp_path / "w.pt").write_text("?")

    button(picker_of(tmp_path, qtbot, URL), "aiod-location-open").click()
    here = picker_of(tmp_path, qtbot, str(tmp_path / "w.pt"))
    button(here, "aiod-location-open").click()

    assert urls == [URL, QUrl.fromLocalFile(str(tmp_path)).toString()]


def test_the_link_is_checked_on_demand(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(url: str) -> LinkCheck:
        asked.append(url)
        return LinkCheck(False, "There is nothing at this address (404).")

    monkeypatch.setattr(weights, "check_link", answer)
    picker = picker_of(tmp_path, qtbot, URL)
    assert asked == [], "nobody has asked"

    button(picker, "aiod-check-link").click()

    assert text(picker, "aiod-link-check") == "Asking the server …"
    qtbot.waitUntil(
        lambda: (
            text(picker, "aiod-link-check")
            == "✗ There is nothing at this address (404)."
        )
    )
    assert asked == [URL]


def test_all_locations_are_traced(tmp_path: Path, qtbot: QtBot) -> None:
    picker = picker_of(tmp_path, qtbot, "$NOWHERE_AT_ALL/w.pt", "/no/w.pt", URL)
    fold = button(picker, "aiod-locations-fold")

    assert fold.text() == "All locations (3)"
    fold.click()

    lines = text(picker, "aiod-locations").splitlines()
    assert lines[0] == "1. $NOWHERE_AT_ALL/w.pt"
    assert "NOWHERE_AT_ALL is not set" in lines[1]
    assert "this computer is not connected to it" in lines[3]
    assert lines[4] == f"3. {URL}"


def test_what_has_come_back_is_seen_on_looking_again(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "disk" / "w.pt"
    picker = picker_of(tmp_path, qtbot, str(path))
    qtbot.waitUntil(lambda: text(picker, "aiod-status").startswith("✗"))
    path.parent.mkdir()
    path.write_text("?")

    button(picker, "aiod-look-again").click()

    qtbot.waitUntil(lambda: text(picker, "aiod-status").startswith("✓"))
    assert line(picker).text() == str(path)


def test_each_version_says_where_its_weights_are(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "w.pt").write_text("?")
    version = {"tasks": {"mito": {"locations": [{"location": "/no/w.pt"}]}}}
    here = {"tasks": {"mito": {"locations": [{"location": str(tmp_path / "w.pt")}]}}}
    path = write(
        tmp_path,
        changed((("versions", "gone"), version), (("versions", "here"), here)),
    )
    picker = ModelPicker(registry=Registry.from_paths([path]))
    qtbot.addWidget(picker)
    combo = picker.findChild(QComboBox, "aiod-version")
    assert combo is not None

    def tooltips() -> list[str]:
        role = Qt.ItemDataRole.ToolTipRole
        return [combo.itemData(index, role) for index in range(combo.count())]

    qtbot.waitUntil(lambda: "Weights on this computer." in tooltips()[2])
    assert "Weights on the web." in tooltips()[0]
    assert "is not there" in tooltips()[1]


def test_a_disk_that_hangs_for_a_minute_freezes_nothing(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Event()

    def hang(path: str) -> tuple[str, str]:
        stop.wait(60)
        return "available", "?"

    monkeypatch.setattr(disks, "_look", hang)
    started = time.perf_counter()
    picker = picker_of(tmp_path, qtbot, "/dead/mount/w.pt")
    button(picker, "aiod-look-again").click()
    QApplication.processEvents()
    took = time.perf_counter() - started

    assert text(picker, "aiod-status").startswith("… Looking")
    assert took < 5, "and not a minute"
    stop.set()


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [
        (
            {
                "authors": [
                    {"name": "A", "affiliation": "X"},
                    {"name": "B", "affiliation": "Y", "email": "b@example.org"},
                ]
            },
            "Ask B (b@example.org) for access.",
        ),
        ({"authors": [{"name": "A", "affiliation": "X"}]}, "Ask A (X) for access."),
        (
            {"repo": "https://example.org/r"},
            "Ask those who made it for access: https://example.org/r",
        ),
    ],
)
def test_it_is_said_whom_to_ask(
    metadata: dict[str, Any], sentence: str, tmp_path: Path, qtbot: QtBot
) -> None:
    picker = picker_of(tmp_path, qtbot, "/no/w.pt", **metadata)

    qtbot.waitUntil(lambda: sentence in text(picker, "aiod-reasons"))
