"""What the modules of the package import, read from their text; nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOMS = (
    "__init__",
    "commands",
    "testing",
    "cli",
    "widgets",
    "widgets.memory",
    "widgets.choose",
    "widgets.weights",
    "widgets.about",
    "widgets.preview",
    "widgets.viewer",
    "widgets.form",
    "widgets.form.editors",
    "widgets.parts",
    "search",
    "compare",
    "citing",
    "authoring",
    "registry",
    "reading",
    "config",
    "manifest",
    "typed",
    "fields",
    "text",
    "links",
    "messages",
)
"""From the top down: each may import what stands below it. `docs/architecture.md` has
the same list, and says what each is for."""

LEAVES = ("settings", "tasks")
"""They import nothing of ours, and all may import them."""

DOORS = ("widgets.rendering", "widgets.in_napari")
"""Modules that the command line opens, and that `dir(widgets)` does not list: it has
the names that other plugins use."""

BLIND = {
    "config": ("manifest", "reading", "registry", "widgets"),
    "widgets.form": ("manifest", "reading", "registry", "widgets.viewer", "search"),
    "widgets.form.editors": ("manifest", "reading", "registry", "widgets.viewer"),
    "typed": ("manifest", "reading", "registry", "widgets"),
    "fields": ("manifest", "reading", "registry", "widgets"),
}
"""What serves any Pydantic model, and what it must therefore know nothing of."""


@dataclass(frozen=True)
class Import:
    """One name that one module imports from another."""

    source: str
    """Dotted name of the module that imports, within the package."""
    target: str
    """Dotted name of the module or package that the name comes from."""
    name: str | None
    """The name, or None where it is the module itself."""


def room_of(module: str, modules: Mapping[str, Path]) -> str:
    """Return the room of a module: its package, or itself where it stands alone."""
    if module in ROOMS or module in LEAVES:
        return module
    is_package = modules[module].name == "__init__.py"
    return module if is_package else module.rpartition(".")[0]


def read_modules(package: Path) -> dict[str, Path]:
    """List the modules of a package by dotted name; its own is ``__init__``."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if len(parts) > 1 and parts[-1] == "__init__":
            parts = parts[:-1]
        found[".".join(parts)] = path
    return found


def read_imports(modules: Mapping[str, Path]) -> list[Import]:
    """List what the modules import from each other, for types alone too."""
    return [
        one
        for module, path in modules.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
        for one in _imports(module, path, node, modules)
    ]


def _imports(
    module: str, path: Path, node: ast.ImportFrom, modules: Mapping[str, Path]
) -> Iterator[Import]:
    parts = [] if module == "__init__" else module.split(".")
    up = node.level - (path.name == "__init__.py" and module != "__init__")
    base = parts[: len(parts) - up] if up else parts
    target = ".".join([*base, *(node.module or "").split(".")]).strip(".")
    for alias in node.names:
        inner = f"{target}.{alias.name}".strip(".")
        if inner in modules:
            yield Import(module, inner, None)
        else:
            yield Import(module, target or "__init__", alias.name)


def is_below(room: str, other: str) -> bool:
    """Whether a room may be imported by another."""
    if room in LEAVES or room == other:
        return True
    if other in LEAVES:
        return False
    return ROOMS.index(other) < ROOMS.index(room)


def circles(imports: list[Import]) -> list[tuple[str, ...]]:
    """Find modules that import each other, directly or by others."""
    graph: dict[str, set[str]] = {}
    for one in imports:
        graph.setdefault(one.source, set()).add(one.target)
    found = set()
    for start in graph:
        way = _way_back(start, graph)
        if way:
            first = way.index(min(way))  # each circle once
            found.add((*way[first:], *way[:first]))
    return sorted(found)


def _way_back(start: str, graph: Mapping[str, set[str]]) -> list[str]:
    """Find a shortest way from a module back to itself."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for target in sorted(graph.get(way[-1], ())):
            if target == start:
                return way
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return []
