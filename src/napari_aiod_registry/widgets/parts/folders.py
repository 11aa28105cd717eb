"""Show where a file is, and never open the file itself.

What a manifest names may be a program. A folder is safe to open.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from qtpy.QtCore import QUrl
from qtpy.QtGui import QDesktopServices

from .background import Background

WEB_SCHEMES = ("http", "https")
"""What a link may be that a click opens."""


def open_link(url: QUrl) -> bool:
    """Open a link in the browser, and nothing that is not on the web.

    Returns
    -------
    bool
        Whether a program took it.
    """
    return url.scheme() in WEB_SCHEMES and QDesktopServices.openUrl(url)


def show_in_folder(
    background: Background,
    path: str,
    then: Callable[[bool], object],
    *,
    inside: bool = False,
) -> None:
    """Open the folder in which something is. The disk is asked in the background.

    Parameters
    ----------
    background : Background
        Asks the disk.
    path : str
        An absolute path.
    then : callable
        Called with whether the folder is there and a program took it.
    inside : bool, default False
        Whether to open the path itself, where that is a folder.
    """

    def find() -> str | None:
        return folder_of(path, inside=inside)

    def found(folder: str | None) -> None:
        then(
            folder is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(folder))
        )

    background.run(find, found)


def folder_of(path: str, *, inside: bool = False) -> str | None:
    """Return the folder to open for a path, or None where there is none.

    This asks the disk, which may take long.
    """
    folder = path if inside and os.path.isdir(path) else os.path.dirname(path)
    # To a Mac, a program is a folder too, and to open it is to start it.
    while sys.platform == "darwin" and os.path.splitext(folder)[1]:
        folder = os.path.dirname(folder)
    return folder if os.path.isabs(folder) and os.path.isdir(folder) else None
