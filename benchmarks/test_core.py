"""How long the core takes, beside something that everybody knows."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from napari_aiod_registry import Registry
from napari_aiod_registry.registry.sources import bundled_folder

TEXTS = [file.read_bytes() for file in bundled_folder().glob("*.json")]


@pytest.mark.benchmark(group="load the bundled registry")
def test_json_loads(benchmark: Any) -> None:
    benchmark(lambda: [json.loads(text) for text in TEXTS])


@pytest.mark.benchmark(group="load the bundled registry")
def test_bundled(benchmark: Any) -> None:
    assert len(benchmark(Registry.bundled)) == len(TEXTS)


@pytest.mark.benchmark(group="a fresh process")
@pytest.mark.parametrize(
    "script",
    [
        "pass",
        "import pydantic; pydantic.BaseModel",
        "from napari_aiod_registry import ModelManifest",
        (
            "from napari_aiod_registry import Registry;"
            "Registry.bundled().resolve('nuclei', 'stardist', '2D_demo').params_model()"
        ),
    ],
    ids=["python", "pydantic", "the schema", "resolve one model"],
)
def test_cold(script: str, benchmark: Any) -> None:
    benchmark.pedantic(
        lambda: subprocess.run([sys.executable, "-c", script], check=True), rounds=10
    )
