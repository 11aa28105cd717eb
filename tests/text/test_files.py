"""Files that are no manifest, or not quite: one clear sentence, at its place."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from manifests_for_tests import GOOD, changed, problems, write

from napari_aiod_registry import ManifestError, check_manifest, read_manifest

TEXT = json.dumps(GOOD, indent=1)

# id: (text, file name, code, line, column, words)
BROKEN: dict[str, tuple[str, str, str, int, int, str]] = {
    "empty": ("", "m.json", "empty-file", 1, 1, "empty"),
    "blank": (" \n\t\n", "m.json", "empty-file", 1, 1, "empty"),
    "only a comment": ("# later\n", "m.yaml", "empty-file", 1, 1, "empty"),
    "a list": ("[1, 2]", "m.json", "not-a-mapping", 1, 1, "Start the file with {"),
    "a YAML list": ("- a\n", "m.yaml", "not-a-mapping", 1, 1, "like name:"),
    "a word": ('"x"', "m.json", "not-a-mapping", 1, 1, "mapping of keys"),
    "trailing comma": ('{"a": 1,\n}', "m.json", "json-syntax", 2, 1, "Remove the com"),
    "comma after a list": (
        '{"a": [1,]}',
        "m.json",
        "json-syntax",
        1,
        10,
        "Remove the comma",
    ),
    "no comma": ('{"a": 1\n "b": 2}', "m.json", "json-syntax", 1, 8, 'before "b"'),
    "no comma in a list": ("[1 2]", "m.json", "json-syntax", 1, 3, "before '2'"),
    "no colon": ('{"a" 1}', "m.json", "json-syntax", 1, 6, "no colon"),
    "no value": ('{"a": }', "m.json", "json-syntax", 1, 7, "value is missing"),
    "no closing brace": ('{"a": 1\n', "m.json", "json-syntax", 2, 1, "'}' is missing"),
    "no closing bracket": ('{"a": [1}', "m.json", "json-syntax", 1, 9, "']' is missin"),
    "no closing quote": ('{"a": "x}', "m.json", "json-syntax", 1, 7, "closing quote"),
    "no end": ('{"a":', "m.json", "json-syntax", 1, 6, "end is missing"),
    "single quotes": ("{'a': 1}", "m.json", "json-syntax", 1, 2, "double quotes"),
    "single quotes around a value": (
        "{\"a\": 'x'}",
        "m.json",
        "json-syntax",
        1,
        7,
        "double quotes",
    ),
    "a comment": ('{"a": // why\n 1}', "m.json", "json-syntax", 1, 7, "no comments"),
    "no quotes": ('{"a": x}', "m.json", "json-syntax", 1, 7, "in quotes"),
    "True": ('{"a": True}', "m.json", "json-syntax", 1, 7, "Write true"),
    "None": ('{"a": None}', "m.json", "json-syntax", 1, 7, "Write null"),
    "NaN": ('{"a": NaN}', "m.json", "json-syntax", 1, 7, "NaN"),
    "a line break in a text": ('{"a": "x\ny"}', "m.json", "json-syntax", 1, 9, "\\n"),
    "a backslash": ('{"a": "C:\\models"}', "m.json", "json-syntax", 1, 10, "\\\\"),
    "more text": ('{"a": 1} x', "m.json", "json-syntax", 1, 10, "more text"),
    "a NUL": ('{"a": \0}', "m.json", "json-syntax", 1, 7, "not JSON"),
    "deep JSON": ("[" * 10_000, "m.json", "too-deep", 1, 42, "40 levels"),
    "deep YAML": ("[" * 10_000, "m.yaml", "too-deep", 1, 42, "40 levels"),
    "a tab": ("name: a\n\tb: 1\n", "m.yaml", "yaml-syntax", 2, 1, "tab"),
    "a colon too many": ("a: b: c", "m.yaml", "yaml-syntax", 1, 5, "colon"),
    "an open bracket": ("a: [1, 2", "m.yaml", "yaml-syntax", 1, 4, "not closed"),
    "nothing but a bracket": ("{", "m.yaml", "yaml-syntax", 2, 1, "ends too early"),
    "an open quote": ('a: "x\n', "m.yaml", "yaml-syntax", 1, 4, "not closed"),
    "wrong indentation": (
        "a:\n  b: 1\n c: 2\n",
        "m.yaml",
        "yaml-syntax",
        3,
        2,
        "does not fit",
    ),
    "a second document": ("a: 1\n---\nb: 2\n", "m.yaml", "yaml-syntax", 3, 1, "second"),
    "a YAML NUL": ("a: 1\nb: \0\n", "m.yaml", "yaml-syntax", 2, 4, "can't stand"),
    "half a character": (
        '{"a": "x", "b": ["\\ud83d"]}',
        "m.json",
        "json-syntax",
        1,
        18,
        "one half of a character",
    ),
    "half a character in a key": (
        '{"\\ude00": 1}',
        "m.json",
        "json-syntax",
        1,
        2,
        "\\ude00",
    ),
    "half a YAML character": (
        'a: "\\ud83d"',
        "m.yaml",
        "yaml-syntax",
        1,
        7,
        "one half of",
    ),
    "a YAML backslash": (
        'a: "C:\\models\\w.pt"',
        "m.yaml",
        "yaml-syntax",
        1,
        7,
        "Write \\\\ for a backslash, or put the text in single quotes",
    ),
    "a YAML backslash before u": (
        'a: "C:\\users"',
        "m.yaml",
        "yaml-syntax",
        1,
        9,
        "Write \\\\ for a backslash",
    ),
    **{
        f"{sign} at the start": (
            f"a: {sign}b",
            "m.yaml",
            "yaml-syntax",
            1,
            4,
            f"can't begin with {sign} in YAML. Put it in single quotes",
        )
        for sign in "@`%"
    },
    **{
        f"{sign} and a blank": (
            f"a: {sign} b",
            "m.yaml",
            "yaml-syntax",
            1,
            5,
            "can't begin with *, & or !",
        )
        for sign in "*&"
    },
    "% at the start of a line": ("%a: b", "m.yaml", "yaml-syntax", 1, 3, "with %"),
    "a tab behind a dash": ("a:\n- \tb", "m.yaml", "yaml-syntax", 2, 3, "A tab"),
    "a list behind a key": ("a: - b", "m.yaml", "yaml-syntax", 1, 4, "next line"),
    "a list as key": ("[a]: 1\n", "m.yaml", "yaml-syntax", 1, 1, "must be a word"),
}


@pytest.fixture(params=["C", "Python"])
def yaml_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Read YAML with libyaml, and as on computers that lack it."""
    if request.param == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return request.param


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_in_one_sentence(
    case: tuple[str, str, str, int, int, str], yaml_loader: str, tmp_path: Path
) -> None:
    text, name, code, line, column, words = case

    (problem,) = problems(tmp_path, text, name)

    assert problem.code == code
    if yaml_loader == "C":  # the other one's positions differ a little
        assert (problem.line, problem.column) == (line, column)
    assert words in f"{problem.message} {problem.hint}"
    assert problem.hint or problem.code == "too-deep" or name == "m.json"
    with pytest.raises(ManifestError, match=code):
        read_manifest(tmp_path / name)


