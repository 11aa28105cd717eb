"""How to cite a model: BibTeX, APA, a sentence for the methods.

The facts come from the metadata of a manifest. Showing them belongs to `widgets.about`.
"""

from __future__ import annotations

from .citing import apa, bibtex, methods_sentence, named
from .identifiers import doi_link, plain_doi, plain_orcid

__all__ = [
    "apa",
    "bibtex",
    "doi_link",
    "methods_sentence",
    "named",
    "plain_doi",
    "plain_orcid",
]
