"""YAML text → a document with positions, or what the text lacks.

Tags, anchors and aliases are noted as errors, so that a small file stays small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ..messages import LARGEST, MAX_DEPTH, MAX_DIGITS, Place
from .document import Document, TextError, refuse_half_character
from .yaml_slips import bad_character, mark_position, plain_yaml

_YAML_BOOLS = re.compile(r"(?i:y|n|yes|no|on|off)")
_MOST_LETTERS = 2_000
"""Letters of a whole number at the most: in binary digits, our largest has 1,329."""

YAML_FLOAT = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)[eE][-+]?\d+")
"""Numbers that YAML 1.1 reads as text, and `read_yaml` as what they are."""


def read_yaml(text: str, *, most: int | None = None) -> Document:
    """Read YAML, with positions; no tags, anchors or aliases.

    Parameters
    ----------
    text : str
        The text.
    most : int, optional
        Values that are read at the most. Default: any number.

    Raises
    ------
    TextError
        At the first place where the text is not YAML, or nests too deep.
    """
    import yaml

    try:
        return _read(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader), most)
    except TextError as error:
        if "nesting depth" not in str(getattr(error.__cause__, "problem", "")):
            raise
        # Newer C libraries have a limit of their own, and meet it while they look
        # ahead. The Python loader has none, so it gets as far as ours.
        return _read(text, yaml.SafeLoader, most)


def read_value(text: str) -> Any:
    """Read a value as a config file would have it; what can't be read is text."""
    try:
        document = read_yaml(text)
    except TextError:
        return text
    notes = [note for note in document.notes if note.code != "yaml-bool"]
    return text if notes else document.data


def _read(text: str, base: Any, most: int | None) -> Document:
    import yaml

    document = Document(most)
    loader = None
    try:
        loader = _plain_loader(base)(text)
        events = _Events(_parse(loader))
        if events.peek() is None or isinstance(events.peek(), yaml.DocumentEndEvent):
            raise TextError("empty-file", "The file is empty.", (), (1, 1))
        document.count((1, 1))
        document.data = _yaml_value(events, loader, document, ())
        events.pop()
        rest = events.peek()
        if rest is not None:
            raise TextError(
                "yaml-syntax",
                "There is a second document in the file.",
                (),
                mark_position(rest.start_mark),
                "Keep one document in each file, without --- between.",
            )
    except yaml.MarkedYAMLError as error:
        raise TextError("yaml-syntax", *plain_yaml(error, text)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, TextError):
            raise
        raise bad_character(text) from error
    finally:
        if loader is not None:
            loader.dispose()
    return document


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


def _plain_loader(base: Any) -> Any:
    """Make a loader that leaves dates, << and = as text."""
    unwanted = [f"tag:yaml.org,2002:{kind}" for kind in ("timestamp", "merge", "value")]
    resolvers = {
        first: [(tag, regexp) for tag, regexp in pairs if tag not in unwanted]
        for first, pairs in base.yaml_implicit_resolvers.items()
    }
    return type("Loader", (base,), {"yaml_implicit_resolvers": resolvers})


def _yaml_value(events: _Events, loader: Any, document: Document, place: Place) -> Any:
    import yaml

    event = events.pop()
    at = mark_position(event.start_mark)
    if not document.has(place):
        document.put(place, at, None)
    if len(place) > MAX_DEPTH:
        message = f"This nests more than {MAX_DEPTH} levels deep."
        hint = "Check the indentation and the brackets."
        raise TextError("too-deep", message, place[:3], at, hint)
    _note_yaml_extras(event, document, place, at)
    if isinstance(event, yaml.MappingStartEvent):
        return _yaml_mapping(events, loader, document, place)
    if isinstance(event, yaml.SequenceStartEvent):
        result: list[Any] = []
        while not isinstance(events.peek(), yaml.SequenceEndEvent):
            inner = (*place, len(result))
            document.count(mark_position(events.peek().start_mark))
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
        at = mark_position(events.peek().start_mark)
        key = events.peek()
        if not isinstance(key, yaml.ScalarEvent):
            raise TextError(
                "yaml-syntax",
                "A key must be a word, not a list or a mapping.",
                place,
                at,
                "Check for brackets, * and & before the colon.",
            )
        inner = (*place, key.value)
        noted = len(document.notes)
        name = _yaml_value(events, loader, document, inner)
        if not isinstance(name, str):
            # A version may well be called 2 or 1.0: its name is what was written.
            if isinstance(name, bool):
                hint = f'Write "{key.value}", with quotes.'
                message = f"The key {key.value} is read as {str(name).lower()}."
                del document.notes[noted:]  # says how to write false, not a word
                document.notes.append(TextError("yaml-key", message, inner, at, hint))
            name = key.value
        inner = (*place, name)
        if name in result:
            document.duplicate_key(inner, at, positions[name])
        positions.setdefault(name, at)
        document.count(at)
        document.put(inner, mark_position(events.peek().start_mark), at)
        result[name] = _yaml_value(events, loader, document, inner)
    events.pop()
    return result


def _note_yaml_extras(
    event: Any, document: Document, place: Place, at: tuple[int, int]
) -> None:
    """Note anchors, aliases and tags: without them a small file stays small."""
    import yaml

    anchor = getattr(event, "anchor", None)
    if anchor:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        message = f"{sign}{anchor} is a YAML shortcut that can't be used here."
        hint = "Write the values out. Parameters for all tasks go under params."
        document.notes.append(TextError("yaml-anchor", message, place, at, hint))
    tag = getattr(event, "tag", None)
    if tag and tag != "!":
        tag = tag.replace("tag:yaml.org,2002:", "!!")
        message = f"{tag} is a YAML tag, and can't be used here."
        hint = "Remove it, or put text that begins with ! in single quotes."
        document.notes.append(TextError("yaml-tag", message, place, at, hint))


def _yaml_scalar(
    event: Any, loader: Any, document: Document, place: Place, at: tuple[int, int]
) -> Any:
    """Turn a YAML scalar into a value."""
    text = event.value
    refuse_half_character("yaml-syntax", text, place, at)
    if event.tag or not event.implicit[0]:
        return text
    if ":" in text:
        return text  # YAML 1.1 would read 1:30 as the number 90
    # YAML 1.1 reads 1e-5 as text, which nobody means.
    if YAML_FLOAT.fullmatch(text):
        return float(text)
    value = _construct(loader, text, event.implicit)
    if type(value) is int and abs(value) >= LARGEST:
        message = "This number has too many digits."
        hint = f"{MAX_DIGITS} are the most."
        raise TextError("yaml-syntax", message, place, at, hint)
    if isinstance(value, bool) and _YAML_BOOLS.fullmatch(text):
        right = str(value).lower()
        message = f"{text} is read as {right}."
        hint = f'Write {right}, or "{text}" for the word.'
        document.notes.append(TextError("yaml-bool", message, place, at, hint))
    return value if isinstance(value, bool | int | float | str | None) else text


def _construct(loader: Any, text: str, implicit: tuple[bool, bool]) -> Any:
    """Turn a word without quotes into the value that YAML takes it for."""
    import yaml

    tag = loader.resolve(yaml.ScalarNode, text, implicit)
    if tag.endswith(":int") and len(text) > _MOST_LETTERS:
        return LARGEST  # Python would take long, or refuse, to read it
    with suppress(ValueError):  # like 0x_, which begins as a number does
        return loader.construct_object(yaml.ScalarNode(tag, text))
    return text
