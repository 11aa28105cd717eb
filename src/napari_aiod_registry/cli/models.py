"""Look at the models of a registry, and find their weights and configs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .shared import (
    NOT_HERE,
    WRONG,
    AsJson,
    Output,
    Sources,
    app,
    fail,
    find,
    known,
    load_registry,
    print_json,
    print_table,
)

if TYPE_CHECKING:
    from ..registry import Registry

Task = Annotated[str, typer.Argument(help="Key of the task, like nuclei.")]
Model = Annotated[str, typer.Argument(help="Short name of the family, like stardist.")]
Version = Annotated[str, typer.Argument(help="Name or slug of the version.")]


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
    registry = load_registry(sources)
    rows = [
        {
            "task": key,
            "model": model,
            "name": name,
            "version": version,
            "tags": _tags(registry, key, model, version),
        }
        for key in ([task] if task else registry.tasks())
        for model, name in known(registry.models, key).items()
        for version in registry.versions(key, model)
        if _has_tags(_tags(registry, key, model, version), tag)
    ]
    if as_json:
        print_json(rows)
    else:
        columns = ("Task", "Model", "Name", "Version", "Tags")
        print_table(columns, [row.values() for row in rows])
    if not rows:
        typer.echo("No model has these tags.", err=True)
        raise typer.Exit(WRONG)


def _tags(registry: Registry, task: str, model: str, version: str) -> list[str]:
    return registry[model].tags_for(version, task)


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
    registry = load_registry(sources)
    manifest = known(registry.__getitem__, model)
    data = json.loads(manifest.model_dump_json())
    if version is not None:
        by_slug = {item.slug: name for name, item in manifest.versions.items()}
        name = version if version in manifest.versions else by_slug.get(version)
        if name is None:
            from ..messages import meant

            hint = meant(version, manifest.versions, "Versions")
            fail(f"{manifest.name} has no version {version!r}. {hint}")
        data["versions"] = {name: data["versions"][name]}
    if as_json:
        print_json(data)
    else:
        from ..config import config_text

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
    found = find(sources, task, model, version)
    if as_json:
        checks = [
            {
                "location": check.entry.location,
                "here": check.location,
                "status": check.status,
                "reason": check.reason,
                "config_path": check.config_path,
                "config_status": check.config_status,
                "config_reason": check.config_reason,
            }
            for check in found.checks
        ]
        print_json(
            {"location": found.location, "config_path": found.config_path}
            | {"checks": checks}
        )
    else:
        # Only the location on standard output, so that a script can read it.
        if found.location is not None:
            typer.echo(found.location)
        from ..registry import reasons, whom_to_ask

        typer.echo(reasons(found.checks), err=True)
        if found.location is None and (whom := whom_to_ask(found)):
            typer.echo(whom, err=True)
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
    from ..config import ConfigError, as_config, config_text, fit_config, write_config
    from ..text.yaml_reader import read_value

    found = find(sources, task, model, version)
    wanted = dict(map(_setting, settings or ()))
    fit = fit_config(found.params_model, wanted)
    texts = [key for key in fit.refused if isinstance(wanted[key], str)]
    # 64, 64 stands for a list where the parameter is one.
    lists = {key: read_value(f"[{wanted[key]}]") for key in texts}
    retried = fit_config(found.params_model, wanted | lists)
    wanted |= {key: lists[key] for key in texts if key not in retried.refused}
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
        fail(str(error))


def _setting(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign:
        fail(f"--set {text!r} has no '='. Write name=value.", code=2)
    from ..text.yaml_reader import read_value

    return name.strip(), read_value(value)
