"""Write manifests: a new family, one more version, one more location."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from .questions import Questions
from .shared import WRONG, app, fail, is_terminal, like_a_compiler

if TYPE_CHECKING:
    from ..messages import Problem

File = Annotated[
    Path, typer.Argument(help="The manifest: .json, .yaml or .yml.", readable=False)
]
Version = Annotated[str, typer.Argument(help="Name or slug of the version.")]
Locations = Annotated[
    list[str] | None,
    typer.Option("--location", help="URL or path of the weights. The best first."),
]
Configs = Annotated[
    list[str] | None,
    typer.Option(
        "--config-path", help="Config file: one for each location, or one for all."
    ),
]
Sums = Annotated[
    list[str] | None,
    typer.Option("--sha256", help="Checksum: one for each location, or one for all."),
]
Tasks = Annotated[
    list[str] | None,
    typer.Option("--task", help="Key of a task, like nuclei. As often as you like."),
]
Axes = Annotated[str | None, typer.Option(help="Axes it expects, like YX or CZYX.")]
License = Annotated[
    str | None,
    typer.Option("--license", help="Licence of the weights, like CC-BY-4.0."),
]
_FIELDS = "As often as you like, like "


@app.command()
def new(
    name: Annotated[str | None, typer.Option(help="Display name.")] = None,
    description: Annotated[
        str | None, typer.Option(help="What the model does, in a few sentences.")
    ] = None,
    version: Annotated[
        str | None, typer.Option(help="Name of the first version.")
    ] = None,
    task: Tasks = None,
    location: Locations = None,
    config_path: Configs = None,
    sha256: Sums = None,
    short_name: Annotated[
        str | None, typer.Option(help="Name for scripts and files.")
    ] = None,
    axes: Axes = None,
    license_: License = None,
    url: Annotated[str | None, typer.Option(help="Home page.")] = None,
    repo: Annotated[str | None, typer.Option(help="Address of the code.")] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="A word to find it by. Repeatable.")
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option(help=_FIELDS + '"name=Ada,affiliation=Institute,orcid=…".'),
    ] = None,
    pub: Annotated[
        list[str] | None,
        typer.Option(help=_FIELDS + '"title=…,info=What it is about,doi=…,year=2024".'),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            help=_FIELDS + '"name=Size,arg_name=size,value=30,tooltip=How large".'
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File. Default: the short name and .json."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there.")
    ] = False,
) -> None:
    """Write the manifest of a new family. In a terminal, what is missing is asked."""
    from ..authoring import (
        Family,
        fields_from,
        publication_from,
        refuse_path,
        write_manifest,
    )
    from ..manifest import file_name_from
    from ..messages import ManifestError

    missing = _missing(name, description, version, task, location)
    if missing and not is_terminal():
        fail(f"Missing: {', '.join(missing)}.", code=2)
    ask = Questions(asks=bool(missing))
    entries = _entries(location, config_path, sha256)
    try:
        # All that may end the command comes before the first question, or soon after.
        if output is not None:
            refuse_path(output, force=force)
        authors = ask.given("authors", author, fields_from)
        pubs = ask.given("pubs", pub, publication_from)
        params = ask.given("params", param, fields_from)
        name = ask.text("name", name, "Name of the family", needed=True)
        short_name = ask.text("short_name", short_name, "Short name, for scripts")
        file = output or Path(f"{short_name or file_name_from(name)}.json")
        refuse_path(file, force=force)
        family = Family(
            name=name,
            short_name=short_name,
            description=ask.text(
                "description", description, "What the model does", needed=True
            ),
            version=ask.text("version", version, "Name of the version", needed=True),
            tasks=ask.tasks(task),
            locations=ask.locations(entries),
            axes=ask.text("axes", axes, "Axes, like YX or CZYX"),
            license=ask.text("license", license_, "Licence of the weights"),
            repo=ask.text("repo", repo, "Address of the code"),
            url=ask.text("url", url, "Home page"),
            tags=tag or (),
            authors=authors,
            pubs=pubs,
            params=params or ask.params(),
        )
        reading = write_manifest(file, family.manifest(), force=force)
    except ManifestError as error:
        _refused("No manifest was written.", error.problems)
    _done(f"{file} is written.", reading.problems)


def _missing(
    name: str | None,
    description: str | None,
    version: str | None,
    task: list[str] | None,
    location: list[str] | None,
) -> list[str]:
    """List the options that a manifest can't do without, and that are not given."""
    needed: dict[str, object] = {
        "--name": name,
        "--description": description,
        "--version": version,
        "--task": task,
        "--location": location,
    }
    return [option for option, value in needed.items() if not value]


