"""Find models by words that people know: typos, half words and any order will do.

What is typed is taken for words and phrases; those that say nothing, such as “segment”
and “images”, do not count. `index` knows what has a word, `words` what is the same
word, and `synonyms` what else is called so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from ..registry import Registry, Selection
from ..registry.image_fit import dimensions
from ..tasks import TASK_NAMES
from .addresses import address_in
from .index import Index, Term
from .words import STOP_WORDS, Word, root, typed_words

_GOOD_ENOUGH = 0.5
"""Part of the best score that others need …"""
_GOOD_ENOUGH_WITHOUT_ALL = 0.6
"""… and the same where nothing has all the words …"""
_GOOD_ENOUGH_WORD = 0.45
"""… and the same for each word, where something has them all."""

_MOST_WORDS_OF_PHRASE = 4
_MOST_TERMS = 12
"""Who pastes a page is not asked for all of its words."""

_MOST_RARITY = 2.5
"""How much more a word tells that few have: the name of an author is not all."""


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


class _Typed(NamedTuple):
    """A word or phrase, as it was typed and as it is looked for."""

    text: str
    term: Term


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
        self._tag_names: dict[str, str] = {}
        order: list[tuple[int, int]] = []
        families = {model: place for place, model in enumerate(registry)}
        for selection in registry.selections():
            manifest = registry[selection.model]
            version = manifest.versions[selection.version]
            tags = manifest.tags_for(selection.version, selection.task)
            task = TASK_NAMES.get(selection.task, selection.task)
            self._hits.append(
                Hit(selection, f"{manifest.name} · {selection.version} · {task}")
            )
            for tag in tags:
                self._tag_names.setdefault(tag.lower(), tag)
            self._tags.append(frozenset(tag.lower() for tag in tags))
            self._dimensions.append(dimensions(version.axes, tags))
            place = list(manifest.versions).index(selection.version)
            order.append((families[selection.model], place))
        self._order = order
        self._index = Index(registry)

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

        Words that nothing has are left out: `unknown` tells which. Where nothing has
        all of the others, what has most of them is found.

        Parameters
        ----------
        text : str
            Words in any order; the last one may be half typed. Or a DOI, or the address
            of a web page: then only what has that is found. Without a word, all is
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

        address = address_in(text)
        typed = self._typed(text)
        if address is not None or not typed:
            numbers: Iterable[int] = range(len(self._hits))
            if address is not None:
                numbers = self._index.at(address)
            return [self._hits[n] for n in numbers if allowed(n)][:limit]
        found = [self._index.find(term) for _, term in typed]
        return self._ranked(list(filter(None, found)), allowed, limit)

    def unknown(self, text: str) -> list[str]:
        """Return the words that nothing has, to say so.

        Parameters
        ----------
        text : str
            As for `find`.

        Returns
        -------
        list of str
            As they were typed; words that do not count are not among them.
        """
        address = address_in(text)
        if address is not None:
            return [] if self._index.at(address) else [text.strip()]
        typed = self._typed(text)
        return [as_typed for as_typed, term in typed if not self._index.find(term)]

    def _typed(self, text: str) -> list[_Typed]:
        """Take a text for phrases and words, without those that say nothing."""
        words = typed_words(text)
        terms: list[_Typed] = []
        counting: list[_Typed] = []
        while words:
            count = self._words_of_phrase(words)
            taken, words = words[:count], words[count:]
            typed = text[taken[0].start : taken[-1].end]
            is_last = taken[-1].end == len(text)
            term = Term(tuple(word.letters for word in taken), is_last)
            terms.append(_Typed(typed, term))
            word = term.words[0]
            if count > 1 or STOP_WORDS.isdisjoint((word, root(word))):
                counting.append(terms[-1])
        once = {typed.term.words: typed for typed in counting or terms}
        return list(once.values())[:_MOST_TERMS]

    def _words_of_phrase(self, words: list[Word]) -> int:
        for count in range(min(_MOST_WORDS_OF_PHRASE, len(words)), 1, -1):
            if self._index.is_phrase(tuple(word.letters for word in words[:count])):
                return count
        return 1

    def _ranked(
        self,
        found: list[dict[int, float]],
        allowed: Callable[[int], bool],
        limit: int,
    ) -> list[Hit]:
        """Return the best of what has all words, else of what has some."""
        if not found:
            return []
        in_all = set(found[0]).intersection(*found[1:])
        numbers = [number for number in in_all if allowed(number)]
        numbers = _without_weak(numbers, found) or numbers
        part = _GOOD_ENOUGH
        if not numbers:
            numbers = [number for number in set().union(*found) if allowed(number)]
            part = _GOOD_ENOUGH_WITHOUT_ALL
        scores = self._scores(numbers, found)
        if not scores:
            return []
        best = nlargest(limit, scores.values())
        least = max(part * best[0], best[-1])
        # Among equals, the order of the manifests decides.
        kept = (number for number in numbers if scores[number] >= least)
        ranked = sorted(kept, key=lambda one: (-scores[one], self._order[one]))
        return [self._hits[number] for number in ranked[:limit]]

    def _scores(
        self, numbers: list[int], found: list[dict[int, float]]
    ) -> dict[int, float]:
        """Say how well each fits the words; a word that few have tells more."""
        scores = dict.fromkeys(numbers, 0.0)
        for places in found:
            rarity = 1 + math.log10(len(self._hits) / len(places))
            weight = min(rarity, _MOST_RARITY)
            for number in numbers:
                scores[number] += weight * places.get(number, 0.0)
        # Rounded, or sums of the same numbers in another order would differ.
        return {number: round(score, 6) for number, score in scores.items()}


def _without_weak(numbers: list[int], found: list[dict[int, float]]) -> list[int]:
    """Leave out what has one of the words only by the way.

    Each Cellpose model says that Cellpose also finds nuclei: whoever asks for nuclei in
    3D wants those that are made for them.
    """
    for places in found:
        least = _GOOD_ENOUGH_WORD * max((places[n] for n in numbers), default=0.0)
        numbers = [number for number in numbers if places[number] >= least]
    return numbers
