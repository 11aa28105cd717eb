"""What a server says of a link, and what people are told of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from napari_aiod_registry.links import check_link, readable_size


class Answers(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        if self.path == "/slow":
            time.sleep(1)
        if self.path == "/headless" and self.command == "HEAD":
            self.send_error(405)
            return
        if self.path.strip("/").isdecimal():
            self.send_error(int(self.path.strip("/")))
            return
        self.send_response(206 if self.path == "/headless" else 200)
        self.send_header("Content-Type", "application/zip")
        if self.path == "/headless":
            self.send_header("Content-Range", "bytes 0-0/7000")
            self.send_header("Content-Length", "1")
        elif self.path != "/unknown":
            self.send_header("Content-Length", "1234567")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


@pytest.mark.parametrize(
    ("path", "works", "sentence", "size"),
    [
        ("/w.zip", True, "The link works: 1.2 MB, application/zip.", 1234567),
        ("/unknown", True, "The link works: size not told, application/zip.", None),
        ("/headless", True, "The link works: 7.0 kB, application/zip.", 7000),
        ("/404", False, "There is nothing at this address (404).", None),
        ("/401", False, "The server wants a login (401).", None),
        ("/403", False, "The server wants a login (403).", None),
        ("/500", False, "The server answers 500 Internal Server Error.", None),
    ],
)
def test_what_a_server_says(
    server: str, path: str, works: bool, sentence: str, size: int | None
) -> None:
    check = check_link(server + path)

    assert (check.works, check.sentence, check.size) == (works, sentence, size)


def test_a_server_that_does_not_answer(server: str) -> None:
    check = check_link(f"{server}/slow", timeout=0.1)

    assert check.sentence == "The server has not answered for 0.1 seconds."


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1:1/w", "The server can't be reached: Connection refused."),
        ("http://[/", "The server can't be reached: "),
        ("file:///etc/passwd", "is no address on the web"),
    ],
)
def test_what_can_not_be_asked(url: str, sentence: str) -> None:
    check = check_link(url)

    assert not check.works
    assert sentence in check.sentence


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (2.4e9, "2.4 GB"),
        (5e15, "5000.0 TB"),
    ],
)
def test_sizes(size: float, text: str) -> None:
    assert readable_size(int(size)) == text
