"""What there is to read about a model, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from ...citing import doi_link, named, plain_doi, plain_orcid
from ...manifest import SPDX_ID, SPDX_OPERATORS, Author, Publication
from ...messages import and_more, shortened
from ...registry import Resolution
from ..parts import anchor, lines
from .guide import guide_html

_MOST_AUTHORS = 3
_MOST_LISTED = 50
"""Authors, publications and parameters that are told at the most, each."""
_MOST_TAGS = 200
_LONGEST = 20_000
"""Letters of a text at the most: nobody reads more in a dock."""
_PLAIN_LICENCES = frozenset(
    {"MIT", "ISC", "Zlib", "Unlicense", "X11", "NCSA", "WTFPL", "PostgreSQL", "curl"}
)
"""Identifiers that have no number, by which others are known."""
_SPDX_ID = re.compile(SPDX_ID, re.ASCII)
_GITHUB = re.compile(
    r"(?:(?:https?://)?(?:www\.)?github\.com/|@)?(?P<name>[a-z\d](?:[a-z\d-]*[a-z\d])?)/?",
    re.IGNORECASE,
)


def about_html(found: Resolution) -> str:
    """Write what is known of a version and its family.

    What a manifest says is shown as it is, never taken for HTML. Only a usage guide
    may be Markdown, without HTML in it.
    """
    return "".join(_paragraphs(found))


def _paragraphs(found: Resolution) -> Iterator[str]:
    yield from _descriptions(found)
    yield from _facts(found)
    publications = found.nearest("pubs").pubs or ()
    for publication in publications[:_MOST_LISTED]:
        yield f"<p>{_publication(publication)}</p>"
    yield from (f"<p>{rest}</p>" for rest in _rest(publications))
    guide = found.manifest.usage_guide
    if guide and guide.strip():
        folder = found.path.parent if found.path else None
        yield f"<p><b>Usage guide</b></p>{guide_html(guide, folder)}"
    params = found.version_task.params or ()
    if params:
        yield "<p><b>Parameters</b></p>"
    for param in params[:_MOST_LISTED]:
        name, help_ = shortened(param.name), shortened(param.tooltip or "–")
        yield f"<p><i>{escape(name)}</i>: {lines(help_)}</p>"
    yield from (f"<p>{rest}</p>" for rest in _rest(params))


def _rest(listed: Sequence[object], most: int = _MOST_LISTED) -> Iterator[str]:
    """Say how many more there are than are told, if there are any."""
    if len(listed) > most:
        yield and_more(len(listed) - most)


def _descriptions(found: Resolution) -> Iterator[str]:
    """Write the words of every level, the nearest first and each but once."""
    names = {
        id(found.manifest.metadata): found.manifest.name,
        id(found.version.metadata): found.selection.version,
    }
    said: set[str] = set()
    for level in found.levels:
        text = level.description
        if not text.strip() or text in said:
            continue
        # The first words are of what is chosen; those behind say of what they are.
        name = f"<b>{escape(names[id(level)])}</b>: " if said else ""
        yield f"<p>{name}{lines(shortened(text, _LONGEST))}</p>"
        said.add(text)


def _facts(found: Resolution) -> Iterator[str]:
    tags = found.nearest("tags").tags
    if tags:
        told = ", ".join([*tags[:_MOST_TAGS], *_rest(tags, _MOST_TAGS)])
        yield f"<p><b>Tags</b>: {escape(told)}</p>"
    yield f"<p><b>Licence</b>: {_licence(found)}</p>"
    authors = named(found.nearest("authors").authors)
    if authors:
        told = "; ".join([*map(_author, authors[:_MOST_LISTED]), *_rest(authors)])
        yield f"<p><b>Authors</b>: {told}</p>"
    addresses = (
        ("Home page", found.nearest("url").url),
        ("Code", found.nearest("repo").repo),
    )
    for title, url in addresses:
        if url:
            yield f"<p><b>{title}</b>: {anchor(url, url)}</p>"


def _licence(found: Resolution) -> str:
    level = found.nearest("license")
    if not level.license:
        return "not stated"
    text = _linked_licence(level.license)
    if level is found.manifest.metadata and level is not found.metadata:
        # A version may hold weights of others, under another licence. So it is said
        # what was stated, and not more.
        family = escape(found.manifest.name)
        text += f" (stated for {family} as a whole, not for this version)"
    return text


def _linked_licence(expression: str) -> str:
    return "".join(map(_licence_part, re.split(r"([\s()]+)", expression)))


def _licence_part(part: str) -> str:
    """Link an identifier that SPDX has a page for, as far as one can tell."""
    is_listed = part in _PLAIN_LICENCES or re.search(r"\d", part)
    is_own = part.startswith(("LicenseRef-", "DocumentRef-"))
    if (
        part in SPDX_OPERATORS
        or is_own
        or not is_listed
        or not _SPDX_ID.fullmatch(part)
    ):
        return escape(part)
    return anchor(f"https://spdx.org/licenses/{part.removesuffix('+')}.html", part)


def _author(author: Author) -> str:
    """Write an author with all the ways to find and reach them."""
    text = escape(author.name)
    if author.affiliation.strip():
        text += f" ({escape(author.affiliation)})"
    return " ".join([text, *_ways_to(author)])


def _ways_to(author: Author) -> Iterator[str]:
    orcid = plain_orcid(author.orcid)
    if orcid:
        yield anchor(f"https://orcid.org/{orcid}", "ORCID")
    email = (author.email or "").strip()
    if email:
        yield escape(email)
    if author.url:
        yield anchor(author.url, "home page")
    github = (author.github or "").strip()
    account = _GITHUB.fullmatch(github)
    if account:
        yield anchor(f"https://github.com/{account['name']}", "GitHub")
    elif github:
        yield escape(github)


def _publication(publication: Publication) -> str:
    year = f" ({publication.year})" if publication.year else ""
    text = f"<b>Publication</b>{year}: {anchor(publication.url, publication.title)}"
    if publication.info.strip():
        text += f" – {escape(publication.info)}"
    names = [author.name for author in named(publication.authors)]
    more = " et al." if len(names) > _MOST_AUTHORS else ""
    if names:
        text += f"<br>{escape(', '.join(names[:_MOST_AUTHORS]))}{more}"
    doi = plain_doi(publication.doi)
    if doi:
        text += f"<br>DOI: {anchor(doi_link(doi), doi)}"
    return text
