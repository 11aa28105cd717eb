"""Manifests and configs as large as they may be, and how long they hold the panel."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qtpy.QtCore import QObject, QTimer
from qtpy.QtWidgets import QApplication

ONE_PLACE = [{"location": "https://example.org/w.pt"}]


def _manifest(**changes: Any) -> dict[str, Any]:
    versions = {"v": {"tasks": {"nuclei": {"locations": ONE_PLACE}}}}
    metadata = {"description": "A probe."}
    first = {"name": "Large", "short_name": "large", "metadata": metadata}
    return {**first, "versions": versions, "params": [], **changes}


def _versions(*places: list[dict[str, str]]) -> dict[str, Any]:
    return {
        f"v{number}": {"tasks": {"nuclei": {"locations": place}}}
        for number, place in enumerate(places)
    }


MANIFESTS: dict[str, dict[str, Any]] = {
    "60 parameters": _manifest(
        params=[{"name": f"p{n}", "value": n, "tooltip": "t"} for n in range(60)]
    ),
    "2,500 versions": _manifest(
        versions=_versions(*([{"location": f"/x/{n}"}] for n in range(2500)))
    ),
    "15,000 choices": _manifest(
        params=[
            {
                "name": "c",
                "value": [f"choice {n}" for n in range(15_000)],
                "tooltip": "t",
            }
        ]
    ),
    "6,000 locations": _manifest(
        versions=_versions([{"location": f"/x/{n}"} for n in range(6000)])
    ),
    "10,000 tags and 2,000 authors": _manifest(
        metadata={
            "description": "A probe.",
            "tags": [f"tag {n}" for n in range(10_000)],
            "authors": [{"name": f"A {n}", "affiliation": "x"} for n in range(2000)],
        }
    ),
    "a tooltip of 1 MB": _manifest(
        params=[{"name": "n" * 50, "value": 1, "tooltip": "t " * 500_000}]
    ),
}
"""What there is much of → a manifest within the limits."""

LONG_FORM = {
    "1,500 parameters": _manifest(
        params=[{"name": f"p{n}", "value": n, "tooltip": "t"} for n in range(1500)]
    )
}
"""A form as long as it may be, which is built at once."""

CONFIGS: dict[str, dict[str, Any]] = {
    "200 unknown keys": {f"k{n}": n for n in range(200)},
    "19,000 unknown keys": {f"k{n}": n for n in range(19_000)},
    "19,000 numbers": {"n_tiles": list(range(19_000))},
    "4.9 MB of text": {"prob_thresh": "x" * 4_900_000},
}
"""What there is much of → a config within the limits."""


def written(folder: Path, data: dict[str, Any], name: str) -> Path:
    """Write a file of JSON."""
    path = folder / name
    path.write_text(json.dumps(data))
    return path


class Heartbeat(QObject):
    """Remembers the longest time between two beats of the event loop, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(2)

    def _beat(self) -> None:
        now = time.thread_time()  # of this thread alone: others use the processor too
        if self._last is not None:
            self.worst = max(self.worst, now - self._last)
        self._last = now

    def during(self, act: Callable[[], object], until: Callable[[], bool]) -> float:
        """Do something, wait for its end, and return the longest hold."""
        self._settle(20)
        # What was there before is not looked through while we measure: a process of
        # tests has far more objects than the panel makes.
        gc.collect()
        gc.freeze()
        try:
            return self._measure(act, until)
        finally:
            gc.unfreeze()

    def _measure(self, act: Callable[[], object], until: Callable[[], bool]) -> float:
        self.worst, self._last = 0.0, None
        self._settle(2)
        act()
        deadline = time.monotonic() + 60
        while not until() and time.monotonic() < deadline:
            self._settle(1)
        assert until(), "it has not come to an end"
        self._settle(50)  # what is laid out afterwards
        return self.worst

    def _settle(self, rounds: int) -> None:
        for _ in range(rounds):
            QApplication.processEvents()
            time.sleep(0.004)


def known_work() -> float:
    """Return the seconds of processor time that a known amount of work takes."""
    begun = time.thread_time()
    total = 0
    for number in range(200_000):
        total += len(str(number))
    assert total
    return time.thread_time() - begun
