"""How texts of a manifest are described in its JSON Schema.

The rules themselves are in `rules.py`, and say more: a pattern only says no. These are
for editors, which read no Python; where a pattern says all that a rule asks for, the
rule goes by it, too. They use what the regular expressions of JavaScript and of Python
have in common.
"""

from __future__ import annotations

from typing import Any

from ..messages import MAX_NAME
from .addresses import WEB_ADDRESS

SAFE_NAME = r"[A-Za-z0-9_\-][A-Za-z0-9_\-.]*"
"""Regular expression of a name that is safe in file names."""

SPDX_ID = r"(?:DocumentRef-[A-Za-z0-9.\-]+:)?[A-Za-z0-9][A-Za-z0-9.\-]*\+?"
"""Regular expression of an identifier of a licence."""

SPDX_OPERATORS = ("AND", "OR", "WITH", "and", "or", "with")

AXIS_LETTERS = "TCZYX"
"""What an axis can be: time, channel, and the three of space."""

SOUND_AXES = rf"(?=.*Y)(?=.*X)(?!.*(.).*\1)[{AXIS_LETTERS}]{{2,{len(AXIS_LETTERS)}}}"
"""Regular expression of axes: each once, and Y and X among them."""

CHECKSUM = "[0-9a-fA-F]{64}"
"""Regular expression of a SHA-256 checksum."""


def any_case(word: str) -> str:
    """Write the regular expression of a word in any letter case."""
    letters = (
        f"[{char.lower()}{char.upper()}]"
        if char.lower() != char.upper()
        else f"[{char}]"
        if char in "$.*+?()|{}/"
        else char
        for char in word
    )
    return "".join(letters)


def whole(pattern: str) -> str:
    """Write a regular expression that matches the whole text."""
    return rf"^(?:{pattern})$(?!\n)"  # Python lets $ match before a last line break


_WEB = WEB_ADDRESS.replace("https?", any_case("http") + "[sS]?").replace(
    "a-f", "a-fA-F"
)
_HOST = r"(?:[A-Za-z0-9_.\-\u00aa-\uffff]+|[A-Za-z]:)"
_FILE = any_case("file") + rf":(?:(?!//)|//{_HOST}?(?=[/\\]))[/\\]*[^/\\][\s\S]*"
_PATH = r"(?![A-Za-z][A-Za-z0-9+.\-]+:)[\s\S]+"
_ADDRESS = (
    r"(?!\s)(?![\s\S]*\s$)(?![\s\S]*[\x00-\x1f\x7f])" + f"(?:{_WEB}|{_FILE}|{_PATH})"
)

_OPERATOR = f"(?:{'|'.join(SPDX_OPERATORS)})"
_IDENTIFIER = rf"(?!{_OPERATOR}(?![A-Za-z0-9.\-+:])){SPDX_ID}"
_LICENSE = (
    rf"(?:\(\s*)*{_IDENTIFIER}"
    rf"(?:(?:\s+|(?:\s*\))+\s*){_OPERATOR}(?:\s+|(?:\s*\()+\s*){_IDENTIFIER})*"
    r"(?:\s*\))*"
)


def _text(pattern: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "pattern": whole(pattern), **more}


FILE_NAME: dict[str, Any] = _text(f"(?:{SAFE_NAME})?", maxLength=MAX_NAME) | {
    "type": ["string", "null"]
}
URL: dict[str, Any] = _text(_WEB, format="uri")
ADDRESS: dict[str, Any] = _text(_ADDRESS, minLength=1)
AXES: dict[str, Any] = _text(SOUND_AXES)
LICENSE: dict[str, Any] = _text(_LICENSE)
SHA256: dict[str, Any] = _text(CHECKSUM)
