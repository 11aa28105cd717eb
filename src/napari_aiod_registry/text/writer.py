"""Plain data → the text of a YAML or JSON file, with every value and type in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

_SHORT_LIST = 60
"""Characters of a list that still stands in one line."""


def data_text(
    data: Mapping[str, Any], *, head: Sequence[str] = (), suffix: str = ".yaml"
) -> str:
    """Write plain data as the text of a file.

    Parameters
    ----------
    data : mapping
        Key → None, bool, int, float, str, or lists and dicts of them.
    head : sequence of str, default ()
        Comments that the file begins with, a line for each. JSON has none.
    suffix : str, default ".yaml"
        ``.json``, or another for YAML.

    Returns
    -------
    str
        ``yaml.safe_load`` or ``json.loads`` reads the same values and types from it.
    """
    if suffix.lower() == ".json":
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    import yaml

    body = yaml.dump(
        data,
        Dumper=_dumper(),
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=sys.maxsize,
    )
    return "".join(f"# {one_line(line)}".rstrip() + "\n" for line in head) + body


def flow_text(value: Any) -> str:
    """Write a value for YAML in one line, with brackets around mappings and lists.

    Parameters
    ----------
    value : object
        None, bool, int, float, str, or lists and dicts of them.
    """
    if isinstance(value, dict):
        pairs = (f"{flow_text(key)}: {flow_text(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow_text, value))}]"
    import yaml

    # In a list, so that YAML does not mark where the document ends.
    text: str = yaml.dump(
        [value],
        Dumper=_dumper(),
        allow_unicode=True,
        default_flow_style=True,
        width=sys.maxsize,
    )
    return text.strip()[1:-1]


def one_line(text: str) -> str:
    """Write text so that it stays in its line, whatever characters it has."""
    return "".join(char if char.isprintable() else " " for char in text)


@cache
def _dumper() -> Any:
    """Make PyYAML's safe dumper with the care for text that it lacks."""
    import yaml

    from .yaml_reader import YAML_FLOAT

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            # The same list twice is written out twice: our reader takes no anchors.
            return True

    def write_text(dumper: Dumper, text: str) -> yaml.Node:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style(text))

    def style(text: str) -> str | None:
        if text.isprintable():
            # The text 1e-5 would come back as a number from our reader and from those
            # of YAML 1.2.
            return '"' if YAML_FLOAT.fullmatch(text) else None
        # Several lines stay lines. Without quotes, U+0085 would come back as a line
        # break.
        several = "\n" in text.strip() and text.replace("\n", "").isprintable()
        return "|" if several else '"'

    def write_list(dumper: Dumper, items: list[Any]) -> yaml.Node:
        short = len(repr(items)) <= _SHORT_LIST and not any(
            isinstance(item, dict | list) for item in items
        )
        return dumper.represent_sequence("tag:yaml.org,2002:seq", items, short)

    Dumper.add_representer(str, write_text)
    Dumper.add_representer(list, write_list)
    return Dumper
