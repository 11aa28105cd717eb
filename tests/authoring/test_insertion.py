"""One more entry in a text: it stands as those beside it do, and all else stays."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from manifests_for_tests import changed
from searches import examples

from napari_aiod_registry.authoring.insertion import Layout, with_pieces
from napari_aiod_registry.text.json_reader import read_json
from napari_aiod_registry.text.yaml_reader import read_yaml

NEW = {"location": "/new"}
TASK = ("versions", "v1", "tasks", "mito")


def added(text: str, place: tuple[str, ...], value: Any, **options: Any) -> str:
    """Add an entry to a text; JSON begins with a brace here."""
    layout = Layout(text, is_json=text.startswith("{"))
    return with_pieces(text, layout.insert(place, value, **options))


# id: (text, entry behind the others, entry before them)
LISTS: dict[str, tuple[str, str, str]] = {
    "lines": (
        '{\n\t"a": [\n\t\t{\n\t\t\t"l": 1\n\t\t}\n\t]\n}',
        '{\n\t"a": [\n\t\t{\n\t\t\t"l": 1\n\t\t},\n\t\t{\n\t\t\t"n": 2\n\t\t}\n\t]\n}',
        '{\n\t"a": [\n\t\t{\n\t\t\t"n": 2\n\t\t},\n\t\t{\n\t\t\t"l": 1\n\t\t}\n\t]\n}',
    ),
    "an entry in a line": (
        '{"a": [\n  {"l": 1}\n]}',
        '{"a": [\n  {"l": 1},\n  {"n": 2}\n]}',
        '{"a": [\n  {"n": 2},\n  {"l": 1}\n]}',
    ),
    "one line": (
        '{"a": [{"l": 1}]}',
        '{"a": [{"l": 1}, {"n": 2}]}',
        '{"a": [{"n": 2}, {"l": 1}]}',
    ),
    "no blanks": (
        '{"a":[{"l":1}]}',
        '{"a":[{"l":1},{"n":2}]}',
        '{"a":[{"n":2},{"l":1}]}',
    ),
    "empty": ('{"a": [ ]}', '{"a": [{"n": 2} ]}', '{"a": [{"n": 2} ]}'),
    "comma first": (
        '{"a": [ 1\n, 3\n]}',
        '{"a": [ 1\n, 3, {"n": 2}\n]}',
        '{"a": [ {"n": 2}, 1\n, 3\n]}',
    ),
    "a block": (
        "a:\n- l: 1 # c\n  # deep\n# flat\nb: 1\n",
        "a:\n- l: 1 # c\n  # deep\n- n: 2\n# flat\nb: 1\n",
        "a:\n- n: 2\n- l: 1 # c\n  # deep\n# flat\nb: 1\n",
    ),
    "wide dashes and CRLF": (
        "a:\r\n    # c\r\n    -   l: 1",
        "a:\r\n    # c\r\n    -   l: 1\r\n    -   n: 2",
        "a:\r\n    -   n: 2\r\n    # c\r\n    -   l: 1",
    ),
    "a dash alone": ("a:\n-\n  l: 1\n", "a:\n-\n  l: 1\n- n: 2\n", ""),
    "a list in a list": ("a: \n- - 1\n", "a: \n- - 1\n- n: 2\n", ""),
    "brackets in YAML": (
        "a: [{l: 1}]\n",
        "a: [{l: 1}, {n: 2}]\n",
        "a: [{n: 2}, {l: 1}]\n",
    ),
    "brackets below a dash": (
        "a:\n  - {l: 1}\n",
        "a:\n  - {l: 1}\n  - {n: 2}\n",
        "a:\n  - {n: 2}\n  - {l: 1}\n",
    ),
    "comments in brackets": (
        "a: [\n  {l: 1} # c\n]\n",
        "a: [\n  {l: 1}, # c\n  {n: 2}\n]\n",
        "a: [\n  {n: 2},\n  {l: 1} # c\n]\n",
    ),
    "a comma at the end": (
        "a: [\n  {l: 1}, # c\n]\n",
        "a: [\n  {l: 1}, # c\n  {n: 2},\n]\n",
        "a: [\n  {n: 2},\n  {l: 1}, # c\n]\n",
    ),
}


@pytest.mark.parametrize(("text", "last", "first"), LISTS.values(), ids=LISTS)
def test_an_entry_stands_as_those_beside_it(text: str, last: str, first: str) -> None:
    assert added(text, ("a",), {"n": 2}) == last
    if first:
        assert added(text, ("a",), {"n": 2}, first=True) == first


def test_a_block_is_indented_as_the_rest_of_the_file() -> None:
    text = "m:\n   d: x\nl:\n  - 1\nv:\n   a: 1\n"

    found = added(text, ("v",), {"t": [{"x": ["p", "q"]}], "e": []}, key="1.0")

    assert found == text + "   '1.0':\n      t:\n        - x: [p, q]\n      e: []\n"


def test_a_scalar_becomes_a_list() -> None:
    layout = Layout("a: 'x' # c\n", is_json=False)

    last = layout.make_list(("a",), "y z")
    first = layout.make_list(("a",), "y: z", first=True)

    assert with_pieces(layout.text, last) == "a: ['x', y z] # c\n"
    assert with_pieces(layout.text, first) == "a: ['y: z', 'x'] # c\n"


def test_text_that_follows_on_the_line_is_refused() -> None:
    with pytest.raises(ValueError, match="behind the last entry"):
        added("a:\n- 1\x85b: 2\n", ("a",), 1)  # a line break of YAML 1.1


# Any text

MANIFEST = changed(
    (("versions", "v 2"), {"tasks": {"er": {"locations": [{"location": "/a b: c"}]}}}),
    ((*TASK, "locations", 1), {"location": "C:\\w", "config_path": "ü # 'x\" 😀"}),
    (("params", 0, "value"), "no number: PyYAML would give one in quotes a tag"),
    (("usage_guide",), "One line.\nAnd: another\n"),
)


def any_json(data: Any, random: Random, depth: int = 0) -> str:
    """Write JSON with blanks at random wherever JSON allows them."""

    def blank() -> str:
        return random.choice(["", "", " ", "\n", "\r\n  ", "\t", "\n" + "\t" * depth])

    if not isinstance(data, dict | list):
        return json.dumps(data, ensure_ascii=random.random() < 0.5)
    opened, closed = "{}" if isinstance(data, dict) else "[]"
    items = [any_json(item, random, depth + 1) for item in _values(data)]
    if isinstance(data, dict):
        names = [json.dumps(name) for name in data]
        items = [
            f"{name}{blank()}:{blank()}{item}"
            for name, item in zip(names, items, strict=True)
        ]
    return opened + ",".join(f"{blank()}{item}{blank()}" for item in items) + closed


def any_yaml(data: Any, random: Random) -> str:
    """Write YAML with other indentation, quotes, brackets, comments and line ends."""
    text = yaml.dump(
        data,
        sort_keys=False,
        allow_unicode=random.random() < 0.5,
        default_style=random.choice([None, None, '"', "'"]),
        default_flow_style=random.choice([False, False, None, True]),
        indent=random.choice([2, 3, 4, 8]),
        width=random.choice([20, 80, 1000]),
    )
    if random.random() < 0.5:
        lines = [
            line
            + random.choice(["", "", " # c", "\n" + " " * random.randrange(9) + "#"])
            if line.endswith((":", "YX")) or "tooltip:" in line
            else line
            for line in text.splitlines()
        ]
        text = "\n".join(lines) + random.choice(["", "\n", "\n\n# end\n"])
    return text.replace("\n", "\r\n") if random.random() < 0.3 else text


def _values(data: Any) -> Any:
    return data.values() if isinstance(data, dict) else data


@pytest.mark.parametrize("is_json", [True, False], ids=["json", "yaml"])
@settings(max_examples=examples(300), deadline=None)
@given(seed=st.integers(0, 2**32), first=st.booleans(), text=st.text(max_size=20))
def test_only_the_entry_is_new_in_any_text(
    is_json: bool, seed: int, first: bool, text: str
) -> None:
    random = Random(seed)
    write, read = (any_json, read_json) if is_json else (any_yaml, read_yaml)
    before = write(MANIFEST, random)
    if not is_json:
        # Comments at random places may end a text that is folded over lines.
        try:
            assume(read(before).data == MANIFEST)
        except ValueError:
            assume(False)
    text = "".join(letter for letter in text if letter.isprintable()) or "x"
    for place, key in (((*TASK, "locations"), None), (("versions",), "v 3")):
        value: Any = {"location": text}
        if key is not None:
            value = {"tasks": {"ne": {"locations": [value, {"location": "b"}]}}}
        layout = Layout(before, is_json=is_json)
        pieces = layout.insert(place, value, key=key, first=first and key is None)

        after = with_pieces(before, pieces)

        expected = copy.deepcopy(MANIFEST)
        holder: Any = expected
        for part in place:
            holder = holder[part]
        if key is None:
            holder.insert(0 if first else len(holder), value)
        else:
            holder[key] = value
        assert repr(read(after).data) == repr(expected)
        for index, piece in sorted(pieces):
            assert after[index : index + len(piece)] == piece
            after = after[:index] + after[index + len(piece) :]
        assert after == before
