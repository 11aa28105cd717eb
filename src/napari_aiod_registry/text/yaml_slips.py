"""What YAML's errors mean for somebody who does not know YAML's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from ..messages import Place
from .document import TextError

if TYPE_CHECKING:
    import yaml

Slip: TypeAlias = tuple[str, Place, tuple[int, int], str | None]
"""Message, place, line and column, and hint of a YAML error."""

_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML's libraries do not read, whatever is around it."""

_QUOTES_HINT = "Put text with special characters in single quotes, like 'a: b'."
_PLAIN_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        r"unknown escape|hexa?decimal|escape sequence",
        "This backslash stands before the wrong letter.",
        "Write \\\\ for a backslash, or put the text in single quotes.",
    ),
    (
        r"invalid Unicode character",
        "The code of this character is only one half of it, or too large.",
        "Write the character itself.",
    ),
    (
        r"directive",
        "A line can't begin with % in YAML.",
        "Put the text in single quotes.",
    ),
    (
        r"(?:scanning|parsing) an? (?:alias|anchor|tag)",
        "A text can't begin with *, & or ! in YAML.",
        "Put it in single quotes.",
    ),
    (
        r"sequence entries are not allowed",
        "A list can't begin behind a key.",
        "Begin it in the next line, or put the text in single quotes.",
    ),
    (
        r"did not find expected|expected <block end>|but (?:found|got)",
        "This line does not fit the lines around it.",
        "Check the indentation, brackets, quotes and commas.",
    ),
)
"""What YAML's libraries say, what it means, and what to do about it."""


def mark_position(mark: Any) -> tuple[int, int]:
    """Turn a mark of YAML's libraries into line and column, from 1."""
    return mark.line + 1, mark.column + 1


def bad_character(text: str) -> TextError:
    """Say which character can't stand in YAML, and where."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return TextError("yaml-syntax", "This is not YAML.", (), (1, 1), _QUOTES_HINT)
    before = text[: found.start()]
    position = before.count("\n") + 1, len(before) - before.rfind("\n")
    message = f"The character U+{ord(found[0]):04X} can't stand in YAML."
    return TextError("yaml-syntax", message, (), position, "Remove it.")


def _of_other_languages(lines: list[str], last: int) -> Slip | None:
    """Find what is written as in another language, in lines that can't be read."""
    for number in sorted({0, last - 1, last}):
        slip = _in_line(lines[number], number) if 0 <= number < len(lines) else None
        if slip is not None:
            return slip
    return None


def _in_line(line: str, number: int) -> Slip | None:
    found = re.match(r"\s*(?=//)", line)
    if found is not None:
        message = "A comment begins with # in YAML, not with //."
        return message, (), (number + 1, found.end() + 1), "Write # in place of //."
    found = re.match(r"\s*(?:- +)?[A-Za-z_$]\w* *(?== *\S)", line)
    if found is not None:
        message = "Between a key and its value stands a colon, not an equals sign."
        return message, (), (number + 1, found.end() + 1), "Write a colon and a blank."
    found = re.match(r"\s*(?=-[A-Za-z_]\w*:( |$))", line)
    if found is not None:
        message = "Behind the - of a list there must be a blank."
        return message, (), (number + 1, found.end() + 2), "Write '- ' and the key."
    return None


def plain_yaml(error: yaml.MarkedYAMLError, text: str) -> Slip:
    """Say what a YAML error means for somebody who does not know YAML's words."""
    mark, opened = error.problem_mark, error.context_mark
    problem = error.problem or "it can't be read"
    lines = text.splitlines()
    if mark is None:
        return f"This is not YAML: {problem}.", (), (1, 1), _QUOTES_HINT
    foreign = _of_other_languages(lines, mark.line)
    if foreign is not None:
        return foreign
    at = mark_position(mark)
    line = lines[mark.line] if mark.line < len(lines) else ""
    rest = "\n".join([line[mark.column :], *lines[mark.line + 1 :]]).strip()
    if (
        not rest
        and opened is not None
        and text[opened.index : opened.index + 1] in tuple("[{\"'")
    ):
        message = f"{text[opened.index]} is opened here, but not closed."
        return message, (), mark_position(opened), "Close it."
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or "\\t" in problem or line[mark.column :][:1] == "\t":
        return "A tab stands where YAML wants spaces.", (), at, "Indent by spaces."
    said = f"{error.context}: {problem}"
    slip = _slip(said, text, mark, opened)
    if slip is not None:
        return slip
    if not rest and re.search("did not find expected|<stream end>", problem):
        return "The file ends too early.", (), at, "Check the brackets and quotes."
    if "cannot start any token" in problem:
        message = f"A text can't begin with {line[mark.column :][:1]} in YAML."
        return message, (), at, "Put it in single quotes."
    for pattern, message, hint in _PLAIN_WORDS:
        if re.search(pattern, said):
            return message, (), at, hint
    return f"This is not YAML: {problem}.", (), at, _QUOTES_HINT


def _slip(said: str, text: str, mark: Any, opened: Any) -> Slip | None:
    """Find the slip of the pen behind an error; None where it is not a usual one."""
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "could not find expected ':'" in said and opened is not None:
        message = "There is no colon (:) behind this key."
        hint = "Write a colon and a blank, or put text of several lines in quotes."
        return message, (), mark_position(opened), hint
    if "expected <document start>" in said and text.startswith("%"):
        message = "A line that begins with % is an instruction, which has no use here."
        return message, (), (1, 1), "Remove the line."
    before = line[: mark.column].rstrip()
    if "mapping values are not allowed" in said:
        return _stray_colon(lines, mark, before)
    if re.search("did not find expected|expected <block end>|but found", said):
        return _unclosed(text, mark, opened) or _text_behind(mark, before)
    return None


def _stray_colon(lines: list[str], mark: Any, before: str) -> Slip:
    """Say why a colon can't stand where it does."""
    above = lines[mark.line - 1] if mark.line else ""
    glued = re.match(r"[\s-]*[\w$]+:(?=[^\s/\\])", above)
    if re.search(r":\s", before):
        message = "This text has a second colon with a blank behind it."
        return message, (), mark_position(mark), "Put it in single quotes, like 'a: b'."
    if glued:
        message = "There is no blank behind this colon."
        return message, (), (mark.line, glued.end()), "Write one."
    message = "The indentation of this line does not fit the line above it."
    hint = "Indent alike what belongs together, by blanks."
    column = len(before) - len(before.lstrip()) + 1
    return message, (), (mark.line + 1, column), hint


def _unclosed(text: str, mark: Any, opened: Any) -> Slip | None:
    """Say that a bracket is open, or that a comma is missing inside it."""
    sign = "" if opened is None else text[opened.index : opened.index + 1]
    if not sign or sign not in "[{":
        return None
    if {"[": "]", "{": "}"}[sign] not in text[opened.index :]:
        message = f"{sign} is opened here, but not closed."
        return message, (), mark_position(opened), "Close it."
    message = "A comma or a closing bracket is missing before this."
    return message, (), mark_position(mark), "Add it here."


def _text_behind(mark: Any, before: str) -> Slip | None:
    """Say that a value goes on behind a bracket or quote that closes it."""
    if before[-1:] not in tuple("]}\"'"):
        return None
    message = f"There is more text behind the {before[-1]} that ends this value."
    hint = "Put all of it in single quotes, with '' for each single quote inside."
    return message, (), mark_position(mark), hint
