"""How long the search takes for 10,000 families, without the dock around it."""

from __future__ import annotations

from itertools import count, cycle
from pathlib import Path
from random import Random
from typing import Any

import pytest

from napari_aiod_registry import ModelManifest, Registry
from napari_aiod_registry.search import Search

WORDS = "cell tissue deep network trained membrane nuclei light sheet 3D"


@pytest.fixture(scope="module")
def many() -> Registry:
    chance = Random(1)
    words = WORDS.split()
    manifests = {}
    for number in range(10_000):
        manifest = {
            "name": f"Model {number}",
            "metadata": {
                "description": " ".join(chance.choices(words, k=40)),
                "tags": chance.sample(words, 2),
            },
            "versions": {
                "v1": {"tasks": {"nuclei": {"locations": [{"location": "/w"}]}}}
            },
        }
        path = Path(f"/manifests/{number}.json")
        manifests[path] = ModelManifest.model_validate(manifest)
    return Registry(manifests)


@pytest.mark.benchmark(group="search 10,000 families")
def test_make_searchable(many: Registry, benchmark: Any) -> None:
    benchmark.pedantic(lambda: Search(many), rounds=3)


@pytest.mark.benchmark(group="search 10,000 families")
def test_type_a_sentence(many: Registry, benchmark: Any) -> None:
    search = Search(many)
    sentence = "i want the nuclei and membranes of cells in a light sheet stack"
    keys = cycle(sentence[:end] for end in range(1, len(sentence) + 1))

    benchmark(lambda: search.find(next(keys)))


@pytest.mark.benchmark(group="search 10,000 families")
def test_words_that_are_new(many: Registry, benchmark: Any) -> None:
    search = Search(many)
    numbers = count()

    benchmark(lambda: search.find(f"nuclie membrnae {next(numbers)}"))
