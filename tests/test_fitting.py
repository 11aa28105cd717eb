"""Whether a version fits an image, and how to get there if not."""

from __future__ import annotations

import pytest

from napari_aiod_registry.fitting import ImageAxes, check_fit

FLAT = ImageAxes((("Y", 64), ("X", 64)))
STACK = ImageAxes((("Z", 20), ("Y", 64), ("X", 64)))
SOMETHING = ImageAxes(((None, 20), ("Y", 64), ("X", 64)))
MOVIE = ImageAxes((("T", 9), ("Y", 64), ("X", 64)))
COLOURED = ImageAxes((("C", 3), ("Y", 64), ("X", 64)))
SPLIT = ImageAxes((("Y", 64), ("X", 64)), channels=3)
RGB = ImageAxes((("Y", 64), ("X", 64)), rgb=True, channels=3)
ALL = ImageAxes((("T", 9), ("C", 3), ("Z", 20), ("Y", 64), ("X", 64)))
SHORT = ImageAxes((("T", 1), ("C", 1), ("Z", 1), ("Y", 64), ("X", 64)))


@pytest.mark.parametrize(
    ("axes", "image"),
    [
        ("YX", FLAT),
        ("ZYX", STACK),
        ("ZYX", SOMETHING),
        ("TYX", SOMETHING),
        ("CYX", SOMETHING),
        ("TYX", MOVIE),
        ("CYX", COLOURED),
        ("CYX", SPLIT),
        ("CYX", RGB),
        ("YX", SPLIT),
        ("TCZYX", ALL),
        ("YX", SHORT),
    ],
)
def test_it_fits(axes: str, image: ImageAxes) -> None:
    fit = check_fit(axes, image)

    assert fit.status == "fits", fit.reason
    assert fit.reason == f"It takes {axes}, and the image is {image.text}."


@pytest.mark.parametrize(
    ("axes", "image", "reason"),
    [
        ("ZYX", FLAT, "It needs a stack, and the image is flat."),
        ("ZYX", SHORT, "It needs a stack, and the image is flat."),
        ("TYX", FLAT, "It needs a time series, and this is none."),
        ("CYX", FLAT, "It needs several channels, and the image has one."),
        ("YX", STACK, "It takes flat images, and this is a stack of 20 planes."),
        ("YX", MOVIE, "It takes one time point, and this is a series of 9."),
        ("YX", COLOURED, "It takes one channel, and the layer has 3."),
        ("YX", SOMETHING, "It takes YX, and the image has an axis of 20 more."),
        ("CZYX", SOMETHING, "It needs several channels, and the image has one."),
    ],
)
def test_it_does_not_fit(axes: str, image: ImageAxes, reason: str) -> None:
    fit = check_fit(axes, image)

    assert fit.status == "misfit"
    assert fit.reason.startswith(reason)
    assert len(fit.reason) > len(reason), "it says how to get there"


def test_all_that_is_wrong_is_told() -> None:
    reason = check_fit("YX", ALL).reason

    assert [word in reason for word in ("planes", "time point", "channel")] == [
        True
    ] * 3


def test_what_nobody_states_is_not_guessed() -> None:
    assert check_fit(None, ALL).status == "not-stated"
    fit = check_fit("YX", RGB)
    assert fit.status == "not-stated"
    assert "Split RGB" in fit.reason
