"""What words the version-tasks of a registry have, and what a typed word finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..manifest import Metadata, ModelManifest
from ..registry import Registry, Selection
from ..registry.image_fit import dimensions
from ..tasks import TASK_NAMES
from .addresses import addresses
from .synonyms import NO_TYPO, PHRASES, SYNONYMS
from .vocabulary import Rules, Vocabulary, keep_best, similar
from .words import is_unspaced, joined, pairs, root, words_of

# What a word is worth, by where it stands. What a version says of itself is worth more
# than what is said of its whole family.
_WHOLE_NAME, _FAMILY, _TASK = 1.25, 1.0, 1.0
_VERSION = _TAG = 0.85
_AUTHOR, _FAMILY_AUTHOR = 0.5, 0.35
_DESCRIPTION, _PUBLICATION = 0.5, 0.4
_FAMILY_DESCRIPTION, _FAMILY_PUBLICATION = 0.3, 0.2

_SYNONYM = 0.75
"""What another word for the same thing is worth …"""
_APART = 0.7
"""… and the words of a phrase that do not stand together …"""
_AGAIN = 0.2
"""… and that something else of the same meaning is found, too."""

_DIMENSIONS = frozenset({"2d", "3d"})

_HALF_TYPED = 5
"""Letters of a word that is being typed from which on it is taken for a longer one that
has synonyms."""

_KEPT = 16
"""How many words that were typed are remembered; each may have all models."""


class Term(NamedTuple):
    """A word or a phrase that was typed."""

    words: tuple[str, ...]
    """Its folded words."""
    is_last: bool
    """Whether it is just being typed."""


class Index:
    """Knows which version-tasks have a word.

    Parameters
    ----------
    registry : Registry
        The models.
    """

    def __init__(self, registry: Registry) -> None:
        self._labels = Vocabulary(Rules(3, 1, inside=4, typos=True))
        self._people = Vocabulary(Rules(5, 3, typos=True))
        self._prose = Vocabulary(Rules(5, 5))
        self._whole_names: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._addresses: defaultdict[str, list[int]] = defaultdict(list)
        self._family_addresses: defaultdict[str, list[int]] = defaultdict(list)
        self._abbreviations: set[str] = set(SYNONYMS)
        self._phrases: set[str] = set(PHRASES)
        self._known: dict[Term, dict[int, float]] = {}
        self._words = _WordCache()
        for number, selection in enumerate(registry.selections()):
            manifest = registry[selection.model]
            self._add_labels(number, selection, manifest)
            self._add_texts(number, selection, manifest)
        self._words = _WordCache()  # it was for the texts of families
        for vocabulary in (self._labels, self._people, self._prose):
            vocabulary.finish()

    def _add_labels(
        self, number: int, selection: Selection, manifest: ModelManifest
    ) -> None:
        task = TASK_NAMES.get(selection.task, selection.task)
        version = manifest.versions[selection.version]
        tags = manifest.tags_for(selection.version, selection.task)
        # The first worth that a word is given stays: the best comes first.
        for name in (manifest.name, selection.model):
            self._add_name(number, name, _FAMILY)
        self._add_terms(number, (task, selection.task), _TASK)
        self._add_name(number, selection.version, _VERSION)
        sizes = (f"{count}D" for count in dimensions(version.axes, tags))
        self._add_terms(number, (*tags, *sizes), _TAG)

    def _add_name(self, number: int, name: str, worth: float) -> None:
        found, whole = self._words.of(name), self._words.whole(name)
        self._labels.add(found, number, worth)
        self._whole_names[whole][number] = _WHOLE_NAME
        # People may write StarDist as two words.
        self._phrases.update(word for word in (*found, whole) if len(word) >= 4)

    def _add_terms(self, number: int, texts: Iterable[str], worth: float) -> None:
        for text in texts:
            found = {*self._words.of(text), self._words.whole(text)}
            found.update(self._words.initials(text))
            self._labels.add(found, number, worth)
            self._phrases.add(self._words.whole(text))
            self._abbreviations.update(found)

    def _add_texts(
        self, number: int, selection: Selection, manifest: ModelManifest
    ) -> None:
        family = manifest.metadata
        own = manifest.metadata_for(selection.version, selection.task)
        words = self._words
        for metadata, description, publication, author in (
            (own, _DESCRIPTION, _PUBLICATION, _AUTHOR),
            (family, _FAMILY_DESCRIPTION, _FAMILY_PUBLICATION, _FAMILY_AUTHOR),
        ):
            # A text also says of what dimensions a model's images must not be.
            said = words.of(metadata.description) - _DIMENSIONS
            self._prose.add(said, number, description)
            for title in _titles(metadata):
                self._prose.add(words.of(title) - _DIMENSIONS, number, publication)
            for year in _years(metadata):
                self._people.add({year}, number, author)
            for name in _people(metadata):
                self._people.add(words.of(name), number, author)
        for address in set(addresses(own)):
            self._addresses[address].append(number)
        for address in set(addresses(family)):
            self._family_addresses[address].append(number)

    def at(self, address: str) -> list[int]:
        """Return the numbers of what has an address, or one that begins like it.

        Parameters
        ----------
        address : str
            As `addresses.address_in` gives it.
        """
        both = self._addresses, self._family_addresses
        for known in both:
            if address in known:
                return known[address]
        found: set[int] = set()
        for known in both:
            for other, numbers in known.items():
                if other.startswith(address):
                    found.update(numbers)
            if found:
                break
        return sorted(found)

    def is_phrase(self, words: tuple[str, ...]) -> bool:
        """Say whether several words are one name, tag or term.

        Parameters
        ----------
        words : tuple of str
            Folded words.
        """
        return joined(words) in self._phrases

    def find(self, term: Term) -> dict[int, float]:
        """Find what has a term.

        Parameters
        ----------
        term : Term
            A word or a phrase.

        Returns
        -------
        dict of int to float
            The number of each version-task that has it → what that is worth. Not to
            be changed.
        """
        found = self._known.pop(term, None)
        if found is None:
            found = self._find(term)
        self._known[term] = found
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return found

    def _find(self, term: Term) -> dict[int, float]:
        word = joined(term.words) if len(term.words) > 1 else term.words[0]
        whole_only = (
            len(word) <= 2 and word in self._abbreviations and not is_unspaced(word)
        )
        literal = dict(self._labels.find(word, term.is_last, whole_only))
        for vocabulary in (self._prose, self._people):
            keep_best(literal, vocabulary.find(word, term.is_last, whole_only), 1.0)
        keep_best(literal, self._whole_names.get(root(word), {}), 1.0)
        ways = [literal, *self._synonyms(root(word))]
        if term.is_last and len(word) >= _HALF_TYPED and root(word) not in SYNONYMS:
            keys = (key for key in SYNONYMS if key.startswith(word))
            ways.extend(way for key in keys for way in self._synonyms(key))
        if len(term.words) > 1:
            ways.append(self._apart(term))
        found = _together(ways)
        if found or word in NO_TYPO:
            return found
        typos = self._labels.find_with_typo(word), self._people.find_with_typo(word)
        return _together([*typos, *self._synonyms_with_typo(word, term.is_last)])

    def _synonyms(self, word: str) -> Iterator[dict[int, float]]:
        for words in SYNONYMS.get(word, ()):
            ways = [
                self._labels.whole(other) or self._prose.whole(other) for other in words
            ]
            yield _of_all(ways, _SYNONYM)

    def _synonyms_with_typo(
        self, word: str, is_last: bool
    ) -> Iterator[dict[int, float]]:
        close = dict(similar(word, [k for k in SYNONYMS if k[0] == word[0]]))
        for key in SYNONYMS:
            if key in close or (is_last and len(word) >= 3 and key.startswith(word)):
                yield from self._synonyms(key)

    def _apart(self, term: Term) -> dict[int, float]:
        """Find what has all words of a phrase somewhere."""
        return _of_all(
            [
                _together([self._labels.whole(word), self._prose.whole(word)])
                for word in term.words
            ],
            _APART,
        )


class _WordCache:
    """Takes texts apart once; those of a family come again for each version."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    def of(self, text: str) -> frozenset[str]:
        """Return the words of a text, with the phrases of the field as words."""
        if text not in self._known:
            words = words_of(text)
            self._known[text] = frozenset(words).union(
                PHRASES.intersection(pairs(words))
            )
        return self._known[text]

    @staticmethod
    def whole(text: str) -> str:
        """Return a text as one word."""
        return joined(words_of(text))

    @staticmethod
    def initials(text: str) -> tuple[str, ...]:
        """Return EM for electron microscopy; nothing for a single word."""
        words = words_of(text)
        return ("".join(word[0] for word in words),) if len(words) > 1 else ()


def _together(ways: Iterable[dict[int, float]]) -> dict[int, float]:
    """Return the best of several ways to find a word, and a bit for each other."""
    found: dict[int, float] = {}
    for way in ways:
        if not found:
            found = way
            continue
        if not way:
            continue
        found = dict(found)
        for number, score in way.items():
            other = found.get(number, 0.0)
            best, rest = (score, other) if score > other else (other, score)
            found[number] = best + _AGAIN * rest
    return found


def _of_all(ways: list[dict[int, float]], factor: float) -> dict[int, float]:
    """Return what has been found in each way, with the mean of what it is worth."""
    first, *others = sorted(ways, key=len)
    return {
        number: factor * sum(way[number] for way in ways) / len(ways)
        for number in first
        if all(number in other for other in others)
    }


def _titles(metadata: Metadata) -> Iterator[str]:
    for publication in metadata.pubs or ():
        yield publication.title


def _years(metadata: Metadata) -> Iterator[str]:
    for publication in metadata.pubs or ():
        if publication.year is not None:
            yield str(publication.year)


def _people(metadata: Metadata) -> Iterator[str]:
    for author in metadata.authors or ():
        yield author.name
    for publication in metadata.pubs or ():
        for author in publication.authors or ():
            yield author.name
