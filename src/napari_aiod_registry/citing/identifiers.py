"""Identifiers of papers and people, which are written in many ways."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_DOI_PREFIX = re.compile(
    r"\s*(?:(?:https?://)?(?:dx\.|www\.)?(?P<site>doi\.org)/|doi\s*:?\s*)?",
    re.IGNORECASE,
)
_ORCID = re.compile(r"(?<!\d)(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])(?![\dXx])")


def plain_doi(text: str | None) -> str | None:
    """Return a DOI alone: ``10.1000/182`` for ``https://doi.org/10.1000/182`` too.

    Returns
    -------
    str or None
        None for what is no DOI.
    """
    prefix = _DOI_PREFIX.match(text or "")
    if text is None or prefix is None:
        return None
    doi = text[prefix.end() :].strip()
    if prefix["site"]:
        doi = unquote(doi)  # an address has some signs written out
    return doi if doi.startswith("10.") and "/" in doi else None


def doi_link(doi: str) -> str:
    """Return the address of a DOI, with what an address can't have written out."""
    return f"https://doi.org/{quote(doi, safe='/():;.-_')}"


def plain_orcid(text: str | None) -> str | None:
    """Return an ORCID iD alone: ``0000-0002-1825-0097`` for its address too.

    Returns
    -------
    str or None
        None for what holds no ORCID iD.
    """
    found = _ORCID.search(text or "")
    return "-".join(found.groups()).upper() if found else None
