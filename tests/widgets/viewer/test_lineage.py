"""Which array another one is a part of, and along which axis."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import ref

import dask.array as da
import numpy as np
import pytest

from napari_aiod_registry.widgets.viewer import lineage
from napari_aiod_registry.widgets.viewer.lineage import Lineage, Split

TZYX = ("T", "Z", "Y", "X")


def array() -> Any:
    return np.zeros((4, 5, 8, 9), np.uint8)


def lazy() -> Any:
    return da.zeros((4, 5, 8, 9), np.uint8)


@pytest.mark.parametrize("make", [array, lazy])
@pytest.mark.parametrize("axis", range(4))
def test_a_step_of_any_axis_is_found(make: Any, axis: int) -> None:
    known, whole = Lineage(), make()
    known.remember(whole, TZYX)

    for step in (0, -1):
        part = whole[(slice(None),) * axis + (step,)]
        left = TZYX[:axis] + TZYX[axis + 1 :]
        assert known.of(part) == Split(TZYX[axis], left)


def whole_itself(whole: Any) -> Any:
    return whole


NO_STEPS = [
    whole_itself,
    lambda whole: whole[0, 0],
    lambda whole: whole[::2, 0],
    lambda whole: whole[0] + 1,
    lambda _: array()[0],
]


@pytest.mark.parametrize("part", NO_STEPS)
@pytest.mark.parametrize("make", [array, lazy])
def test_what_is_no_step_is_none(make: Any, part: Any) -> None:
    known, whole = Lineage(), make()
    known.remember(whole, TZYX)

    assert known.of(part(whole)) is None


def test_a_copy_is_no_step_and_what_is_flipped_neither() -> None:
    known, whole = Lineage(), array()
    known.remember(whole, TZYX)

    assert known.of(whole[0].copy()) is None
    assert known.of(whole[:, 0, ::-1]) is None


@pytest.mark.parametrize("step", [(slice(None), slice(None, None, -1)), (slice(1, 3),)])
def test_parts_of_parts_are_found(step: Any) -> None:
    known, whole = Lineage(), array()[step]
    known.remember(whole, TZYX)
    known.remember(whole[1], ("Z", "Y", "X"))

    assert known.of(whole[1][4]) == Split("Z", ("Y", "X"))
    assert known.of(whole[0][4]) is None, "of another time point nobody has asked"


def test_a_file_in_memory_is_known_too(tmp_path: Path) -> None:
    file: Any = np.memmap(tmp_path / "a", np.uint8, "w+", shape=(4, 5, 8, 9))
    known = Lineage()
    known.remember(file, TZYX)

    assert known.of(file[2]) == Split("T", ("Z", "Y", "X"))


def test_the_last_word_counts() -> None:
    known, whole = Lineage(), array()
    known.remember(whole, (None, "Z", "Y", "X"))
    known.remember(whole, TZYX)

    assert known.of(whole[0]) == Split("T", ("Z", "Y", "X"))


def test_nothing_is_kept_alive_and_no_more_than_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lineage, "_MOST", 10)
    known, whole = Lineage(), array()
    known.remember(whole, TZYX)
    gone = ref(whole)

    del whole
    assert gone() is None
    for _ in range(50):
        known.remember(array(), TZYX)
        known.remember(lazy(), TZYX)
    assert len(known._known) <= 10


def test_many_parts_of_one_array_are_not_compared_with_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[Any] = []
    known, whole = Lineage(), np.zeros((200, 5, 8, 9), np.uint8)
    known.remember(whole, TZYX)
    for part in whole:
        known.remember(part, TZYX[1:])
    step_of = lineage.step_of

    def counted(*args: Any) -> int | None:
        compared.append(args)
        return step_of(*args)

    monkeypatch.setattr(lineage, "step_of", counted)
    for part in whole:
        assert known.of(part) == Split("T", TZYX[1:])

    assert len(compared) == len(whole)
