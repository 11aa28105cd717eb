"""What every test needs: a display, settings of its own, the bundled registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import display
import pytest

if TYPE_CHECKING:
    from napari_aiod_registry import Registry


pytest.register_assert_rewrite("manifests_for_tests")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Let `-n auto` divide the tests only if no two of them share a display."""
    return None if display.can_be_had_by_each() else 0


def pytest_configure(config: pytest.Config) -> None:
    """Start a display where there is none."""
    display.set_up(config)


def pytest_unconfigure() -> None:
    """Put away the display."""
    display.put_away()


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Begin with what takes long, and leave out what nothing can show."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if not display.has_display():
        skip_real_viewers(items)


def skip_real_viewers(items: list[pytest.Item]) -> None:
    """Skip the tests that need a real viewer, and say what is missing."""
    skip = pytest.mark.skip(
        reason="no display: install xvfb to run the real-viewer tests"
    )
    for item in items:
        if item.get_closest_marker("viewer"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def bundled() -> Registry:
    """Return the registry that comes with the package."""
    from napari_aiod_registry import Registry

    return Registry.bundled()
