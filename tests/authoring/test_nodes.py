"""Where the pieces of a text begin and end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from manifests_for_tests import GOOD

from napari_aiod_registry.authoring.nodes import Node, each, json_nodes, yaml_nodes

MANIFESTS = sorted((Path(__file__).parents[2] / "manifests").glob("*.json"))


def values(node: Node, text: str) -> object:
    """Read a text again, piece by piece."""
    if node.keys:
        pairs = zip(node.names, node.items, strict=True)
        return {name: values(item, text) for name, item in pairs}
    if node.items:
        return [values(item, text) for item in node.items]
    return yaml.safe_load(text[node.start : node.end])


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_each_piece_of_a_manifest_is_where_it_is_said_to_be(path: Path) -> None:
    text = path.read_text("utf-8")
    data = json.loads(text)

    assert values(json_nodes(text), text) == data
    block = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    assert values(yaml_nodes(block), block) == data


def test_brackets_are_told_from_blocks() -> None:
    text = "a:\n- 1\nb: [2]\n"

    nodes = yaml_nodes(text)

    assert [node.flow for node in each(nodes)] == [False, False, True, True, True]
    assert json_nodes(json.dumps(GOOD)).at(("versions", "v1", "axes")).flow


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_block_ends_before_comments_and_blank_lines(line_break: str) -> None:
    text = line_break.join(["a:", "  b: |", "    x", "", "  # c", "", "d: 1 # e", ""])

    nodes = yaml_nodes(text)

    ends = {name: text[: nodes.at((name,)).end] for name in ("a", "d")}
    assert ends["a"] == line_break.join(["a:", "  b: |", "    x", ""])
    assert ends["d"].endswith("d: 1")


@pytest.mark.parametrize("text", ["a: [1", "a: \0"])
def test_what_python_cannot_parse_as_yaml_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|not allowed"):
        yaml_nodes(text)
