"""Our page of napari's settings, where this napari has such pages."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

__all__ = ["PLUGIN", "alone", "folders", "follow", "on_disk", "section", "time_limit"]

_LOGGER = logging.getLogger(__name__)

PLUGIN = "napari-aiod-registry"
"""Under which name napari keeps our settings."""

_LONGEST_WAIT = 0.3
"""Seconds for which another napari is waited for; it writes within milliseconds."""


def __dir__() -> list[str]:
    return sorted(__all__)


def section(name: str) -> Any:
    """Return a part of our settings, or None where there are none.

    That is without napari, with an old one, and with a file of settings that is none.
    """
    if "napari.settings" not in sys.modules:
        return None
    try:
        return getattr(_ours(), name)
    except (ImportError, KeyError, AttributeError):
        return None
    # Anything may stand in the file, and napari checks it as it reads.
    except Exception:
        _LOGGER.warning("The settings of %s can't be read.", PLUGIN, exc_info=True)
        return None


def _ours() -> Any:
    from napari.settings import get_plugin_settings

    return get_plugin_settings(PLUGIN)


def on_disk(name: str, field: str) -> Any:
    """Return what the file of our settings has by now, or None.

    Another napari may have written it since this one has read it.
    """
    import yaml

    try:
        path = Path(_ours().config_path)
        if not path.is_file():  # a pipe would be waited for
            return None
        return yaml.safe_load(path.read_text(encoding="utf-8"))[name][field]
    except Exception:  # noqa: BLE001 - no file, or not what is looked for
        return None


@contextmanager
def alone() -> Iterator[None]:
    """Let no other napari of this person change our settings in the meantime.

    It waits for a fraction of a second at the most, and then goes on all the same. The
    lock lies in the folder for temporary files: a home on a network may not answer.
    """
    try:
        file = _open_lock()
    except OSError:
        yield
        return
    try:
        until = time.monotonic() + _LONGEST_WAIT
        while not _lock(file) and time.monotonic() < until:
            time.sleep(0.002)
        yield
    finally:
        os.close(file)  # which lets go of it, as the end of the program does


def _open_lock() -> int:
    owner = os.getuid() if hasattr(os, "getuid") else ""
    path = Path(tempfile.gettempdir(), f"{PLUGIN}{owner}.lock")
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, os.O_RDWR | os.O_CREAT | flags, 0o600)


def _lock(file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def follow(
    name: str, field: str, callback: Callable[[Any], object]
) -> Callable[[], object]:
    """Call back when somebody changes a setting.

    Parameters
    ----------
    name, field : str
        Which setting.
    callback : bound method
        Called with napari's event, whose ``value`` is the new one. napari holds the
        method weakly: the settings would outlive its object.

    Returns
    -------
    callable
        Ends that.
    """
    events = getattr(section(name), "events", None)
    emitter = getattr(events, field, None)
    if emitter is None:
        return lambda: None

    emitter.connect(callback)
    return partial(emitter.disconnect, callback)


def folders() -> list[str]:
    """Return the folders of manifests that somebody has set.

    They may be in quotes, as Windows copies a path, and begin with ``~`` or a variable.
    """
    text = str(getattr(section("sources"), "folders", ""))
    parts = (part.strip().strip("\"'").strip() for part in text.split(";"))
    return [os.path.expandvars(os.path.expanduser(part)) for part in parts if part]


def time_limit(default: float) -> float:
    """Return the seconds that a disk has to answer."""
    found = getattr(section("sources"), "time_limit", default)
    return float(found) if isinstance(found, int | float) and found > 0 else default
