"""What a server says of a link, and what people are told of it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from link_server import (
    Handler,
    LinkServer,
    drip,
    forget_proxies,
    link_server,
    sentence,
)

from napari_aiod_registry.links.check import LinkCheck, check_link, readable_size

BROWSER = "Open the link in a web browser to see what is there."


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LinkServer]:
    forget_proxies(monkeypatch)
    with link_server() as running:
        yield running


# --- Files ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "told", "size"),
    [
        (
            {"Content_Type": "application/zip", "Content_Length": "4300000"},
            "4.3 MB, application/zip",
            4300000,
        ),
        (
            {"Content_Type": "Application/Zip; a=b"},
            "size not stated, application/zip",
            None,
        ),
        ({"Content_Length": "7"}, "7 B, type not stated", 7),
        ({"Content_Type": "\0<b>"}, "size not stated, type not stated", None),
        ({"Content_Length": "-5"}, "size not stated, type not stated", None),
        ({"Content_Length": "5 GB"}, "size not stated, type not stated", None),
        ({"Content_Length": "9" * 5000}, "size not stated, type not stated", None),
        ({"Content_Length": "1" + "0" * 30}, "size not stated, type not stated", None),
    ],
    ids=str,
)
def test_a_link_that_works(
    server: LinkServer, headers: dict[str, str], told: str, size: int | None
) -> None:
    url = server.says("/w.zip", **headers)

    check = check_link(url)

    assert check == LinkCheck(True, f"The link works (status 200): {told}.", size)
    assert server.methods() == ["HEAD"]


@pytest.mark.parametrize("status", [403, 405, 501])
@pytest.mark.parametrize(
    ("total", "told", "size"),
    [("7000", "7.0 kB", 7000), ("*", "size not stated", None)],
)
def test_a_server_that_does_not_know_head(
    server: LinkServer, status: int, total: str, told: str, size: int | None
) -> None:
    server.says("HEAD /w", status)
    range_ = f"bytes 0-0/{total}"
    url = server.says("GET /w", 206, Content_Range=range_, Content_Length="1")

    check = check_link(url)

    works = f"The link works (status 206): {told}, type not stated."
    assert check == LinkCheck(True, works, size)
    assert server.methods() == ["HEAD", "GET"]
    assert server.asked[1].headers["Range"] == "bytes=0-0"


def test_the_body_of_a_file_is_not_read(server: LinkServer) -> None:
    def send_for_ever(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 9000000000\r\n\r\n")
        drip(handler)

    server.says("HEAD /w", 405)
    url = server.writes("GET /w", send_for_ever)

    check = check_link(url)

    assert check.size == 9_000_000_000
    assert server.hung_up.wait(5)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (2.4e9, "2.4 GB"),
        (5e15, "5.0 PB"),
    ],
)
def test_sizes(size: float, text: str) -> None:
    assert readable_size(int(size)) == text


# --- Redirects -----------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_head_stays_head_where_it_is_sent_on(server: LinkServer, status: int) -> None:
    url = server.says("/w", status, Location="w?signed=1")
    server.says("/w?signed=1", Content_Length="5")

    check = check_link(url)

    assert check.sentence == "The link works (status 200): 5 B, type not stated."
    assert server.methods() == ["HEAD", "HEAD"]


def test_who_answers_at_last_is_named(server: LinkServer) -> None:
    with link_server() as other:
        url = server.says("/w", 302, Location=other.says("/w", Content_Length="5"))
        missing = server.says("/gone", 302, Location=f"{other.url}/gone")

        works, gone = check_link(url), check_link(missing)

    told = "5 B, type not stated"
    assert works.sentence == (
        f"The link works (status 200): {told}, from {other.place}."
    )
    assert f"(status 404 from {other.place})" in gone.sentence


def test_ten_redirects_are_followed_and_no_more(server: LinkServer) -> None:
    for number in range(11):
        server.says(f"/{number}", 302, Location=f"/{number + 1}")
    server.says("/11")

    assert check_link(f"{server.url}/1").works
    assert sentence(f"{server.url}/0") == (
        f"The server sends us round in circles. {BROWSER}"
    )


def test_a_circle_is_noticed_at_once(server: LinkServer) -> None:
    url = server.says("/a", 302, Location="/b")
    server.says("/b", 302, Location="/a")

    assert "round in circles" in sentence(url)
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "target", ["ftp://127.0.0.1/w", "file:///etc/passwd", "http://[", "data:,w"]
)
def test_redirects_lead_to_the_web_alone(server: LinkServer, target: str) -> None:
    url = server.says("/w", 302, Location=target)

    assert sentence(url) == (
        "The server sends us on to something other than an address of http or https, "
        f"which is not followed. {BROWSER}"
    )


def test_a_redirect_to_nowhere(server: LinkServer) -> None:
    assert sentence(server.says("/w", 302)) == (
        f"The server sends us on, but does not say where to. {BROWSER}"
    )


# --- Web pages -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/w.pt", "/w", "/w.pt?f=index.html"])
def test_a_web_page_is_no_file(server: LinkServer, path: str) -> None:
    page = {"Content_Type": "text/html; charset=utf-8", "Content_Length": "4321"}

    assert sentence(server.says(path, **page)) == (
        "The server answers with a web page (4.3 kB, text/html), not with a file. "
        "Perhaps one has to log in. Open the link in a web browser to see."
    )


def test_a_login_page_elsewhere(server: LinkServer) -> None:
    url = server.says("/w.pt", 302, Location="/login/")
    server.says("/login/", Content_Type="text/html")

    assert f"(size not stated, text/html) from {server.place}, not" in sentence(url)


@pytest.mark.parametrize("path", ["", "/", "/models/", "/index.html", "/INDEX.HTM"])
def test_a_link_to_a_web_page_works(server: LinkServer, path: str) -> None:
    url = f"{server.url}{path}"
    server.says(path or "/", Content_Type="text/html")

    assert check_link(url).works


# --- Refusals ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "start", "end"),
    [
        (204, "The server answers, but with nothing (", BROWSER),
        (300, "The server answers with no file (", BROWSER),
        (
            401,
            "The server wants a login (",
            "ask whoever offers the file how to get it.",
        ),
        (403, "The server does not let us have this (", "in a web browser to see."),
        (404, "There is nothing at this address (", "on the pages of the model."),
        (407, "The proxy wants a login (", "Ask whoever runs your network."),
        (410, "What was at this address has been taken away (", "of the model."),
        (416, "The file at this address seems to be empty (", "whoever offers it."),
        (418, "The server answers with no file (", BROWSER),
        (429, "Too many have asked the server (", "Try again later."),
        (500, "The server has a fault of its own (", "Try again later."),
        (503, "The server has a fault of its own (", "Try again later."),
    ],
)
def test_refusals(server: LinkServer, status: int, start: str, end: str) -> None:
    told = sentence(server.says("/w", status))

    assert told.startswith(f"{start}status {status})")
    assert told.endswith(end)


@pytest.mark.parametrize(
    ("after", "when"),
    [
        ("1", "in 1 second"),
        ("90", "in 90 seconds"),
        ("150", "in 3 minutes"),
        ("86400", "in 24 hours"),
        ("259200", "in 3 days"),
        ("0", "later"),
        ("-5", "later"),
        ("9999999", "later"),
        ("soon", "later"),
        ("Wed, 21 Oct 2015 07:28:00 GMT", "later"),
        ("Wed, 99 Oct 2015 07:28:00 GMT", "later"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_when_to_try_again(
    server: LinkServer, after: str, when: str, status: int
) -> None:
    url = server.says("/w", status, Retry_After=after)

    assert sentence(url).endswith(f"(status {status}). Try again {when}.")


def test_a_date_to_try_again(server: LinkServer) -> None:
    # Half an hour more or less than five leaves time for the test itself.
    date = format_datetime(datetime.now(UTC) + timedelta(hours=4.5), usegmt=True)

    assert sentence(server.says("/w", 429, Retry_After=date)).endswith("in 5 hours.")


# --- Addresses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/ünï.pt", "/%C3%BCn%C3%AF.pt"),
        ("/%C3%BCn%C3%af 1.pt", "/%C3%BCn%C3%af%201.pt"),
        ("/100%.pt?ü=%20&b=ö#part", "/100%25.pt?%C3%BC=%20&b=%C3%B6"),
    ],
)
def test_letters_beyond_ascii(server: LinkServer, written: str, asked: str) -> None:
    server.says(asked)

    assert check_link(f" {server.url}{written}\n").works
    assert server.asked[0].path == asked


def test_letters_beyond_ascii_in_redirects(server: LinkServer) -> None:
    server.says("/%C3%BC.pt")
    for number, raw in enumerate(("/ü.pt", "/%C3%BC.pt")):
        header = raw.encode().decode("latin-1")  # as http.server writes it
        assert check_link(server.says(f"/{number}", 302, Location=header)).works


def test_letters_beyond_ascii_in_the_name(
    server: LinkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer_names(monkeypatch, server)
    server.says("/w")

    assert check_link(f"http://münchen.example:{server.server_port}/w").works
    assert asked == ["xn--mnchen-3ya.example"]
    host = f"xn--mnchen-3ya.example:{server.server_port}"
    assert server.asked[0].headers["Host"] == host


def answer_names(monkeypatch: pytest.MonkeyPatch, server: LinkServer) -> list[str]:
    """Give each name the address of the server, and list the names asked for."""
    names: list[str] = []

    def look_up(name: str, *_: object, **__: object) -> list[Any]:
        names.append(name)
        kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        return [(*kind, "", server.server_address)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://h/w", "h/w", r"C:\w", "", "//h"]
)
def test_not_of_the_web(url: str) -> None:
    assert sentence(url) == (
        "Only links that begin with http:// or https:// can be checked."
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://[",
        "http://h:port/w",
        "http:///w",
        "http://a b/w",
        "http://<b>/w",
        "http://h..de/w",
        f"http://{'h' * 64}/w",
        "http://me:secret@h:pw/w",
    ],
)
def test_no_address(url: str) -> None:
    assert sentence(url) == (
        "This is not a web address: there is no proper name of a server in it. "
        "Check the link for typing mistakes."
    )


def test_name_and_password_go_to_their_server_alone(server: LinkServer) -> None:
    with link_server() as other:
        server.says("/a", 302, Location="/b")
        server.says("/b", 302, Location=other.says("/w", 401))
        told = sentence(f"http://m%C3%BC:s%40p@{server.place}/a")

    basic = "Basic bcO8OnNAcA=="
    assert [asked.headers["Authorization"] for asked in server.asked] == [basic] * 2
    assert "Authorization" not in other.asked[0].headers
    assert told.startswith(f"The server wants a login (status 401 from {other.place}).")


def test_a_wrong_password_is_not_shown(server: LinkServer) -> None:
    server.says("/w", 401)

    assert sentence(f"http://me:secret@{server.place}/w") == (
        "The server does not take the name and password in the link (status 401). "
        "Check them, or ask whoever offers the file."
    )
