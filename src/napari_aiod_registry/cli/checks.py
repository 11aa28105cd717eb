"""Check manifests, and write their JSON Schema."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .shared import WRONG, Output, app, like_a_compiler, print_json, problem_data, write

if TYPE_CHECKING:
    from ..messages import Problem
    from ..reading import Reading
    from ..reading.completeness import Gap


class Format(StrEnum):
    """How problems are written."""

    text = "text"
    json = "json"
    github = "github"


@app.command()
def validate(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Manifests, or folders of them.", readable=False),
    ],
    form: Annotated[
        Format, typer.Option("--format", help="How problems are written.")
    ] = Format.text,
    strict: Annotated[
        bool, typer.Option("--strict", help="Take warnings for errors.")
    ] = False,
    completeness: Annotated[
        bool | None,
        typer.Option(
            help="List what a reviewer would ask for. Default: if there is one file.",
            show_default=False,
        ),
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Only numbers, no problems.")
    ] = False,
) -> None:
    """Check manifests, and tell all that is wrong with each, and how complete it is."""
    from ..messages import counted
    from ..registry.check_folders import check_paths

    found = check_paths(paths)
    severities: Counter[str] = Counter(
        problem.severity for reading in found for problem in reading.problems
    )
    if form is Format.json:
        _print_json(found, severities, summary=summary)
    else:
        if completeness is None:
            completeness = len(found) == 1 and form is Format.text
        lists_gaps = completeness and not summary
        _print_lines(found, form, problems=not summary, gaps=lists_gaps)
        files = "1 file" if len(found) == 1 else f"{len(found)} files"
        errors = counted(severities["error"], "error")
        warnings = counted(severities["warning"], "warning")
        typer.echo(f"{files}: {errors}, {warnings}.")
    if severities["error"] or (strict and severities["warning"]):
        raise typer.Exit(WRONG)


def _print_json(found: list[Reading], counts: Counter[str], *, summary: bool) -> None:
    files = []
    for reading in found:
        file: dict[str, Any] = {"path": str(reading.path)}
        if not summary:
            file["problems"] = [problem_data(problem) for problem in reading.problems]
        if (score := reading.completeness) is None:
            file["completeness"] = None
        else:
            numbers = {"score": score.score, "answered": score.answered}
            file["completeness"] = numbers | {"asked": score.asked}
            if not summary:
                file["completeness"]["missing"] = list(map(_gap_as_data, score.missing))
        files.append(file)
    numbers = {"errors": counts["error"], "warnings": counts["warning"]}
    print_json({"files": files} | numbers)


def _print_lines(
    found: list[Reading], form: Format, *, problems: bool, gaps: bool
) -> None:
    """Print problems, then how complete each file is."""
    told = _annotation if form is Format.github else like_a_compiler
    for reading in found if problems else ():
        for problem in reading.problems:
            typer.echo(told(problem))
    for reading in found:
        if reading.completeness is None:
            continue
        typer.echo(f"{reading.path}: {reading.completeness}")
        # A warning has told of some already.
        codes = {problem.code for problem in reading.problems} if problems else set()
        for gap in reading.completeness.missing if gaps else ():
            if form is Format.github:
                typer.echo(_notice(reading.path, gap))
            elif gap.code not in codes:
                place = f"{reading.path}:{gap.line}:{gap.column}"
                typer.echo(f"{place}: missing[{gap.code}] {gap.loc}: {gap.message}")


def _annotation(problem: Problem) -> str:
    """Write a problem so that GitHub shows it beside the line of a pull request."""
    place = f"{problem.loc}: " if problem.loc else ""
    message = f"{place}{problem.message} {problem.hint or ''}".rstrip()
    at = (problem.line, problem.column)
    return _for_github(problem.severity, problem.path, at, problem.code, message)


def _notice(path: Path, gap: Gap) -> str:
    """Write what is missing likewise."""
    message, at = f"{gap.loc}: {gap.message}", (gap.line, gap.column)
    return _for_github("notice", path, at, gap.code, message)


def _for_github(
    kind: str,
    path: Path | None,
    at: tuple[int | None, int | None],
    title: str,
    message: str,
) -> str:
    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def escape_property(text: str) -> str:
        return escape(text).replace(":", "%3A").replace(",", "%2C")

    where = [f"file={escape_property(str(path or ''))}"]
    if at[0] is not None:
        where += [f"line={at[0]}", f"col={at[1]}"]
    where.append(f"title={escape_property(title)}")
    return f"::{kind} {','.join(where)}::{escape(message)}"


def _gap_as_data(gap: Gap) -> dict[str, Any]:
    return {
        "code": gap.code,
        "loc": gap.loc,
        "message": gap.message,
        "line": gap.line,
        "column": gap.column,
    }


@app.command()
def schema(output: Output = None) -> None:
    """Write the JSON Schema of manifests, for editors."""
    from ..manifest import ModelManifest
    from ..manifest.json_schema import schema_text

    write(schema_text(ModelManifest.model_json_schema()), output)
