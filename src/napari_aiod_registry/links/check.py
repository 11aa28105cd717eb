"""Ask a web server about weights, without fetching them."""

from __future__ import annotations

import base64
import http.client
import math
import re
import socket
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from email.message import Message
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, unquote, urljoin, urlsplit
from urllib.request import (
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    Request,
    build_opener,
)

from .sentences import (
    CIRCLES,
    NO_ADDRESS,
    NOT_FOLLOWED,
    NOT_WEB,
    NOWHERE,
    LinkError,
    no_answer,
    refusal,
    too_late,
)

LINK_TIMEOUT = 10.0
"""Seconds for a whole check, however often the server sends us on."""

_MOST_REDIRECTS = 10
_REDIRECTS = (301, 302, 303, 307, 308)
_NO_HEAD = (403, 405, 501)
"""What servers answer that do not know HEAD, or that let people GET alone."""
_PORTS = {"http": 80, "https": 443}
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_PAGE_NAMES = (".html", ".htm", ".xhtml", "/")


@dataclass(frozen=True)
class LinkCheck:
    """What a server says of an address.

    Attributes
    ----------
    works : bool
        Whether there is a file that can be fetched.
    sentence : str
        For people: status, size and type, or what went wrong and what to do.
    size : int or None
        Bytes of the file, if the server states them.
    """

    works: bool
    sentence: str
    size: int | None = None


def check_link(url: str, timeout: float = LINK_TIMEOUT) -> LinkCheck:
    """Ask for the head of what is at an address. It waits: not on the GUI thread.

    Parameters
    ----------
    url : str
        An address of http or https. A name and a password in it go to its server
        alone, and into no sentence.
    timeout : float, default 10
        Seconds for the whole check.

    Returns
    -------
    LinkCheck
        Nothing is raised.
    """
    try:
        address = _read_address(url)
    except LinkError as error:
        return LinkCheck(False, str(error))
    line = _Line(timeout)
    answer: Future[LinkCheck] = Future()

    def ask() -> None:
        try:
            answer.set_result(_check(address, line))
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            answer.set_exception(error)

    # In a thread, as to look up a name can be neither limited nor ended.
    threading.Thread(target=ask, name="check link", daemon=True).start()
    try:
        return answer.result(timeout)
    except TimeoutError:
        line.hang_up()
        return LinkCheck(False, line.too_late)


def readable_size(size: int) -> str:
    """Write a number of bytes as people do: ``1.2 GB``."""
    number, unit = float(size), "B"
    for larger in ("kB", "MB", "GB", "TB", "PB"):
        if number < 999.95:  # what is more is rounded to 1000.0
            break
        number, unit = number / 1000, larger
    return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"


# --- Addresses -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Address:
    """An address in ASCII, and the login for its server, which is kept out of it."""

    scheme: str
    place: str
    path: str
    query: str = ""
    login: str | None = None

    @property
    def url(self) -> str:
        query = f"?{self.query}" if self.query else ""
        return f"{self.scheme}://{self.place}{self.path}{query}"


def _read_address(text: str) -> _Address:
    try:
        parts = urlsplit(text.strip())
        port, host = parts.port, parts.hostname or ""
        if ":" not in host:
            host = host.encode("idna").decode()
    except ValueError:  # a bracket, a port, or a name that there can't be
        raise LinkError(NO_ADDRESS) from None
    if parts.scheme not in _PORTS:
        raise LinkError(NOT_WEB)
    if not re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", host, re.ASCII):
        raise LinkError(NO_ADDRESS)
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme]:
        place += f":{port}"
    login = None
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    path = _encoded(parts.path) or "/"
    return _Address(parts.scheme, place, path, _encoded(parts.query), login)


