"""What can come out of a typed text beside a value."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticUndefined

NO_VALUE = PydanticUndefined
"""Nothing is typed."""


class Unreadable:
    """A text that must not be guessed at; no field of a number or a list takes it.

    Parameters
    ----------
    text : str
        What was typed.
    why : str
        A sentence that says what is wrong and what to write.
    """

    # No dataclass: Pydantic would make a mapping of it.
    def __init__(self, text: str, why: str) -> None:
        self.text = text
        self.why = why

    def __eq__(self, other: object) -> bool:
        """Whether the same was typed, and the same is wrong with it."""
        if not isinstance(other, Unreadable):
            return NotImplemented
        return (self.text, self.why) == (other.text, other.why)

    def __hash__(self) -> int:
        """Let it stand in a set, as the items of a list that becomes one do."""
        return hash((self.text, self.why))

    def __str__(self) -> str:
        """Return what was typed."""
        return self.text

    def __repr__(self) -> str:
        """Return what was typed, in quotes."""
        return repr(self.text)


def why_unreadable(value: Any) -> str | None:
    """Say what is wrong with a value that was read, or with an item of it.

    Returns
    -------
    str or None
        None where all of it is readable.
    """
    if isinstance(value, Unreadable):
        return value.why
    if isinstance(value, list | tuple):
        for number, item in enumerate(value, start=1):
            if isinstance(item, Unreadable):
                return f"Item {number}: {item.why}"
    return None
