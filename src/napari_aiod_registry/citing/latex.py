"""Text, names and keys as BibTeX can read them."""

from __future__ import annotations

import re

from ..messages import fold
from .names import PersonName

# Braces are counted by whoever reads the file, even those behind a backslash.
_SIGNS = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def latex(text: str) -> str:
    """Write a text with the signs of LaTeX written out, in one line."""
    return "".join(_SIGNS.get(sign, sign) for sign in " ".join(text.split()))


def latex_address(text: str) -> str:
    """Write a URL or DOI, which LaTeX takes as it is, without braces."""
    return "".join(text.split()).translate(_IN_ADDRESS)


def latex_name(name: PersonName) -> str:
    """Write a name as ``Last, First``, or in braces where it has no such parts."""
    family = latex(name.family)
    if not name.given:
        # A lone "others" means et al.
        is_word = re.fullmatch(r"(?!(?i:others)$)[^\s,]+", name.family)
        bare = family if is_word else f"{{{family}}}"
        return f"{bare}, {latex(name.suffix)}" if name.suffix else bare
    if _has_inner_particle(name.family):
        # BibTeX would take all up to the last small word for a particle.
        family = f"{{{family}}}"
    parts = (family, latex(name.suffix), latex(name.given))
    return ", ".join(part for part in parts if part)


def _has_inner_particle(family: str) -> bool:
    """Whether a small word stands behind a large one: ``García de la Cruz``."""
    small = [word[0].islower() for word in family.split()]
    return False in small and any(small[small.index(False) :])


def key_words(text: str) -> list[str]:
    """Return the words of a text in small plain letters and digits, without accents."""
    # A word of which some letters would be left out is not that word any more.
    return [word for word in re.findall(r"\w+", fold(text)) if word.isascii()]
