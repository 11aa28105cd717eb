"""The manifest format as Pydantic models: rules only, no files.

Three levels: family (`ModelManifest`) → version (`ModelVersion`) → task of that version
(`VersionTask`). Parameters are in `param.py`, the rules for single texts in
`rules.py`. The format is a superset of AIoD 0.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ..messages import listed, meant
from ..tasks import TASK_NAMES
from .addresses import Address, address_of
from .older_shape import OLD_KEYS, listed_tasks, modern_task
from .param import ModelParam
from .rules import (
    Axes,
    Breach,
    ConfigPath,
    FileName,
    License,
    LocationText,
    Name,
    Sha256,
    Url,
    breach,
    check_task,
    file_name_from,
    refuse,
)
from .scalars import OverrideValue
from .strict import StrictModel

_MOST_COMPARED = 60
"""Parameters among which the one that was meant is looked for."""


class Author(StrictModel):
    """A person who made a model or wrote a publication."""

    name: str
    """The name as it is cited."""
    affiliation: str
    """Institute, town and country."""
    email: str | None = None
    """Address for questions."""
    url: Url | None = None
    """Personal or group page."""
    github: str | None = None
    """GitHub user name."""
    orcid: str | None = None
    """ORCID iD, like 0000-0002-1825-0097."""


class Publication(StrictModel):
    """A paper or preprint to read and to cite."""

    title: str
    """The title."""
    info: str
    """What it is about: the model, its data or something else."""
    url: Url
    """Where it can be read."""
    year: int | None = None
    """Year of publication."""
    doi: str | None = None
    """Digital object identifier, like 10.1038/s41592-020-01018-x."""
    authors: list[Author] | None = None
    """Its authors, in order."""


class Metadata(StrictModel):
    """What people want to know about a family, a version or one task of it."""

    description: str
    """What the model does, in a few sentences."""
    authors: list[Author] | None = None
    """Who made the model."""
    pubs: list[Publication] | None = None
    """What to read and to cite."""
    url: Url | None = None
    """Home page or documentation."""
    repo: Url | None = None
    """Source code."""
    license: License | None = None
    """Licence of the weights, as an SPDX identifier."""
    tags: list[str] | None = None
    """Words to find it by: modality, dimensionality, sample."""


class Location(StrictModel):
    """One place where the weights of a version-task can be had."""

    location: LocationText
    """URL or path of the weights."""
    config_path: ConfigPath | None = None
    """Path or URL of a config file that belongs to exactly this copy."""
    sha256: Sha256 | None = None
    """Checksum of the weights, 64 hexadecimal digits."""

    # Properties that are worked out anew: what a model keeps beside its keys would be
    # pickled, and be wrong in a copy with another location.

    @property
    def address(self) -> Address:
        """Where the weights are, with its kind."""
        return address_of(self.location)

    @property
    def config_address(self) -> Address | None:
        """Where the config file is, with its kind; None where there is none."""
        return None if self.config_path is None else address_of(self.config_path)

    @property
    def addresses(self) -> list[Address]:
        """Where the weights are and, if there is one, their config file."""
        config = self.config_address
        return [self.address] if config is None else [self.address, config]


class VersionTask(StrictModel):
    """One task of one version: the level that has weights."""

    locations: list[Location] = Field(min_length=1)
    """Where the weights are, in order of preference."""
    params: list[ModelParam] | None = None
    """Parameters. Absent: the family's. Once read, this holds the list in force."""
    param_overrides: dict[str, OverrideValue] | None = None
    """Other defaults for inherited parameters: arg_name → value."""
    metadata: Metadata | None = None
    """Shown instead of the version's."""

    @property
    def inherits_params(self) -> bool:
        """Whether ``params`` is the family's list and not one of its own."""
        return "params" not in self.model_fields_set

    @model_validator(mode="before")
    @classmethod
    def _read_older_shape(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.keys().isdisjoint(OLD_KEYS):
            return data
        turned = modern_task(data)
        refuse(turned.breaches, data)
        return turned.data

    def breaches(self) -> Iterator[Breach]:
        """Yield what is wrong between the parts of this version-task."""
        own = None if self.inherits_params else self.params
        yield from _duplicate_arg_names(own)
        if own is not None and self.param_overrides:
            yield (
                ("param_overrides",),
                breach(
                    "override-of-own-params",
                    "param_overrides are for the family's parameters, but this task "
                    "lists its own.",
                    "Write the defaults into params, and remove param_overrides.",
                ),
            )

    def _omitted_from_dump(self) -> Iterator[str]:
        yield from super()._omitted_from_dump()
        if self.inherits_params:
            yield "params"


def _list_task_keys(tasks: Any) -> Any:
    """Turn task keys into the listed spelling, whatever their letter case."""
    if not isinstance(tasks, dict) or tasks.keys() <= TASK_NAMES.keys():
        return tasks
    return {listed: tasks[key] for key, listed in listed_tasks(tasks).items()}


class ModelVersion(StrictModel):
    """One version of a family: a set of weights for each of its tasks."""

    tasks: Annotated[
        dict[str, VersionTask],
        Field(min_length=1),
        BeforeValidator(_list_task_keys),
    ]
    """Task key → what this version has for that task."""
    axes: Axes | None = None
    """Axes that the model expects, like YX or CZYX."""
    slug: FileName = ""
    """Name for files and folders. Default: from the version's name."""
    metadata: Metadata | None = None
    """Shown instead of the family's."""


class ModelManifest(StrictModel):
    """A model family: what one manifest file describes.

    Parameters of a version-task that lists none are filled in from the family, with
    the version-task's ``param_overrides`` applied. A dump leaves them out again, so
    that ``model_dump_json()`` reads back as an equal manifest.
    """

    name: Name
    """Display name."""
    short_name: FileName = ""
    """Name for scripts, environments and files. Default: from the name."""
    metadata: Metadata
    """What people want to know about the family."""
    versions: Annotated[dict[Name, ModelVersion], Field(min_length=1)]
    """Version name → version, in the order shown."""
    params: list[ModelParam] | None = None
    """Parameters of every version-task that does not list its own."""
    usage_guide: str | None = None
    """How to use it: text, a URL or a path."""
    config: str | None = None
    """Accepted for older manifests; not used."""
    schema_: str | None = Field(default=None, alias="$schema")
    """Where editors find the JSON Schema; left alone."""

    @model_validator(mode="after")
    def _finish(self) -> ModelManifest:
        refuse(self.breaches(), None)
        # The models are frozen for their users; here they are still being made.
        if not self.short_name:
            self.__dict__["short_name"] = file_name_from(self.name)
        for name, version in self.versions.items():
            if not version.slug:
                version.__dict__["slug"] = file_name_from(name)
            for task in version.tasks.values():
                if task.params is None:
                    self._hand_down_params(task)
        return self

    def _hand_down_params(self, task: VersionTask) -> None:
        overrides = task.param_overrides
        params = list(self.params or ())
        if overrides:
            params = [
                param.with_default(overrides[param.arg_name])
                if param.arg_name in overrides
                else param
                for param in params
            ]
        task.__dict__["params"] = params
        task.model_fields_set.discard("params")

    @classmethod
    def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
        """Return the JSON Schema of manifests, with the rules between keys.

        Parameters
        ----------
        *args, **options
            As for any Pydantic model.
        """
        from .json_schema import finished_schema

        schema = super().model_json_schema(*args, **options)
        # Of what a dump looks like, Pydantic knows nothing: there is nothing to finish.
        return finished_schema(schema) if "$defs" in schema else schema

    def metadata_for(self, version: str, task: str) -> Metadata:
        """Return the metadata to show: the task's, else the version's, else these."""
        found = self.versions[version]
        return found.tasks[task].metadata or found.metadata or self.metadata

    def metadata_levels(self, version: str, task: str) -> tuple[Metadata, ...]:
        """Return the metadata that there is: the task's, the version's and these."""
        found = self.versions[version]
        levels = (found.tasks[task].metadata, found.metadata, self.metadata)
        return tuple(level for level in levels if level is not None)

    def tags_for(self, version: str, task: str) -> list[str]:
        """Return the tags of the nearest metadata that has some."""
        levels = self.metadata_levels(version, task)
        return next((level.tags for level in levels if level.tags), [])

    def breaches(self) -> Iterator[Breach]:
        """Yield what is wrong between the parts of this manifest."""
        yield from _duplicate_arg_names(self.params)
        yield from self._same_slugs()
        for name, version in self.versions.items():
            for key, task in version.tasks.items():
                place = ("versions", name, "tasks", key)
                if key not in TASK_NAMES:
                    yield (*place, "[key]"), _unlisted_task(key)
                if task.params is None and task.param_overrides is None:
                    continue
                for inner, error in (*task.breaches(), *self._wrong_overrides(task)):
                    yield (*place, *inner), error

    def _same_slugs(self) -> Iterator[Breach]:
        seen: dict[str, str] = {}
        for name, version in self.versions.items():
            slug = version.slug or file_name_from(name)
            # Many file systems take upper and lower case for the same.
            other = seen.setdefault(slug.lower(), name)
            if other != name:
                error = breach(
                    "duplicate-slug",
                    f"The versions {other!r} and {name!r} have the same slug, "
                    f"{slug!r}.",
                    "Give one of them a slug of its own.",
                )
                yield ("versions", name), error

    def _wrong_overrides(self, task: VersionTask) -> Iterator[Breach]:
        if not task.param_overrides:
            return
        # One without a name stands for a parameter of which the name is wrong.
        params = {
            param.arg_name: param for param in self.params or () if param.arg_name
        }
        for arg_name, value in task.param_overrides.items():
            if arg_name in params:
                error = params[arg_name].override_breach(value)
            else:
                error = breach(
                    "unknown-override",
                    f"The family has no parameter {arg_name!r}.",
                    # Comparing each of many with each of many takes long.
                    meant(arg_name, params, "Parameters")
                    if len(params) <= _MOST_COMPARED
                    else f"Parameters: {listed(list(params))}.",
                )
            if error is not None:
                yield ("param_overrides", arg_name), error


def _unlisted_task(key: str) -> PydanticCustomError:
    """Say why a task key is not one that is listed."""
    try:
        task = check_task(key)
    except PydanticCustomError as unknown:
        return unknown
    return breach(
        "duplicate-task",
        f"{key!r} is the same task as {task!r}.",
        "Keep one of them, and list all locations there.",
    )


def _duplicate_arg_names(params: list[ModelParam] | None) -> Iterator[Breach]:
    """Find parameters that would overwrite each other in the config file."""
    seen: dict[str, int] = {}
    for index, param in enumerate(params or []):
        if not param.arg_name:  # it stands for one whose name is wrong
            continue
        first = seen.setdefault(param.arg_name, index)
        if first != index:
            error = breach(
                "duplicate-arg-name",
                f"The arg_name {param.arg_name!r} is used by parameter {first + 1} "
                f"and again by parameter {index + 1}.",
                "Every arg_name in a list must be different.",
            )
            yield ("params", index), error
