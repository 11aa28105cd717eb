"""What changed for somebody who uses a model, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from ..manifest import Metadata
from ..messages import LONGEST_SHOWN, cut, show
from ..text.writer import one_line

T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """One thing that changed between two manifests.

    Attributes
    ----------
    what : str
        The place in a version-task, a version or a family, for programs, like
        ``params.prob_thresh.default``.
    message : str
        What became of it, in words.
    old, new : object
        The value before and after, where it is a single value.
    model : str or None
        Short name of the family.
    version, task : str or None
        None where it is the same for all of them.
    """

    what: str
    message: str
    old: Any = None
    new: Any = None
    model: str | None = None
    version: str | None = None
    task: str | None = None

    def __str__(self) -> str:
        """Tell it in one line, with its place."""
        place = [part for part in (self.model, self.version, self.task) if part]
        return one_line(f"{' · '.join(place)}: {self.message}")

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What two changes have in common that are the same at different places."""
        # As text, 1 and 1.0 and true differ; as values they would be equal.
        return self.what, self.message, repr(self.old), repr(self.new)


def value_change(
    what: str, label: str, old: Any, new: Any, write: Callable[[Any], str] = show
) -> Iterator[Change]:
    """Yield that a value changed, if it did.

    Parameters
    ----------
    what : str
        The place, for programs.
    label : str
        The value's name, for people.
    old, new : object
        Plain values; 1 and 1.0 differ.
    write : callable, default show
        Writes a value for people.
    """
    if repr(old) == repr(new):
        return
    if old and new and (_is_long(old) or _is_long(new)):
        # The difference would be cut off, or hard to find.
        yield Change(what, f"{label} reworded", old, new)
    else:
        yield Change(what, f"{label} {write(old)} → {write(new)}", old, new)


def plain_words(value: Any) -> str:
    """Write a value for people, without quotes; an address is never cut off."""
    if value is None:
        return "none"
    if not isinstance(value, str):
        return show(value)
    return cut(value) if _is_long(value) else value


def _is_long(value: Any) -> bool:
    """Whether a value is a text of more than a few words."""
    return isinstance(value, str) and len(value) >= LONGEST_SHOWN and " " in value


def keyed(items: Iterable[T], key: Callable[[T], str]) -> dict[str, T]:
    """Put items under their names; of two with one name, the second as "name (2)"."""
    found: dict[str, T] = {}
    for item in items:
        name, number = key(item), 1
        while name in found:
            number += 1
            name = f"{key(item)} ({number})"
        found[name] = item
    return found


def list_changes(
    what: str,
    word: str,
    old: Mapping[str, T],
    new: Mapping[str, T],
    inner: Callable[[str, str, T, T], Iterable[Change]] | None = None,
    *,
    name: Callable[[str, T], str] = lambda key, _item: key,
    ordered: bool = True,
) -> Iterator[Change]:
    """Yield what is gone, what was added, what changed inside, and another order.

    Parameters
    ----------
    what : str
        The place of the list, for programs.
    word : str
        What one item is called.
    old, new : mapping
        Name → item, as from `keyed`.
    inner : callable, optional
        Takes the place, the item's name and both items, and yields what changed.
    name : callable, optional
        Writes the name of an item for people.
    ordered : bool, default True
        The order means something.
    """
    for key, item in old.items():
        if key not in new:
            yield Change(f"{what}.{key}", f"{word} {name(key, item)} is gone")
    for key, item in new.items():
        if key not in old:
            yield Change(f"{what}.{key}", f"{word} {name(key, item)} added")
        elif inner is not None:
            yield from inner(f"{what}.{key}", name(key, item), old[key], item)
    if ordered:
        yield from order_change(what, word, list(old), list(new))


def order_change(
    what: str, word: str, old: Sequence[str], new: Sequence[str]
) -> Iterator[Change]:
    """Yield that what is in both lists comes in another order."""
    before = [key for key in old if key in set(new)]
    after = [key for key in new if key in set(old)]
    if before != after:
        yield Change(what, f"{word}s in another order", before, after)


# Metadata

_TEXTS = {
    "description": "description",
    "url": "home page",
    "repo": "source code",
    "license": "licence",
}


def metadata_changes(old: Metadata, new: Metadata) -> Iterator[Change]:
    """Yield what changed in what is told about a model."""
    for key, label in _TEXTS.items():
        what = f"metadata.{key}"
        yield from value_change(
            what, label, getattr(old, key), getattr(new, key), plain_words
        )
    yield from list_changes(
        "metadata.tags",
        "tag",
        keyed(old.tags or (), str),
        keyed(new.tags or (), str),
        ordered=False,
    )
    yield from list_changes(
        "metadata.authors",
        "author",
        keyed(old.authors or (), lambda author: author.name),
        keyed(new.authors or (), lambda author: author.name),
        _inside("author"),
    )
    yield from list_changes(
        "metadata.pubs",
        "publication",
        keyed(old.pubs or (), lambda pub: pub.title),
        keyed(new.pubs or (), lambda pub: pub.title),
        _inside("publication"),
        name=lambda title, _pub: f'"{plain_words(title)}"',
    )


def _inside(word: str) -> Callable[[str, str, Any, Any], Iterator[Change]]:
    """Make what compares the fields of two authors or publications."""

    def inner(what: str, name: str, old: BaseModel, new: BaseModel) -> Iterator[Change]:
        for key in type(new).model_fields:
            before, after = getattr(old, key), getattr(new, key)
            place, label = f"{what}.{key}", f"{word} {name}: {key}"
            if isinstance(before, list) or isinstance(after, list):
                if before != after:
                    yield Change(place, f"{label} changed")
            else:
                yield from value_change(place, label, before, after, plain_words)

    return inner
