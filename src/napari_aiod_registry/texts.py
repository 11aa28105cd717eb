"""Text → plain data that remembers where in the file each piece stood.

JSON and YAML are read twice at most: fast by their libraries, and, when something is
wrong, slowly by the functions here, which keep the line and column of everything and
say in plain words what the text lacks.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from .problems import Place

if TYPE_CHECKING:
    import yaml

MAX_DEPTH = 40
"""How deep a file may nest; a manifest needs 9 levels."""

MAX_DIGITS = 400
"""Digits of a number at the most; the largest float has 309."""

_JSON = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
_WORD = re.compile(r"[^\s,:\]}\"]+")
_CONSTANTS = {"true": True, "false": False, "null": None}
_YAML_BOOLS = re.compile(r"(?i:y|n|yes|no|on|off)")
_YAML_FLOAT = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)[eE][-+]?\d+")


class TextError(ValueError):
    """The text is not JSON or YAML that can be read.

    Attributes
    ----------
    code : str
        The kind of problem.
    place : tuple
        Keys and indices down to the innermost piece that was being read.
    line, column : int
        Counted from 1.
    hint : str or None
        The way out.
    """

    def __init__(
        self,
        code: str,
        message: str,
        place: Place,
        position: tuple[int, int],
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.place, self.hint = code, place, hint
        self.line, self.column = position


class Document:
    """What a text holds, with the position of each key and value.

    Attributes
    ----------
    data : object
        Dicts, lists and scalars.
    notes : list of TextError
        What can be read but should not stand there: a key twice, a YAML anchor, a
        word that YAML reads as true or false.
    """

    def __init__(self) -> None:
        self.data: Any = None
        self.notes: list[TextError] = []
        self._keys: dict[Place, tuple[int, int]] = {}
        self._values: dict[Place, tuple[int, int]] = {}

    def put(
        self, place: Place, value: tuple[int, int], key: tuple[int, int] | None
    ) -> None:
        """Remember where the value at a place, and its key, begin."""
        self._values[place] = value
        if key is not None:
            self._keys[place] = key

    def position(self, place: Place, *, key: bool = False) -> tuple[int, int]:
        """Find line and column of a place, or of the innermost one around it.

        Parameters
        ----------
        place : tuple
            Keys and indices from the root.
        key : bool, default False
            Ask for the key rather than the value.
        """
        for end in range(len(place), -1, -1):
            known = self._keys if key else self._values
            if place[:end] in known:
                return known[place[:end]]
        return self._values.get((), (1, 1))

    def duplicate_key(
        self, place: Place, position: tuple[int, int], first: tuple[int, int]
    ) -> None:
        """Note that a key stands a second time in the same mapping."""
        message = f"The key {place[-1]!r} stands here a second time."
        hint = f"The first is in line {first[0]}. Keep one of them."
        self.notes.append(TextError("duplicate-key", message, place, position, hint))


def read_json(text: str) -> Document:
    """Read JSON, with positions.

    Raises
    ------
    TextError
        At the first place where the text is not JSON.
    """
    return _JsonReader(text).document


class _JsonReader:
    """A JSON reader of the plainest kind; strings are left to the standard library."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.document = Document()
        # Line starts, to turn an index into line and column.
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        end = self._skip(0)
        if end == len(text):
            self._fail(end, (), "The file is empty.", code="empty-file")
        self.document.data, end = self._value(end, ())
        end = self._skip(end)
        if end < len(text):
            self._fail(
                end,
                (),
                f"There is more text after the end: {self._word(end)}.",
                "Check the brackets before it.",
            )

    def _position(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._lines, index)
        return line, index - self._lines[line - 1] + 1

    def _skip(self, index: int) -> int:
        match = _SPACE.match(self.text, index)
        return match.end() if match else index

    def _word(self, index: int) -> str:
        match = _WORD.match(self.text, index)
        return repr(match[0][:30] if match else self.text[index : index + 1])

    def _fail(
        self,
        index: int,
        place: Place,
        message: str,
        hint: str | None = None,
        code: str = "json-syntax",
    ) -> NoReturn:
        raise TextError(code, message, place, self._position(index), hint)

    def _value(
        self, index: int, place: Place, key: tuple[int, int] | None = None
    ) -> tuple[Any, int]:
        if len(place) > MAX_DEPTH:
            message = f"This nests more than {MAX_DEPTH} levels deep."
            self._fail(index, place[:3], message, code="too-deep")
        self.document.put(place, self._position(index), key)
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
            return _JSON.raw_decode(self.text, index)
        except json.JSONDecodeError as error:
            if "control" in error.msg.lower():
                message = (
                    "A line break or tab inside a text must be written \\n or \\t."
                )
            elif "Unterminated" in error.msg:
                message = "This text has no closing quote."
            else:
                message = "This backslash stands before the wrong letter."
            hint = 'Write \\\\ for a backslash, \\" for a quote.'
            self._fail(error.pos, place, message, hint)

    def _scalar(self, index: int, place: Place) -> tuple[Any, int]:
        number = _NUMBER.match(self.text, index)
        word = _WORD.match(self.text, index)
        found = word[0] if word else ""
        if number and number[0] == found:
            if len(found) > MAX_DIGITS:
                self._fail(index, place, "This number has too many digits.")
            whole = number[1] is number[2] is None
            return (int(found) if whole else float(found)), number.end()
        if found in _CONSTANTS:
            return _CONSTANTS[found], index + len(found)
        if not found:
            what = self.text[index : index + 1]
            message = (
                f"A value is missing before {what!r}."
                if what
                else "The end is missing."
            )
            self._fail(index, place, message, "Close every bracket and quote.")
        if found.lower() in ("nan", "infinity", "-infinity"):
            self._fail(index, place, f"{found} is not a number that JSON knows.")
        if found.lower() in (*_CONSTANTS, "none"):
            right = "null" if found.lower() == "none" else found.lower()
            self._fail(index, place, f"{found!r} is not JSON.", f"Write {right}.")
        if found.startswith(("'", "#", "//")):
            hint = 'JSON has double quotes (") only, and no comments.'
            self._fail(index, place, f"{found[:30]!r} is not JSON.", hint)
        self._fail(index, place, f"{found[:30]!r} is not JSON.", "Put text in quotes.")

    def _object(self, index: int, place: Place) -> tuple[dict[str, Any], int]:
        result: dict[str, Any] = {}
        positions: dict[str, tuple[int, int]] = {}
        index = self._skip(index)
        if self.text[index : index + 1] == "}":
            return result, index + 1
        while True:
            if self.text[index : index + 1] != '"':
                self._no_key(index, place)
            at = self._position(index)
            key, index = self._string(index, place)
            inner = (*place, key)
            if key in result:
                self.document.duplicate_key(inner, at, positions[key])
            positions.setdefault(key, at)
            index = self._skip(index)
            if self.text[index : index + 1] != ":":
                self._fail(
                    index, inner, f"There is no colon (:) after the key {key!r}."
                )
            result[key], index = self._value(self._skip(index + 1), inner, at)
            index, ended = self._next(index, inner, "}")
            if ended:
                return result, index

    def _no_key(self, index: int, place: Place) -> NoReturn:
        what = self.text[index : index + 1]
        if what == "}":
            self._fail(
                index, place, "There is a comma before this '}'.", "Remove the comma."
            )
        if not what:
            self._fail(index, place, "The file ends too early: '}' is missing.")
        message = f"A key must be in double quotes, not {self._word(index)}."
        self._fail(index, place, message)

    def _array(self, index: int, place: Place) -> tuple[list[Any], int]:
        result: list[Any] = []
        index = self._skip(index)
        if self.text[index : index + 1] == "]":
            return result, index + 1
        while True:
            if self.text[index : index + 1] == "]":
                self._fail(
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
            self._fail(
                index, place, f"The file ends too early: {closing!r} is missing."
            )
        if char in "]}":
            message = f"{closing!r} is missing before {char!r}."
        elif char == '"':
            text = self.text[index : self.text.find('"', index + 1) + 1]
            message = f"A comma is missing before {text[:40]}."
        else:
            message = f"A comma is missing before {self._word(index)}."
        self._fail(end, place, message, "Add it here.")


def read_yaml(text: str) -> Document:
    """Read YAML, with positions; no tags, anchors or aliases.

    Raises
    ------
    TextError
        At the first place where the text is not YAML, or nests too deep.
    """
    import yaml

    document = Document()
    loader = _yaml_loader()(text)
    try:
        events = _Events(_parse(loader))
        if events.peek() is None or isinstance(events.peek(), yaml.DocumentEndEvent):
            raise TextError("empty-file", "The file is empty.", (), (1, 1))
        document.data = _yaml_value(events, loader, document, ())
        events.pop()
        rest = events.peek()
        if rest is not None:
            raise TextError(
                "yaml-syntax",
                "There is a second document in the file.",
                (),
                _mark(rest.start_mark),
                "Keep one manifest in one file, without --- between.",
            )
    except yaml.MarkedYAMLError as error:
        raise TextError("yaml-syntax", *_plain_yaml(error, text)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, TextError):
            raise
        line = text[: getattr(error, "position", 0) or 0].count("\n") + 1
        raise TextError(
            "yaml-syntax", "A character can't stand in YAML.", (), (line, 1)
        ) from error
    finally:
        loader.dispose()
    return document


def _plain_yaml(
    error: yaml.MarkedYAMLError, text: str
) -> tuple[str, Place, tuple[int, int], str | None]:
    """Say what a YAML error means for somebody who does not know YAML's words."""
    mark, opened = error.problem_mark, error.context_mark
    problem = error.problem or "it can't be read"
    lines = text.splitlines()
    if mark is None:
        return f"This is not YAML: {problem}.", (), (1, 1), None
    at = _mark(mark)
    rest = "\n".join(lines[mark.line :])[mark.column :].strip()
    line = lines[mark.line] if mark.line < len(lines) else ""
    if (
        not rest
        and opened is not None
        and text[opened.index : opened.index + 1] in "[{\"'"
    ):
        message = f"{text[opened.index]} is opened here, but not closed."
        return message, (), _mark(opened), "Close it."
    if "\t" in line[: len(line) - len(line.lstrip())] or "\\t" in problem:
        return "A tab stands where YAML wants spaces.", (), at, "Indent by spaces."
    if "mapping values are not allowed" in problem:
        hint = "Check the indentation, and put text with ': ' in quotes."
        return "A colon stands where none may be.", (), at, hint
    if "did not find expected" in problem or "expected <block end>" in problem:
        hint = "Check the indentation, brackets, quotes and commas."
        return "This line does not fit the lines around it.", (), at, hint
    return f"This is not YAML: {problem}.", (), at, None


class _Events:
    """A stream of YAML events with a look at the next."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._next = next(events, None)

    def peek(self) -> Any:
        return self._next

    def pop(self) -> Any:
        event, self._next = self._next, next(self._events, None)
        return event


def _parse(loader: Any) -> Iterator[Any]:
    import yaml

    while loader.check_event():
        event = loader.get_event()
        if not isinstance(
            event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentStartEvent
        ):
            yield event


def _yaml_loader() -> Any:
    """Make a safe loader, in C where it exists, that leaves dates as text."""
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    unwanted = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge")

    class Loader(base):  # type: ignore[misc, valid-type]
        yaml_implicit_resolvers = {
            first: [(tag, regexp) for tag, regexp in pairs if tag not in unwanted]
            for first, pairs in base.yaml_implicit_resolvers.items()
        }

    return Loader


def _mark(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _yaml_value(events: _Events, loader: Any, document: Document, place: Place) -> Any:
    import yaml

    event = events.pop()
    at = _mark(event.start_mark)
    if place not in document._values:
        document.put(place, at, None)
    if len(place) > MAX_DEPTH:
        message = f"This nests more than {MAX_DEPTH} levels deep."
        raise TextError("too-deep", message, place[:3], at)
    _note_yaml_extras(event, document, place, at)
    if isinstance(event, yaml.MappingStartEvent):
        return _yaml_mapping(events, loader, document, place)
    if isinstance(event, yaml.SequenceStartEvent):
        result: list[Any] = []
        while not isinstance(events.peek(), yaml.SequenceEndEvent):
            inner = (*place, len(result))
            result.append(_yaml_value(events, loader, document, inner))
        events.pop()
        return result
    if isinstance(event, yaml.AliasEvent):
        return None
    return _yaml_scalar(event, loader, document, place, at)


def _yaml_mapping(
    events: _Events, loader: Any, document: Document, place: Place
) -> dict[Any, Any]:
    import yaml

    result: dict[Any, Any] = {}
    positions: dict[Any, tuple[int, int]] = {}
    while not isinstance(events.peek(), yaml.MappingEndEvent):
        at = _mark(events.peek().start_mark)
        key = events.peek()
        if not isinstance(key, yaml.ScalarEvent):
            raise TextError(
                "yaml-syntax",
                "A key must be a word, not a list or a mapping.",
                place,
                at,
                "Check for brackets, * and & before the colon.",
            )
        name = _yaml_value(events, loader, document, (*place, key.value))
        if not isinstance(name, str):
            # A version may well be called 2 or 1.0: its name is what was written.
            if isinstance(name, bool):
                hint = f'Write "{key.value}", with quotes.'
                message = f"The key {key.value} is read as {str(name).lower()}."
                inner = (*place, key.value)
                document.notes.append(TextError("yaml-key", message, inner, at, hint))
            name = key.value
        inner = (*place, name)
        if name in result:
            document.duplicate_key(inner, at, positions[name])
        positions.setdefault(name, at)
        document._keys[inner] = at
        document._values[inner] = _mark(events.peek().start_mark)
        result[name] = _yaml_value(events, loader, document, inner)
    events.pop()
    return result


def _note_yaml_extras(
    event: Any, document: Document, place: Place, at: tuple[int, int]
) -> None:
    """Note anchors, aliases and tags: a manifest has none, so that it stays small."""
    import yaml

    anchor = getattr(event, "anchor", None)
    if anchor:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        message = f"{sign}{anchor} is a YAML shortcut that manifests do not have."
        hint = "Write the values out. Parameters for all tasks go under params."
        document.notes.append(TextError("yaml-anchor", message, place, at, hint))
    tag = getattr(event, "tag", None)
    if tag and tag != "!":
        message = f"{tag} is a YAML tag, and manifests have none."
        document.notes.append(TextError("yaml-tag", message, place, at, "Remove it."))


def _yaml_scalar(
    event: Any, loader: Any, document: Document, place: Place, at: tuple[int, int]
) -> Any:
    """Turn a YAML scalar into a value."""
    import yaml

    text = event.value
    if event.tag or not event.implicit[0]:
        return text
    if ":" in text or len(text) > MAX_DIGITS:
        return text  # YAML 1.1 would read 1:30 as the number 90
    # YAML 1.1 reads 1e-5 as text, which nobody means.
    if _YAML_FLOAT.fullmatch(text):
        return float(text)
    tag = loader.resolve(yaml.ScalarNode, text, event.implicit)
    value = loader.construct_object(yaml.ScalarNode(tag, text))
    if isinstance(value, bool) and _YAML_BOOLS.fullmatch(text):
        right = str(value).lower()
        message = f"{text} is read as {right}."
        hint = f'Write {right}, or "{text}" for the word.'
        document.notes.append(TextError("yaml-bool", message, place, at, hint))
    return value if isinstance(value, bool | int | float | str | None) else text
