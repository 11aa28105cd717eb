"""Mistakes that people make: each has its own sentence, at its line and column.

The mistakes themselves are in `mistakes.yaml`; here are those that can't be written
there.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reading.mistakes import DATA, GOOD, MISTAKES, text_of

from napari_aiod_registry import ManifestError, Problem, check_manifest, read_manifest

AT_THE_MOST = 10
"""Seconds until a test takes the reader for hung. Each takes less than 0.1 s."""


def said(problem: Problem) -> str:
    """Write a problem as `mistakes.yaml` has it."""
    where = f"{problem.line}:{problem.column} " if problem.line else ""
    place = f" {problem.loc}:" if problem.loc else ""
    hint = f" {problem.hint}" if problem.hint else ""
    kind = f"{problem.severity}[{problem.code}]"
    return f"{where}{kind}{place} {problem.message}{hint}"


def check(path: Path) -> list[str]:
    """Read a file every way there is, and return what is said of it."""
    started = time.monotonic()
    reading = check_manifest(path)
    if reading.manifest is None:
        with pytest.raises(ManifestError) as caught:
            read_manifest(path)
        assert caught.value.problems == reading.problems
    else:
        assert read_manifest(path) == reading.manifest
    assert time.monotonic() - started < AT_THE_MOST
    return [said(problem) for problem in reading.problems]


@pytest.mark.parametrize("kind", GOOD)
def test_the_files_are_good_without_a_mistake(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"m.{kind}"
    path.write_text(GOOD[kind], "utf-8")

    assert check(path) == []


@pytest.mark.parametrize(("kind", "name"), MISTAKES)
def test_a_mistake_is_told_at_its_place(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"m.{kind}"
    path.write_text(text_of(kind, name), "utf-8", newline="")

    assert check(path) == DATA[kind][name]["says"]


def test_there_are_many_mistakes_and_few_share_a_sentence() -> None:
    sentences = Counter(
        says.partition("] ")[2].rpartition(": ")[2]
        for kind, name in MISTAKES
        for says in DATA[kind][name]["says"]
    )

    assert len(MISTAKES) >= 120
    assert len(sentences) >= 80
    # There are six ways of writing nothing, and four kinds of comments.
    assert max(sentences.values()) <= 6, sentences.most_common(3)


JSON, YAML = GOOD["json"], GOOD["yaml"]

# id: (what is in the file, its name, what is said, if anything)
OTHERS: dict[str, tuple[bytes, str, str]] = {
    "a byte order mark is read": (b"\xef\xbb\xbf" + JSON.encode(), "m.json", ""),
    "a byte order mark in YAML is read": (
        b"\xef\xbb\xbf" + YAML.encode(),
        "m.yaml",
        "",
    ),
    "Windows line ends are read": (
        JSON.replace("\n", "\r\n").encode(),
        "m.json",
        "",
    ),
    "a mistake behind Windows line ends": (
        JSON.replace('"YX",', '"yx",').replace("\n", "\r\n").encode(),
        "m.json",
        "13:15 error[bad-axes] versions.v1.axes: 'yx' is lower case. Write 'YX'.",
    ),
    "a mistake in YAML behind Windows line ends": (
        YAML.replace("YX", "yx").replace("\n", "\r\n").encode(),
        "m.yaml",
        "10:11 error[bad-axes] versions.v1.axes: 'yx' is lower case. Write 'YX'.",
    ),
    **{
        f"Latin-1 in {kind}": (
            GOOD[kind].replace("Ada", "Adélie").encode("latin-1"),
            f"m.{kind}",
            (
                f"{at} error[not-utf8] The file is not UTF-8: here is a character in "
                "another encoding. Save the file again as UTF-8."
            ),
        )
        for kind, at in (("json", "6:29"), ("yaml", "6:15"))
    },
    "UTF-16 of Windows' Notepad": (
        JSON.encode("utf-16"),
        "m.json",
        (
            "1:1 error[not-utf8] The file is not UTF-8: here is a character in "
            "another encoding. Save the file again as UTF-8."
        ),
    ),
    "YAML in a .json file": (
        YAML.encode(),
        "m.json",
        (
            "1:1 error[json-syntax] The file begins with 'name', but JSON begins with "
            "{. It looks like YAML. Then its name must end in .yaml."
        ),
    ),
    "two manifests in a JSON file": (
        (JSON + JSON).encode(),
        "m.json",
        (
            "33:1 error[json-syntax] There is more text after the end: '{'. Keep one "
            "manifest in each file."
        ),
    ),
    "two manifests in a YAML file": (
        f"{YAML}---\n{YAML}".encode(),
        "m.yaml",
        (
            "22:1 error[yaml-syntax] There is a second document in the file. Keep one "
            "document in each file, without --- between."
        ),
    ),
    "10,000 levels deep": (
        b"[" * 10_000,
        "m.json",
        (
            "1:42 error[too-deep] [0][0][0]: This nests more than 40 levels deep. "
            "Close the brackets that are open before it."
        ),
    ),
    "10,000 levels deep in YAML": (
        b"[" * 10_000,
        "m.yaml",
        (
            "1:42 error[too-deep] [0][0][0]: This nests more than 40 levels deep. "
            "Check the indentation and the brackets."
        ),
    ),
    **{
        f"a number of 401 digits in {kind}": (
            GOOD[kind].replace(old, f"{old[:-1]}{'9' * 401}").encode(),
            f"m.{kind}",
            (
                f"{at} error[{kind}-syntax] params[0].value: This number has too many "
                "digits. 400 are the most."
            ),
        )
        for kind, old, at in (
            ("json", '"value": 3', "27:16"),
            ("yaml", "value: 3", "18:12"),
        )
    },
    "50 MB": (
        b" " * 50_000_000,
        "m.json",
        (
            "error[too-large] The file is larger than 5 MB. A manifest names the "
            "weights; it does not hold them."
        ),
    ),
    "5 MB of rubbish": (
        b"[" + b"1," * 2_400_000,
        "m.json",
        (
            "1:40000 error[too-many-values] The file holds more than 20,000 values. "
            "Is it another kind of file? A manifest has far fewer."
        ),
    ),
    "another kind of file": (
        JSON.encode(),
        "m.txt",
        (
            "error[unknown-suffix] m.txt is not a manifest by its name. Manifests end "
            "in .json, .yaml, .yml."
        ),
    ),
}


@pytest.mark.parametrize("case", OTHERS.values(), ids=OTHERS)
def test_a_file_of_an_odd_kind_is_told_in_one_sentence(
    case: tuple[bytes, str, str], tmp_path: Path
) -> None:
    raw, name, says = case
    path = tmp_path / name
    path.write_bytes(raw)

    assert check(path) == ([says] if says else [])


def broken_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


# id: (what makes it, what is said, with PATH for the path)
NO_FILES: dict[str, tuple[Callable[[Path], Any], str]] = {
    "a folder": (
        Path.mkdir,
        "error[not-a-file] PATH is a folder. Name the file in it.",
    ),
    "nothing": (lambda _path: None, "error[missing-file] PATH does not exist."),
    "a broken link": (
        broken_link,
        (
            "error[missing-file] PATH is a link to a file that does not exist. "
            "Mend the link, or name the file itself."
        ),
    ),
}


@pytest.mark.parametrize("case", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_told_in_one_sentence(
    case: tuple[Callable[[Path], Any], str], tmp_path: Path
) -> None:
    make, says = case
    path = tmp_path / "m.json"
    make(path)

    assert check(path) == [says.replace("PATH", str(path))]


def test_all_mistakes_together_are_no_traceback_in_the_command(tmp_path: Path) -> None:
    for number, (kind, name) in enumerate(MISTAKES):
        path = tmp_path / f"{number}.{kind}"
        path.write_text(text_of(kind, name), "utf-8", newline="")
    broken_link(tmp_path / "link.json")
    script = Path(sys.executable).with_name("aiod-registry")

    done = subprocess.run(
        [script, "validate", tmp_path],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == ""
    assert f"{len(MISTAKES) + 1} files: " in done.stdout.splitlines()[-1]
