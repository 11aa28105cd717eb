"""What a location is, told from its text alone: a web address, a path, a file URL.

Nothing is looked at: a rule of the format holds on every computer. Whether this one can
read a path is found out in `registry.location_checks`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

Kind = Literal["remote", "path", "unsupported"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")

WEB_ADDRESS = (
    r"https?://"
    r"(?:[^\s/?#@]*@)?"  # user
    r"(?:[^\s/?#@:\[\]]+|\[[0-9a-f:.]+\])"  # name, IPv4 or [IPv6]
    r"(?::\d{1,5})?"  # port
    r"(?:[/?#]\S*)?"  # path, query, fragment
)
"""Regular expression of an http(s) URL that names a computer, in any letter case."""

_WEB_ADDRESS = re.compile(WEB_ADDRESS, re.IGNORECASE)

HOST = re.compile(r"[\w.\-]+|[A-Za-z]:")
"""The name of a computer in a ``file://`` URL, or a Windows drive."""

_MOST_KEPT = 4096
"""Addresses whose kind is kept; the bundled manifests have about 60."""

_FILE_URL = re.compile(r"file:(?://([^/\\]*))?", re.IGNORECASE)

_VARIABLE = re.compile(r"\$(?:(\w+)|\{([^}]*)\})", re.ASCII)

_HOME = re.compile(
    r"~|/home/[^/]+|/Users/[^/]+|[A-Za-z]:[\\/]Users[\\/][^\\/]+|\$\{?HOME\b",
    re.IGNORECASE,
)


class UnsetVariableError(ValueError):
    """A location names an environment variable that is not set.

    Attributes
    ----------
    variable : str
        The variable's name, without the dollar sign.
    """

    def __init__(self, variable: str) -> None:
        why = "is empty" if variable in os.environ else "is not set"
        message = f"The variable {variable} {why} on this computer."
        super().__init__(message if variable else "${} names no variable.")
        self.variable = variable


@dataclass(frozen=True)
class Address:
    """Where something is: a web address, a path or a ``file:`` URL.

    Attributes
    ----------
    text : str
        The URL or path, as written in a manifest.
    """

    text: str

    @cached_property
    def kind(self) -> Kind:
        r"""What kind of address it is.

        ``remote`` for http and https. ``path`` for no scheme, a drive letter
        (``C:\…``), a UNC path and ``file://``. ``unsupported`` for any other scheme.
        """
        match = _SCHEME.match(self.text)
        # A scheme of one letter does not exist: it is a Windows drive.
        if match is None or len(match[1]) == 1:
            return "path"
        scheme = match[1].lower()
        if scheme in ("http", "https"):
            return "remote"
        return "path" if scheme == "file" else "unsupported"

    @property
    def is_remote(self) -> bool:
        """Whether it is on the web."""
        return self.kind == "remote"

    @property
    def needs_disk(self) -> bool:
        """Whether checking it looks at a disk, and so may take long."""
        return self.kind == "path"

    @property
    def is_file_url(self) -> bool:
        """Whether it begins with ``file:``."""
        return _FILE_URL.match(self.text) is not None

    @property
    def is_in_home_folder(self) -> bool:
        """Whether it lies in one person's home folder, where others can't read it."""
        return self.needs_disk and _HOME.match(self._path()) is not None

    def split_file_url(self) -> tuple[str, str]:
        """Split a ``file:`` URL into the name of a computer, or "", and a decoded path.

        A path may hold ``#`` and ``?``, which other URLs give a meaning. Nothing is
        raised, whatever the text is.
        """
        match = _FILE_URL.match(self.text)
        host = (match and match[1]) or ""
        path = unquote(self.text[match.end() :] if match else self.text)
        return "" if host.lower() == "localhost" else host, path

    def expand(self, base: Path | None = None) -> str:
        """Fill in what the address leaves to the machine.

        Parameters
        ----------
        base : Path, optional
            The folder that a relative path starts from: the manifest's. Default: the
            current folder.

        Returns
        -------
        str
            A URL unchanged; a path with ``~``, ``$NAME`` and ``${NAME}`` filled in,
            ``file://`` decoded, and made absolute.

        Raises
        ------
        UnsetVariableError
            Where an environment variable is not set.
        """
        if not self.needs_disk:
            return self.text
        path = self._path()
        for match in _VARIABLE.finditer(path):
            name = match[1] or match[2]
            if not os.environ.get(name):
                raise UnsetVariableError(name)
        path = _VARIABLE.sub(lambda match: os.environ[match[1] or match[2]], path)
        path = os.path.expanduser(path)
        foreign = os.name != "nt" and (path[1:2] == ":" or path.startswith("\\\\"))
        if foreign or os.path.isabs(path):
            return path
        return os.path.normpath((base or Path.cwd()) / path)

    def _path(self) -> str:
        """Turn a ``file://`` URL into the path it stands for; leave a path alone."""
        if not self.is_file_url:
            return self.text
        host, path = self.split_file_url()
        if host:
            # file://C:/models lacks a slash, but can mean only one thing.
            return f"{host}{path}" if host[-1] == ":" else f"//{host}{path}"
        # file:///C:/models is C:/models, not a folder C: below the root.
        return path[1:] if re.match(r"/[A-Za-z]:[\\/]", path) else path


@lru_cache(maxsize=_MOST_KEPT)
def address_of(text: str) -> Address:
    """Return the address that a text is; the same each time, which knows its kind.

    Parameters
    ----------
    text : str
        A URL or a path, as written in a manifest.
    """
    return Address(text)


def is_web_address(text: str) -> bool:
    """Whether a text is an http(s) URL that names a computer to talk to.

    Parameters
    ----------
    text : str
        Any text.
    """
    return _WEB_ADDRESS.fullmatch(text) is not None
