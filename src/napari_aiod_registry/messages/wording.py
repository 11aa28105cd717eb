"""How a sentence names things: values, words that were meant, counts, long lists."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence

from .limits import LARGEST, MAX_DIGITS, MAX_NAME

_MOST_SHOWN = 12
"""Known words or choices that a hint lists at the most."""

LONGEST_SHOWN = 60
"""Characters of a value from which on it is cut off."""

_LONGEST_WORD = 2 * MAX_NAME
"""Letters of a word that may be one of ours, misspelt."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that was probably meant, or None."""
    if len(word) > _LONGEST_WORD:
        return None
    lower = {name.lower(): name for name in known}
    match = difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    return lower[match[0]] if match else None


def meant(word: str, known: Iterable[str], kind: str) -> str:
    """Say what there is, and first what was probably meant."""
    known = list(known)
    guess = nearest(word, known)
    there = f"{kind}: {listed(known)}." if known else f"There are no {kind.lower()}."
    return f"Did you mean {guess!r}? {there}" if guess else there


def listed(words: Sequence[str]) -> str:
    """Join words by commas; of very many, the first."""
    rest = len(words) - _MOST_SHOWN
    more = f" … and {rest} more" if rest > 0 else ""
    return ", ".join(words[:_MOST_SHOWN]) + more


def and_more(count: int) -> str:
    """Say how much a list does not show: ``… and 9,950 more``."""
    return f"… and {count:,} more"


def show(value: object) -> str:
    """Write a value as a person would type it into a manifest."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{cut(value)}"'
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and abs(value) >= LARGEST:
        return f"a number of more than {MAX_DIGITS} digits"
    return cut(str(value))


def cut(text: str) -> str:
    """Leave out the end of a long value.

    Parameters
    ----------
    text : str
        The value, as text.
    """
    return text if len(text) < LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 10]}…"


_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Letters that Unicode does not take apart into a letter and a mark."""


def fold(text: str) -> str:
    """Return a text without accents and capital letters.

    Parameters
    ----------
    text : str
        Any text, composed or decomposed.

    Returns
    -------
    str
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c for c in parts if not unicodedata.category(c).startswith("M"))
    return letters.translate(_LETTERS)


_LONGEST_TEXT = 600


def shortened(text: str, most: int = _LONGEST_TEXT) -> str:
    """Leave out the middle of a text that nobody would read to its end."""
    if len(text) <= most:
        return text
    return f"{text[: most // 2]}…{text[-most // 4 :]}"


def counted(number: int, word: str) -> str:
    """Write a number of things: ``no errors``, ``1 error``, ``2 errors``."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