@pytest.mark.usefixtures("yaml_loader")
@pytest.mark.parametrize("word", ["=", "0x_", "0b_", "<<", "2026-01-01", "1:30", "v1"])
def test_a_word_that_yaml_might_take_for_something_else_is_text(
    word: str, tmp_path: Path
) -> None:
    path = write(tmp_path, TEXT.replace('"Good"', word), "m.yaml")

    assert read_manifest(path).name == word


@pytest.mark.parametrize(
    ("extra", "code", "line", "words"),
    [
        ("name: Again\n", "duplicate-key", 3, "first is in line 1"),
        ("usage_guide: !!python/name:os.system x\n", "yaml-tag", 3, "YAML tag"),
        ("usage_guide: !!str x\n", "yaml-tag", 3, "YAML tag"),
        ("usage_guide: &a x\n", "yaml-anchor", 3, "&a is a YAML shortcut"),
        ("usage_guide: *a\n", "yaml-anchor", 3, "*a is a YAML shortcut"),
    ],
    ids=["key twice", "python tag", "tag", "anchor", "alias"],
)
def test_what_yaml_has_and_manifests_have_not(
    extra: str, code: str, line: int, words: str, tmp_path: Path
) -> None:
    rest = "\n".join(
        f"{key}: {json.dumps(value)}" for key, value in GOOD.items() if key != "name"
    )
    text = f"name: Good\nmetadata: {{description: d, license: MIT}}\n{extra}"
    text += rest.split("\n", 1)[1]

    (problem,) = [
        one for one in problems(tmp_path, text, "m.yaml") if one.code != "wrong-type"
    ]

    assert (problem.code, problem.line) == (code, line)
    assert words in f"{problem.message} {problem.hint}"


def test_a_key_twice_in_json(tmp_path: Path) -> None:
    text = TEXT.replace('"name": "Good"', '"name": "Good",\n "name": "Other"', 1)

    (problem,) = problems(tmp_path, text)

    assert (problem.code, problem.line, problem.column) == ("duplicate-key", 3, 2)


@pytest.mark.parametrize(("word", "means"), [("no", "false"), ("on", "true")])
def test_a_word_that_yaml_reads_as_true_or_false_is_told(
    word: str, means: str, tmp_path: Path
) -> None:
    text = TEXT.replace('"value": 3', f'"value": {word}')

    (problem,) = problems(tmp_path, text, "m.yaml")

    assert (problem.severity, problem.code) == ("warning", "yaml-bool")
    assert problem.message == f"{word} is read as {means}."


