"""JSON text → a document with positions, or what the text lacks."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, NoReturn

from ..messages import MAX_DEPTH, MAX_DIGITS, Place
from .document import Document, TextError, refuse_half_character

_JSON = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
_WORD = re.compile(r"[^\s,:\]}\"]+")
_CURLY = ("“", "”", "„", "‘", "’", "«", "»")
_CONSTANTS = {"true": True, "false": False, "null": None}
_NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def read_json(
    text: str, *, non_finite: bool = False, most: int | None = None
) -> Document:
    """Read JSON, with positions.

    Parameters
    ----------
    text : str
        The text.
    non_finite : bool, default False
        Read NaN and Infinity too, which JSON does not have but Python writes.
    most : int, optional
        Values that are read at the most. Default: any number.

    Raises
    ------
    TextError
        At the first place where the text is not JSON.
    """
    constants = _CONSTANTS | _NON_FINITE if non_finite else _CONSTANTS
    return _JsonReader(text, constants, Document(most)).document


class _JsonReader:
    """A JSON reader of the plainest kind; strings are left to the standard library."""

    def __init__(
        self, text: str, constants: Mapping[str, Any], document: Document
    ) -> None:
        self.text = text
        self._constants = constants
        self.document = document
        # Line starts, to turn an index into line and column.
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        end = self._skip(0)
        if end == len(text):
            raise self._error(end, (), "The file is empty.", code="empty-file")
        self.document.data, end = self._value(end, ())
        end = self._skip(end)
        if end < len(text):
            message = f"There is more text after the end: {self._word(end)}."
            hint = "Check the brackets before it."
            if text[end] == "{":
                hint = "Keep one manifest in each file."
            raise self._error(end, (), message, hint)

    def _position(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._lines, index)
        return line, index - self._lines[line - 1] + 1

    def _skip(self, index: int) -> int:
        match = _SPACE.match(self.text, index)
        return match.end() if match else index

    def _word(self, index: int) -> str:
        match = _WORD.match(self.text, index)
        return repr(match[0][:30] if match else self.text[index : index + 1])

    def _error(
        self,
        index: int,
        place: Place,
        message: str,
        hint: str | None = None,
        code: str = "json-syntax",
    ) -> TextError:
        return TextError(code, message, place, self._position(index), hint)

    def _value(
        self, index: int, place: Place, key: tuple[int, int] | None = None
    ) -> tuple[Any, int]:
        if len(place) > MAX_DEPTH:
            message = f"This nests more than {MAX_DEPTH} levels deep."
            hint = "Close the brackets that are open before it."
            raise self._error(index, place[:3], message, hint, code="too-deep")
        position = self._position(index)
        self.document.count(position)
        self.document.put(place, position, key)
        char = self.text[index : index + 1]
        if char == "{":
            return self._object(index + 1, place)
        if char == "[":
            return self._array(index + 1, place)
        if char == '"':
            return self._string(index, place)
        return self._scalar(index, place)

    def _string(self, index: int, place: Place) -> tuple[str, int]:
        try:
            text, end = _JSON.raw_decode(self.text, index)
        except json.JSONDecodeError as error:
            hint = 'Write \\\\ for a backslash, \\" for a quote.'
            if "control" in error.msg.lower() and self.text[error.pos] in "\r\n":
                message = "This text does not end in its line."
                hint = 'Close it with ", or write \\n for a line break.'
            elif "control" in error.msg.lower():
                char = repr(self.text[error.pos])[1:-1]
                message = "There is a tab or another control character in this text."
                hint = f"Write {char}, or a blank."
            elif "Unterminated" in error.msg:
                message, hint = "This text has no closing quote.", "Add it."
            else:
                message = "This backslash stands before the wrong letter."
            raise self._error(error.pos, place, message, hint) from error
        refuse_half_character("json-syntax", text, place, self._position(index))
        return text, end

    def _scalar(self, index: int, place: Place) -> tuple[Any, int]:
        number = _NUMBER.match(self.text, index)
        word = _WORD.match(self.text, index)
        found = word[0] if word else ""
        if number and number[0] == found:
            whole = number[1] is number[2] is None
            if whole and len(found.lstrip("-")) > MAX_DIGITS:
                message = "This number has too many digits."
                raise self._error(index, place, message, f"{MAX_DIGITS} are the most.")
            return (int(found) if whole else float(found)), number.end()
        if found in self._constants:
            return self._constants[found], index + len(found)
        message, hint = _why_no_value(self.text, index, found, at_root=not place)
        raise self._error(index, place, message, hint)

    def _object(self, index: int, place: Place) -> tuple[dict[str, Any], int]:
        result: dict[str, Any] = {}
        positions: dict[str, tuple[int, int]] = {}
        index = self._skip(index)
        if self.text[index : index + 1] == "}":
            return result, index + 1
        while True:
            if self.text[index : index + 1] != '"':
                self._no_key(index, place, positions)
            at = self._position(index)
            key, index = self._string(index, place)
            inner = (*place, key)
            if key in result:
                self.document.duplicate_key(inner, at, positions[key])
            positions.setdefault(key, at)
            index = self._skip(index)
            if self.text[index : index + 1] != ":":
                hint = "Write it here."
                if ":" in key:
                    hint = "The closing quote of the key may be missing."
                elif self.text[index : index + 1] == "=":
                    hint = "Write a colon in place of the '='."
                raise self._error(
                    index, inner, f"There is no colon (:) after the key {key!r}.", hint
                )
            result[key], index = self._value(self._skip(index + 1), inner, at)
            index, ended = self._next(index, inner, "}")
            if ended:
                return result, index

    def _no_key(self, index: int, place: Place, before: object) -> NoReturn:
        what = self.text[index : index + 1]
        if what == "}" and before:
            raise self._error(
                index, place, "There is a comma before this '}'.", "Remove the comma."
            )
        if not what:
            raise self._error(
                index, place, "The file ends too early: '}' is missing.", "Add it here."
            )
        if what == ",":
            raise self._error(
                index, place, "There is a comma too many.", "Remove this one."
            )
        found = _WORD.match(self.text, index)
        word = found[0][:30] if found else what
        message = f"A key must be in double quotes, not {self._word(index)}."
        hint = f'Write "{word}".'
        if word.isdigit() and before:
            hint = "If it belongs to the number before it, write a decimal point."
        elif odd := _odd_start(self.text, index):
            message, hint = odd
        raise self._error(index, place, message, hint)

    def _array(self, index: int, place: Place) -> tuple[list[Any], int]:
        result: list[Any] = []
        index = self._skip(index)
        if self.text[index : index + 1] == "]":
            return result, index + 1
        while True:
            if self.text[index : index + 1] == "]":
                raise self._error(
                    index,
                    place,
                    "There is a comma before this ']'.",
                    "Remove the comma.",
                )
            inner = (*place, len(result))
            value, index = self._value(index, inner)
            result.append(value)
            index, ended = self._next(index, inner, "]")
            if ended:
                return result, index

    def _next(self, index: int, place: Place, closing: str) -> tuple[int, bool]:
        """Pass the comma or the closing bracket behind a value."""
        end = index
        index = self._skip(index)
        char = self.text[index : index + 1]
        if char == closing:
            return index + 1, True
        if char == ",":
            return self._skip(index + 1), False
        if not char:
            message = f"The file ends too early: {closing!r} is missing."
            raise self._error(index, place, message, "Add it here.")
        if odd := _odd_start(self.text, index):
            raise self._error(index, place, *odd)
        if char == ";":
            message = "A semicolon stands where a comma belongs."
            raise self._error(index, place, message, "Write a comma.")
        if char == ":" and closing == "]":
            message = "A list has no keys: ']' is missing before this one."
            raise self._error(end, place, message, "Add it behind the list.")
        if char in "]}":
            message = f"{closing!r} is missing before {char!r}."
        elif char == '"':
            text = self.text[index : self.text.find('"', index + 1) + 1]
            message = f"A comma is missing before {text[:40]}."
        else:
            message = f"A comma is missing before {self._word(index)}."
        raise self._error(end, place, message, "Add it here.")


def _odd_start(text: str, index: int) -> tuple[str, str] | None:
    """Say what people use elsewhere, and JSON has not: comments and other quotes."""
    if text.startswith(("//", "#", "/*"), index):
        message = "A comment begins here, but JSON has no comments."
        return message, "Remove it, or write the file in YAML."
    if text.startswith("'", index):
        message = "There are single quotes here, but JSON has only double quotes."
        return message, "Write \" in place of '."
    if text.startswith(_CURLY, index):
        message = f"There is a curly quote here: {text[index]}"
        return f"{message}.", 'Write straight double quotes: ".'
    return None


def _why_no_value(
    text: str, index: int, found: str, *, at_root: bool
) -> tuple[str, str]:
    """Say why a word is not a value of JSON, and what is."""
    odd, what = _odd_start(text, index), text[index : index + 1]
    if odd:
        return odd
    if at_root:
        return _why_no_json(text, index, found)
    if not found:
        if not what:
            return "The end is missing.", "Close every bracket and quote."
        if what in ",}":
            return f"A value is missing before {what!r}.", "Write it, or null."
        return f"A value is missing before {what!r}.", "Close every bracket and quote."
    if found.lower() in ("nan", "infinity", "-infinity"):
        message = f"{found} is not a number that JSON knows."
        return message, "Write a number, or null."
    if found.lower() in (*_CONSTANTS, "none"):
        right = "null" if found.lower() == "none" else found.lower()
        return f"{found!r} is not JSON.", f"Write {right}."
    if not re.match(r"[-+.]*\d", found):
        return f"{found[:30]!r} is not JSON.", "Put text in quotes."
    return _why_no_number(found)


def _why_no_number(found: str) -> tuple[str, str]:
    message = f"{found[:30]!r} is not a number in JSON."
    if found.lower().startswith("0x"):
        return message, "Write it with the digits 0-9 only."
    if number := re.fullmatch(r"([-+]?)0*(\d*)(\.\d+)?", found):
        sign = number[1].replace("+", "")
        return message, f"Write {sign}{number[2] or 0}{number[3] or ''}."
    if re.fullmatch(r"[-+]?\d+(\.\d+)?\D+", found):
        return message, 'Write the number alone; its unit goes into "units".'
    return message, "Put it in quotes if it is text."


def _why_no_json(text: str, index: int, found: str) -> tuple[str, str]:
    """Say what a file may be that does not even begin as JSON does."""
    shown = repr(found[:30] or text[index : index + 1])
    message = f"The file begins with {shown}, but JSON begins with {{."
    if found.startswith("<"):
        return message, "It looks like a web page. Download the file itself."
    if re.match(r"(?:---|[\w$]+:)\s", text[index : index + 60]):
        return message, "It looks like YAML. Then its name must end in .yaml."
    return message, "Start the file with {, and end it with }."
