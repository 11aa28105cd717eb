"""Where each mapping, list and scalar of a JSON or YAML text begins and ends.

For text that `json_reader` and `yaml_reader` read without an error: what is wrong with
a text is theirs to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..messages import Place

_JSON = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")


@dataclass
class Node:
    """A piece of a text: a mapping, a list or a scalar.

    Attributes
    ----------
    start, end : int
        Where it begins, and behind which letter it ends. Comments and blank lines
        behind it are no part of it.
    flow : bool
        Whether it has brackets, or is a scalar; a block of YAML has none.
    items : list of Node
        The values in a mapping or list.
    keys : list of Node
        In a mapping, the key of each value.
    names : list of str
        In a mapping, what the keys say.
    """

    start: int
    end: int
    flow: bool = True
    items: list[Node] = field(default_factory=list)
    keys: list[Node] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def at(self, place: Place) -> Node:
        """Find the node at a place that is there."""
        node = self
        for part in place:
            index = node.names.index(part) if isinstance(part, str) else part
            node = node.items[index]
        return node

    @property
    def starts(self) -> list[int]:
        """Where each item begins: in a mapping, with its key."""
        return [node.start for node in self.keys or self.items]


def json_nodes(text: str) -> Node:
    """Find the pieces of a JSON text."""
    return _json_node(text, _skip(text, 0))


def _skip(text: str, index: int) -> int:
    match = _SPACE.match(text, index)
    return match.end() if match else index


def _json_node(text: str, start: int) -> Node:
    if text[start] not in "{[":
        return Node(start, _JSON.raw_decode(text, start)[1])
    node = Node(start, start)
    index = _skip(text, start + 1)
    while text[index] not in "}]":
        if text[start] == "{":
            name, end = _JSON.raw_decode(text, index)
            node.keys.append(Node(index, end))
            node.names.append(name)
            index = _skip(text, _skip(text, end) + 1)  # over the colon
        item = _json_node(text, index)
        node.items.append(item)
        index = _skip(text, item.end)
        if text[index] == ",":
            index = _skip(text, index + 1)
    node.end = index + 1
    return node


def yaml_nodes(text: str) -> Node:
    """Find the pieces of a YAML text.

    Raises
    ------
    ValueError
        Where PyYAML's Python parser, which tells positions alike on every computer,
        reads less than the C library.
    """
    import yaml

    try:
        return _yaml_node(yaml.compose(text, yaml.SafeLoader), text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _yaml_node(source: Any, text: str) -> Node:
    import yaml

    node = Node(source.start_mark.index, source.end_mark.index)
    if isinstance(source, yaml.ScalarNode):
        if source.style in ("|", ">"):
            node.end = _end_of_block_text(text, node)
        return node
    node.flow = bool(source.flow_style)
    if isinstance(source, yaml.MappingNode):
        for key, value in source.value:
            node.keys.append(_yaml_node(key, text))
            node.names.append(str(key.value))
            node.items.append(_yaml_node(value, text))
    else:
        node.items = [_yaml_node(item, text) for item in source.value]
    if not node.flow:
        # YAML's own end is where the next thing begins, behind all comments.
        node.end = node.items[-1].end
    return node


def _end_of_block_text(text: str, node: Node) -> int:
    """Leave out the last line break: what comes behind begins with one."""
    end = node.end
    for line_break in ("\r\n", "\n", "\r"):
        if text[node.start : end].endswith(line_break):
            return end - len(line_break)
    return end


def each(node: Node) -> Iterator[Node]:
    """Yield a node and all that is in it."""
    yield node
    for inner in node.items:
        yield from each(inner)
