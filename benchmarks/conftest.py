"""Benchmarks run on the same display as the tests."""

from __future__ import annotations

import display


def pytest_unconfigure() -> None:
    """Put away the display."""
    display.put_away()
