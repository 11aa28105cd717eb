"""Files written as a whole, or not at all.

How a write may fail is in test_configs.py, by way of the config files.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from napari_aiod_registry.text.atomic import replace_file, unwritable


def test_the_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "m.json"

    for raw in (b"\xef\xbb\xbf{}\r\n", b""):
        replace_file(path, raw)

        assert path.read_bytes() == raw
    assert os.listdir(tmp_path) == ["m.json"]


def test_a_link_to_nowhere_is_told_by_the_folder_that_is_missing(
    tmp_path: Path,
) -> None:
    link = tmp_path / "m.json"
    link.symlink_to(tmp_path / "gone" / "m.json")

    with pytest.raises(FileNotFoundError) as caught:
        replace_file(link, b"{}")

    problem = unwritable(link, caught.value)
    assert problem.code == "missing-folder"
    assert problem.message == f"The folder {tmp_path / 'gone'} does not exist."
