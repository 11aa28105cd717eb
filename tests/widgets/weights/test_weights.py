"""Where the weights are: shown, copied, opened, asked for."""

from __future__ import annotations

import json
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from manifests_for_tests import changed, write
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QEvent, Qt, QUrl
from qtpy.QtGui import QDesktopServices, QFocusEvent, QGuiApplication
from qtpy.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel

from napari_aiod_registry import Registry, Resolution, Selection
from napari_aiod_registry.links.check import LinkCheck
from napari_aiod_registry.registry import disks
from napari_aiod_registry.registry.location_checks import DEFAULT_TIMEOUT
from napari_aiod_registry.widgets import ModelPicker
from napari_aiod_registry.widgets.parts.elided import ElidedLine
from napari_aiod_registry.widgets.weights import availability, link_checks

URL = "https://example.org/a/very/long/address/that/has/no/room/in/a/dock/weights.zip"
LEAST = {"description": "?", "license": "MIT"}
PLACES = ("versions", "v1", "tasks", "mito", "locations")


def picker_of(
    folder: Path,
    qtbot: QtBot,
    *places: str,
    time_limit: float = DEFAULT_TIMEOUT,
    **metadata: Any,
) -> ModelPicker:
    entries = [{"location": place} for place in places]
    data = {**LEAST, **metadata}
    path = write(folder, changed((PLACES, entries), (("metadata",), data)))
    picker = ModelPicker(registry=Registry.from_paths([path]), time_limit=time_limit)
    qtbot.addWidget(picker)
    picker.resize(300, 900)
    picker.show()
    qtbot.waitExposed(picker)
    return picker


def line(picker: ModelPicker) -> ElidedLine:
    found = picker.findChild(ElidedLine, "aiod-location")
    assert found is not None
    return found


def button(picker: ModelPicker, name: str) -> QAbstractButton:
    found = picker.findChild(QAbstractButton, name)
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
        QDesktopServices, "openUrl", lambda url: not urls.append(url.toString())
    )
    (tmp_path / "w.pt").write_text("?")
    (tmp_path / "inside").mkdir()
    folder = QUrl.fromLocalFile(str(tmp_path)).toString()

    remote = picker_of(tmp_path, qtbot, URL)
    assert button(remote, "aiod-location-open").text() == "Open link"
    button(remote, "aiod-location-open").click()
    for place in ("w.pt", "inside"):
        here = picker_of(tmp_path, qtbot, str(tmp_path / place))
        assert button(here, "aiod-location-open").text() == "Open folder"
        count = len(urls)
        button(here, "aiod-location-open").click()
        qtbot.waitUntil(lambda count=count: len(urls) > count)

    assert urls == [URL, folder, f"{folder}/inside"]


