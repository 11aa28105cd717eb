"""``aiod-registry``: the registry for people at a terminal, for jobs and for CI.

A thin layer over the core. What costs time to import is imported by the command that
needs it.

Exit codes: 0, all is well; 1, something is wrong with a file or a value; 2, the command
was not understood; 3, no weights can be read on this computer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from .problems import Problem
    from .registry import Registry, Resolution

T = TypeVar("T")

WRONG = 1
"""Exit code where something is wrong with a file or a value."""

NOT_HERE = 3
"""Exit code where no weights can be read on this computer."""

app = typer.Typer(
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


class Format(StrEnum):
    """How problems are written."""

    text = "text"
    json = "json"
    github = "github"


Sources = Annotated[
    list[Path] | None,
    typer.Option(
        "--from",
        help="File or folder of manifests. Default: the bundled and configured ones.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write. Default: print.")
]
Task = Annotated[str, typer.Argument(help="Key of the task, like nuclei.")]
Model = Annotated[str, typer.Argument(help="Short name of the family, like stardist.")]
Version = Annotated[str, typer.Argument(help="Name or slug of the version.")]


# Manifests


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
    from .checking import check_paths

    found = check_paths(paths)
    problems = [problem for reading in found for problem in reading.problems]
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if form is Format.json:
        _print_json(
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
        typer.echo(
            f"{files}: {_count(errors, 'error')}, {_count(warnings, 'warning')}."
        )
    if errors or (strict and warnings):
        raise typer.Exit(WRONG)


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


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
    from .schema import ModelManifest

    _write(json.dumps(ModelManifest.model_json_schema(), indent=2) + "\n", output)


# The registry


@app.command("list")
def list_models(
    task: Annotated[str | None, typer.Option(help="Only models for this task.")] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="Only models with this tag.")
    ] = None,
    sources: Sources = None,
    as_json: AsJson = False,
) -> None:
    """List the models, their versions and tasks."""
    registry = _registry(sources)
    rows = [
        {
            "task": key,
            "model": model,
            "name": name,
            "version": version,
            "tags": _tags(registry, key, model, version),
        }
        for key in ([task] if task else registry.tasks())
        for model, name in _known(registry.models, key).items()
        for version in registry.versions(key, model)
        if _has_tags(_tags(registry, key, model, version), tag)
    ]
    if as_json:
        _print_json(rows)
    else:
        columns = ("Task", "Model", "Name", "Version", "Tags")
        _print_table(columns, ([*map(_cell, row.values())] for row in rows))
    if not rows:
        typer.echo("No model has these tags.", err=True)
        raise typer.Exit(WRONG)


def _tags(registry: Registry, task: str, model: str, version: str) -> list[str]:
    return registry[model].metadata_for(version, task).tags or []


def _has_tags(tags: Iterable[str], wanted: list[str] | None) -> bool:
    there = {tag.lower() for tag in tags}
    return all(tag.lower() in there for tag in wanted or ())


@app.command()
def show(
    model: Model,
    version: Annotated[str | None, typer.Argument(help="Name or slug.")] = None,
    sources: Sources = None,
    as_json: AsJson = False,
) -> None:
    """Show a family, or one version of it."""
    registry = _registry(sources)
    manifest = _known(registry.__getitem__, model)
    data = json.loads(manifest.model_dump_json())
    if version is not None:
        by_slug = {item.slug: name for name, item in manifest.versions.items()}
        name = version if version in manifest.versions else by_slug.get(version)
        if name is None:
            from .rules import meant

            hint = meant(version, manifest.versions, "Versions")
            _fail(f"{manifest.name} has no version {version!r}. {hint}")
        data["versions"] = {name: data["versions"][name]}
    if as_json:
        _print_json(data)
    else:
        from .configs import config_text

        typer.echo(config_text(data), nl=False)


@app.command()
def resolve(
    task: Task,
    model: Model,
    version: Version,
    sources: Sources = None,
    as_json: AsJson = False,
) -> None:
    """Find the weights of a version, and say what became of every location."""
    found = _resolve(sources, task, model, version)
    if as_json:
        checks = [
            {"location": check.entry.location, "status": check.status}
            | {"reason": check.reason}
            for check in found.checks
        ]
        _print_json(
            {"location": found.location, "config_path": found.config_path}
            | {"checks": checks}
        )
    else:
        # Only the location on standard output, so that a script can read it.
        if found.location is not None:
            typer.echo(found.location)
        for number, check in enumerate(found.checks, 1):
            typer.echo(
                f"{number}. {check.entry.location}: {check.status}. {check.reason}",
                err=True,
            )
    if found.location is None:
        raise typer.Exit(NOT_HERE)


@app.command()
def config(
    task: Task,
    model: Model,
    version: Version,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="Another value: name=value. As often as you like."),
    ] = None,
    output: Output = None,
    sources: Sources = None,
) -> None:
    """Write the config of a version: its defaults, and what --set changes."""
    from .configs import (
        ConfigError,
        as_config,
        config_text,
        fit_config,
        write_config,
    )

    found = _resolve(sources, task, model, version)
    wanted = dict(map(_setting, settings or ()))
    fit = fit_config(found.params_model, wanted)
    for key in [key for key in fit.refused if isinstance(wanted[key], str)]:
        # 64, 64 stands for a list where the parameter is one.
        wanted[key] = _value(f"[{wanted[key]}]")
    fit = fit_config(found.params_model, wanted)
    for key, why in fit.refused.items():
        typer.echo(f"{key}: {why}", err=True)
    if fit.refused:
        raise typer.Exit(WRONG)
    values = as_config(found.params_model.model_validate(fit.taken))
    if output is None:
        typer.echo(config_text(values, head=found.config_head), nl=False)
        return
    try:
        write_config(output, values, head=found.config_head)
    except ConfigError as error:
        _fail(str(error))


def _setting(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign:
        _fail(f"--set {text!r} has no '='. Write name=value.", code=2)
    return name.strip(), _value(value)


def _value(text: str) -> Any:
    """Read a value as a config file would have it; what can't be read is text."""
    from .texts import TextError
    from .yaml_text import read_yaml

    try:
        document = read_yaml(text)
    except TextError:
        return text
    notes = [note for note in document.notes if note.code != "yaml-bool"]
    return text if notes else document.data


# What the commands share


def _registry(sources: list[Path] | None) -> Registry:
    """Load the registry; tell on standard error what was left out."""
    from .registry import Registry

    registry = Registry.from_paths(sources) if sources else Registry.discover()
    for problem in registry.problems:
        typer.echo(str(problem), err=True)
    return registry


def _resolve(
    sources: list[Path] | None, task: str, model: str, version: str
) -> Resolution:
    return _known(_registry(sources).resolve, task, model, version)


def _known(find: Callable[..., T], *words: str) -> T:
    """Look something up; tell what there is where it is not there."""
    try:
        return find(*words)
    except LookupError as error:
        _fail(str(error))


def _fail(sentence: str, code: int = WRONG) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        _fail(f"{output} can't be written: {error.strerror or error}.")


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


def _cell(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _print_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        # As Text: a manifest's [bold] is shown, not obeyed.
        table.add_row(*map(Text, row))
    Console().print(table)


__all__ = ["app"]
