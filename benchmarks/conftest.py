"""Benchmarks run on the same display as the tests, and with settings of their own."""

from __future__ import annotations

from pathlib import Path
from random import Random

import display
import pytest

from napari_aiod_registry import ModelManifest, Registry


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the settings of whoever measures as they are."""
    section = "napari_aiod_registry.settings.section"
    monkeypatch.setattr(section, lambda _: None)


@pytest.fixture(scope="session")
def many() -> Registry:
    """Make 10,000 families with descriptions of 40 words."""
    chance = Random(1)
    words = [
        "cell",
        "tissue",
        "deep",
        "network",
        "trained",
        "membrane",
        "nuclei",
        "light",
        "sheet",
        "3D",
    ]
    manifests = {}
    for number in range(10_000):
        manifest = {
            "name": f"Model {number}",
            "metadata": {
                "description": " ".join(chance.choices(words, k=40)),
                "license": "MIT",
                "tags": chance.sample(words, 2),
            },
            "versions": {
                "v1": {"tasks": {"nuclei": {"locations": [{"location": "/w"}]}}}
            },
        }
        path = Path(f"/manifests/{number}.json")
        manifests[path] = ModelManifest.model_validate(manifest)
    return Registry(manifests)


def pytest_configure(config: pytest.Config) -> None:
    """Start a display where there is none."""
    display.set_up(config)


def pytest_unconfigure() -> None:
    """Put away the display."""
    display.put_away()
