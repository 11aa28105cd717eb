"""Check manifests, and write their JSON Schema."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import (
    WRONG,
    Output,
    app,
    like_a_compiler,
    print_json,
    problem_data,
    write,
)

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
    from ..problems import counted

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
                        "problems": [
                            problem_data(problem) for problem in reading.problems
                        ],
                    }
                    for reading in found
                ],
                "errors": errors,
                "warnings": warnings,
            }
        )
    else:
        write = _annotation if form is Format.github else like_a_compiler
        for problem in problems:
            typer.echo(write(problem))
        files = "1 file" if len(found) == 1 else f"{len(found)} files"
        found_text = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
        typer.echo(f"{files}: {found_text}.")
    if errors or (strict and warnings):
        raise typer.Exit(WRONG)


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


@app.command()
def schema(output: Output = None) -> None:
    """Write the JSON Schema of manifests, for editors."""
    from ..schema import ModelManifest

    write(json.dumps(ModelManifest.model_json_schema(), indent=2) + "\n", output)
