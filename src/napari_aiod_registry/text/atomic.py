"""Files written as a whole, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from ..messages import Problem


def replace_file(path: Path, raw: bytes) -> None:
    """Write a file under another name beside it, and put that in its place.

    A file that is there keeps its permissions, and a link still points to it.

    Parameters
    ----------
    path : Path
        The file.
    raw : bytes
        What is to be in it.

    Raises
    ------
    OSError, ValueError
        Where it can't be written. The file is then as it was.
    """
    target = Path(os.path.realpath(path))
    mode = _mode_to_keep(target)
    temporary = target.with_name(f".aiod-{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _mode_to_keep(target: Path) -> int | None:
    """Return the permissions of a file that may be replaced, None where there is none.

    Raises
    ------
    OSError
        Where something else is there, or the file is write-protected.
    """
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "It is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a file")
    # Putting another file in its place asks for the folder's permission only.
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "Permission denied")
    return stat.S_IMODE(status.st_mode)


def unwritable(path: Path, error: OSError | ValueError) -> Problem:
    """Say why a file could not be written, and what to do about it."""
    code, hint = "unwritable-file", None
    # Of a link, the folder of the file that it points to is what counts.
    target = Path(os.path.realpath(path)) if os.path.islink(path) else path
    folder = target.parent
    number = getattr(error, "errno", None)
    if isinstance(error, FileNotFoundError):
        message = f"The folder {folder} does not exist."
        code, hint = "missing-folder", "Make it first, or choose another."
    elif isinstance(error, NotADirectoryError):
        message = f"{folder} is not a folder."
        code, hint = "missing-folder", "Choose another."
    elif isinstance(error, IsADirectoryError):
        message, hint = f"{path} is a folder.", "Name a file in it."
    elif isinstance(error, PermissionError):
        message = f"You have no permission to write {path}."
        hint = "Choose another folder, or ask its owner."
    elif number in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        message = f"There is no room left on the disk for {path}."
        code, hint = "disk-full", "Delete something, or choose another folder."
    else:
        why = getattr(error, "strerror", None) or str(error)
        message = f"{path} can't be written: {why}."
    return Problem("error", code, "", message, hint, path=path)
