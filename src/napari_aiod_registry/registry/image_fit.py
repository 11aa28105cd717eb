"""Whether a model is made for the axes that an image has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

FitStatus = Literal["fits", "may-fit", "misfit", "not-stated"]


_RGB = "rgb"
"""The tag of what takes colour images, in lower case."""

_COLOURS = 3
"""Length of an axis of channels that may be colours: red, green and blue."""

_ONE = {"Z": "plane", "T": "time point", "C": "channel"}


@dataclass(frozen=True)
class ImageAxes:
    """What is known of the axes of an image.

    Attributes
    ----------
    axes : tuple of (str or None, int)
        Letter and size of each axis, in order; the letter is one of ``TCZYX``, or None
        where nobody knows what the axis is.
    rgb : bool
        Whether the pixels have colours: red, green and blue, which are no axis here.
    channels : int or None
        Number of channels, if it is known; they may be layers of their own.
    """

    axes: tuple[tuple[str | None, int], ...]
    rgb: bool = False
    channels: int | None = None

    @property
    def text(self) -> str:
        """The axes in letters, with ? for one that nobody knows: ``?YX``."""
        return "".join(letter or "?" for letter, _ in self.axes)

    def size(self, letter: str) -> int:
        """Return how long an axis is: 1 where there is none."""
        return next((size for name, size in self.axes if name == letter), 1)

    @property
    def unknown(self) -> list[int]:
        """Sizes of the axes that nobody knows and that are longer than 1."""
        return [size for name, size in self.axes if name is None and size > 1]


@dataclass(frozen=True)
class Fit:
    """Whether a version fits an image.

    Attributes
    ----------
    status : str
        ``fits``, ``may-fit`` (an axis that nobody knows must be the right one),
        ``misfit`` or ``not-stated``.
    reason : str
        Why, and how to get there where it does not fit, in sentences.
    """

    status: FitStatus
    reason: str


def check_fit(
    axes: str | None,
    image: ImageAxes,
    tags: Iterable[str] = (),
    channel_field: str | None = None,
) -> Fit:
    """Compare the axes that a version expects with those of an image.

    Parameters
    ----------
    axes : str or None
        As the manifest states them, like ``ZYX``; None where it does not.
    image : ImageAxes
        The image. An axis of it that is one long is taken for none, and one that nobody
        knows for what the version needs.
    tags : iterable of str, default ()
        The version's tags. Where no axes are stated, ``2D`` and ``3D`` give a hint;
        ``RGB`` says that it takes colour images and no others. Three channels may be
        red, green and blue; any other number is none.
    channel_field : str, optional
        Name of the version's own parameter that picks a channel, if it has one. A
        version that takes one channel then takes images with several.

    Returns
    -------
    Fit
    """
    tags = list(tags)
    if not axes:
        return Fit("not-stated", _hint(dimensions(None, tags), image))
    takes_colours = _RGB in (tag.casefold() for tag in tags)
    picks = channel_field is not None and not takes_colours and "C" not in axes
    comparison = _Comparison(axes, image, takes_colours=takes_colours, picks=picks)
    if comparison.lacks:
        return Fit("misfit", " ".join(comparison.lacks))
    made_for = f"It is made for {in_words(axes, takes_colours=takes_colours)}."
    if image.rgb and not takes_colours and "C" not in axes:
        return Fit(
            "not-stated",
            f"{made_for} Whether it takes colours (RGB) is not stated: see About.",
        )
    if comparison.assumed:
        return Fit("may-fit", " ".join((made_for, *comparison.assumed)))
    if picks and image.size("C") > 1:
        made_for += f" It takes one channel: choose it in “{channel_field}”."
    return Fit("fits", made_for)


def in_words(axes: str, *, takes_colours: bool = False) -> str:
    """Say for which images axes are: ``CZYX`` is "stacks with several channels".

    Parameters
    ----------
    axes : str
        As the manifest states them.
    takes_colours : bool, default False
        Whether the pixels have colours, which are no axis.
    """
    words = "stacks (3D)" if "Z" in axes else "flat images (2D)"
    if takes_colours:
        words += " in colour (RGB)"
    elif "C" in axes:
        words += " with several channels"
    return f"time series of {words}" if "T" in axes else words


def _hint(found: frozenset[int], image: ImageAxes) -> str:
    planes = image.size("Z")
    if found == {2} and planes > 1:
        return f"Its tags say 2D, and this is a stack of {planes} planes."
    if found == {3} and planes == 1 and not image.unknown:
        return "Its tags say 3D, and the image is flat."
    return ""


class _Comparison:
    """What an image lacks for a version, and what has to be assumed of it."""

    def __init__(
        self, axes: str, image: ImageAxes, *, takes_colours: bool, picks: bool
    ) -> None:
        self.lacks: list[str] = []
        self.assumed: list[str] = []
        self._axes = axes
        self._image = image
        self._unknown = image.unknown
        if "Z" in axes and image.size("Z") == 1:
            self._need("the stack", "It needs a stack, and the image is flat.")
        if "T" in axes and image.size("T") == 1:
            self._need("time", "It needs a time series, and the image is none.")
        channels = max(image.size("C"), image.channels or 1)
        if takes_colours:
            self._need_colours(channels)
        elif "C" in axes and not image.rgb and channels == 1:
            lack = "It needs several channels, and the image has one. Open it with all."
            self._need("the channels", lack)
        elif picks and self._unknown and image.size("C") == 1:
            self._need("the channels", "")
        # Nothing that is cut off helps an image that lacks something.
        is_larger = not self.lacks
        self.lacks += self._too_much(is_larger, takes_channels=takes_colours or picks)

    def _need(self, what: str, lack: str) -> None:
        """Take an axis that nobody knows for what is needed, if there is one."""
        if self._unknown:
            size = self._unknown.pop(0)
            self.assumed.append(f"It fits if the axis of {size} is {what}.")
        else:
            self.lacks.append(lack)

    def _need_colours(self, channels: int) -> None:
        """Take colours, or three of what may be colours, and nothing else."""
        if self._image.rgb:
            return
        if channels == _COLOURS:
            self.assumed.append("It fits if the 3 channels are red, green and blue.")
        elif channels == 1 and _COLOURS in self._unknown:
            self._unknown.remove(_COLOURS)
            self.assumed.append(f"It fits if the axis of {_COLOURS} is the colours.")
        else:
            has = "none" if channels == 1 else f"{channels} channels"
            self.lacks.append(
                f"It needs an image in colour (RGB), and this one has {has}."
            )

    def _too_much(self, is_larger: bool, *, takes_channels: bool) -> Iterator[str]:
        image, axes = self._image, self._axes
        planes, times, channels = (image.size(letter) for letter in "ZTC")
        extra = [
            (letter, words)
            for letter, size, words in (
                ("Z", planes, f"flat images, and this is a stack of {planes} planes."),
                ("T", times, f"one time point, and this is a series of {times}."),
                ("C", channels, f"one channel, and the layer has {channels}."),
            )
            if size > 1
            and letter not in axes
            and not (letter == "C" and takes_channels)
        ]
        for letter, words in extra:
            ways = self._ways([one for one, _ in extra])
            way = f" {ways[letter]}" if is_larger else ""
            yield f"It takes {words}{way}"
        if self._unknown:
            sizes = " and ".join(map(str, self._unknown))
            one = len(self._unknown) == 1
            yield (
                f"It takes {in_words(axes)}, and the image has "
                f"{'another axis' if one else 'other axes'} of {sizes}."
            )

    def _ways(self, extra: Sequence[str]) -> dict[str, str]:
        """Say how to take a layer apart in napari, which splits the first axis."""
        letters = [letter for letter, _ in self._image.axes]
        first = letters[: len(extra)]
        ways = {}
        for letter in extra:
            layer = f"a layer of each {_ONE[letter]}"
            if letter not in first or not set(first) <= set(extra):
                ways[letter] = f"Open the image so that it has {layer}."
            elif letter == first[0]:
                ways[letter] = f"Right-click the layer: Split Stack makes {layer}."
            else:
                ways[letter] = f"Split Stack again, of those layers, makes {layer}."
        return ways


def dimensions(axes: str | None, tags: Iterable[str]) -> frozenset[int]:
    """Say for images of how many dimensions in space a model is.

    Parameters
    ----------
    axes : str or None
        The axes of the version, if it states them: they are believed first.
    tags : iterable of str
        Otherwise the tags ``2D`` and ``3D`` count.

    Returns
    -------
    frozenset of int
        Of 2 and 3; empty where nothing says so.
    """
    if axes:
        return frozenset({3 if "Z" in axes else 2})
    words = {tag.strip().lower() for tag in tags}
    return frozenset(number for number in (2, 3) if f"{number}d" in words)
