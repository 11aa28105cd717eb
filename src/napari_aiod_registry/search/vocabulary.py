"""Words, where they stand, and which of them are like a typed one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .words import is_unspaced, root

# What a word is worth, by how it was typed.
_WHOLE, _BEGINNING, _INSIDE, _TYPO, _BEGINNING_WITH_TYPO = 1.0, 0.9, 0.6, 0.7, 0.55

_LONGEST = 30
"""Letters of a word that may have a typo."""


@dataclass(frozen=True)
class Rules:
    """How much of a word somebody has to type.

    Attributes
    ----------
    beginning : int
        Letters of a half word at least.
    last_beginning : int
        The same for the word that is just being typed.
    inside : int or None, default None
        Letters to find in the middle of a word at least; None for never.
    typos : bool, default False
        Whether a word is found that was typed with a typo.
    """

    beginning: int
    last_beginning: int
    inside: int | None = None
    typos: bool = False


class Vocabulary:
    """Words, and what they are worth at each of the things that are searched.

    Parameters
    ----------
    rules : Rules
        How much of a word somebody has to type.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._places: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._words: list[str] = []

    def add(self, words: Iterable[str], number: int, worth: float) -> None:
        """Say that words stand at a thing; what comes first there counts.

        Parameters
        ----------
        words : iterable of str
            Folded words.
        number : int
            The number of the thing.
        worth : float
            How much the place where they stand is worth.
        """
        for word in words:
            self._places[word].setdefault(number, worth)

    def finish(self) -> None:
        """Make what was added ready to be searched."""
        by_root: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for word, places in self._places.items():
            into = by_root[root(word)]
            if into:
                keep_best(into, places, 1.0)
            else:
                into.update(places)
        self._words = sorted({*self._places, *by_root})
        self._places = by_root

    def whole(self, word: str) -> dict[int, float]:
        """Return what a whole word is worth, by the numbers of things that have it.

        Parameters
        ----------
        word : str
            A folded word; its singular and plural are the same.
        """
        return self._places.get(root(word), {})

    def find(self, word: str, is_last: bool, whole_only: bool) -> dict[int, float]:
        """Find a word, or words that it is the beginning or the middle of.

        Parameters
        ----------
        word : str
            A folded word.
        is_last : bool
            Whether it is just being typed.
        whole_only : bool
            Whether half a word is not enough.

        Returns
        -------
        dict of int to float
            The number of each thing that has it → what that is worth.
        """
        whole = self.whole(word)
        if whole_only:
            return whole
        found = dict(whole)
        rules = self._rules
        beginning = rules.last_beginning if is_last else rules.beginning
        if len(word) >= beginning or is_unspaced(word):
            start = root(word) if len(root(word)) >= 4 else word
            for known in {root(known) for known in self._beginning(start)}:
                keep_best(found, self._places[known], _BEGINNING)
        shortest = 1 if is_unspaced(word) else rules.inside
        if shortest is not None and len(word) >= shortest:
            for known in {root(known) for known in self._words if word in known}:
                keep_best(found, self._places[known], _INSIDE)
        return found

    def find_with_typo(self, word: str) -> dict[int, float]:
        """Find words that a typed one is like.

        Parameters
        ----------
        word : str
            A folded word.

        Returns
        -------
        dict of int to float
            The number of each thing that has one → what that is worth.
        """
        found: dict[int, float] = {}
        if self._rules.typos:
            for known, worth in self._similar(word):
                keep_best(found, self._places[root(known)], worth)
        return found

    def _beginning(self, start: str) -> Iterator[str]:
        for index in range(bisect_left(self._words, start), len(self._words)):
            if not self._words[index].startswith(start):
                return
            yield self._words[index]

    def _similar(self, word: str) -> Iterator[tuple[str, float]]:
        # Nobody mistakes the first letter; but the first two may have changed places.
        known = list(self._beginning(word[:1]))
        if len(word) > 1 and word[0] != word[1]:
            known += self._beginning(word[1] + word[0])
        yield from similar(word, known)


def similar(word: str, known: list[str]) -> Iterator[tuple[str, float]]:
    """Find the words that a word with a typo may stand for.

    Parameters
    ----------
    word : str
        What was typed.
    known : list of str
        The words there are.

    Yields
    ------
    tuple of str and float
        A word, and what it is worth.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    letters = len(word)
    if not 4 <= letters <= _LONGEST:
        return
    # Of a short word too much is alike: there, only two letters may change places.
    if letters == 4:
        known = [other for other in known if sorted(other) == sorted(word)]
    most = 1 if letters < 8 else 2
    for other, edits, _ in extract(
        word, known, scorer=OSA.distance, score_cutoff=most, limit=None
    ):
        yield other, _TYPO * (1 - edits / letters)
    if letters < 7:
        return
    longer = [other for other in known if len(other) > letters]
    for _, edits, index in extract(
        word,
        [other[:letters] for other in longer],
        scorer=OSA.distance,
        score_cutoff=most,
        limit=None,
    ):
        yield longer[index], _BEGINNING_WITH_TYPO * (1 - edits / letters)


def keep_best(into: dict[int, float], more: dict[int, float], factor: float) -> None:
    """Add what is worth more than what there is.

    Parameters
    ----------
    into : dict of int to float
        What there is.
    more : dict of int to float
        What may be added.
    factor : float
        What to multiply it by.
    """
    for number, worth in more.items():
        score = worth * factor
        if score > into.get(number, 0.0):
            into[number] = score
