"""What people are told where nothing answers, or nobody that one can trust."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import link_certificates
import pytest
from link_server import (
    Handler,
    LinkServer,
    closed_port,
    drip,
    forget_proxies,
    link_server,
    sentence,
    wait,
    wait_for_threads,
)

from napari_aiod_registry.links.check import check_link


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LinkServer]:
    forget_proxies(monkeypatch)
    with link_server() as running:
        yield running


# --- No answer -----------------------------------------------------------------------


@pytest.mark.parametrize("write", [drip, wait])
@pytest.mark.parametrize("by_proxy", [False, True])
def test_the_time_limit_holds_for_the_whole_check(
    server: LinkServer, monkeypatch: pytest.MonkeyPatch, write: Any, by_proxy: bool
) -> None:
    url = server.writes("/w", write)
    if by_proxy:
        monkeypatch.setenv("https_proxy", server.url)
        server.writes("models.example:443", write)
        url = "https://models.example/w"

    check = check_link(url, timeout=0.2)

    assert check.sentence == (
        "The server gives no full answer within 0.2 seconds. Try again later."
    )
    wait_for_threads()
    # On a very busy computer the time may be over before anything is asked.
    assert not server.asked or server.hung_up.wait(5)


def test_many_slow_redirects_do_not_add_up(server: LinkServer) -> None:
    def send_on(handler: Handler) -> None:
        handler.server.closing.wait(0.05)
        handler.send_response(302)
        handler.send_header("Location", f"{handler.path}x")
        handler.end_headers()

    for count in range(12):
        server.writes(f"/{'x' * count}", send_on)

    assert "within 0.2 seconds" in check_link(server.url, timeout=0.2).sentence
    wait_for_threads()
    assert len(server.asked) <= 5


def test_a_name_that_is_found_too_late(
    server: LinkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.writes("/w", drip)
    look_up, found = socket.getaddrinfo, threading.Event()

    def look_up_late(*arguments: Any, **options: Any) -> Any:
        found.wait(5)
        return look_up(*arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up_late)

    assert "within 0.1 seconds" in check_link(f"{server.url}/w", 0.1).sentence
    found.set()
    wait_for_threads()


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-\0\xff\r\n",
        b"\0" * 9,
        b"HTTP/1.1 what\r\n\r\n",
        b"HTTP/9 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
    ],
)
def test_what_is_not_the_web(server: LinkServer, raw: bytes) -> None:
    def write(handler: Handler) -> None:
        handler.wfile.write(raw)

    assert sentence(server.writes("/w", write)) == (
        f"What answers at {server.place} is not a web server. "
        "Check the link for typing mistakes."
    )


def test_a_server_that_hangs_up(server: LinkServer) -> None:
    assert sentence(server.writes("/w", lambda _: None)) == (
        f"The server {server.place} hangs up without an answer. Try again later."
    )


@pytest.mark.usefixtures("server")
def test_a_server_that_is_switched_off() -> None:
    with closed_port() as place:
        assert sentence(f"http://{place}/w") == (
            f"The server {place} refuses the connection. Perhaps it is switched off, "
            "or its name or port is wrong. Check the link, or try again later."
        )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            (
                "There is no server named h.example. Check the name for typing "
                "mistakes, and whether this computer is online."
            ),
        ),
        (
            socket.gaierror(socket.EAI_AGAIN, "Temporary failure"),
            "The name h.example can't be looked up. Is this computer online?",
        ),
        (
            OSError(errno.ENETUNREACH, "Network is unreachable"),
            "There is no way to the server h.example. Is this computer online?",
        ),
        (
            OSError(errno.EMFILE, "Too many open files"),
            (
                "The server h.example can't be reached: Too many open files. "
                "Try again later."
            ),
        ),
    ],
    ids=str,
)
def test_no_way_to_a_server(
    monkeypatch: pytest.MonkeyPatch, error: OSError, told: str
) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise error

    forget_proxies(monkeypatch)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    assert sentence("http://me:secret@h.example/w") == told


def test_a_port_is_no_part_of_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    forget_proxies(monkeypatch)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    assert "no server named h.example." in sentence("http://h.example:8080/w")


# --- Certificates --------------------------------------------------------------------

INVALID = "The server's certificate is not valid, so nobody can tell who answers: "


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LinkServer]:
    """Run a server whose certificate this computer does not know."""
    forget_proxies(monkeypatch)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    file = tmp_path / "good.pem"
    file.write_text(link_certificates.KEY + link_certificates.GOOD)
    with link_server(file) as running:
        yield running


def test_a_certificate_that_nobody_knows(secure: LinkServer) -> None:
    assert sentence(f"{secure.url}/w") == (
        f"{INVALID}the server has signed it itself. Tell whoever runs the server."
    )


def test_a_certificate_that_is_known(
    secure: LinkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "good.pem"))

    assert check_link(secure.says("/w")).works


def test_a_certificate_for_another_name(
    secure: LinkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "good.pem"))

    assert sentence(f"https://localhost:{secure.server_port}/w") == (
        f"{INVALID}it is made out to another name. Check the link for typing mistakes."
    )


def test_a_certificate_that_has_expired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_proxies(monkeypatch)
    file = tmp_path / "expired.pem"
    file.write_text(link_certificates.KEY + link_certificates.EXPIRED)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    with link_server(file) as server:
        assert sentence(f"{server.url}/w") == (
            f"{INVALID}it has expired. Tell whoever runs the server."
        )


def test_https_to_a_server_without_certificate(server: LinkServer) -> None:
    assert sentence(f"https://{server.place}/w") == (
        "No secure connection to the server can be made. Perhaps the link should begin "
        "with http:// and not with https://."
    )


# --- Proxies -------------------------------------------------------------------------


def test_a_proxy_is_asked(server: LinkServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://me:secret@{server.place}")
    server.says("http://models.example/w", Content_Length="5")

    assert check_link("http://models.example/w").sentence == (
        "The link works (status 200): 5 B, type not stated."
    )


def test_a_server_that_needs_no_proxy(
    server: LinkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closed_port() as place:
        monkeypatch.setenv("http_proxy", f"http://{place}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")

        assert check_link(server.says("/w")).works


@pytest.mark.usefixtures("server")
def test_a_proxy_that_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with closed_port() as place:
        monkeypatch.setenv("http_proxy", f"http://me:secret@{place}")

        told = sentence("http://models.example/w")

    assert told.startswith(f"The proxy {place} refuses the connection.")


def test_a_proxy_that_does_not_connect(
    server: LinkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", server.url)
    server.says("models.example:443", 403)

    assert sentence("https://models.example/w") == (
        f"The proxy {server.place} does not connect us to the server (status 403). "
        "Ask whoever runs your network."
    )


@pytest.mark.parametrize("proxy", ["socks5://me:secret@h:1", "http://h:pw", "http:///"])
def test_a_proxy_that_can_not_be_used(
    server: LinkServer, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("http_proxy", proxy)

    assert sentence(f"{server.url}/w") == (
        "The proxy that is set on this computer can't be used. Check the settings of "
        "the network, like the variables http_proxy and https_proxy."
    )
