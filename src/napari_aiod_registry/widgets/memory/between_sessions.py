"""What the dock remembers from one napari to the next."""

from __future__ import annotations

import json
import logging
from typing import Any

from ... import settings
from ...registry import PREVIEW, Registry, Selection

_LOGGER = logging.getLogger(__name__)

_MOST_RECENT = 10
_MOST_FOLDS = 100


class Remembered:
    """The last selection, favourites, recent selections and open folds.

    All of it is one text in napari's settings of the plugin. A text that is none of
    ours is passed over. Other docks write it too, of this napari and of others: so it
    is read again before each change, and only the change is made.
    """

    _written = ""
    """What a dock of this napari has written last."""

    _is_emptied = False
    """Whether somebody has let all be forgotten, and nothing is written since."""

    def __init__(self) -> None:
        self._load(_stored())

    def _load(self, text: Any) -> None:
        data = _parsed(text)
        last = _selections([data.get("last")])
        self.recent: list[Selection] = _selections(data.get("recent"))
        self.last: Selection | None = next(iter([*last, *self.recent]), None)
        self.favourites: list[Selection] = _selections(data.get("favourites"))
        folds = data.get("folds")
        self.folds: dict[str, bool] = {
            name: is_open
            for name, is_open in (folds.items() if isinstance(folds, dict) else ())
            if isinstance(is_open, bool)
        }

    @property
    def latest(self) -> list[Selection]:
        """What was chosen last, and then what was used, the latest first."""
        last = [self.last] if self.last is not None else []
        return [*last, *(one for one in self.recent if one != self.last)]

    def offered(self, registry: Registry) -> list[Selection]:
        """Return the favourites, then what was used last."""
        everything = dict.fromkeys([*self.favourites, *self.latest])
        return [one for one in everything if registry.has(one)]

    def choose(self, selection: Selection) -> None:
        """Remember what is chosen, for the next napari; previews are not for long."""
        if not selection.model.startswith(PREVIEW) and selection != self.last:
            with settings.alone():
                self._load(_stored())
                self.last = selection
                self._write()

    def use(self, selection: Selection) -> None:
        """Remember what somebody has stayed with, as recent."""
        if selection.model.startswith(PREVIEW) or self.recent[:1] == [selection]:
            return
        with settings.alone():
            self._load(_stored())
            rest = [one for one in self.recent if one != selection]
            self.recent = [selection, *rest][:_MOST_RECENT]
            self._write()

    def favour(self, selection: Selection, is_favourite: bool) -> None:
        """Make a selection a favourite, or take that back."""
        with settings.alone():
            self._load(_stored())
            rest = [one for one in self.favourites if one != selection]
            self.favourites = [*rest, selection] if is_favourite else rest
            self._write()

    def fold(self, name: str, is_open: bool) -> None:
        """Remember whether a part of the dock is open; of many the latest ones."""
        if name.startswith(PREVIEW):
            return
        with settings.alone():
            self._load(_stored())
            self.folds.pop(name, None)
            self.folds[name] = is_open
            self.folds = dict(list(self.folds.items())[-_MOST_FOLDS:])
            self._write()

    def take(self, text: Any) -> None:
        """Hear that the setting is another one now.

        Emptied, it lets all be forgotten. Another dock has written it, or else
        somebody has pressed Cancel in the preferences: then napari puts back what was
        there when they were opened, and what was chosen since would be lost.
        """
        Remembered._is_emptied = not text
        if text and text != Remembered._written:
            self._write()
        else:
            self._load(text)

    def _write(self) -> None:
        memory = settings.section("memory")
        if memory is None:
            return
        text = json.dumps(
            {
                "last": self.last,
                "recent": self.recent,
                "favourites": self.favourites,
                "folds": self.folds,
            }
        )
        Remembered._written, Remembered._is_emptied = text, False
        try:
            memory.remembered = text
        except OSError as error:  # it is napari's file, and the choice is made already
            _LOGGER.warning("What you chose can't be remembered: %s", error)


def _stored() -> Any:
    """Return what is remembered by now, by whichever napari."""
    text = getattr(settings.section("memory"), "remembered", "")
    if not text and Remembered._is_emptied:  # it may not be in the file yet
        return text
    # Empty, too: another napari may have been the first to write.
    return settings.on_disk("memory", "remembered") or text


def _parsed(text: Any) -> dict[str, Any]:
    try:
        data = json.loads(text or "{}")
    except (TypeError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _selections(data: Any) -> list[Selection]:
    return [
        Selection(*item)
        for item in (data if isinstance(data, list) else ())
        if isinstance(item, list)
        and len(item) == 3
        and all(isinstance(part, str) for part in item)
    ]
