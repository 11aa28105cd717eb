"""What the commands share: the app, common options, how things are written."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from ..messages import Problem
    from ..registry import Registry, Resolution

T = TypeVar("T")

WRONG = 1
"""Exit code where something is wrong with a file or a value."""

NOT_HERE = 3
"""Exit code where no weights can be read on this computer."""


class App(typer.Typer):
    """The command line; what it can't write is told in a sentence."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it."""
        try:
            return super().__call__(*args, **kwargs)
        except OSError as error:
            name = f"{error.filename}: " if error.filename else ""
            typer.echo(f"{name}{error.strerror or error}.", err=True)
            # Python would try once more to write what is left, and fail again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(WRONG)


app = App(
    name="aiod-registry",
    help=(
        "Look at the registry of segmentation models, and check manifests.\n\n"
        "Exit codes: 0, all is well; 1, something is wrong with a file or a value; "
        "2, the command was not understood; 3, no weights can be read on this computer."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def prepare() -> None:
    """Let a terminal that lacks a character show its code instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


Sources = Annotated[
    list[Path] | None,
    typer.Option(
        "--from",
        help="File or folder of manifests. Default: the bundled and configured ones.",
        readable=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write. Default: print.")
]


def load_registry(sources: list[Path] | None) -> Registry:
    """Load the registry; tell on standard error what was left out."""
    from ..registry import Registry

    registry = Registry.from_paths(sources) if sources else Registry.discover()
    for problem in registry.problems:
        typer.echo(str(problem), err=True)
    return registry


def find(sources: list[Path] | None, task: str, model: str, version: str) -> Resolution:
    """Resolve a version, with its location and parameters."""
    return known(load_registry(sources).resolve, task, model, version)


def known(look: Callable[..., T], *words: str) -> T:
    """Look something up; tell what there is where it is not there."""
    try:
        return look(*words)
    except LookupError as error:
        fail(str(error))


def fail(sentence: str, code: int = WRONG) -> NoReturn:
    """Say what went wrong, and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


def is_terminal() -> bool:
    """Whether there is somebody to ask."""
    try:
        return sys.stdin is not None and sys.stdin.isatty()
    except ValueError:  # closed
        return False


def write(text: str, output: Path | None) -> None:
    """Write to a file, or print."""
    if output is None:
        typer.echo(text, nl=False)
        return
    from ..text.atomic import replace_file, unwritable

    try:
        replace_file(output, text.encode())
    except (OSError, ValueError) as error:
        problem = unwritable(output, error)
        fail(f"{problem.message} {problem.hint or ''}".rstrip())


def like_a_compiler(problem: Problem) -> str:
    """Write a problem as compilers do, with the way out below."""
    from dataclasses import replace

    first = str(replace(problem, hint=None))
    return f"{first}\n    {problem.hint}" if problem.hint else first


def print_json(data: Any) -> None:
    """Print for programs."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


def problem_data(problem: Problem) -> dict[str, Any]:
    """Turn a problem into what `print_json` can print."""
    from dataclasses import asdict

    return asdict(problem) | {
        "path": None if problem.path is None else str(problem.path)
    }


def _cell(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def print_table(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Print rows below their columns' names."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        # As Text: a manifest's [bold] is shown, not obeyed.
        table.add_row(*(Text(_cell(cell)) for cell in row))
    Console().print(table)
