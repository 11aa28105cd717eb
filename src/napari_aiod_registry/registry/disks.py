"""Looks at paths of disks that may not answer.

Looking may hang for minutes on a dead network mount, so it happens in threads of its
own, a few for each drive. Nobody has to wait for them.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal, TypeVar

from ..text import NotAFileError, read_beginning

Answer = TypeVar("Answer")

PathStatus = Literal["available", "missing", "unreadable", "timed-out"]

_AT_ONCE = 3
"""Looks at one drive at the same time, so that one dead folder does not hide others."""

_MOST_LEFT = 5
"""How often a drive that hangs is looked at anew."""

_HOLD_DRIVES = frozenset({"mnt", "media", "net", "Volumes"})
"""Folders below the root in which each folder is a drive of its own."""


@dataclass(eq=False)
class _Look:
    """One look at one path.

    Attributes
    ----------
    path : str
        The path.
    done : threading.Event
        Set when there is an answer.
    answer : tuple of str, str
        Status and reason; ``timed-out`` as long as there is none.
    """

    path: str
    done: threading.Event = field(default_factory=threading.Event)
    answer: tuple[PathStatus, str] = ("timed-out", "")


class _Drive:
    """Looks at the paths of one drive.

    A drive that hangs holds no more than a few threads, however many paths of it are
    asked for. They are daemons, which do not keep Python from ending. A path that is
    asked for again while it is looked at is not looked at twice.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looks: dict[str, _Look] = {}
        self._queue: deque[_Look] = deque()
        self.threads = 0
        self._heard = 0.0

    def ask(self, path: str) -> _Look:
        """Begin to look at a path."""
        with self._lock:
            look = self._looks.get(path)
            if look is None:
                look = self._looks[path] = _Look(path)
                self._queue.append(look)
                if self.threads < _AT_ONCE:
                    self._start(look)
        return look

    def _start(self, look: _Look) -> None:
        thread = threading.Thread(target=self._run, name="look at a disk", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # the system gives no more of them
            if not self.threads:  # and none will come to this
                self._queue.remove(look)
                del self._looks[look.path]
                look.answer = "unreadable", "This computer is too busy to look at it."
                look.done.set()
            return
        self.threads += 1
        self._heard = time.monotonic()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    self.threads -= 1
                    return
                look = self._queue.popleft()
            try:
                look.answer = _look(look.path)
            except Exception as error:  # noqa: BLE001 - the thread has others to answer
                look.answer = "unreadable", f"It can't be read: {error}."
            with self._lock:
                self._heard = time.monotonic()
                del self._looks[look.path]
            look.done.set()

    def wait(self, look: _Look, deadline: float, limit: float) -> None:
        """Wait for an answer, but not for a drive that has been silent for a while."""
        while True:
            until = min(deadline, self._heard + limit)
            if look.done.wait(max(0.0, until - time.monotonic())):
                return
            if time.monotonic() >= min(deadline, self._heard + limit):
                return


_drives: dict[str, _Drive] = {}
_left: dict[str, list[_Drive]] = {}  # those that hung when somebody looked anew
_drives_lock = threading.Lock()


@dataclass(frozen=True)
class Question:
    """What a path has been asked, and where its answer comes from."""

    _drive: _Drive
    _look: _Look

    def wait(self, deadline: float, limit: float) -> tuple[PathStatus, str]:
        """Wait for the answer.

        Parameters
        ----------
        deadline : float
            When to give up, as `time.monotonic` counts.
        limit : float
            Seconds after which a drive that answers nothing at all is not waited for,
            even if they passed before this question was asked.

        Returns
        -------
        status : str
            ``available``, ``missing``, ``unreadable`` or ``timed-out``.
        reason : str
            The status in a sentence for people.
        """
        self._drive.wait(self._look, deadline, limit)
        status, reason = self._look.answer
        if status == "timed-out":
            drive = drive_of(self._look.path)
            hint = "Is the network drive connected?"
            reason = f"{drive} did not answer in time. {hint}"
        return status, reason


def ask(path: str) -> Question:
    """Begin to look at a path, in the background."""
    name = drive_of(path)
    with _drives_lock:
        drive = _drives.get(name)
        if drive is None:
            drive = _drives[name] = _Drive()
    return Question(drive, drive.ask(path))


def look_anew() -> None:
    """Let later questions not wait for the answers to earlier ones.

    A drive that hung may be back, while those who asked it before hang for ever. There
    is an end to that, too: each of them holds a thread.
    """
    with _drives_lock:
        for name, drive in list(_drives.items()):
            left = [one for one in _left.get(name, ()) if one.threads]
            if drive.threads and len(left) < _MOST_LEFT:
                _left[name] = [*left, _drives.pop(name)]


def in_time(
    calls: Sequence[Callable[[], Answer]], timeout: float | None
) -> list[Answer | None]:
    """Call functions, all at once and for no longer than a time limit.

    Parameters
    ----------
    calls : sequence of callable
        What to call. They raise nothing.
    timeout : float or None
        Seconds for all of them together; None for no limit, and one after the other.

    Returns
    -------
    list
        What each has returned, None for one that has not yet.
    """
    if timeout is None:
        return [call() for call in calls]
    answers: list[Answer | None] = [None] * len(calls)

    def answer(number: int) -> None:
        answers[number] = calls[number]()

    threads = [
        threading.Thread(target=answer, args=(number,), name="in time", daemon=True)
        for number in range(len(calls))
    ]
    deadline = time.monotonic() + timeout
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return list(answers)


def drive_of(path: str) -> str:
    r"""Return the folder that a drive is mounted at, as far as a path tells it.

    That is the first folder below the root, or the second where the first one is for
    drives, like ``/mnt`` or ``/Volumes``; for Windows ``C:`` or ``\\server\share``.
    No disk is asked.
    """
    if path[1:2] == ":" or path.startswith("\\\\"):  # on Windows, or meant for it
        return PureWindowsPath(path).drive
    parts = PurePosixPath(path).parts
    count = 3 if len(parts) > 2 and parts[1] in _HOLD_DRIVES else 2
    if parts[1:3] == ("run", "media"):  # the name of a person comes before the drive's
        count = 5
    return str(PurePosixPath(*parts[:count])) if len(parts) > 1 else path


def _look(path: str) -> tuple[PathStatus, str]:
    """Try to read a file or to list a folder. May hang as long as the disk does."""
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            with os.scandir(path) as entries:
                next(entries, None)
        elif stat.S_ISREG(mode):
            read_beginning(path, 1)
        else:  # opening a named pipe would wait for somebody to write into it
            return "unreadable", "It is neither a file nor a folder."
    except NotAFileError:  # since it was looked at
        return "unreadable", "It is neither a file nor a folder."
    except FileNotFoundError:
        return "missing", _missing(path)
    except NotADirectoryError:
        return "missing", "Not found on this computer."
    except PermissionError:
        return "unreadable", "You have no permission to read it."
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return "unreadable", f"It can't be read: {why}."
    return "available", "On this computer."


def _missing(path: str) -> str:
    """Say what is missing: the file, or the whole drive that it should be on."""
    drive = drive_of(path)
    if drive != path and not Path(drive).exists():
        return f"{drive} is not mounted on this computer."
    return "Not found on this computer."
