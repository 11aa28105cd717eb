"""What manifests say, as HTML that shows it as it is written."""

from __future__ import annotations

from html import escape


def anchor(address: str, text: str) -> str:
    """Write a link to an address."""
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def lines(text: str) -> str:
    """Write a text that keeps its line breaks."""
    return escape(text).replace("\n", "<br>")
