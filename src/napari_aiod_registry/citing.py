"""How to cite a model: BibTeX, APA, and a sentence for the methods."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .resolution import Resolution
from .schema import Publication
from .tasks import TASK_NAMES

_PARTICLES = frozenset(
    {"da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "la"}
    | {"le", "ten", "ter", "van", "von", "zu", "zum", "zur"}
)
"""Words that belong to the family name behind them."""

_MOST_AUTHORS = 20
"""Authors that APA (7th edition, section 9.8) lists before it leaves some out."""

_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def bibtex(resolution: Resolution) -> str:
    """Write the publications of a version as BibTeX.

    Parameters
    ----------
    resolution : Resolution
        The version, and its task.

    Returns
    -------
    str
        One ``@misc`` for each publication, because manifests do not name journals.
        Empty where there is no publication.
    """
    keys: set[str] = set()
    return "\n".join(_entry(pub, keys) for pub in resolution.metadata.pubs or ())


def _entry(pub: Publication, keys: set[str]) -> str:
    names = [author.name for author in pub.authors or ()]
    first = split_name(names[0])[1] if names else next(iter(_words(pub.title)), "pub")
    stem = "".join(_words(first)).lower() + str(pub.year or "")
    key, number = stem, 1
    while key in keys:
        number += 1
        key = f"{stem}-{number}"
    keys.add(key)
    fields = {
        "author": " and ".join(_escaped(name) for name in names),
        # In braces, or styles would change the letter case of names in it.
        "title": f"{{{_escaped(pub.title)}}}",
        "year": str(pub.year or ""),
        "doi": pub.doi or "",
        "url": str(pub.url),
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def apa(resolution: Resolution) -> str:
    """Write the publications of a version as APA has them, one on each line."""
    return "\n".join(map(_reference, resolution.metadata.pubs or ()))


def _reference(pub: Publication) -> str:
    year = f"({pub.year or 'n.d.'})."
    title = pub.title.rstrip(".")
    names = [_inverted(author.name) for author in pub.authors or ()]
    if not names:
        return f"{title}. {year} {link(pub)}"
    if len(names) > _MOST_AUTHORS:
        people = f"{', '.join(names[: _MOST_AUTHORS - 1])}, … {names[-1]}"
    elif len(names) > 1:
        people = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        people = names[0]
    return f"{people} {year} {title}. {link(pub)}"


def methods_sentence(resolution: Resolution) -> str:
    """Write a sentence for the methods of a paper, with version, task and sources."""
    task = resolution.selection.task
    details = [
        f"version {resolution.selection.version}",
        f"task {TASK_NAMES.get(task, task).rstrip('!')}",
    ]
    metadata = resolution.metadata
    sources = [f"{_in_text(pub)}, {link(pub)}" for pub in metadata.pubs or ()]
    home = metadata.url or metadata.repo
    if not sources and home:
        sources = [str(home)]
    rest = "; ".join([", ".join(details), *sources])
    return f"Images were segmented with {resolution.manifest.name} ({rest})."


def _in_text(pub: Publication) -> str:
    names = [split_name(author.name)[1] for author in pub.authors or ()]
    year = pub.year or "n.d."
    if not names:
        return f"“{pub.title.rstrip('.')}”, {year}"
    if len(names) == 2:
        return f"{names[0]} & {names[1]}, {year}"
    return f"{names[0]}{' et al.' if len(names) > 2 else ''}, {year}"


def link(pub: Publication) -> str:
    """Return the address of a publication: by its DOI, which stays, if it has one."""
    return f"https://doi.org/{pub.doi}" if pub.doi else str(pub.url)


def split_name(name: str) -> tuple[str, str]:
    """Split a name into given names and family name.

    ``Ludwig van Beethoven`` is Ludwig, van Beethoven; ``Curie, Marie`` is taken as it
    says; a name of one word is a family name.
    """
    family, comma, given = name.partition(",")
    if comma:
        return given.strip(), family.strip()
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[max(start, 0) :])


def _inverted(name: str) -> str:
    given, family = split_name(name)
    initials = " ".join(
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
        for word in given.split()
    )
    return f"{family}, {initials}" if initials else family


def _words(text: str) -> Sequence[str]:
    return re.findall(r"\w+", text)


def _escaped(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in text)
