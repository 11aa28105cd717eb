"""Whether a version fits an image, and how to get there if not."""

from __future__ import annotations

import pytest

from napari_aiod_registry.registry.image_fit import Fit, ImageAxes, check_fit

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
    ("axes", "image", "made_for"),
    [
        ("YX", FLAT, "flat images (2D)"),
        ("ZYX", STACK, "stacks (3D)"),
        ("TYX", MOVIE, "time series of flat images (2D)"),
        ("CYX", COLOURED, "flat images (2D) with several channels"),
        ("CYX", SPLIT, "flat images (2D) with several channels"),
        ("CYX", RGB, "flat images (2D) with several channels"),
        ("YX", SPLIT, "flat images (2D)"),
        ("TCZYX", ALL, "time series of stacks (3D) with several channels"),
        ("YX", SHORT, "flat images (2D)"),
    ],
)
def test_it_fits(axes: str, image: ImageAxes, made_for: str) -> None:
    fit = check_fit(axes, image)

    assert fit.status == "fits", fit.reason
    assert fit.reason == f"It is made for {made_for}."


@pytest.mark.parametrize(
    ("axes", "what"),
    [
        ("ZYX", "the stack"),
        ("TYX", "time"),
        ("CYX", "the channels"),
        ("YXC", "the channels"),
    ],
)
def test_what_nobody_knows_of_an_image_is_told_and_not_taken_for_sure(
    axes: str, what: str
) -> None:
    fit = check_fit(axes, SOMETHING)

    assert fit.status == "may-fit"
    assert fit.reason.endswith(f"It fits if the axis of 20 is {what}.")


@pytest.mark.parametrize(
    ("axes", "image", "reason"),
    [
        ("ZYX", FLAT, "It needs a stack, and the image is flat."),
        ("ZYX", SHORT, "It needs a stack, and the image is flat."),
        ("TYX", FLAT, "It needs a time series, and the image is none."),
        (
            "CYX",
            FLAT,
            ("It needs several channels, and the image has one. Open it with all."),
        ),
        (
            "YX",
            STACK,
            (
                "It takes flat images, and this is a stack of 20 planes. "
                "Right-click the layer: Split Stack makes a layer of each plane."
            ),
        ),
        (
            "YX",
            MOVIE,
            (
                "It takes one time point, and this is a series of 9. Right-click the "
                "layer: Split Stack makes a layer of each time point."
            ),
        ),
        (
            "YX",
            COLOURED,
            (
                "It takes one channel, and the layer has 3. "
                "Right-click the layer: Split Stack makes a layer of each channel."
            ),
        ),
        (
            "ZYX",
            ImageAxes((("Z", 20), ("C", 3), ("Y", 64), ("X", 64))),
            (
                "It takes one channel, and the layer has 3. "
                "Open the image so that it has a layer of each channel."
            ),
        ),
        (
            "YX",
            SOMETHING,
            "It takes flat images (2D), and the image has another axis of 20.",
        ),
    ],
)
def test_it_does_not_fit(axes: str, image: ImageAxes, reason: str) -> None:
    fit = check_fit(axes, image)

    assert (fit.status, fit.reason) == ("misfit", reason)


def test_an_axis_that_nobody_knows_counts_once() -> None:
    assert check_fit("CZYX", SOMETHING).status == "misfit"


def test_all_that_is_wrong_is_told() -> None:
    reason = check_fit("YX", ALL).reason

    assert [word in reason for word in ("planes", "time point", "channel")] == [
        True
    ] * 3


def test_what_nobody_states_is_not_guessed() -> None:
    assert check_fit(None, ALL) == Fit("not-stated", "")
    fit = check_fit("YX", RGB)
    assert fit.status == "not-stated"
    assert fit.reason.endswith(
        "Whether it takes colours (RGB) is not stated: see About."
    )