def test_it_is_said_when_nothing_can_open_a_link(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    opener = button(picker_of(tmp_path, qtbot, URL), "aiod-location-open")
    opener.click()

    assert opener.text() == "No program here opens this. Copy it instead."


def test_the_link_is_checked_on_demand(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(url: str) -> LinkCheck:
        asked.append(url)
        return LinkCheck(False, "There is nothing at this address (404).")

    monkeypatch.setattr(link_checks, "check_link", answer)
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

    assert fold.text() == "Locations (3)"
    fold.click()

    lines = text(picker, "aiod-locations").splitlines()
    assert lines[0] == "1. $NOWHERE_AT_ALL/w.pt"
    assert "NOWHERE_AT_ALL is not set" in lines[1]
    assert "is not mounted on this computer" in lines[3]
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
    assert "is not mounted" in tooltips()[1]


def two_drives(tmp_path: Path, qtbot: QtBot) -> ModelPicker:
    """Make a picker with 40 versions on a drive that is called dead, and one here."""
    here = tmp_path / "here.pt"
    here.write_bytes(b"x")
    versions = {f"v{number}": f"/dead/{number}.pt" for number in range(40)}
    versions["here"] = str(here)
    tasks = {
        name: {"tasks": {"mito": {"locations": [{"location": path}]}}}
        for name, path in versions.items()
    }
    written = {"name": "A", "short_name": "a", "metadata": LEAST, "versions": tasks}
    (tmp_path / "a.json").write_text(json.dumps(written))
    picker = ModelPicker(registry=Registry.from_paths([tmp_path]))
    qtbot.addWidget(picker)
    picker.show()
    return picker


def test_a_dead_drive_does_not_hold_up_the_others(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Event()
    real = disks._look

    def hang(path: str) -> tuple[str, str]:
        if path.startswith("/dead"):
            stop.wait(60)
        return real(path)

    monkeypatch.setattr(disks, "_look", hang)
    picker = two_drives(tmp_path, qtbot)
    here = Selection("mito", "a", "here")
    dead = Selection("mito", "a", "v39")

    qtbot.waitUntil(lambda: picker._availability.where(here) == "available")
    assert picker._availability.where(dead) == ""
    qtbot.waitUntil(
        lambda: picker._availability.where(dead) == "unreadable", timeout=30_000
    )
    why = picker._availability.why(dead) or ""
    assert "/dead did not answer in time" in why.replace("\u200b", "")
    # What is known is shown at once.
    picker.version = "v39"
    assert text(picker, "aiod-status") == "✗ Weights not readable on this computer"
    stop.set()
    button(picker, "aiod-look-again").click()
    qtbot.waitUntil(lambda: "/dead is not mounted" in text(picker, "aiod-reasons"))


def test_each_drive_has_the_time_that_is_set(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = []
    real = Registry.resolve

    def resolve(self: Registry, *selection: str, timeout: float) -> Resolution:
        limits.append(timeout)
        return real(self, *selection, timeout=timeout)

    monkeypatch.setattr(Registry, "resolve", resolve)
    picker = two_drives(tmp_path, qtbot)
    gone = Selection("mito", "a", "v39")
    qtbot.waitUntil(lambda: picker._availability.where(gone) == "unreadable")
    picker.time_limit = 17.5
    limits.clear()
    button(picker, "aiod-look-again").click()

    qtbot.waitUntil(lambda: 17.5 in limits)
    assert set(limits) <= {0.01, 17.5}


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
            "Ask B (b@example.org) how to get the weights.",
        ),
        (
            {"authors": [{"name": "A", "affiliation": "X"}]},
            "Ask A (X) how to get the weights.",
        ),
        (
            {"repo": "https://example.org/r"},
            "How to get the weights: see https://example.org/r",
        ),
    ],
)
def test_it_is_said_whom_to_ask(
    metadata: dict[str, Any], sentence: str, tmp_path: Path, qtbot: QtBot
) -> None:
    picker = picker_of(tmp_path, qtbot, "/no/w.pt", **metadata)

    qtbot.waitUntil(lambda: sentence in text(picker, "aiod-reasons"))


def test_whoever_comes_back_finds_the_answer_of_the_server(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def answer(url: str) -> LinkCheck:
        go_on.wait(60)
        return LinkCheck(True, "The link works.")

    monkeypatch.setattr(link_checks, "check_link", answer)
    other = {"tasks": {"mito": {"locations": [{"location": "https://b.org/w"}]}}}
    path = write(tmp_path, changed((("versions", "other"), other)))
    picker = ModelPicker(registry=Registry.from_paths([path]))
    qtbot.addWidget(picker)
    picker.show()
    first = picker.version
    button(picker, "aiod-locations-fold").click()
    check = button(picker, "aiod-check-link")
    check.click()
    assert not check.isEnabled()

    picker.version = "other"
    assert check.isEnabled(), "nobody has asked this server"
    assert text(picker, "aiod-link-check") == ""
    picker.version = first or ""
    assert text(picker, "aiod-link-check") == "Asking the server …"
    picker.version = "other"
    go_on.set()
    qtbot.waitUntil(lambda: picker._background._waiting == {})
    picker.version = first or ""

    assert text(picker, "aiod-link-check") == "✓ The link works."


def test_a_check_that_breaks_down_does_not_look_like_waiting(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(url: str) -> LinkCheck:
        raise RuntimeError("oh")

    monkeypatch.setattr(link_checks, "check_link", answer)
    picker = picker_of(tmp_path, qtbot, URL)
    button(picker, "aiod-check-link").click()

    qtbot.waitUntil(lambda: "can't be checked: oh" in text(picker, "aiod-link-check"))
    assert button(picker, "aiod-check-link").isEnabled()


def test_all_links_of_a_version_can_be_checked(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "w.pt").write_text("?")
    monkeypatch.setattr(
        link_checks, "check_link", lambda url: LinkCheck(True, f"Works: {url[-1]}.")
    )
    here = str(tmp_path / "w.pt")
    picker = picker_of(tmp_path, qtbot, here, "https://a.org/1", "https://a.org/2")
    qtbot.waitUntil(lambda: button(picker, "aiod-check-link").text() == "Check links")
    button(picker, "aiod-check-link").click()

    qtbot.waitUntil(lambda: "Works: 2." in text(picker, "aiod-link-check"))
    assert text(picker, "aiod-link-check").splitlines() == [
        "https://a.org/1",
        "✓ Works: 1.",
        "https://a.org/2",
        "✓ Works: 2.",
    ]


def test_what_is_copied_is_a_path(tmp_path: Path, qtbot: QtBot) -> None:
    picker = picker_of(tmp_path, qtbot, "/no-such-drive/a_b/w.pt")
    qtbot.waitUntil(lambda: "/no-such-drive" in text(picker, "aiod-reasons"))
    label = picker.findChild(QLabel, "aiod-reasons")
    assert label is not None
    assert "\u200b" in label.text(), "it wraps"
    label.setSelection(0, len(label.text().splitlines()[0]))

    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == "1. /no-such-drive/a_b/w.pt"


def test_the_menu_of_a_line_can_copy(tmp_path: Path, qtbot: QtBot) -> None:
    shown = line(picker_of(tmp_path, qtbot, URL))
    QApplication.sendEvent(shown, QFocusEvent(QEvent.Type.FocusIn))
    popup = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    QApplication.sendEvent(shown, popup)

    assert shown.selectedText() == URL


def test_a_config_file_that_is_gone_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "w.pt").write_text("?")
    entry = {"location": str(tmp_path / "w.pt"), "config_path": "gone.yaml"}
    path = write(tmp_path, changed((PLACES, [entry])))
    picker = ModelPicker(registry=Registry.from_paths([path]))
    qtbot.addWidget(picker)
    picker.show()

    qtbot.waitUntil(lambda: text(picker, "aiod-status").startswith("✓"))
    assert text(picker, "aiod-reasons") == (
        "The config file can't be used. Not found on this computer."
    )


def test_a_better_location_that_is_slow_is_waited_for(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Event()

    def slow(path: str) -> tuple[str, str]:
        answer.wait(60)
        return "available", "On this computer."

    monkeypatch.setattr(disks, "_look", slow)
    picker = picker_of(tmp_path, qtbot, "/slow/w.pt", URL)

    assert text(picker, "aiod-status").startswith("… Looking")
    assert not line(picker).isVisible()
    answer.set()
    qtbot.waitUntil(lambda: text(picker, "aiod-status").startswith("✓"))
    assert line(picker).text() == "/slow/w.pt"


def test_looking_again_does_not_wait_for_those_who_hang(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Event()

    def hang(path: str) -> tuple[str, str]:
        stop.wait(60)
        return "missing", "?"

    monkeypatch.setattr(disks, "_look", hang)
    picker = picker_of(tmp_path, qtbot, "/back/w.pt")
    picker.time_limit = 0.2
    monkeypatch.setattr(disks, "_look", lambda _: ("available", "On this computer."))
    button(picker, "aiod-look-again").click()

    qtbot.waitUntil(lambda: text(picker, "aiod-status").startswith("✓"))
    stop.set()


def test_a_drive_that_needs_a_while_at_first_is_asked_again(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    spins = Event()

    def slow(path: str) -> tuple[str, str]:
        spins.wait(60)
        return "available", "On this computer."

    monkeypatch.setattr(disks, "_look", slow)
    monkeypatch.setattr(availability, "_FIRST_DELAY", 0.02)
    picker = picker_of(tmp_path, qtbot, "/spins/w.pt", time_limit=0.1)
    qtbot.waitUntil(lambda: text(picker, "aiod-status").startswith("✗"))

    spins.set()

    qtbot.waitUntil(lambda: text(picker, "aiod-status").startswith("✓"))


def test_a_dead_link_is_not_called_good_above(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = LinkCheck(False, "There is nothing at this address (404).")
    monkeypatch.setattr(link_checks, "check_link", lambda _: dead)
    picker = picker_of(tmp_path, qtbot, URL)
    button(picker, "aiod-check-link").click()

    qtbot.waitUntil(lambda: "the link does not work" in text(picker, "aiod-status"))


def test_of_many_locations_the_first_are_listed(tmp_path: Path, qtbot: QtBot) -> None:
    places = [f"/nowhere/{number}" for number in range(3000)]
    picker = picker_of(tmp_path, qtbot, *places, time_limit=60)

    qtbot.waitUntil(
        lambda: "… and 2,950 more" in text(picker, "aiod-reasons"), timeout=60_000
    )
    told = text(picker, "aiod-reasons")
    assert "/nowhere/49" in told
    assert "/nowhere/50" not in told
    assert picker.resolution is not None
    assert len(picker.resolution.checks) == 3000, "all of them were looked at"


def test_of_many_links_the_first_are_checked(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def check(url: str) -> LinkCheck:
        asked.append(url)
        return LinkCheck(True, "It is there.")

    monkeypatch.setattr(link_checks, "check_link", check)
    urls = [f"https://example.org/{number}" for number in range(300)]
    picker = picker_of(tmp_path, qtbot, *urls)
    qtbot.waitUntil(lambda: button(picker, "aiod-check-link").text() == "Check links")

    button(picker, "aiod-locations-fold").click()
    button(picker, "aiod-check-link").click()

    qtbot.waitUntil(lambda: text(picker, "aiod-link-check").count("✓") == 20)
    assert sorted(asked) == sorted(urls[:20])
    assert "… and 280 more" in text(picker, "aiod-link-check")
