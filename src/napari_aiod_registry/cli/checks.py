"""Check manifests, and write their JSON Schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .shared import WRONG, Output, app, count, print_json, write

if TYPE_CHECKING:
    from ..problems import Problem


class Format(StrEnum):
    """How problems are written."""

    text = "text"
    json = "json"
    github = "github"


@app.command()
def validate(
    paths: Annotated[list[Path], typer.Argument(help="Manifests, or folders of them.")],
    form: Annotated[
        Format, typer.Option("--format", help="How problems are written.")
    ] = Format.text,
    strict: Annotated[
        bool, typer.Option("--strict", help="Take warnings for errors.")
    ] = False,
) -> None:
    """Check manifests, and tell all that is wrong with each."""
    from ..checking import check_paths

    found = check_paths(paths)
    problems = [problem for reading in found for problem in reading.problems]
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if form is Format.json:
        print_json(
            {
                "files": [
                    {
                        "path": str(reading.path),
                        "problems": [_as_data(problem) for problem in reading.problems],
                    }
                    for reading in found
                ],
                "errors": errors,
                "warnings": warnings,
            }
        )
    else:
        write = _annotation if form is Format.github else _like_a_compiler
        for problem in problems:
            typer.echo(write(problem))
        files = "1 file" if len(found) == 1 else f"{len(found)} files"
        typer.echo(f"{files}: {count(errors, 'error')}, {count(warnings, 'warning')}.")
    if errors or (strict and warnings):
        raise typer.Exit(WRONG)


def _like_a_compiler(problem: Problem) -> str:
    from dataclasses import replace

    first = str(replace(problem, hint=None))
    return f"{first}\n    {problem.hint}" if problem.hint else first


def _annotation(problem: Problem) -> str:
    """Write a problem so that GitHub shows it beside the line of a pull request."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def escape_property(text: str) -> str:
        return escape(text).replace(":", "%3A").replace(",", "%2C")

    where = [f"file={escape_property(str(problem.path or ''))}"]
    if problem.line is not None:
        where += [f"line={problem.line}", f"col={problem.column}"]
    where.append(f"title={escape_property(problem.code)}")
    place = f"{problem.loc}: " if problem.loc else ""
    message = f"{place}{problem.message} {problem.hint or ''}".rstrip()
    return f"::{problem.severity} {','.join(where)}::{escape(message)}"


def _as_data(problem: Problem) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(problem) | {
        "path": None if problem.path is None else str(problem.path)
    }


@app.command()
def schema(output: Output = None) -> None:
    """Write the JSON Schema of manifests, for editors."""
    from ..json_schema import schema_text
    from ..schema import ModelManifest

    write(schema_text(ModelManifest.model_json_schema()), output)
