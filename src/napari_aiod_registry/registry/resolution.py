"""What a person chooses, and what it stands for on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..manifest import Metadata, ModelManifest, ModelVersion, VersionTask, params_model
from ..messages import and_more
from .location_checks import LocationCheck

if TYPE_CHECKING:
    from pydantic import BaseModel

MetadataField = Literal[
    "description", "authors", "pubs", "url", "repo", "license", "tags"
]
"""What metadata can state."""


class Selection(NamedTuple):
    """A task, a model that has it, and a version of that model.

    Attributes
    ----------
    task : str
        Key of the task, like ``nuclei``.
    model : str
        Short name of the family, like ``stardist``.
    version : str
        Name of the version.
    """

    task: str
    model: str
    version: str


class UnknownSelectionError(KeyError):
    """There is no such task, model or version.

    The message says what there is, and what was probably meant.
    """

    def __str__(self) -> str:
        """Return the message as it is; KeyError would put it in quotes."""
        return str(self.args[0])


@dataclass(frozen=True, repr=False)
class Resolution:
    """What a selection stands for on this machine.

    Attributes
    ----------
    selection : Selection
        The task, model and version.
    manifest : ModelManifest
        The family's manifest.
    checks : tuple of LocationCheck
        Every location in the manifest's order, with status and reason.
    path : Path or None
        The file that the family came from, if it is known.
    """

    selection: Selection
    manifest: ModelManifest
    checks: tuple[LocationCheck, ...]
    path: Path | None = None

    def __repr__(self) -> str:
        """Say in a line what it is."""
        return f"<Resolution: {' · '.join(self.selection)}, {self.location}>"

    @property
    def chosen(self) -> LocationCheck | None:
        """The first location that can be used here, or None."""
        return next((check for check in self.checks if check.usable), None)

    @property
    def location(self) -> str | None:
        """URL or path of the weights, or None when nothing is readable here."""
        return self.chosen.location if self.chosen else None

    @property
    def config_path(self) -> str | None:
        """URL or path of the config file that belongs to the location, if any."""
        return self.chosen.config_path if self.chosen else None

    @property
    def version(self) -> ModelVersion:
        """The version, as the manifest has it."""
        return self.manifest.versions[self.selection.version]

    @property
    def version_task(self) -> VersionTask:
        """The task of the version, as the manifest has it."""
        return self.version.tasks[self.selection.task]

    @property
    def metadata(self) -> Metadata:
        """The metadata to show: the task's, else the version's, else the family's."""
        return self.manifest.metadata_for(self.selection.version, self.selection.task)

    @property
    def levels(self) -> tuple[Metadata, ...]:
        """The metadata that there is: the task's, the version's and the family's."""
        version, task = self.selection.version, self.selection.task
        return self.manifest.metadata_levels(version, task)

    def nearest(self, field: MetadataField) -> Metadata:
        """Return the metadata that says what holds here of one thing.

        A version that tells only how it differs leaves the rest to its family.

        Parameters
        ----------
        field : str
            What is asked for, like ``pubs``.

        Returns
        -------
        Metadata
            The first of `levels` that states it, or the first of all where none does.
            An empty list or text states nothing.
        """
        levels = self.levels
        return next((level for level in levels if getattr(level, field)), levels[0])

    @property
    def config_head(self) -> list[str]:
        """What a config file says in its first lines: what it is for."""
        return [
            f"family: {self.manifest.name} ({self.selection.model})",
            f"version: {self.selection.version}",
            f"task: {self.selection.task}",
        ]

    @property
    def params_model(self) -> type[BaseModel]:
        """The Pydantic model of the parameters; an instance is a set of values."""
        return params_model(
            self.version_task.params or [], name=class_name(self.manifest)
        )


def class_name(manifest: ModelManifest) -> str:
    """Name the parameters' class of a family: "CellposeParams"."""
    words = re.findall(r"[A-Za-z0-9]+", manifest.name)
    name = "".join(word[0].upper() + word[1:] for word in words)
    return f"{name if name[:1].isalpha() else f'Model{name}'}Params"


def reasons(checks: Sequence[LocationCheck], most: int | None = None) -> str:
    """List locations, each with what it stands for here and what became of it.

    Parameters
    ----------
    checks : sequence of LocationCheck
        The locations, in the manifest's order.
    most : int, optional
        How many are listed, and the one that is used; of the others it is said how many
        there are. Default: all.

    Returns
    -------
    str
        A numbered list with two or three lines for each location.
    """
    used = next((check for check in checks if check.usable), None)
    listed = [
        "\n    ".join((f"{number}. {check.entry.location}", *_lines(check, used)))
        for number, check in enumerate(checks, 1)
        if most is None or number <= most or check is used
    ]
    rest = len(checks) - len(listed)
    return "\n".join([*listed, and_more(rest)] if rest else listed)


def _lines(check: LocationCheck, used: LocationCheck | None) -> Iterator[str]:
    if check.location not in (None, check.entry.location):
        yield f"That is {check.location}"
    if check.usable and check is not used:
        yield "Not needed: one above it can be used."
    else:
        yield check.reason
    if check.config_reason not in (None, check.reason):
        yield f"Its config file: {check.config_reason}"


def whom_to_ask(resolution: Resolution) -> str:
    """Name somebody who can tell how to get the weights, as the metadata has it.

    Parameters
    ----------
    resolution : Resolution
        A version none of whose locations can be used here.

    Returns
    -------
    str
        A sentence: an author with an e-mail address, else the first author, else the
        address of the code, else that there is nobody. Empty where a drive did not
        answer: it will be back, and the weights with it.
    """
    if any(check.status == "timed-out" for check in resolution.checks):
        return ""
    people = [one for level in resolution.levels for one in level.authors or ()]
    author = next((one for one in people if one.email), None)
    if author is not None:
        return f"Ask {author.name} ({author.email}) how to get the weights."
    if people:
        return f"Ask {people[0].name} ({people[0].affiliation}) how to get the weights."
    home = resolution.nearest("repo").repo or resolution.nearest("url").url
    if home:
        return f"How to get the weights: see {home}"
    return "The manifest names nobody to ask for the weights."


def why_unreadable(resolution: Resolution, most: int | None = None) -> str:
    """Say why nothing can be read here, and whom to ask.

    Parameters
    ----------
    resolution : Resolution
        A version none of whose locations can be used here.
    most : int, optional
        How many locations are listed, as in `reasons`.

    Returns
    -------
    str
        What `reasons` and `whom_to_ask` say, one below the other.
    """
    words = (reasons(resolution.checks, most), whom_to_ask(resolution))
    return "\n".join(filter(None, words))
