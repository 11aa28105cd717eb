"""Benchmarks run on the same display as the tests, and with settings of their own."""

from __future__ import annotations

import display
import pytest


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the settings of whoever measures as they are."""
    section = "napari_aiod_registry.settings.section"
    monkeypatch.setattr(section, lambda _: None)


def pytest_unconfigure() -> None:
    """Put away the display."""
    display.put_away()
