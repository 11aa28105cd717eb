"""How long the search takes for 10,000 families, without the dock around it."""

from __future__ import annotations

from itertools import count, cycle
from typing import Any

import pytest

from napari_aiod_registry import Registry
from napari_aiod_registry.search.search import Search


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
