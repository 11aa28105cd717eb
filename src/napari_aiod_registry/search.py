"""Find models by words that people know: typos, half words and any order will do.

Words are looked up in the names, versions, tasks, tags, descriptions and authors of all
version-tasks. rapidfuzz measures how alike two words are.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from .registry import Registry, Selection
from .schema import Metadata
from .tasks import TASK_NAMES

_WORD = re.compile(r"[^\W_]+")

_ALIKE = 0.7
"""How alike two words are at least: one typo in four letters, two in seven."""

_SHORTEST = 4
"""Letters of a word that may have a typo; of a shorter one too much is alike."""

_GOOD_ENOUGH = 0.6
"""Part of the best score that others need, where nothing has all the words."""

# What a hit is worth, by where the word stands …
_NAME, _TASK, _TAG, _AUTHOR, _DESCRIPTION = 1.0, 1.0, 0.9, 0.6, 0.5

# … and by how it was typed.
_WHOLE, _BEGINNING, _INSIDE, _TYPO, _BEGINNING_WITH_TYPO = 1.0, 0.9, 0.6, 0.7, 0.55


@dataclass(frozen=True)
class Hit:
    """A version-task that was found.

    Attributes
    ----------
    selection : Selection
        What it is.
    title : str
        Family, version and task, as people read them.
    """

    selection: Selection
    title: str


class Search:
    """Finds the version-tasks of a registry.

    Parameters
    ----------
    registry : Registry
        The models to search. It is read once, which takes about a second for 10,000
        families.
    """

    def __init__(self, registry: Registry) -> None:
        self._hits: list[Hit] = []
        self._tags: list[frozenset[str]] = []
        self._dimensions: list[frozenset[int]] = []
        places: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._tag_names: dict[str, str] = {}
        words = _WordCache()
        for number, selection in enumerate(registry.selections()):
            manifest = registry[selection.model]
            version = manifest.versions[selection.version]
            metadata = manifest.metadata_for(selection.version, selection.task)
            task = TASK_NAMES.get(selection.task, selection.task)
            self._hits.append(
                Hit(selection, f"{manifest.name} · {selection.version} · {task}")
            )
            tags = metadata.tags or []
            for tag in tags:
                self._tag_names.setdefault(tag.lower(), tag)
            self._tags.append(frozenset(tag.lower() for tag in tags))
            self._dimensions.append(dimensions(version.axes, tags))
            texts = [
                (_NAME, words.of(manifest.name, selection.model, selection.version)),
                (_TASK, words.of(task, selection.task, initials=True)),
                (_TAG, words.of(*tags, initials=True)),
                (_AUTHOR, words.of(*_people(metadata), *_people(manifest.metadata))),
                (
                    _DESCRIPTION,
                    words.of(metadata.description, manifest.metadata.description),
                ),
            ]
            for worth, found in reversed(texts):  # the best comes last, and stays
                for word in found:
                    places[word][number] = worth
        self._places = dict(places)
        self._words = list(places)

    @property
    def tags(self) -> list[str]:
        """All tags, in alphabetical order."""
        return [self._tag_names[tag] for tag in sorted(self._tag_names)]

    def find(
        self,
        text: str,
        *,
        dimension: int | None = None,
        tags: Collection[str] = (),
        keep: Callable[[Selection], bool] | None = None,
        limit: int = 50,
    ) -> list[Hit]:
        """Find what has all of some words, the best first.

        Where nothing has all of them, what has the rarest of them is found.

        Parameters
        ----------
        text : str
            Words in any order; the last one may be half typed. Without a word, all is
            found.
        dimension : int, optional
            2 or 3: only models for such images. What does not say so is left out.
        tags : collection of str, default ()
            Only models with all of these tags.
        keep : callable, optional
            Says whether a selection may be found.
        limit : int, default 50
            How many are found at the most.

        Returns
        -------
        list of Hit
        """
        wanted = {tag.lower() for tag in tags}

        def allowed(number: int) -> bool:
            return (
                wanted <= self._tags[number]
                and (dimension is None or dimension in self._dimensions[number])
                and (keep is None or keep(self._hits[number].selection))
            )

        scores = self._scores(text)
        if scores is None:
            numbers = [n for n in range(len(self._hits)) if allowed(n)][:limit]
            return [self._hits[number] for number in numbers]
        ranked = sorted(
            (not has_all, -score, number)
            for number, (has_all, score) in scores.items()
            if allowed(number)
        )
        if not ranked:
            return []
        without_all, best, _ = ranked[0]
        return [
            self._hits[number]
            for lacks, score, number in ranked[:limit]
            if lacks == without_all and (not lacks or score <= best * _GOOD_ENOUGH)
        ]

    def _scores(self, text: str) -> dict[int, tuple[bool, float]] | None:
        """Say whether each version-task has all words, and how well they fit."""
        words = [word.lower() for word in _WORD.findall(text)]
        if not words:
            return None
        scores: dict[int, tuple[int, float]] = {}
        for word in words:
            best: dict[int, float] = {}
            for known, likeness in self._known(word):
                for number, worth in self._places[known].items():
                    score = likeness * worth
                    if score > best.get(number, 0):
                        best[number] = score
            # A word that few have tells more than one that is everywhere.
            rarity = math.log1p(len(self._hits) / max(1, len(best)))
            for number, score in best.items():
                count, total = scores.get(number, (0, 0.0))
                scores[number] = count + 1, total + score * rarity
        return {
            number: (count == len(words), score)
            for number, (count, score) in scores.items()
        }

    def _known(self, word: str) -> Iterator[tuple[str, float]]:
        """Find known words that are like a typed one, and say how much, from 0 to 1."""
        for known in self._words:
            if known.startswith(word):
                yield known, _WHOLE if known == word else _BEGINNING
            elif len(word) >= _SHORTEST and word in known:
                yield known, _INSIDE
        if len(word) < _SHORTEST:
            return
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        for choices, worth in (
            (self._words, _TYPO),
            ([known[: len(word)] for known in self._words], _BEGINNING_WITH_TYPO),
        ):
            for _, likeness, index in extract(
                word,
                choices,
                scorer=OSA.normalized_similarity,
                score_cutoff=_ALIKE,
                limit=None,
            ):
                yield self._words[index], likeness * worth


class _WordCache:
    """Takes texts apart once; those of a family come again for each version."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, ...], bool], frozenset[str]] = {}

    def of(self, *texts: str, initials: bool = False) -> frozenset[str]:
        """Return the words of texts; with the initials, EM for electron microscopy."""
        key = texts, initials
        if key not in self._known:
            words: set[str] = set()
            for text in texts:
                found = _WORD.findall(text.lower())
                words.update(found)
                if initials and len(found) > 1:
                    words.add("".join(word[0] for word in found))
            self._known[key] = frozenset(words)
        return self._known[key]


def _people(metadata: Metadata) -> Iterator[str]:
    for author in metadata.authors or ():
        yield author.name
    for publication in metadata.pubs or ():
        yield publication.title
        for author in publication.authors or ():
            yield author.name


def dimensions(axes: str | None, tags: Iterable[str]) -> frozenset[int]:
    """Say for images of how many dimensions in space a model is.

    Parameters
    ----------
    axes : str or None
        The axes of the version, if it states them: they are believed first.
    tags : iterable of str
        Otherwise the tags ``2D`` and ``3D`` count.

    Returns
    -------
    frozenset of int
        Of 2 and 3; empty where nothing says so.
    """
    if axes:
        return frozenset({3 if "Z" in axes else 2})
    words = {tag.strip().lower() for tag in tags}
    return frozenset(number for number in (2, 3) if f"{number}d" in words)
