"""The rooms of the code: what may import what, and what each package says of itself."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from rooms.imports import (
    BLIND,
    DOORS,
    LEAVES,
    ROOMS,
    Import,
    circles,
    is_below,
    read_imports,
    read_modules,
    room_of,
)

import napari_aiod_registry

PACKAGE = Path(napari_aiod_registry.__file__).parent
MODULES = read_modules(PACKAGE)
IMPORTS = read_imports(MODULES)
PACKAGES = [
    name
    for name, path in MODULES.items()
    if path.name == "__init__.py" and name != "__init__"
]


def file_of(module: str) -> str:
    return MODULES[module].relative_to(PACKAGE).as_posix()


def upward(imports: list[Import]) -> list[str]:
    """Say which imports go up."""
    told = []
    for one in imports:
        above, below = (room_of(m, MODULES) for m in (one.source, one.target))
        if not is_below(below, above):
            told.append(
                f"{file_of(one.source)} imports {file_of(one.target)}: "
                f"{below} does not lie below {above}."
            )
    return told


def test_every_module_is_in_a_room() -> None:
    rooms = {room_of(module, MODULES) for module in MODULES}

    assert rooms == {*ROOMS, *LEAVES}


def test_imports_run_downward() -> None:
    told = upward(IMPORTS)
    assert not told, "\n".join(told)


def test_no_module_imports_itself_by_way_of_others() -> None:
    told = [
        " imports ".join(file_of(module) for module in (*circle, circle[0]))
        for circle in circles(IMPORTS)
    ]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("room", BLIND)
def test_what_serves_any_model_knows_no_manifest_and_no_viewer(room: str) -> None:
    """Not by way of other rooms, either."""
    known = [one for one in IMPORTS if room_of(one.source, MODULES) == room]
    reached = {one.target for one in known}
    while more := {
        one.target
        for one in IMPORTS
        if one.source in reached and one.target not in reached
    }:
        reached |= more

    told = [
        f"{room} comes to know {file_of(module)}."
        for module in sorted(reached)
        if room_of(module, MODULES).startswith(BLIND[room])
    ]
    assert not told, "\n".join(told)


def test_other_packages_import_only_what_a_package_lists() -> None:
    told = []
    for one in IMPORTS:
        room = room_of(one.target, MODULES)
        if room == room_of(one.source, MODULES) or room not in PACKAGES:
            continue
        listed = import_module(f"{napari_aiod_registry.__name__}.{room}").__all__
        inner = one.target.removeprefix(room).strip(".")
        wanted = inner or one.name
        is_listed = wanted in listed or one.target in DOORS
        if not is_listed or (one.name or "").startswith("_"):
            told.append(
                f"{file_of(one.source)} imports {one.name or 'the module'} from "
                f"{file_of(one.target)}, which {file_of(room)} does not list."
            )
    assert not told, "\n".join(told)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_it_is_for_and_lists_its_names(package: str) -> None:
    text = MODULES[package].read_text(encoding="utf-8")
    head, _, body = (ast.get_docstring(ast.parse(text)) or "").partition("\n\n")
    name = f"{napari_aiod_registry.__name__}.{package}"
    module = import_module(name)

    assert head.endswith(".")
    assert len(body) > 40, "a paragraph says what it is for, and what it is not for"
    assert len(set(module.__all__)) == len(module.__all__)
    missing = [
        listed
        for listed in module.__all__
        if not hasattr(module, listed) and find_spec(f"{name}.{listed}") is None
    ]
    assert not missing


def test_the_document_lists_the_rooms_in_their_order() -> None:
    document = Path(__file__).parents[2] / "docs" / "architecture.md"
    text = document.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w.]+)`", text, re.MULTILINE)
    packages = [room for room in ROOMS if room in PACKAGES]

    assert [row for row in rows if row in packages] == packages


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("registry.registry", "widgets.picker"),
        ("manifest.models", "registry.disks"),
        ("widgets.parts.labels", "widgets.form.form"),
        ("tasks", "messages.problems"),
        ("widgets.parts.labels", "widgets.dock"),
    ],
)
def test_an_import_that_goes_up_is_told_with_both_files(
    source: str, target: str
) -> None:
    (told,) = upward([Import(source, target, "x")])

    assert told.startswith(f"{file_of(source)} imports {file_of(target)}: ")


def test_a_circle_is_found(tmp_path: Path) -> None:
    for name, text in {
        "__init__": "",
        "one/__init__": "",
        "one/a": "from .b import x",
        "one/b": "if TYPE_CHECKING:\n    from ..two.c import y",
        "two/__init__": "",
        "two/c": "def f():\n    from ..one import a",
        "two/d": "from . import c\nfrom .. import two",
    }.items():
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    imports = read_imports(read_modules(tmp_path))

    assert circles(imports) == [("one.a", "one.b", "two.c")]
    assert Import("two.d", "two.c", None) in imports
    assert Import("two.d", "two", None) in imports
