"""Why weights can't be used here, and whom to ask for them, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .location_checks import LocationCheck
    from .resolution import Resolution


def reasons(checks: Sequence[LocationCheck]) -> str:
    """List locations, each with what it stands for here and what became of it.

    Parameters
    ----------
    checks : sequence of LocationCheck
        The locations, in the manifest's order.

    Returns
    -------
    str
        A numbered list with two or three lines for each location.
    """
    used = next((check for check in checks if check.usable), None)
    return "\n".join(
        "\n    ".join((f"{number}. {check.entry.location}", *_lines(check, used)))
        for number, check in enumerate(checks, 1)
    )


def _lines(check: LocationCheck, used: LocationCheck | None) -> Iterator[str]:
    if check.location not in (None, check.entry.location):
        yield f"That is {check.location}"
    if check.usable and check is not used:
        yield "Not needed: one above it can be used."
    else:
        yield check.reason
    if check.config_reason not in (None, check.reason):
        yield f"Its config file: {check.config_reason}"


def whom_to_ask(resolution: Resolution) -> str:
    """Name somebody who can tell how to get the weights, as the metadata has it.

    Parameters
    ----------
    resolution : Resolution
        A version none of whose locations can be used here.

    Returns
    -------
    str
        A sentence: an author with an e-mail address, else the first author, else the
        address of the code, else that there is nobody. Empty where a drive did not
        answer: it will be back, and the weights with it.
    """
    if any(check.status == "timed-out" for check in resolution.checks):
        return ""
    people = [one for level in resolution.levels for one in level.authors or ()]
    author = next((one for one in people if one.email), None)
    if author is not None:
        return f"Ask {author.name} ({author.email}) how to get the weights."
    if people:
        return f"Ask {people[0].name} ({people[0].affiliation}) how to get the weights."
    home = resolution.nearest("repo").repo or resolution.nearest("url").url
    if home:
        return f"How to get the weights: see {home}"
    return "The manifest names nobody to ask for the weights."
