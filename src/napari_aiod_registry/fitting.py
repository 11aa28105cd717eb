"""Whether a model is made for the axes that an image has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

FitStatus = Literal["fits", "misfit", "not-stated"]


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
        ``fits``, ``misfit`` or ``not-stated``.
    reason : str
        Why, and how to get there where it does not fit, in sentences.
    """

    status: FitStatus
    reason: str


def check_fit(axes: str | None, image: ImageAxes) -> Fit:
    """Compare the axes that a version expects with those of an image.

    Parameters
    ----------
    axes : str or None
        As the manifest states them, like ``ZYX``; None where it does not.
    image : ImageAxes
        The image. An axis of it that is one long is taken for none, and one that nobody
        knows for what the version needs.

    Returns
    -------
    Fit
    """
    if not axes:
        return Fit("not-stated", "The manifest does not state which axes it takes.")
    lacking = list(_lacking(axes, image))
    if lacking:
        return Fit("misfit", " ".join(lacking))
    if image.rgb and "C" not in axes:
        return Fit(
            "not-stated",
            "The image is RGB, and the manifest states no channels. If the model takes "
            "one channel: right-click the layer, then Split RGB.",
        )
    return Fit("fits", f"It takes {axes}, and the image is {image.text}.")


def _lacking(axes: str, image: ImageAxes) -> Iterator[str]:
    """Say for each axis that is missing, or is one too many, what to do."""
    unknown = image.unknown
    for letter, needed, instead in (
        (
            "Z",
            "a stack, and the image is flat",
            "Open a stack, or choose a 2D version.",
        ),
        ("T", "a time series, and this is none", "Open a time series."),
    ):
        if letter in axes and image.size(letter) == 1:
            if unknown:
                unknown.pop(0)  # it must be this one
            else:
                yield f"It needs {needed}. {instead}"
    if "C" in axes and not _has_channels(image):
        if unknown:
            unknown.pop(0)
        else:
            yield (
                "It needs several channels, and the image has one. "
                "Open the image with all its channels."
            )
    yield from _too_much(axes, image, unknown)


def _has_channels(image: ImageAxes) -> bool:
    return image.rgb or image.size("C") > 1 or (image.channels or 1) > 1


def _too_much(axes: str, image: ImageAxes, unknown: list[int]) -> Iterator[str]:
    if "Z" not in axes and image.size("Z") > 1:
        yield (
            f"It takes flat images, and this is a stack of {image.size('Z')} planes. "
            "Choose a 3D version, or take one plane out of the stack."
        )
    if "T" not in axes and image.size("T") > 1:
        yield (
            f"It takes one time point, and this is a series of {image.size('T')}. "
            "Take one time point out of it."
        )
    if "C" not in axes and image.size("C") > 1:
        yield (
            f"It takes one channel, and the layer has {image.size('C')}. "
            "Right-click the layer, then Split Stack."
        )
    if unknown:
        sizes = " and ".join(map(str, unknown))
        more = "an axis" if len(unknown) == 1 else "axes"
        yield (
            f"It takes {axes}, and the image has {more} of {sizes} more. If that is a "
            "stack, choose a 3D version; else take out the part that you want."
        )
