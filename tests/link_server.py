"""A web server of this computer that answers as a test tells it."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from napari_aiod_registry.links.check import check_link


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: Message


@dataclass(frozen=True)
class Reply:
    """What to answer: status and headers, or whatever a function writes."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    write: Callable[[Handler], None] | None = None


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: LinkServer

    def answer(self) -> None:
        """Answer by method and path, or by the path alone."""
        self.server.asked.append(Asked(self.command, self.path, self.headers))
        replies = self.server.replies
        reply = replies.get(f"{self.command} {self.path}") or replies.get(self.path)
        reply = reply or Reply(404)
        if reply.write is not None:
            reply.write(self)
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_HEAD = do_GET = do_CONNECT = answer  # noqa: N815 - the names http.server wants

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class LinkServer(ThreadingHTTPServer):
    """Remembers what it has been asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Asked] = []
        self.replies: dict[str, Reply] = {}
        self.closing = threading.Event()
        self.hung_up = threading.Event()
        self.place = f"127.0.0.1:{self.server_port}"
        self.url = f"http://{self.place}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: many tests hang up on the server."""

    def says(self, path: str, status: int = 200, **headers: str) -> str:
        """Set an answer, with ``Content_Length`` for ``Content-Length``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies[path] = Reply(status, named)
        return self.url + path.rpartition(" ")[2]

    def writes(self, path: str, write: Callable[[Handler], None]) -> str:
        """Let a function answer, without HTTP where it likes."""
        self.replies[path] = Reply(write=write)
        return self.url + path.rpartition(" ")[2]

    def methods(self) -> list[str]:
        """Return the methods of all requests so far."""
        return [asked.method for asked in self.asked]


def drip(handler: Handler) -> None:
    """Send a header line now and then, until the other side hangs up."""
    try:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        while not handler.server.closing.wait(0.01):
            handler.wfile.write(b"X")
    except OSError:
        handler.server.hung_up.set()


def wait(handler: Handler) -> None:
    """Answer nothing, until the other side hangs up."""
    with suppress(OSError):
        handler.connection.recv(1)
    handler.server.hung_up.set()


@contextmanager
def link_server(certificate: Path | None = None) -> Iterator[LinkServer]:
    """Run a server; with a file of a key and a certificate, one for https."""
    with LinkServer() as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            server.url = f"https://{server.place}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


@contextmanager
def closed_port() -> Iterator[str]:
    """Return an address that refuses connections."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{sock.getsockname()[1]}"


def forget_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of this computer come between a test and its server."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def sentence(url: str) -> str:
    """Return what people are told of a link that does not work."""
    check = check_link(url)

    assert not check.works
    assert check.size is None
    return check.sentence


def wait_for_threads() -> None:
    """Fail if a thread that checks a link stays."""
    until = time.monotonic() + 5
    while any(thread.name == "check link" for thread in threading.enumerate()):
        assert time.monotonic() < until, "a thread stays"
        time.sleep(0.005)
