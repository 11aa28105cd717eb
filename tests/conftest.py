"""What every test needs: a display, settings of its own, the bundled registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import display
import pytest

if TYPE_CHECKING:
    from napari_aiod_registry import Registry


pytest.register_assert_rewrite("manifests_for_tests")


def pytest_unconfigure() -> None:
    """Put away the display."""
    display.put_away()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need a real viewer where nothing can show one."""
    if display.has_display():
        return
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
