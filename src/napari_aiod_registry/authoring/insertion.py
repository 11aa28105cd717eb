"""One more entry for a mapping or list of a JSON or YAML text, and nothing else.

An entry is written as those beside it are: on a line of its own or not, indented by as
much, in brackets or as a block.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..messages import Place
from ..text.writer import flow_text
from .nodes import Node, each, json_nodes, yaml_nodes

Piece = tuple[int, str]
"""What is added to a text, and before which of its letters."""

_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=\r?\n|\Z)")
_COMMENT_LINE = re.compile(r"\r?\n( +)#[^\r\n]*")
_COMMENT_IN_BRACKETS = re.compile(r"[ \t]*(,?)[ \t]+#[^\r\n]*(?=\r?\n)")
_INDENT = re.compile(r"[ \t]*")


def with_pieces(text: str, pieces: Iterable[Piece]) -> str:
    """Add pieces to a text."""
    for index, piece in sorted(pieces, reverse=True):
        text = text[:index] + piece + text[index:]
    return text


class Layout:
    """A JSON or YAML text, and how it is laid out.

    Parameters
    ----------
    text : str
        Text that `read_json` or `read_yaml` reads without an error.
    is_json : bool
        Which of the two it is.

    Raises
    ------
    ValueError
        Where its positions can't be told.
    """

    def __init__(self, text: str, *, is_json: bool) -> None:
        self.text = text
        self._is_json = is_json
        self.root = json_nodes(text) if is_json else yaml_nodes(text)
        self._line_break = "\r\n" if "\r\n" in text else "\n"
        self._colon = ": "
        if self.root.flow and self.root.keys:
            colon = text[self.root.keys[0].end : self.root.items[0].start]
            self._colon = ": " if "\n" in colon else colon

    def insert(
        self, place: Place, value: Any, *, key: str | None = None, first: bool = False
    ) -> list[Piece]:
        """Say what to add for one more entry of a mapping or list.

        Parameters
        ----------
        place : tuple
            Where the mapping or list is.
        value : object
            Dicts, lists and scalars.
        key : str, optional
            The key of the entry, in a mapping.
        first : bool, default False
            Put it before all others rather than behind them.

        Returns
        -------
        list of Piece
            For `with_pieces`.

        Raises
        ------
        ValueError
            Where something stands behind the last entry that is not expected there.
        """
        node = self.root.at(place)
        return (self._in_brackets if node.flow else self._in_block)(
            node, value, key, first
        )

    def make_list(
        self, place: Place, value: Any, *, first: bool = False
    ) -> list[Piece]:
        """Say what to add so that a scalar becomes a list of itself and another."""
        node = self.root.at(place)
        other = self._in_line(value, node)
        if first:
            return [(node.start, f"[{other}, "), (node.end, "]")]
        return [(node.start, "["), (node.end, f", {other}]")]

    # Brackets: JSON, and YAML's flow style

    def _in_brackets(
        self, node: Node, value: Any, key: str | None, first: bool
    ) -> list[Piece]:
        if not node.items:
            return [(node.start + 1, self._entry(value, key, node, None))]
        gap, indent = self._gap(node, first)
        beside = node.items[0 if first else -1]
        lines = "\n" in self.text[beside.start : beside.end] or not beside.items
        entry = self._entry(value, key, node, indent if lines else None)
        if first:
            return [(node.starts[0], f"{entry},{gap}")]
        comment = _COMMENT_IN_BRACKETS.match(self.text, beside.end)
        if indent is None or comment is None:
            return [(beside.end, f",{gap}{entry}")]
        # The comment belongs to the entry before it.
        comma = comment[1]
        added = (comment.end(), f"{gap}{entry}{comma}")
        return [added] if comma else [(beside.end, ","), added]

    def _gap(self, node: Node, first: bool) -> tuple[str, str | None]:
        """Return what stands between entries, and their indentation in lines."""
        starts = node.starts
        at = starts[0 if first else -1]
        before = [node.start + 1, *(item.end for item in node.items)]
        between = self.text[before[0 if first else -2] : at]
        indent = self._indent(at)
        if "\n" in between and self._line_start(at) + len(indent) == at:
            return self._line_break + indent, indent
        if len(starts) > 1:
            between = self.text[node.items[-2].end : starts[-1]]
            blank = between.rpartition(",")[2]
            if blank.strip(" \t") == "":
                return blank, None
        return " " if self._colon[-1:].isspace() else "", None

    def _entry(
        self, value: Any, key: str | None, node: Node, indent: str | None
    ) -> str:
        """Write an entry in brackets, in lines where there is an indentation."""
        name = "" if key is None else self._in_line(key, node) + self._colon
        if indent is None or not self._is_quoted(node):
            return name + self._in_line(value, node)
        text = json.dumps(
            value,
            ensure_ascii=False,
            indent=self._unit(node, indent),
            separators=(",", self._colon),
        )
        return name + text.replace("\n", self._line_break + indent)

    def _in_line(self, value: Any, near: Node) -> str:
        if not self._is_quoted(near):
            return flow_text(value)
        comma = ", " if self._colon[-1:].isspace() else ","
        return json.dumps(value, ensure_ascii=False, separators=(comma, self._colon))

    def _is_quoted(self, near: Node) -> bool:
        """Whether texts here have JSON's quotes, which YAML knows, too."""
        if self._is_json:
            return True
        words = [word for node in each(near) for word in (*node.keys, node)]
        letters = (self.text[word.start] for word in words if not word.items)
        return next((letter == '"' for letter in letters if letter not in "{["), True)

    def _unit(self, node: Node, indent: str) -> str:
        """Return by how much one level is indented more than the one around it."""
        for inner in (node.items[-1], self.root):
            if inner.items and "\n" in self.text[inner.start : inner.starts[0]]:
                outer = self._indent(inner.start)
                deeper = self._indent(inner.starts[0])
                if deeper.startswith(outer) and deeper != outer:
                    return deeper[len(outer) :]
        return "\t" if "\t" in indent else "  "

    # Blocks: YAML without brackets

    def _in_block(
        self, node: Node, value: Any, key: str | None, first: bool
    ) -> list[Piece]:
        column = self._column(node.starts[0] if node.keys else node.start)
        beside = node.items[0 if first else -1]
        in_line = beside.flow and bool(beside.items)
        if key is not None:
            entry = f"{flow_text(key)}:"
            if in_line:
                entry += f" {self._in_line(value, beside)}"
            else:
                entry += self._below_key(value, column)
        else:
            entry = self._dash(node)
            if in_line:
                entry += self._in_line(value, beside)
            else:
                entry += self._behind_dash(value, column + len(entry))
        return [self._line_for(node, column, entry, first)]

    def _line_for(self, node: Node, column: int, entry: str, first: bool) -> Piece:
        """Find the line of an entry in a block: its own comments go with the others."""
        if first:
            return self._line_before(node, column, entry)
        rest = _REST_OF_LINE.match(self.text, node.end)
        if rest is None:
            raise ValueError("There is something behind the last entry.")
        end = rest.end()
        while (comment := _COMMENT_LINE.match(self.text, end)) and (
            len(comment[1]) > column
        ):
            end = comment.end()
        return end, self._line_break + " " * column + entry

    def _line_before(self, node: Node, column: int, entry: str) -> Piece:
        start = node.keys[0].start if node.keys else node.start
        line = self._line_start(start)
        if self.text[line:start].strip():  # a list in a list: - - a
            return start, entry + self._line_break + " " * column
        while line and self.text[:line].splitlines()[-1].lstrip().startswith("#"):
            line = self._line_start(line - 1)
        return line, " " * column + entry + self._line_break

    def _dash(self, node: Node) -> str:
        blank = _INDENT.match(self.text, node.start + 1)
        found = blank[0] if blank else ""
        # An entry may begin in the line below its dash.
        return f"-{found}" if found and found.strip(" ") == "" else "- "

    def _block(self, value: Any, column: int) -> str:
        """Write a mapping or list as a block that begins at a column."""
        lines = self._line_break + " " * column
        if isinstance(value, Mapping):
            return lines.join(
                f"{flow_text(key)}:{self._below_key(item, column)}"
                for key, item in value.items()
            )
        return lines.join(f"- {self._behind_dash(item, column + 2)}" for item in value)

    def _behind_dash(self, value: Any, column: int) -> str:
        if value and isinstance(value, dict | list):
            return self._block(value, column)
        return flow_text(value)

    def _below_key(self, value: Any, column: int) -> str:
        nested = isinstance(value, dict) or (
            isinstance(value, list)
            and any(isinstance(item, dict | list) for item in value)
        )
        if not value or not nested:
            return f" {flow_text(value)}"
        deeper = column + self._deeper(isinstance(value, list))
        return self._line_break + " " * deeper + self._block(value, deeper)

    def _deeper(self, is_list: bool) -> int:
        """Return how much deeper than its key a list or mapping begins in this text."""
        for node in each(self.root):
            if node.flow:
                continue
            for key, item in zip(node.keys, node.items, strict=False):
                if not item.flow and bool(item.keys) is not is_list:
                    return self._column(item.start) - self._column(key.start)
        return 2

    # Lines

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _column(self, index: int) -> int:
        return index - self._line_start(index)

    def _indent(self, index: int) -> str:
        blank = _INDENT.match(self.text, self._line_start(index))
        return blank[0][: self._column(index)] if blank else ""
