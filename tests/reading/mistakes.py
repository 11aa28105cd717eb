"""The mistakes in `mistakes.yaml`, and the files that they make wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

DATA: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("mistakes.yaml").read_text("utf-8")
)
GOOD: dict[str, str] = DATA["good"]
MISTAKES = [(kind, name) for kind in ("json", "yaml") for name in DATA[kind]]


def text_of(kind: str, name: str) -> str:
    mistake = DATA[kind][name]
    if "replace" not in mistake:
        return str(mistake["by"])
    assert mistake["replace"] in GOOD[kind]
    return GOOD[kind].replace(mistake["replace"], mistake["by"], 1)
