"""DOIs and addresses of web pages, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..manifest import Metadata

_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_ARXIV = re.compile(r"\barxiv(?:\.org/(?:abs|pdf)/|\.|:\s*)(\d{4}\.\d{4,5})")
_URL = re.compile(r"(?:https?://|www\.)\S*|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*")
_PREPRINT_END = re.compile(r"(?:v\d+)?(?:\.full|\.abstract)?(?:\.pdf)?$")
_MOST_LETTERS = 2000


def address_in(text: str) -> str | None:
    """Find the DOI or the address of a web page in a text.

    Parameters
    ----------
    text : str
        What a person has typed or pasted.

    Returns
    -------
    str or None
        The address, the same for all ways to write it; None where there is none.
    """
    text = text[:_MOST_LETTERS].strip().casefold()
    if arxiv := _ARXIV.search(text):
        return f"10.48550/arxiv.{arxiv[1]}"
    if doi := _DOI.search(text):
        return _PREPRINT_END.sub("", doi[0].rstrip(".,;:)]}>\"'/"))
    if url := _URL.match(text):
        address = re.sub(r"^https?:/?/?", "", url[0]).removeprefix("www.")
        return address.split("#")[0].rstrip("/.,;") or None
    return None


def addresses(metadata: Metadata) -> Iterator[str]:
    """Yield what somebody may paste to find a model.

    Parameters
    ----------
    metadata : Metadata
        Its home page, its source code, and its publications.
    """
    texts = [metadata.url, metadata.repo]
    for publication in metadata.pubs or ():
        texts += publication.doi, publication.url
    for text in texts:
        address = address_in(text or "")
        if address is not None:
            yield address