def _encoded(text: str) -> str:
    """Write all but ASCII as ``%XX``, and leave what is written so already."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(text, safe="%/:=&?~+!$,;'@()*[]", errors="replace")


def _sent_to(address: _Address, headers: Message) -> _Address:
    """Return where a server sends us on to from an address."""
    text = headers.get("Location", "")
    with suppress(UnicodeError):  # http.client takes every header for Latin-1
        text = text.encode("latin-1").decode()
    if not text:
        raise LinkError(NOWHERE)
    try:
        target = _read_address(urljoin(address.url, text))
    except (LinkError, ValueError):
        raise LinkError(NOT_FOLLOWED) from None
    is_same = (target.scheme, target.place) == (address.scheme, address.place)
    if target.login is None and is_same:
        return replace(target, login=address.login)
    return target


# --- Asking --------------------------------------------------------------------------


class _Connection(http.client.HTTPConnection):
    """A connection that is given up if the time is over when it stands at last."""

    deadline = math.inf

    def send(self, data: Any) -> None:
        super().send(data)
        if time.monotonic() >= self.deadline:
            raise TimeoutError


class _SecureConnection(_Connection, http.client.HTTPSConnection):
    """The same for https."""


class _AsItIs(HTTPErrorProcessor):
    """Hands every answer on. urllib would follow redirects with GET, not HEAD."""

    def http_response(self, request: Request, response: Any) -> Any:
        return response

    https_response = http_response


class _Line(HTTPHandler, HTTPSHandler):
    """Opens the connections of one check, and can hang up from another thread.

    Parameters
    ----------
    timeout : float
        Seconds for the check.
    """

    def __init__(self, timeout: float) -> None:
        super().__init__()
        self.deadline = time.monotonic() + timeout
        self.too_late = too_late(timeout)
        self._connection: _Connection | None = None

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(self._connect, req)

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(self._connect_securely, req)

    def _connect(self, host: str, /, **options: Any) -> _Connection:
        self._connection = _Connection(host, **options)
        self._connection.deadline = self.deadline
        return self._connection

    def _connect_securely(self, host: str, /, **options: Any) -> _Connection:
        self._connection = _SecureConnection(host, **options)
        self._connection.deadline = self.deadline
        return self._connection

    def hang_up(self) -> None:
        """Wake the thread that waits for a server. It ends by itself."""
        sock: socket.socket | None = getattr(self._connection, "sock", None)
        if sock is not None:
            with suppress(OSError):
                # Past the encryption, whose state belongs to the other thread.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def ask(self, address: _Address, method: str) -> tuple[int, Message]:
        """Return status and headers of one answer. Its body is not read."""
        request = Request(address.url, method=method)
        if method == "GET":
            request.add_header("Range", "bytes=0-0")
        if address.login is not None:
            token = base64.b64encode(address.login.encode(errors="replace")).decode()
            request.add_unredirected_header("Authorization", f"Basic {token}")
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise LinkError(self.too_late)
        try:  # urllib reads the settings of proxies here
            with build_opener(self, _AsItIs).open(request, timeout=left) as answer:
                return answer.status, answer.headers
        except (OSError, ValueError, http.client.HTTPException) as error:
            why = error.reason if isinstance(error, URLError) else error
            if isinstance(why, TimeoutError):
                raise LinkError(self.too_late) from None
            kind = "server" if request.host == address.place else "proxy"
            name = re.sub(r"[^\w.:\[\]-]", "?", request.host.rpartition("@")[2])
            raise LinkError(no_answer(why, kind, name)) from None


# --- Answers -------------------------------------------------------------------------


def _check(address: _Address, line: _Line) -> LinkCheck:
    try:
        status, headers, final = _follow(address, "HEAD", line)
        if status in _NO_HEAD:  # the first byte tells as much
            status, headers, final = _follow(address, "GET", line)
    except LinkError as error:
        return LinkCheck(False, str(error))
    moved = (final.place, final.path) != (address.place, address.path)
    source = f" from {final.place}" if moved else ""
    if not 200 <= status < 300 or status in (204, 205):
        has_login = final.login is not None
        return LinkCheck(False, refusal(status, headers, source, has_login=has_login))
    size, kind = _size(status, headers), _kind(headers)
    told = "size not stated" if size is None else readable_size(size)
    told += f", {kind or 'type not stated'}"
    if kind in _PAGE_TYPES and not address.path.lower().endswith(_PAGE_NAMES):
        return LinkCheck(
            False,
            f"The server answers with a web page ({told}){source}, not with a file. "
            "Perhaps one has to log in. Open the link in a web browser to see.",
        )
    source = source and f",{source}"
    return LinkCheck(True, f"The link works (status {status}): {told}{source}.", size)


def _follow(
    address: _Address, method: str, line: _Line
) -> tuple[int, Message, _Address]:
    """Return status and headers where a chain of redirects ends, and that address."""
    seen: set[str] = set()
    while address.url not in seen and len(seen) <= _MOST_REDIRECTS:
        seen.add(address.url)
        status, headers = line.ask(address, method)
        if status not in _REDIRECTS:
            return status, headers, address
        address = _sent_to(address, headers)
    raise LinkError(CIRCLES)


def _size(status: int, headers: Message) -> int | None:
    """Return the bytes of the whole file, unless the server states nonsense."""
    text = headers.get("Content-Length", "")
    if status == 206:  # then the length is that of the part
        text = headers.get("Content-Range", "").rpartition("/")[2]
    # 17 digits are 100 million GB: no file is as large.
    return int(text) if re.fullmatch("[0-9]{1,17}", text.strip()) else None


def _kind(headers: Message) -> str | None:
    """Return the stated type, like ``application/zip``."""
    text = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    part = r"[\w.+-]{1,60}"
    return text if re.fullmatch(f"{part}/{part}", text, re.ASCII) else None
