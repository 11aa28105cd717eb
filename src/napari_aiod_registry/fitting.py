"""Whether a model is made for the axes that an image has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from .search_dimensions import dimensions

FitStatus = Literal["fits", "may-fit", "misfit", "not-stated"]


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


def check_fit(axes: str | None, image: ImageAxes, tags: Iterable[str] = ()) -> Fit:
    """Compare the axes that a version expects with those of an image.

    Parameters
    ----------
    axes : str or None
        As the manifest states them, like ``ZYX``; None where it does not.
    image : ImageAxes
        The image. An axis of it that is one long is taken for none, and one that nobody
        knows for what the version needs.
    tags : iterable of str, default ()
        The version's tags. Where no axes are stated, ``2D`` and ``3D`` give a hint.

    Returns
    -------
    Fit
    """
    if not axes:
        return Fit("not-stated", _hint(dimensions(None, tags), image))
    comparison = _Comparison(axes, image)
    if comparison.lacks:
        return Fit("misfit", " ".join(comparison.lacks))
    made_for = f"It is made for {in_words(axes)}."
    if image.rgb and "C" not in axes:
        return Fit(
            "not-stated",
            f"{made_for} The image has colours (RGB), of which nothing is said. If the "
            "model takes one channel: right-click the layer, then Split RGB.",
        )
    if comparison.assumed:
        return Fit("may-fit", " ".join((made_for, *comparison.assumed)))
    return Fit("fits", made_for)


def in_words(axes: str) -> str:
    """Say for which images axes are: ``CZYX`` is "stacks with several channels"."""
    words = "stacks (3D)" if "Z" in axes else "flat images (2D)"
    if "C" in axes:
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

    def __init__(self, axes: str, image: ImageAxes) -> None:
        self.lacks: list[str] = []
        self.assumed: list[str] = []
        self._axes = axes
        self._image = image
        self._unknown = image.unknown
        if "Z" in axes and image.size("Z") == 1:
            self._need("the stack", "It needs a stack, and the image is flat.")
        if "T" in axes and image.size("T") == 1:
            self._need("time", "It needs a time series, and the image is none.")
        has_channels = image.rgb or image.size("C") > 1 or (image.channels or 1) > 1
        if "C" in axes and not has_channels:
            self._need(
                "the channels",
                "It needs several channels, and the image has one. Open the image with "
                "all its channels.",
            )
        self.lacks += self._too_much()

    def _need(self, what: str, lack: str) -> None:
        """Take an axis that nobody knows for what is needed, if there is one."""
        if self._unknown:
            size = self._unknown.pop(0)
            self.assumed.append(f"It fits if the axis of {size} is {what}.")
        else:
            self.lacks.append(lack)

    def _too_much(self) -> Iterator[str]:
        image, axes = self._image, self._axes
        planes, times, channels = (image.size(letter) for letter in "ZTC")
        if "Z" not in axes and planes > 1:
            yield (
                f"It takes flat images, and this is a stack of {planes} planes. "
                + self._one_of("Z", "a layer of each plane")
            )
        if "T" not in axes and times > 1:
            yield (
                f"It takes one time point, and this is a series of {times}. "
                + self._one_of("T", "a layer of each time point")
            )
        if "C" not in axes and channels > 1:
            yield (
                f"It takes one channel, and the layer has {channels}. "
                + self._one_of("C", "a layer of each channel")
            )
        if self._unknown:
            sizes = " and ".join(map(str, self._unknown))
            one = len(self._unknown) == 1
            yield (
                f"It takes {in_words(axes)}, and the image has "
                f"{'another axis' if one else 'other axes'} of {sizes}."
            )

    def _one_of(self, letter: str, what: str) -> str:
        """Say how to take a layer apart in napari, which splits the first axis."""
        if self._image.axes and self._image.axes[0][0] == letter:
            return f"Right-click the layer: Split Stack makes {what}."
        return f"Open the image so that it has {what}."
