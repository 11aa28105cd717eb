"""Turn manifests into other shapes, compare them, and write all their configs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import (
    WRONG,
    AsJson,
    Output,
    Sources,
    app,
    fail,
    load_registry,
    print_json,
    problem_data,
)

if TYPE_CHECKING:
    from ..authoring import Shape
    from ..messages import ManifestError
    from ..registry.default_configs import ConfigFile


CHANGED = 1
"""Exit code of ``diff`` where something changed."""

NOT_COMPARED = 2
"""Exit code of ``diff`` where a file could not be compared."""


class To(StrEnum):
    """What a manifest is turned into."""

    json = "json"
    yaml = "yaml"
    of_2025 = "2025"


@app.command(
    help=(
        "Turn a manifest into JSON, YAML, or an older shape.\n\n"
        "Keys keep their order and values their types; comments are not kept. What the "
        "other shape can't say is left out, and listed on standard error; the exit "
        "code is 0 all the same. The shape of 2025 has no more keys than AIoD 0.1."
    )
)
def convert(
    file: Annotated[Path, typer.Argument(help="The manifest.", readable=False)],
    output: Output = None,
    to: Annotated[
        To | None,
        typer.Option(
            help="JSON, YAML, or the shape of 2025. Default: by the ending of the "
            "file that is written."
        ),
    ] = None,
    aiod_01: Annotated[
        bool,
        typer.Option("--aiod-0.1", help="Write only what AIoD 0.1 accepts."),
    ] = False,
) -> None:
    """Turn a manifest into JSON, YAML, or an older shape."""
    from ..authoring import convert_manifest, manifest_text, write_manifest
    from ..messages import ManifestError

    if output is None and to is None and not aiod_01:
        fail("Say what to write: --to, --aiod-0.1, or -o with a file.", code=2)
    if output is not None and output.resolve() == file.resolve():
        fail(f"{output} is the manifest itself. Choose another name for -o.", code=2)
    suffix = _suffix(file, output, to)
    shape: Shape = "aiod-0.1" if aiod_01 else "today"
    if to is To.of_2025:
        shape = "2025"
    try:
        converted = convert_manifest(file, shape)
        if output is None:
            typer.echo(manifest_text(converted.data, suffix), nl=False)
        else:
            write_manifest(output, converted.data)
    except ManifestError as error:
        _tell(error)
        raise typer.Exit(WRONG) from None
    for note in converted.notes:
        typer.echo(str(note), err=True)


def _tell(error: ManifestError) -> None:
    for problem in error.problems:
        typer.echo(str(problem), err=True)


def _suffix(file: Path, output: Path | None, to: To | None) -> str:
    """Choose between JSON and YAML; refuse a file name that says the other."""
    from ..text import SUFFIXES

    wanted = list(SUFFIXES)
    if to is To.json or to is To.yaml:
        wanted = [one for one in SUFFIXES if (one == ".json") == (to is To.json)]
    if output is None:
        suffix = file.suffix.lower()
        return suffix if suffix in wanted else wanted[0]
    if output.suffix.lower() not in wanted:
        endings = " or ".join(wanted)
        fail(f"{output} must end in {endings} for what is to be written.", code=2)
    return output.suffix


@app.command(
    help=(
        "Tell what changed for a user between two manifests, or folders of them.\n\n"
        "Families are matched by short name. Where one is a file and the other a "
        "folder, only the file's family is compared. How a manifest is written makes "
        "no difference.\n\n"
        "Exit codes, as those of diff: 0, nothing changed; 1, something changed; 2, a "
        "file has errors and could not be compared."
    )
)
def diff(
    old: Annotated[
        Path, typer.Argument(help="Manifest or folder, before.", readable=False)
    ],
    new: Annotated[
        Path, typer.Argument(help="Manifest or folder, after.", readable=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Tell what changed for a user between two manifests, or folders of them."""
    from ..compare import compare_paths

    found = compare_paths(old, new)
    if as_json:
        print_json(
            {
                "changes": [asdict(change) for change in found.changes],
                "problems": [problem_data(problem) for problem in found.problems],
            }
        )
    else:
        for change in found.changes:
            typer.echo(str(change))
        for problem in found.problems:
            typer.echo(str(problem), err=True)
        if not found.changes and not found.problems:
            typer.echo("Nothing changed.")
    if found.problems:
        raise typer.Exit(NOT_COMPARED)
    if found.changes:
        raise typer.Exit(CHANGED)


@app.command(
    "gen-configs",
    help=(
        "Write the default config of every version-task into a folder.\n\n"
        "A file is named after short name, slug and task, like "
        "stardist+2d_demo+nuclei.yaml. Files of others in the folder are left alone. "
        "Those that were written for other manifests are named, and deleted with "
        "--prune."
    ),
)
def gen_configs(
    folder: Annotated[
        Path,
        typer.Option("--output", "-o", help="Folder for the configs.", readable=False),
    ] = Path("configs"),
    sources: Sources = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Write nothing; fail if a file is stale, missing or superfluous.",
        ),
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete what none of the manifests has.")
    ] = False,
) -> None:
    """Write the default config of every version-task into a folder."""
    from ..config import ConfigError
    from ..registry.default_configs import check_folder, default_configs

    if check and prune:
        fail("--check deletes nothing. Leave out --check or --prune.", code=2)
    registry = load_registry(sources)
    if not registry:
        fail("There is no model to write a config for.")
    try:
        files = check_folder(folder, default_configs(registry))
    except ConfigError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{folder} can't be read: {error.strerror or error}.")
    if registry.problems:
        # The family that a config belongs to may be the one that was left out.
        files = [file for file in files if file.state != "superfluous"]
    wrong = _not_right(files) if check else _write_all(files, prune=prune)
    if wrong or registry.problems:
        raise typer.Exit(WRONG)


def _not_right(files: Sequence[ConfigFile]) -> bool:
    """Name the files that are not as they should be; whether there is one."""
    from ..messages import counted

    wrong = [file for file in files if file.state != "right"]
    for file in wrong:
        typer.echo(str(file))
    if wrong:
        typer.echo("Run gen-configs without --check, and with --prune to delete.")
    else:
        typer.echo(f"{counted(len(files), 'config')}, all up to date.")
    return bool(wrong)


def _write_all(files: Sequence[ConfigFile], *, prune: bool) -> bool:
    """Bring a folder up to date, and say what is done; whether something is wrong."""
    from ..messages import counted
    from ..registry.default_configs import bring_up_to_date

    done = {"missing": "written", "stale": "updated", "superfluous": "deleted"}
    wrong = False
    for file in files:
        if file.state == "superfluous" and not prune:
            typer.echo(f"{file} --prune deletes it.", err=True)
        elif file.state in done:
            problem = bring_up_to_date(file)
            if problem is not None:
                fail(f"{problem.message} {problem.hint or ''}".rstrip())
            typer.echo(f"{file.path}: {done[file.state]}")
        elif file.state != "right":
            typer.echo(str(file), err=True)
            wrong = True
    right = sum(file.state == "right" for file in files)
    total = sum(file.text is not None for file in files)
    typer.echo(f"{counted(total, 'config')}, {right} of them up to date before.")
    return wrong
