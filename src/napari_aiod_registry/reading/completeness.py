"""How complete a manifest is: what a reviewer would ask for, as a score and a list.

A manifest with none of this is right all the same; people who look for a model, use it
and cite it just know less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..manifest import Metadata, ModelManifest, ModelParam
from ..messages import Place, dotted
from .warnings import NO_LICENSE, no_tooltip, shown_metadata

WORDS = {
    "no-license": "licence",
    "no-authors": "authors",
    "no-publication": "publication",
    "no-doi": "DOI",
    "no-source": "home page",
    "no-tags": "tags",
    "no-usage-guide": "usage guide",
    "no-version-description": "description of a version",
    "no-task-description": "description of a task",
    "no-axes": "axes",
    "no-tooltip": "tooltip",
    "no-checksum": "checksum",
}
"""Code of what is missing → the word for it."""


@dataclass(frozen=True)
class Gap:
    """One thing that a manifest does not say.

    Attributes
    ----------
    code : str
        Stable word for what is missing, like ``no-doi``.
    place : tuple
        Keys and indices of where it would stand.
    message : str
        What is missing, as a sentence.
    line, column : int or None
        Where in the file it would stand, or what is around it begins; from 1.
    """

    code: str
    place: Place
    message: str
    line: int | None = None
    column: int | None = None

    @property
    def loc(self) -> str:
        """The place as a dotted path."""
        return dotted(self.place)


@dataclass(frozen=True)
class Completeness:
    """How much a manifest says of what people want to know.

    Attributes
    ----------
    asked : int
        How many things were asked for; each counts the same.
    missing : tuple of Gap
        Those that it does not say.
    """

    asked: int
    missing: tuple[Gap, ...]

    @property
    def answered(self) -> int:
        """How many things it says."""
        return self.asked - len(self.missing)

    @property
    def score(self) -> int:
        """Percentage of what it says; 100 only where nothing is missing."""
        return 100 * self.answered // self.asked

    def __str__(self) -> str:
        """Tell the score in one line, with what is missing."""
        head = f"completeness {self.score} %: {self.answered} of {self.asked} are there"
        counts = Counter(gap.code for gap in self.missing)
        words = [
            f"{counts[code]} × {word}" if counts[code] > 1 else word
            for code, word in WORDS.items()
            if counts[code]
        ]
        return f"{head}; missing: {', '.join(words)}." if words else f"{head}."


def completeness(
    manifest: ModelManifest,
    locate: Callable[[Place], tuple[Place, int, int]] | None = None,
) -> Completeness:
    """Ask a valid manifest for what a reviewer would ask.

    Parameters
    ----------
    manifest : ModelManifest
        The manifest.
    locate : callable, optional
        Turns a place into the one that the file has, and says its line and column.

    Returns
    -------
    Completeness
        The score, and what is missing, in the order of the file.
    """
    answers = list(_answers(manifest))
    missing = [gap for is_there, gap in answers if not is_there]
    if locate is not None:
        for number, gap in enumerate(missing):
            place, line, column = locate(gap.place)
            missing[number] = replace(gap, place=place, line=line, column=column)
        missing.sort(key=lambda gap: (gap.line or 0, gap.column or 0))
    return Completeness(len(answers), tuple(missing))


Answer = tuple[bool, Gap]
"""Whether something is there, and the gap that there is otherwise."""


def _answers(manifest: ModelManifest) -> Iterator[Answer]:
    for place, metadata in shown_metadata(manifest).items():
        yield from _of_metadata(place, metadata)
    message = "There is no usage guide."
    yield bool(manifest.usage_guide), Gap("no-usage-guide", ("usage_guide",), message)
    yield from _of_params(("params",), manifest.params)
    for name in manifest.versions:
        yield from _of_version(manifest, name)


def _of_metadata(place: Place, metadata: Metadata) -> Iterator[Answer]:
    yield bool(metadata.license), Gap("no-license", (*place, "license"), NO_LICENSE)
    message = "Nobody is named as its author."
    yield bool(metadata.authors), Gap("no-authors", (*place, "authors"), message)
    message = "There is neither a home page (url) nor source code (repo)."
    has_source = bool(metadata.url or metadata.repo)
    yield has_source, Gap("no-source", (*place, "url"), message)
    message = "There are no tags to find it by."
    yield bool(metadata.tags), Gap("no-tags", (*place, "tags"), message)
    message = "There is no publication to read and to cite."
    yield bool(metadata.pubs), Gap("no-publication", (*place, "pubs"), message)
    for index, pub in enumerate(metadata.pubs or ()):
        message = "The publication has no DOI."
        yield bool(pub.doi), Gap("no-doi", (*place, "pubs", index, "doi"), message)


def _of_params(place: Place, params: list[ModelParam] | None) -> Iterator[Answer]:
    for index, param in enumerate(params or ()):
        message = no_tooltip(param)
        gap = Gap("no-tooltip", (*place, index, "tooltip"), message or "")
        yield message is None, gap


def _of_version(manifest: ModelManifest, name: str) -> Iterator[Answer]:
    version, place = manifest.versions[name], ("versions", name)
    message = "The axes that the version expects are not stated."
    yield bool(version.axes), Gap("no-axes", (*place, "axes"), message)
    told = version.metadata or all(task.metadata for task in version.tasks.values())
    if len(manifest.versions) > 1:
        message = "Nothing says how this version differs from the others."
        gap = Gap("no-version-description", (*place, "metadata"), message)
        yield bool(told), gap
    for key, task in version.tasks.items():
        inner: Place = (*place, "tasks", key)
        if len(version.tasks) > 1:
            message = "Nothing says what the version does for this task."
            gap = Gap("no-task-description", (*inner, "metadata"), message)
            yield bool(task.metadata), gap
        if not task.inherits_params:
            yield from _of_params((*inner, "params"), task.params)
        for index, entry in enumerate(task.locations):
            message = "There is no checksum (sha256) of the weights."
            gap = Gap("no-checksum", (*inner, "locations", index, "sha256"), message)
            yield bool(entry.sha256), gap