def test_a_tag_says_that_colours_are_taken() -> None:
    assert check_fit("YX", RGB, ["RGB"]) == Fit(
        "fits", "It is made for flat images (2D) in colour (RGB)."
    )
    assert check_fit("YX", FLAT, ["RGB"]) == Fit(
        "misfit", "It needs an image in colour (RGB), and this one has none."
    )
    assert check_fit("YX", SOMETHING, ["RGB"]).status == "misfit", "20 are no colours"
    unknown = ImageAxes(((None, 3), ("Y", 64), ("X", 64)))
    assert check_fit("YX", unknown, ["RGB"]).status == "may-fit"


def with_channels(number: int) -> ImageAxes:
    return ImageAxes((("C", number), ("Y", 64), ("X", 64)), channels=number)


@pytest.mark.parametrize("axes", ["YX", "YXC", "CYX"])
@pytest.mark.parametrize("channel_field", [None, "Channel"])
def test_only_three_channels_may_be_colours(
    axes: str, channel_field: str | None
) -> None:
    def fit(image: ImageAxes) -> Fit:
        return check_fit(axes, image, ["rgb"], channel_field)

    assert fit(RGB).status == "fits"
    for image in (COLOURED, SPLIT, with_channels(3)):
        assert fit(image).status == "may-fit"
        assert fit(image).reason.endswith("if the 3 channels are red, green and blue.")
    for number in (2, 4, 5, 16):
        assert fit(with_channels(number)) == Fit(
            "misfit",
            f"It needs an image in colour (RGB), and this one has {number} channels.",
        )
        many = ImageAxes((("Y", 64), ("X", 64)), channels=number)
        assert fit(many).status == "misfit"
    assert fit(FLAT).status == fit(STACK).status == "misfit"


def test_a_version_that_picks_a_channel_takes_images_with_several() -> None:
    fit = check_fit("YX", with_channels(2), channel_field="Nuclei in")

    assert fit == Fit(
        "fits",
        "It is made for flat images (2D). "
        "It takes one channel: choose it in “Nuclei in”.",
    )
    assert check_fit("YX", SPLIT, channel_field="Nuclei in") == Fit(
        "fits", "It is made for flat images (2D)."
    )
    assert check_fit("YX", SOMETHING, channel_field="Nuclei in") == Fit(
        "may-fit",
        "It is made for flat images (2D). It fits if the axis of 20 is the channels.",
    )
    planes = check_fit("YX", ALL, channel_field="Nuclei in")
    assert planes.status == "misfit"
    assert "channel" not in planes.reason


@pytest.mark.parametrize("axes", ["CYX", "YCX", "YXC"])
def test_channels_may_stand_anywhere(axes: str) -> None:
    assert check_fit(axes, with_channels(5)).status == "fits"
    assert check_fit(axes, FLAT).status == "misfit"


def test_what_lacks_something_is_not_told_to_cut_something_off() -> None:
    assert check_fit("ZYX", MOVIE).reason == (
        "It needs a stack, and the image is flat. "
        "It takes one time point, and this is a series of 9."
    )


def test_two_axes_too_many_are_split_one_after_the_other() -> None:
    image = ImageAxes((("C", 3), ("Z", 20), ("Y", 64), ("X", 64)))

    reason = check_fit("YX", image).reason

    assert "Right-click the layer: Split Stack makes a layer of each channel." in reason
    assert "Split Stack again, of those layers, makes a layer of each plane." in reason


@pytest.mark.parametrize(
    ("tags", "image", "hint"),
    [
        (["2D"], STACK, "Its tags say 2D, and this is a stack of 20 planes."),
        (["3D"], FLAT, "Its tags say 3D, and the image is flat."),
        (["2D", "3D"], STACK, ""),
        (["2D"], FLAT, ""),
        (["3D"], SOMETHING, ""),
    ],
)
def test_tags_give_a_hint_where_no_axes_are_stated(
    tags: list[str], image: ImageAxes, hint: str
) -> None:
    assert check_fit(None, image, tags) == Fit("not-stated", hint)
