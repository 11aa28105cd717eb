"""Words as a search sees them: letters without accents, and one number of each noun."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..messages import fold

_WORD = re.compile(r"[^\W_]+")

_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ]\w{1,2}\b")
"""What follows a word in “what's”, “I'm”, “cell's”."""


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

_UNSPACED = "\u0e00"
"""The first of the letters of scripts without blanks between words: Thai, Chinese …"""

_MOST_LETTERS = 400
_MOST_WORDS = 40
"""How much of a text counts; who pastes a page does not wait for it."""

# Nouns of the field whose plural is not English; each also in its own spelling.
_SINGULARS = {
    "algae": "alga",
    "alveoli": "alveolus",
    "apices": "apex",
    "bacteria": "bacterium",
    "cilia": "cilium",
    "cortices": "cortex",
    "cristae": "crista",
    "endothelia": "endothelium",
    "epithelia": "epithelium",
    "flagella": "flagellum",
    "foci": "focus",
    "fungi": "fungus",
    "ganglia": "ganglion",
    "glomeruli": "glomerulus",
    "hyphae": "hypha",
    "larvae": "larva",
    "loci": "locus",
    "matrices": "matrix",
    "mice": "mouse",
    "mitochondria": "mitochondrion",
    "nuclei": "nucleus",
    "nucleoli": "nucleolus",
    "reticula": "reticulum",
    "septa": "septum",
    "stomata": "stoma",
    "villi": "villus",
}

# American spelling → British spelling, as singulars.
_SPELLINGS = {
    "analyze": "analyse",
    "center": "centre",
    "color": "colour",
    "colored": "coloured",
    "edema": "oedema",
    "esophagus": "oesophagus",
    "estrogen": "oestrogen",
    "fetal": "foetal",
    "fetus": "foetus",
    "fiber": "fibre",
    "gray": "grey",
    "grayscale": "greyscale",
    "hematoxylin": "haematoxylin",
    "hemocyte": "haemocyte",
    "labeled": "labelled",
    "labeling": "labelling",
    "leukocyte": "leucocyte",
    "tumor": "tumour",
}

_STOP_WORDS = """
a about after ai all also am an and any are as at automated automatic automatically
be been before best but by can certain could count counting data dataset deep detect
detecting detection different do does don each etc every find finding for from get
give good got had has have hello help her hi his how i identification identify if
image imaging in individual into is it its just kind know label labelling learning
let like look looking make many me measure method micrograph microscope microscopic
microscopy mine ml model more most much my napari need network neural new of on one
only or other our out outlining photo picture pixel please plugin quantify sample
search see segment segmentation segmented segmenting separate should show slide so
software some stain stained staining sth stuff than thank thanks that the their them
then there these they thing this those through to tool try trying type under us use
used user using very via want was way we what when where which while who will with
within work would you your
"""

STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words of a sentence that say nothing about which model is wanted."""


class Word(NamedTuple):
    """A word of a text."""

    letters: str
    """As it is compared."""
    start: int
    """Where it starts in the text …"""
    end: int
    """… and where it ends."""


def words_of(text: str) -> list[str]:
    """Return the words of a text that is to be found.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        In their order. Behind them the other spellings of words with umlauts: many
        people type “Mueller”.
    """
    found = _WORD.findall(fold(_APOSTROPHE.sub("", text)))
    if not text.isascii():
        composed = unicodedata.normalize("NFC", text).lower()
        spelled = composed.translate(_UMLAUTS)
        if spelled != composed:
            others = _WORD.findall(fold(spelled))
            found += [word for word in others if word not in found]
    return found


def typed_words(text: str) -> list[Word]:
    """Return the first words of what a person has typed, and where they stand.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Word
    """
    text = _APOSTROPHE.sub(lambda cut: " " * len(cut[0]), text[:_MOST_LETTERS])
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        folded = fold(letter)
        letters.append(folded)
        places.extend([place] * len(folded))
    places.append(len(text))
    found = []
    for match in _WORD.finditer("".join(letters)):
        start, end = places[match.start()], places[match.end() - 1] + 1
        while end < len(text) and not letters[end]:  # an accent by itself
            end += 1
        found.append(Word(match[0], start, end))
    return found[:_MOST_WORDS]


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """Return the singular of a folded word, in British spelling.

    Parameters
    ----------
    word : str
        A word as `fold` leaves it.

    Returns
    -------
    str
        The same for all forms of the word; not always a word by itself.
    """
    one = _SINGULARS.get(word) or _without_s(word)
    return _SPELLINGS.get(one, one)


def _without_s(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "ruses")):
        return word[:-2]
    return word[:-1]


def joined(words: Sequence[str]) -> str:
    """Return words as one: light sheet, light-sheet and lightsheet are the same.

    Parameters
    ----------
    words : sequence of str
        Folded words.

    Returns
    -------
    str
    """
    return "".join(map(root, words))


def pairs(words: Sequence[str]) -> Iterator[str]:
    """Yield each two neighbours as one word.

    Parameters
    ----------
    words : sequence of str
        Folded words.
    """
    for first, second in pairwise(map(root, words)):
        yield first + second


def is_unspaced(word: str) -> bool:
    """Say whether a word is of a script that leaves no blanks between words.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
    """
    return any(letter >= _UNSPACED for letter in word)
