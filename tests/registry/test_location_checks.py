"""What this machine says about a location."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from napari_aiod_registry.manifest.addresses import Address, UnsetVariableError
from napari_aiod_registry.manifest.models import Location
from napari_aiod_registry.registry import disks
from napari_aiod_registry.registry import location_checks as locations
from napari_aiod_registry.registry.location_checks import check_locations


def check(place: str, **more: object) -> locations.LocationCheck:
    (found,) = check_locations([Location(location=place)], **more)  # type: ignore[arg-type]
    return found


def test_a_variable_that_is_not_set_is_a_reason_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("AIOD_MODELS", raising=False)

    found = check("${AIOD_MODELS}/w.pt")

    assert found.status == "unset-variable"
    assert "AIOD_MODELS is not set" in found.reason
    assert found.location is None
    with pytest.raises(UnsetVariableError):
        Address("$AIOD_MODELS/w.pt").expand()


def test_a_web_address_is_not_contacted() -> None:
    found = check("https://example.invalid/w.pt")

    assert (found.status, found.usable) == ("remote", True)
    assert found.location == "https://example.invalid/w.pt"


def test_files_and_folders_are_read(tmp_path: Path) -> None:
    file = tmp_path / "w 1.pt"
    file.write_bytes(b"x")

    assert check(str(file)).status == "available"
    assert check(str(tmp_path)).status == "available"
    assert check(f"file://{quote(str(file))}").location == str(file)
    assert check("w 1.pt", base=tmp_path).status == "available"


def test_a_named_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "w.pt")
    before = threading.active_count()
    started = time.monotonic()

    found = check(str(tmp_path / "w.pt"), timeout=30)

    assert found.status == "unreadable"
    assert found.reason == "It is neither a file nor a folder."
    assert time.monotonic() - started < 10
    assert threading.active_count() == before


def test_missing_is_told_from_not_connected(tmp_path: Path) -> None:
    here, nowhere = check(str(tmp_path / "w.pt")), check("/no-such-drive/models/w.pt")

    assert (here.status, here.reason) == ("missing", "Not found on this computer.")
    assert nowhere.status == "missing"
    assert nowhere.reason.startswith("/no-such-drive is not mounted")


@pytest.mark.parametrize("folder", [False, True])
def test_no_permission_is_not_missing(
    folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path if folder else tmp_path / "w.pt"
    if not folder:
        place.write_bytes(b"x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "scandir", refuse)

    found = check(str(place))

    assert found.status == "unreadable"
    assert found.reason == "You have no permission to read it."


def hang(monkeypatch: pytest.MonkeyPatch, where: str) -> threading.Event:
    """Let the paths that begin so not answer until the event is set."""
    answer = threading.Event()

    def look(path: str) -> tuple[str, str]:
        if path.startswith(where):
            answer.wait(60)
        return "available", "On this computer."

    monkeypatch.setattr(disks, "_look", look)
    return answer


def test_a_disk_that_hangs_costs_no_more_than_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = hang(monkeypatch, "")
    entries = [Location(location=f"/hangs/{number}") for number in range(3)]
    before = threading.active_count()
    started = time.monotonic()

    rounds = [check_locations(entries, timeout=0.05) for _ in range(5)]

    assert time.monotonic() - started < 10
    assert {one.status for found in rounds for one in found} == {"timed-out"}
    assert "/hangs did not answer" in rounds[0][0].reason
    assert 0 < threading.active_count() - before <= 3, "however many paths there are"
    answer.set()
    found = check_locations(entries, timeout=30)
    assert {one.status for one in found} == {"available"}


def test_a_drive_that_was_silent_is_not_waited_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = hang(monkeypatch, "/silent")
    silent = [Location(location=f"/silent/{number}") for number in range(200)]
    check_locations(silent[:3], timeout=0.5)
    started = time.monotonic()

    for entry in silent[3:]:
        (found,) = check_locations([entry], timeout=0.5)
        assert found.status == "timed-out"

    assert time.monotonic() - started < 20, "and not 197 times half a second"
    (other,) = check_locations([Location(location="/other/w.pt")], timeout=30)
    assert other.status == "available"
    answer.set()
    (back,) = check_locations(silent[-1:], timeout=30)
    assert back.status == "available"


def test_one_dead_folder_does_not_hide_the_rest_of_the_drive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = hang(monkeypatch, "/home_of/dead")
    dead = Location(location="/home_of/dead")
    check_locations([dead], timeout=0.05)

    for number in range(20):
        alive = Location(location=f"/home_of/alive{number}")
        found = check_locations([dead, alive], timeout=0.2)
        assert [one.status for one in found] == ["timed-out", "available"]

    answer.set()


def test_looking_anew_does_not_go_on_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = hang(monkeypatch, "")
    entry = Location(location="/anew/w.pt")
    before = threading.active_count()
    for _ in range(30):
        check_locations([entry], timeout=0.01)
        disks.look_anew()

    assert threading.active_count() - before <= 6, "one for each time it was allowed"
    answer.set()
    (found,) = check_locations([entry], timeout=30)
    assert found.status == "available"


def test_a_computer_without_threads_to_spare_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        found = [check(f"/busy/{number}.pt") for number in range(5)]

    assert {one.reason for one in found} == {"This computer is too busy to look at it."}
    assert check("/busy/0.pt").reason == "/busy is not mounted on this computer."


def test_a_look_that_breaks_down_leaves_the_drive_usable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(path: str) -> tuple[str, str]:
        raise RuntimeError("what is this")

    monkeypatch.setattr(disks, "_look", broken)
    entries = [Location(location=f"/broken/{number}") for number in range(9)]

    found = check_locations(entries, timeout=30)

    assert {one.reason for one in found} == {"It can't be read: what is this."}


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/nemo/lab/w.pt", "/nemo"),
        ("/mnt/lab/models/w.pt", "/mnt/lab"),
        ("/Volumes/lab/w.pt", "/Volumes/lab"),
        ("/run/media/ann/USB/w.pt", "/run/media/ann/USB"),
        ("/mnt", "/mnt"),
        ("/", "/"),
        ("C:/models/w.pt", "C:"),
        (r"C:\models\w.pt", "C:"),
        (r"\\server\share\w.pt", r"\\server\share"),
    ],
)
def test_the_drive_of_a_path(path: str, drive: str) -> None:
    assert disks.drive_of(path) == drive


def test_a_disk_that_hangs_does_not_keep_python_alive() -> None:
    script = (
        "import time\n"
        "from napari_aiod_registry.registry import disks, location_checks\n"
        "from napari_aiod_registry.manifest.models import Location\n"
        "disks._look = lambda path: time.sleep(600)\n"
        "entries = [Location(location='/x')]\n"
        "print(location_checks.check_locations(entries, timeout=0.1))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )

    assert "timed-out" in done.stdout, done.stderr


def test_the_config_belongs_to_its_location(tmp_path: Path) -> None:
    entry = Location(location="w.pt", config_path="w.yml")

    (found,) = check_locations([entry], base=tmp_path)

    assert found.config_path == str(tmp_path / "w.yml")


def test_a_variable_that_is_not_set_is_told_for_the_config_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AIOD_CONFIGS", raising=False)
    entry = Location(location=str(tmp_path), config_path="$AIOD_CONFIGS/w.yml")

    (found,) = check_locations([entry])

    assert (found.status, found.config_path) == ("available", None)
    assert found.config_reason == (
        "The variable AIOD_CONFIGS is not set on this computer."
    )
    monkeypatch.setenv("AIOD_CONFIGS", str(tmp_path))
    (found,) = check_locations([entry])
    assert found.config_path == str(tmp_path / "w.yml")
    assert found.config_status == "missing"
    assert found.config_reason == "Not found on this computer."
    (tmp_path / "w.yml").write_text("a: 1")
    (found,) = check_locations([entry])
    assert (found.config_status, found.config_reason) == ("available", None)


def test_a_variable_may_be_empty_or_have_no_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AIOD_MODELS", "")

    assert check("$AIOD_MODELS/w.pt").reason == (
        "The variable AIOD_MODELS is empty on this computer."
    )
    assert check("${}/w.pt").reason == "${} names no variable."


@pytest.mark.skipif(os.name == "nt", reason="there is such a drive there")
def test_a_windows_path_elsewhere_says_which_drive_is_missing() -> None:
    assert check(r"Q:\models\w.pt").reason == "Q: is not mounted on this computer."
