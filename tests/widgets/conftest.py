"""Widget tests leave no window behind."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest
from napari.utils.events import EventedModel
from qtpy.QtCore import QEvent
from qtpy.QtWidgets import QApplication

from napari_aiod_registry import settings
from napari_aiod_registry.testing import param_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qtpy.QtWidgets import QWidget


__all__ = ["param_form"]  # a fixture, for the tests in this folder


class Memory(EventedModel):
    """Our settings of that name, without a file."""

    remembered: str = ""


class Sources(EventedModel):
    """Likewise."""

    folders: str = ""
    time_limit: float = 2.0


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Give each test our settings in napari as they are at first."""
    sections = {"memory": Memory(), "sources": Sources()}
    monkeypatch.setattr(settings, "section", sections.get)
    monkeypatch.setattr(settings, "on_disk", lambda *_: None)
    return sections


def windows() -> list[QWidget]:
    """Return the top-level widgets that are left when all that is due is deleted."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return QApplication.topLevelWidgets()


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves top-level widgets behind, and say which."""
    before = windows()
    yield
    left = [window for window in windows() if window not in before]
    if left:  # perhaps in a cycle that Python has not got round to
        del left
        gc.collect()
        left = [window for window in windows() if window not in before]
    names = [
        f"{type(window).__name__} {window.objectName() or window.windowTitle()!r}"
        for window in left
    ]
    for window in left:
        window.deleteLater()  # or every later test would fail as well
    if names:
        pytest.fail("left behind: " + ", ".join(names), pytrace=False)
