"""Which folder is opened for a path, and that nothing else is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from qtpy.QtCore import QUrl
from qtpy.QtGui import QDesktopServices

from napari_aiod_registry.widgets.parts.folders import folder_of, open_link


def test_a_folder_is_opened_and_never_a_file(tmp_path: Path) -> None:
    (tmp_path / "program").write_text("#!/bin/sh")
    (tmp_path / "inside").mkdir()

    for name in ("program", "inside", "nothing"):
        assert folder_of(f"{tmp_path}/{name}") == str(tmp_path)
    assert folder_of(f"{tmp_path}/inside", inside=True) == f"{tmp_path}/inside"
    assert folder_of(f"{tmp_path}/program", inside=True) == str(tmp_path)
    assert folder_of(f"{tmp_path}/program/weights", inside=True) is None
    assert folder_of(f"{tmp_path}/none/weights") is None
    assert folder_of("weights") is None


def test_a_program_that_is_a_folder_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Evil.app" / "Contents.d").mkdir(parents=True)
    monkeypatch.setattr(sys, "platform", "darwin")

    for path in ("Evil.app", "Evil.app/weights", "Evil.app/Contents.d/weights"):
        assert folder_of(f"{tmp_path}/{path}", inside=True) == str(tmp_path)


def test_a_click_opens_links_to_the_web_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    for address in ("file:///etc", "/etc", "mailto:a@b.org", "smb://a/b", "", "C:/a"):
        assert not open_link(QUrl(address))
    assert open_link(QUrl("HTTPS://example.org/a"))
    assert opened == ["https://example.org/a"]
