"""How long large files hold the event loop: the longest time between two beats of it.

The figures are those of this thread, in milliseconds, beside a known amount of work.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from large_files import CONFIGS, LONG_FORM, MANIFESTS, Heartbeat, known_work, written
from qtpy.QtWidgets import QApplication, QLabel

from napari_aiod_registry import Registry
from napari_aiod_registry.widgets import ModelPicker


@pytest.fixture
def picker(qapp: QApplication) -> Iterator[ModelPicker]:
    picker = ModelPicker(registry=Registry.bundled())
    picker.resize(320, 900)
    picker.show()
    picker.task, picker.model, picker.version = "nuclei", "stardist", "2D_demo"
    yield picker
    picker.hide()
    picker.deleteLater()


def tell(capsys: Any, name: str, hold: float) -> None:
    with capsys.disabled():
        known = known_work()
        told = f"{name:32} held {1000 * hold:6.0f} ms (known: {1000 * known:.0f})"
        print(f"\n{told}")  # noqa: T201 - that is what it is for


@pytest.mark.parametrize("name", [*MANIFESTS, "1,500 parameters"])
def test_hold_of_a_manifest(
    name: str, picker: ModelPicker, tmp_path: Path, capsys: Any
) -> None:
    path = written(tmp_path, {**MANIFESTS, **LONG_FORM}[name], "large.json")
    hold = Heartbeat().during(
        lambda: picker.open_manifest(path),
        lambda: (picker.model or "").startswith("preview:"),
    )
    tell(capsys, name, hold)


@pytest.mark.parametrize("name", CONFIGS)
def test_hold_of_a_config(
    name: str, picker: ModelPicker, tmp_path: Path, capsys: Any
) -> None:
    path = written(tmp_path, CONFIGS[name], "large.json")
    form = picker.form
    assert form is not None

    def told() -> bool:
        label = form.findChild(QLabel, "aiod-note-text")
        return label is not None and label.isVisible() and "taken" in label.text()

    tell(capsys, name, Heartbeat().during(lambda: form.load_config(path), told))