@app.command()
def add_version(
    file: File,
    version: Annotated[str, typer.Argument(help="Name of the new version.")],
    location: Locations = None,
    task: Tasks = None,
    copy_from: Annotated[
        str | None,
        typer.Option(help="Version that lends its axes, metadata and parameters."),
    ] = None,
    config_path: Configs = None,
    sha256: Sums = None,
    axes: Axes = None,
    slug: Annotated[str | None, typer.Option(help="Name for files.")] = None,
    description: Annotated[
        str | None, typer.Option(help="What is special about this version.")
    ] = None,
    license_: License = None,
) -> None:
    """Add a version to a manifest, and leave the rest of the file as it is."""
    from ..authoring import edits

    if not location:
        fail("Say with --location where the weights are.", code=2)
    if not task and copy_from is None:
        fail("Name a task with --task, or a version with --copy-from.", code=2)
    about = {"description": description, "license": license_}
    try:
        warnings = edits.add_version(
            file,
            version,
            task or (),
            _entries(location, config_path, sha256),
            copy_from=copy_from,
            axes=axes,
            slug=slug,
            metadata={key: text for key, text in about.items() if text is not None},
        )
    except edits.EditError as error:
        _refused(error.reason, error.problems)
    _done(f"{file} has the version {version!r} now.", warnings)


@app.command()
def add_location(
    file: File,
    version: Version,
    task: Annotated[str, typer.Argument(help="Key of the task, like nuclei.")],
    location: Annotated[str, typer.Argument(help="URL or path of the weights.")],
    config_path: Annotated[
        str | None, typer.Option(help="Config file of exactly this copy.")
    ] = None,
    sha256: Annotated[str | None, typer.Option(help="Checksum of the weights.")] = None,
    first: Annotated[
        bool, typer.Option("--first", help="Prefer it to those that are there.")
    ] = False,
) -> None:
    """Add a location to a manifest, and leave the rest of the file as it is."""
    from ..authoring import edits

    (entry,) = _entries(
        [location],
        None if config_path is None else [config_path],
        None if sha256 is None else [sha256],
    )
    try:
        warnings = edits.add_location(file, version, task, entry, first=first)
    except edits.EditError as error:
        _refused(error.reason, error.problems)
    _done(f"{file} has the location now.", warnings)


def _entries(
    locations: list[str] | None, configs: list[str] | None, sums: list[str] | None
) -> list[dict[str, str]]:
    """Pair locations with their config files and checksums."""
    entries = [{"location": location} for location in locations or ()]
    given = {"config_path": configs, "sha256": sums}
    for key, values in given.items():
        if not values:
            continue
        option = f"--{key.replace('_', '-')}"
        if not entries:
            fail(f"{option} belongs to a location. Give that with --location.", code=2)
        if len(values) not in (1, len(entries)):
            from ..messages import counted

            there = f"{len(values)} times, for {counted(len(entries), 'location')}"
            way_out = "Give one for each, or a single one for all."
            fail(f"{option} is given {there}. {way_out}", code=2)
        for number, entry in enumerate(entries):
            entry[key] = values[number % len(values)]
    return entries


def _refused(reason: str, problems: Iterable[Problem]) -> NoReturn:
    typer.echo(reason, err=True)
    for problem in problems:
        typer.echo(like_a_compiler(problem), err=True)
    raise typer.Exit(WRONG)


def _done(sentence: str, warnings: Iterable[Problem]) -> None:
    typer.echo(sentence)
    for problem in warnings:
        typer.echo(like_a_compiler(problem), err=True)
