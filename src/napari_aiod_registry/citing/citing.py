"""How to cite a model: BibTeX, APA, and a sentence for the methods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..manifest import Author, Publication
from ..registry import Resolution
from ..tasks import TASK_NAMES
from .identifiers import doi_link, plain_doi
from .latex import key_words, latex, latex_address, latex_name
from .names import PersonName, parse_name

_MOST_AUTHORS = 20
"""Authors that APA (7th edition, section 9.8) lists before it leaves some out."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def bibtex(resolution: Resolution) -> str:
    """Write what is to be cited for a version as BibTeX.

    Parameters
    ----------
    resolution : Resolution
        The version, and its task.

    Returns
    -------
    str
        One ``@misc`` for each publication, because manifests do not name journals; for
        the home page where there is none. Empty where there is nothing to cite.
    """
    keys: set[str] = set()
    return "\n".join(_entry(work, keys) for work in cited_works(resolution))


def _entry(work: Publication, keys: set[str]) -> str:
    names = _names(work)
    words = key_words(names[0].family if names else work.title)
    first = "".join(words if names else words[:1]) or "pub"
    stem = f"{first}{work.year or ''}"
    key, number = stem, 1
    while key in keys:
        number += 1
        key = f"{stem}-{number}"
    keys.add(key)
    fields = {
        "author": " and ".join(map(latex_name, names)),
        # In braces, or styles would change the letter case of names in it.
        "title": f"{{{latex(work.title)}}}",
        "year": str(work.year or ""),
        "doi": latex_address(plain_doi(work.doi) or ""),
        "url": latex_address(work.url),
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def apa(resolution: Resolution) -> str:
    """Write what is to be cited for a version as APA has it, one on each line."""
    works = cited_works(resolution)
    return "\n".join(map(_reference, works, _years(works)))


def _reference(work: Publication, year: str) -> str:
    title = _with_stop(_title(work))
    names = [name.in_apa for name in _names(work)]
    if not names:
        return f"{title} ({year}). {link(work)}"
    if len(names) > _MOST_AUTHORS:
        people = f"{', '.join(names[: _MOST_AUTHORS - 1])}, … {names[-1]}"
    elif len(names) > 1:
        people = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        people = names[0]
    return f"{_with_stop(people)} ({year}). {title} {link(work)}"


def methods_sentence(resolution: Resolution) -> str:
    """Write a sentence for the methods of a paper, with version, task and sources."""
    task = resolution.selection.task
    details = [
        f"version {resolution.selection.version}",
        f"task {TASK_NAMES.get(task, task).rstrip('!')}",
    ]
    works = resolution.nearest("pubs").pubs or ()
    sources = [
        f"{_in_text(work)}, {year}, {link(work)}"
        for work, year in zip(works, _years(works), strict=True)
    ]
    home = _home(resolution)
    if not sources and home:
        sources = [home]
    rest = "; ".join([", ".join(details), *sources])
    return f"Images were segmented with {resolution.manifest.name} ({rest})."


def _in_text(work: Publication) -> str:
    names = [name.family for name in _names(work)]
    if not names:
        return f"“{_title(work).rstrip('.')}”"
    if len(names) == 2:
        return f"{names[0]} & {names[1]}"
    return f"{names[0]}{' et al.' if len(names) > 2 else ''}"


def cited_works(resolution: Resolution) -> Sequence[Publication]:
    """Return the publications that hold for a version, or its home page as one."""
    works = resolution.nearest("pubs").pubs
    home = _home(resolution)
    if works or home is None:
        return works or ()
    authors = resolution.nearest("authors").authors
    title = resolution.manifest.name
    return (Publication(title=title, info="", url=home, authors=authors),)


def _home(resolution: Resolution) -> str | None:
    return resolution.nearest("url").url or resolution.nearest("repo").repo


def link(work: Publication) -> str:
    """Return the address of a publication: by its DOI, which stays, if it has one."""
    doi = plain_doi(work.doi)
    return doi_link(doi) if doi else work.url


def named(authors: Sequence[Author] | None) -> list[Author]:
    """Return the authors that have a name."""
    return [author for author in authors or () if author.name.strip()]


def _names(work: Publication) -> list[PersonName]:
    return [parse_name(author.name) for author in named(work.authors)]


def _title(work: Publication) -> str:
    return " ".join(work.title.split())


def _with_stop(text: str) -> str:
    """End a sentence, unless it has an end: a quotation may have one inside."""
    return text if text.rstrip("\"'”’»").endswith((".", "?", "!")) else f"{text}."


def _years(works: Sequence[Publication]) -> list[str]:
    """Tell works of the same authors and year apart, in the order of their titles."""
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, work in enumerate(works):
        names = tuple(name.in_apa for name in _names(work))
        alike[names or _title(work), work.year].append(index)
    years = [str(work.year or "n.d.") for work in works]
    for indices in alike.values():
        if len(indices) == 1:
            continue
        by_title = sorted(indices, key=lambda index: _title(works[index]).casefold())
        for number, index in enumerate(by_title):
            # APA writes 2020a, but n.d.-a.
            dash = "" if works[index].year else "-"
            letter = _LETTERS[number % 26] * (number // 26 + 1)
            years[index] += f"{dash}{letter}"
    return years
