"""What the text of a file holds, with the line and column of each piece.

`json_reader` and `yaml_reader` make such documents. They are slower than the libraries,
and are used when something is wrong, to say where and in plain words what.
"""

from __future__ import annotations

import re
from typing import Any

from ..messages import Place

_MANY = 4
"""One NUL in so many bytes is more than a slip."""

_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)
"""What git writes where two changes do not go together."""

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


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


def decode(raw: bytes) -> str:
    """Turn the bytes of a file into text.

    Raises
    ------
    TextError
        ``not-utf8`` at the first byte that is not UTF-8, ``empty-file`` where there
        are only blanks, ``merge-conflict`` where git has left both sides.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = "The file is not UTF-8: here is a character in another encoding."
        hint = "Save the file again as UTF-8."
        raise TextError("not-utf8", message, (), (line, column), hint) from error
    if not text.strip():
        raise TextError("empty-file", "The file is empty.", (), (1, 1))
    if raw.startswith(b"PK\x03\x04"):
        message = "The file is a ZIP archive, not text."
        raise TextError("not-utf8", message, (), (1, 1), "Take the file out of it.")
    if raw.count(0) * _MANY > len(raw):
        message = "The file is not UTF-8: it looks like UTF-16, or like no text at all."
        hint = "Save the file again as UTF-8."
        raise TextError("not-utf8", message, (), (1, 1), hint)
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        line = text.count("\n", 0, conflict.start()) + 1
        message = "Here a merge has left both sides."
        hint = "Keep one side, and delete the lines of <, = and >."
        raise TextError("merge-conflict", message, (), (line, 1), hint)
    return text


def refuse_half_character(
    code: str, text: str, place: Place, position: tuple[int, int]
) -> None:
    r"""Refuse text with one half of a surrogate pair, like ``\ud83d`` alone.

    No file could hold it again, as it is not a character.

    Raises
    ------
    TextError
        With the given code, where there is one.
    """
    half = None if text.isascii() else _HALF_CHARACTER.search(text)
    if half is not None:
        message = f"\\u{ord(half[0]):x} is only one half of a character."
        hint = "Write the character itself, or the code of its other half too."
        raise TextError(code, message, place, position, hint)


class Document:
    """What a text holds, with the position of each key and value.

    Attributes
    ----------
    data : object
        Dicts, lists and scalars.
    notes : list of TextError
        What can be read but should not stand there: a key twice, a YAML anchor, a
        word that YAML reads as true or false.
    most : int or None
        Values that are read at the most.
    """

    def __init__(self, most: int | None = None) -> None:
        self.data: Any = None
        self.most = most
        self._count = 0
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

    def has(self, place: Place) -> bool:
        """Whether it is remembered where the value at a place begins."""
        return place in self._values

    def count(self, position: tuple[int, int]) -> None:
        """Count one more value.

        Raises
        ------
        TextError
            ``too-many-values`` where it is one too many.
        """
        self._count += 1
        if self.most is not None and self._count > self.most:
            raise self.too_many_values(position)

    def too_many_values(self, position: tuple[int, int]) -> TextError:
        """Say that there are more values than are read."""
        message = f"The file holds more than {self.most:,} values."
        hint = "Is it another kind of file? A manifest has far fewer."
        return TextError("too-many-values", message, (), position, hint)

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
            at_key = self._keys.get(place[:end])
            at_value = self._values.get(place[:end])
            if at_key and at_value:
                # A YAML block begins in the line below its key.
                return at_key if key or at_key[0] < at_value[0] else at_value
            if at_value and not key:
                return at_value
        return self._values.get((), (1, 1))

    def duplicate_key(
        self, place: Place, position: tuple[int, int], first: tuple[int, int]
    ) -> None:
        """Note that a key stands a second time in the same mapping."""
        message = f"The key {place[-1]!r} stands here a second time."
        hint = f"The first is in line {first[0]}. Keep one of them."
        self.notes.append(TextError("duplicate-key", message, place, position, hint))
