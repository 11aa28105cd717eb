"""Ask a web server about weights, without fetching them."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

LINK_TIMEOUT = 10.0
"""Seconds for a server to answer."""

_NO_HEAD = (403, 405, 501)
"""What servers answer that do not know HEAD."""


@dataclass(frozen=True)
class LinkCheck:
    """What a server says of an address.

    Attributes
    ----------
    works : bool
        Whether there is something that can be fetched.
    sentence : str
        For people: status, size and type, or what went wrong.
    size : int or None
        Bytes, if the server tells.
    """

    works: bool
    sentence: str
    size: int | None = None


def check_link(url: str, timeout: float = LINK_TIMEOUT) -> LinkCheck:
    """Ask for the head of what is at an address. It waits: not on the GUI thread.

    Parameters
    ----------
    url : str
        An address of http or https.
    timeout : float, default 10
        Seconds for the server to answer.

    Returns
    -------
    LinkCheck
        Nothing is raised.
    """
    try:
        return _ask(Request(url, method="HEAD"), timeout)
    except HTTPError as error:
        if error.code not in _NO_HEAD:
            return _refused(error)
    except (OSError, ValueError, http.client.HTTPException) as error:
        return _unreachable(error, timeout)
    try:  # for the first byte, which tells as much
        return _ask(Request(url, headers={"Range": "bytes=0-0"}), timeout)
    except HTTPError as error:
        return _refused(error)
    except (OSError, ValueError, http.client.HTTPException) as error:
        return _unreachable(error, timeout)


def _ask(request: Request, timeout: float) -> LinkCheck:
    if request.type not in ("http", "https"):
        raise ValueError(f"{request.full_url} is no address on the web")
    with urlopen(request, timeout=timeout) as answer:
        total = answer.headers.get("Content-Range", "").rpartition("/")[2]
        length = total or answer.headers.get("Content-Length", "")
        size = int(length) if length.isdecimal() else None
        kind = answer.headers.get_content_type()
        size_text = "size not told" if size is None else readable_size(size)
        return LinkCheck(True, f"The link works: {size_text}, {kind}.", size)


def _refused(error: HTTPError) -> LinkCheck:
    with error:
        if error.code in (401, 403):
            return LinkCheck(False, f"The server wants a login ({error.code}).")
        if error.code in (404, 410):
            return LinkCheck(False, f"There is nothing at this address ({error.code}).")
        return LinkCheck(False, f"The server answers {error.code} {error.reason}.")


def _unreachable(error: Exception, timeout: float) -> LinkCheck:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return LinkCheck(False, f"The server has not answered for {timeout:g} seconds.")
    why = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return LinkCheck(False, f"The server can't be reached: {why}.")


def readable_size(size: int) -> str:
    """Write a number of bytes as people do: ``1.2 GB``."""
    number, unit = float(size), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if number < 1000:
            break
        number, unit = number / 1000, larger
    return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