@pytest.mark.parametrize("word", ["no", "on", "true"])
def test_a_key_that_yaml_reads_as_true_or_false_is_told_once(
    word: str, tmp_path: Path
) -> None:
    version = write(tmp_path, TEXT.replace('"v1"', word), "version.yaml")
    unknown = write(tmp_path, TEXT.replace('"params"', f"{word}: 1, params"), "u.yaml")

    (problem,) = check_manifest(version).problems
    (other,) = check_manifest(unknown).problems

    means = "false" if word == "no" else "true"
    assert (problem.code, problem.loc) == ("yaml-key", f"versions.{word}")
    assert problem.message == f"The key {word} is read as {means}."
    assert problem.hint == f'Write "{word}", with quotes.'
    assert (other.code, other.loc) == ("unknown-key", word)


def test_yaml_reads_numbers_as_people_write_them(tmp_path: Path) -> None:
    text = TEXT.replace('"value": 3', '"value": 1e-5').replace('"Good"', "2026-01-01")

    manifest = read_manifest(write(tmp_path, text, "m.yaml"))

    assert manifest.name == "2026-01-01"
    assert manifest.params is not None
    assert manifest.params[0].value == 1e-5


def test_a_version_may_be_a_number_in_yaml(tmp_path: Path) -> None:
    text = TEXT.replace('"v1"', "1.0")

    assert list(read_manifest(write(tmp_path, text, "m.yml")).versions) == ["1.0"]


def test_many_aliases_stay_small(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    started = time.monotonic()

    found = problems(tmp_path, "\n".join(rows), "m.yaml")

    assert "yaml-anchor" in {problem.code for problem in found}
    assert time.monotonic() - started < 5


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + json.dumps(changed((("axes",), "YX")), indent=1)
    text = text.replace("\n", "\r\n")

    (problem,) = problems(tmp_path, text)

    assert problem.code == "unknown-key"
    assert '"axes"' in text.splitlines()[(problem.line or 0) - 1]


def test_another_encoding_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(TEXT.replace("For tests.", "Für Tests.").encode("latin-1"))

    (problem,) = check_manifest(path).problems

    assert (problem.code, problem.line) == ("not-utf8", 4)
    assert problem.hint == "Save the file again as UTF-8."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-32-be"])
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_other_unicode_encodings_are_refused(
    encoding: str, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"m.{suffix}"
    path.write_bytes(TEXT.encode(encoding))

    with pytest.raises(ManifestError) as caught:
        read_manifest(path)

    assert check_manifest(path).problems == caught.value.problems
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "odd",
    [
        '"location_type": NaN',
        '"location_type": [Infinity]',
        f'"location_type": {"1" * 401}',
        '"location_type": [[1]]',
        '"location_type": "a", "location_type": "b"',
        '"location_type": "\ud83d"',
        '"location_type": "\\ud83d"',
    ],
)
def test_what_is_passed_over_is_refused_by_all_readers_alike(
    odd: str, tmp_path: Path
) -> None:
    text = TEXT.replace('"locations"', f'{odd}, "locations"')
    path = tmp_path / "m.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    with pytest.raises(ManifestError) as caught:
        read_manifest(path)

    assert check_manifest(path).problems == caught.value.problems
    path.write_text(TEXT.replace('"locations"', '"location_type": ["a"], "locations"'))
    assert check_manifest(path).manifest == read_manifest(path)


def test_a_whole_character_is_read_from_its_two_halves(tmp_path: Path) -> None:
    text = TEXT.replace("For tests.", "\\ud83d\\ude00")

    assert problems(tmp_path, text) == []
    assert read_manifest(tmp_path / "manifest.json").metadata.description == "😀"


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, " " * 5_000_001)

    assert problem.code == "too-large"


def test_a_file_of_another_kind_is_not_read(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, TEXT, "m.txt")

    assert (problem.code, problem.line) == ("unknown-suffix", None)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "link.json").symlink_to(tmp_path / "nowhere.json")
    os.mkfifo(tmp_path / "pipe.json")

    codes = {
        name: check_manifest(tmp_path / f"{name}.json").problems[0].code
        for name in ("folder", "link", "pipe", "nothing")
    }

    assert codes == {
        "folder": "not-a-file",
        "link": "missing-file",
        "pipe": "not-a-file",
        "nothing": "missing-file",
    }
    assert check_manifest(tmp_path).problems[0].code == "not-a-file"
    assert check_manifest(tmp_path / "nothing").problems[0].code == "missing-file"
    (problem,) = check_manifest("a\0b.json").problems
    assert problem.message == "'a\\x00b.json' is not the path of a file."


def test_no_permission_is_told_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, GOOD)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)

    with pytest.raises(ManifestError, match="Permission denied") as caught:
        read_manifest(path)
    assert "Ask its owner" in (caught.value.problems[0].hint or "")


def test_a_problem_in_one_line_is_like_a_compilers(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, changed((("metadata", "licence"), "MIT")))

    assert str(problem) == (
        f"{tmp_path / 'manifest.json'}:6:3: error[unknown-key] metadata.licence: "
        "There is no key 'licence' here. Did you mean 'license'?"
    )
