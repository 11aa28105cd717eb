"""What a location is, told from its text alone."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from napari_aiod_registry.manifest.addresses import Address
from napari_aiod_registry.manifest.models import Location


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("https://x.org/w", "remote"),
        ("HTTP://x.org/w", "remote"),
        ("/models/w.pt", "path"),
        ("models/w.pt", "path"),
        ("models/a:b.pt", "path"),
        ("~/w.pt", "path"),
        ("$MODELS/w.pt", "path"),
        ("C:\\models\\w.pt", "path"),
        ("c:/models/w.pt", "path"),
        ("\\\\server\\share\\w.pt", "path"),
        ("file:///models/w.pt", "path"),
        ("s3://bucket/w.pt", "unsupported"),
        ("htp://x.org/w", "unsupported"),
        ("javascript:alert(1)", "unsupported"),
    ],
)
def test_a_location_is_classified_by_its_text(place: str, kind: str) -> None:
    assert Address(place).kind == kind


def test_a_location_knows_its_kind_and_is_the_same_as_before() -> None:
    entry = Location(location="https://x.org/w", config_path="w.yaml")
    dumped, pickled = entry.model_dump(), pickle.dumps(entry)

    assert [one.kind for one in entry.addresses] == ["remote", "path"]

    assert entry == Location(location="https://x.org/w", config_path="w.yaml")
    assert (entry.model_dump(), pickle.dumps(entry)) == (dumped, pickled)
    moved = entry.model_copy(update={"location": "/w"})
    assert moved.address.needs_disk
    assert Location(location="/w").config_address is None


def test_a_path_is_filled_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("MODELS", "/models")

    assert Address("~/w.pt").expand() == "/home/me/w.pt"
    assert Address("$MODELS/w.pt").expand() == "/models/w.pt"
    assert Address("${MODELS}/w.pt").expand() == "/models/w.pt"
    assert Address("file:///a%20b/w.pt").expand() == "/a b/w.pt"
    assert Address("file:///C:/models/w.pt").expand() == "C:/models/w.pt"
    assert Address("https://x.org/$MODELS").expand() == "https://x.org/$MODELS"
    assert Address("w.pt").expand(tmp_path) == str(tmp_path / "w.pt")
    assert Address("../w.pt").expand(tmp_path / "a") == str(tmp_path / "w.pt")
    assert Address("w.pt").expand() == str(Path.cwd() / "w.pt")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:///a%20b/w%231.pt", "/a b/w#1.pt"),
        ("file:///a/w#1.pt?", "/a/w#1.pt?"),
        ("FILE://localhost/a/w.pt", "/a/w.pt"),
        ("file:/a/w.pt", "/a/w.pt"),
        ("file://server/a/w.pt", "//server/a/w.pt"),
        ("file:///C:/a/w.pt", "C:/a/w.pt"),
        ("file://C:/a/w.pt", "C:/a/w.pt"),
        ("file://C:\\a\\w.pt", "C:\\a\\w.pt"),
        ("file://[x/w.pt", "//[x/w.pt"),
    ],
)
def test_a_file_url_is_a_path(url: str, path: str) -> None:
    assert Address(url).kind == "path"
    assert Address(url).expand() == path
