"""Names of authors: their parts, and how APA and BibTeX write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PARTICLES = frozenset(
    {"af", "al", "av", "bin", "da", "das", "de", "degli", "del", "della", "dello"}
    | {"den", "der", "di", "do", "dos", "du", "el", "het", "ibn", "la", "le", "op"}
    | {"te", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur"}
)
"""Words that belong to the family name behind them."""

_GROUP = re.compile(
    r"\b(?:association|cent(?:er|re)|collaborat(?:ion|ors)|consorti(?:um|a)"
    r"|contributors|department|developers|foundation|groups?|initiative"
    r"|institut(?:e|es|ion)?|labs?|laborator(?:y|ies)|networks?|organi[sz]ation"
    r"|projects?|society|teams?|universit\w+)\b",
    re.IGNORECASE,
)
"""Words that no person's name has."""

_SEVERAL = re.compile(r"(?<![^\s,])(?:and|&)(?![^\s,])", re.IGNORECASE)
_FAMILY_FIRST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Kana, Chinese characters and Hangul."""

_SUFFIXES = {"jr": "Jr.", "jnr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III"} | {
    "iv": "IV"
}
_TITLES = frozenset({"dr", "prof", "professor"})
_DEGREES = frozenset(
    {"phd", "dphil", "mphil", "msc", "bsc", "dsc", "scd", "edd", "mbbs", "mba", "mph"}
    | {"dvm", "dds", "pharmd", "frs"}
)
_SHORT_DEGREES = frozenset({"MD", "MA", "MS", "BA", "BS"})
"""In capitals only: Ma is a family's name."""


@dataclass(frozen=True)
class PersonName:
    """The parts of a name.

    Attributes
    ----------
    given, family, suffix : str
        Like "Martin Luther", "King" and "Jr.". A name of one word is a family name.
    is_whole : bool
        Whether ``family`` is all of the name, which is not to be turned round: the name
        of a group, or one whose parts can't be told.
    """

    given: str
    family: str
    suffix: str = ""
    is_whole: bool = False

    @property
    def in_apa(self) -> str:
        """The name as APA lists it: ``King, M. L., Jr.``."""
        parts = (self.family, _initials(self.given), self.suffix)
        return ", ".join(part for part in parts if part)


def parse_name(text: str) -> PersonName:
    """Tell the parts of a name.

    ``Ludwig van Beethoven`` is Ludwig, van Beethoven; ``Curie, Marie`` is taken as it
    says. Titles and degrees are dropped, as APA and BibTeX have none.
    """
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    whole = PersonName("", text, is_whole=True)
    if _GROUP.search(text) or _SEVERAL.search(text) or _FAMILY_FIRST.search(text):
        return whole
    first, *rest = (part.strip() for part in text.split(","))
    rest = [part for part in rest if part and not _is_degrees(part, behind=first)]
    suffix = next((found for part in rest if (found := _suffix(part))), "")
    rest = [part for part in rest if not _suffix(part)]
    if not first or len(rest) > 1:
        return whole
    if rest:
        given, suffix_behind = _without_extras(rest[0].split(), least=1)
        family, suffix_before = _without_extras(first.split(), least=2)
        words = [*given, *family]
        start = _before_particles(words, len(given), least=0)
        suffix = suffix or suffix_before or suffix_behind
    else:
        words, suffix_behind = _without_extras(first.split(), least=2)
        start = len(words) - 1
        # "Van Morrison" has a given name.
        start = _before_particles([word.lower() for word in words], start, least=1)
        suffix = suffix or suffix_behind
    return PersonName(" ".join(words[:start]), " ".join(words[start:]), suffix)


def _before_particles(words: list[str], start: int, *, least: int) -> int:
    """Tell where a family name begins, with the particles in front of it."""
    while start > least and words[start - 1] in _PARTICLES:
        start -= 1
    return start


def _without_extras(words: list[str], *, least: int) -> tuple[list[str], str]:
    """Take titles, degrees and a suffix from a name.

    At least one word stays, and so many in front of a degree.
    """
    suffix = ""
    while len(words) > 1 and _bare(words[0]).lower() in _TITLES:
        words = words[1:]
    while len(words) > 1:
        found = _suffix(words[-1])
        if not found and not (len(words) > least and _is_degree(words[-1])):
            break
        suffix = found or suffix
        words = words[:-1]
    return words, suffix


def _bare(word: str) -> str:
    return word.replace(".", "")


def _suffix(word: str) -> str:
    return _SUFFIXES.get(_bare(word).lower(), "")


def _is_degree(word: str) -> bool:
    word = _bare(word)
    return word in _SHORT_DEGREES or word.lower() in _DEGREES


def _is_degrees(part: str, *, behind: str) -> bool:
    # "Doe, MD" may be a family name and initials.
    is_short = " " not in behind and _bare(part) in _SHORT_DEGREES
    return not is_short and all(map(_is_degree, part.split()))


def _initials(given: str) -> str:
    # J.K. is two names, J.-K. one.
    words = re.sub(r"\.(?=[^\W_])", ". ", given).split()
    initials = ("-".join(_first_letters(word)) for word in words)
    return " ".join(filter(None, initials))


def _first_letters(word: str) -> list[str]:
    parts = re.split("[-\u2010\u2011]", word)
    firsts = (next(filter(str.isalpha, part), None) for part in parts)
    return [f"{first.upper()}." for first in firsts if first]
