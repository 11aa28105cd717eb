"""Draw ``docs/images/architecture.svg``: the rooms, and two ways through them.

Run it with ``python docs/draw_architecture.py``. The rooms are read from
``architecture.md``, so that there is one list of them.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

DOCS = Path(__file__).parent
PICTURE = DOCS / "images" / "architecture.svg"

STORIES = {
    "a location, from the file to the panel": (
        "#d95f02",
        ("text", "manifest", "reading", "registry", "widgets.weights", "widgets"),
    ),
    "a value, from the manifest to the form": (
        "#1b75bb",
        (
            "manifest",
            "registry",
            "widgets.form.editors",
            "widgets.form",
            "widgets.memory",
            "widgets",
        ),
    ),
    "and from the form to the config file": (
        "#1b9e77",
        ("widgets.form", "config", "fields", "text"),
    ),
}
"""What is told → its colour, and the rooms that it passes, in order."""

_ROW, _HEIGHT, _LEFT, _NAME, _WIDTH = 30, 24, 16, 170, 620
_STORY = 34
"""Pixels between two ways."""


def read_rooms(text: str) -> dict[str, str]:
    """Read the rooms from the table of the document: name → what it is for."""
    table = text.partition("\n## The rooms\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([\w.]+)` \| (.+) \|$", table, re.MULTILINE))


def draw(rooms: dict[str, str]) -> str:
    """Write the picture: a bar for each room, and an arrow for each way."""
    height = len(rooms) * _ROW + 24 + 22 * len(STORIES)
    width = _WIDTH + _STORY * (len(STORIES) + 1)
    middle = {room: 12 + row * _ROW + _HEIGHT / 2 for row, room in enumerate(rooms)}
    parts = [_bar(room, words, middle[room]) for room, words in rooms.items()]
    for number, (words, (colour, passed)) in enumerate(STORIES.items(), start=1):
        x = _WIDTH + number * _STORY
        parts += _way(x, [middle[room] for room in passed], colour)
        below = len(rooms) * _ROW + 8 + 22 * number
        parts.append(
            f'<circle cx="{_LEFT + 6}" cy="{below - 4}" r="6" fill="{colour}"/>'
            f'<text x="{_LEFT + 20}" y="{below}">{escape(words)}</text>'
        )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="13">'
    )
    title = "<title>The rooms of the code, and two ways through them</title>"
    style = (
        "<style>.core{fill:#e8eef4}.widgets{fill:#f4ece2}"
        "text{fill:#222}.for{fill:#555;font-size:12px}</style>"
        f'<rect width="{width}" height="{height}" fill="white"/>'
    )
    return "\n".join([head, title, style, *parts, "</svg>", ""])


def _bar(room: str, words: str, middle: float) -> str:
    kind = "widgets" if room.startswith(("widgets", "cli")) else "core"
    indent = 14 * room.count(".")
    top, text = middle - _HEIGHT / 2, middle + 4
    name = room.rpartition(".")[2]
    return (
        f'<rect class="{kind}" x="{_LEFT}" y="{top}" width="{_WIDTH - _LEFT}" '
        f'height="{_HEIGHT}" rx="4"/>'
        f'<text x="{_LEFT + 10 + indent}" y="{text}">{escape(name)}/</text>'
        f'<text class="for" x="{_LEFT + _NAME}" y="{text}">{escape(words)}</text>'
    )


def _way(x: float, stops: list[float], colour: str) -> list[str]:
    points = " ".join(f"{x},{y}" for y in stops)
    dots = [f'<circle cx="{x}" cy="{y}" r="6" fill="{colour}"/>' for y in stops]
    end = 9 if stops[-1] > stops[0] else -9  # where it comes out
    tip = f"{x - 9},{stops[-1]} {x + 9},{stops[-1]} {x},{stops[-1] + 2 * end}"
    dots.append(f'<polygon points="{tip}" fill="{colour}"/>')
    line = f'<polyline points="{points}" fill="none" stroke="{colour}" '
    return [f'{line}stroke-width="4"/>', *dots]


if __name__ == "__main__":
    document = (DOCS / "architecture.md").read_text(encoding="utf-8")
    PICTURE.write_text(draw(read_rooms(document)), encoding="utf-8", newline="\n")
