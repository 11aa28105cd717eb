"""Which channels the selected image has, and that changes are told once."""

from __future__ import annotations

import gc
import itertools
import weakref
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import dask
import dask.array as da
import numpy as np
import pytest
from napari.components import LayerList, ViewerModel
from napari.layers import Image
from napari.layers._source import Source
from napari.utils._proxies import PublicOnlyProxy

from napari_aiod_registry.widgets.viewer import channel_metadata, channels
from napari_aiod_registry.widgets.viewer.channels import ChannelSource, channel_names
from napari_aiod_registry.widgets.viewer.image_axes import AxesReader

Names = list[str] | None


class Thing(SimpleNamespace):
    """An object with attributes, as OME's models and nd2's structures are."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


@pytest.fixture
def viewer() -> ViewerModel:
    return ViewerModel()


@pytest.fixture
def told() -> list[Names]:
    return []


def blank(*shape: int) -> Any:
    return np.zeros(shape, np.uint8)


def lazy(*shape: int) -> Any:
    return da.zeros(shape, np.uint8, chunks=shape)


def fail(*_: Any, **__: Any) -> Any:
    raise AssertionError("an image was loaded")


@pytest.fixture(autouse=True)
def loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where dask computes anything while channels are looked for."""
    answer = channels._answer

    def guarded(*args: Any) -> Any:
        with dask.config.set(scheduler=fail):
            return answer(*args)

    monkeypatch.setattr(channels, "_answer", guarded)


def names_of(data: Any, **options: Any) -> Names:
    layer = Image(data, **options)
    return channel_names(LayerList([layer]), layer)


def from_file(path: str, *layers: Image) -> LayerList:
    """Let layers come from one file, as they do when napari opens it."""
    for layer in layers:
        layer._source = Source(path=path)
    return LayerList(layers)


def overlay(*names: str, **options: Any) -> list[Image]:
    """Make one layer a channel, as a reader does that splits the image itself."""
    blends = ["translucent_no_depth", *["additive"] * (len(names) - 1)]
    return [
        Image(blank(8, 8), name=name, blending=blend, **options)
        for name, blend in zip(names, blends, strict=True)
    ]


def test_a_look_at_the_pixels_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(layer: Any, _: Any) -> Any:
        return layer.data.compute()

    monkeypatch.setattr(channels, "_inside", load)
    with pytest.raises(AssertionError, match="was loaded"):
        names_of(lazy(8, 8))


# What is selected


def test_no_viewer_layer_means_that_nobody_knows(viewer: ViewerModel) -> None:
    assert channel_names(viewer) is None


@pytest.mark.parametrize("add", ["add_labels", "add_points", "add_shapes"])
def test_only_images_have_channels(viewer: ViewerModel, add: str) -> None:
    data = blank(8, 8) if add == "add_labels" else None
    getattr(viewer, add)(data, metadata={"channel_names": ["a", "b"]})

    assert channel_names(viewer) is None


def test_a_lone_image_that_says_nothing_may_have_any_channels(
    viewer: ViewerModel,
) -> None:
    viewer.add_image(blank(3, 8, 8))

    assert channel_names(viewer) is None


def test_the_selected_layer_counts_and_not_the_last(viewer: ViewerModel) -> None:
    first = viewer.add_image(blank(8, 8, 3), rgb=True)
    viewer.add_image(blank(8, 8))
    assert channel_names(viewer) is None

    viewer.layers.selection.active = first

    assert channel_names(viewer) == ["red", "green", "blue"]


def test_another_layer_than_the_selected_one_can_be_asked_for(
    viewer: ViewerModel,
) -> None:
    first = viewer.add_image(blank(8, 8, 3), rgb=True)
    viewer.add_image(blank(8, 8))

    assert channel_names(viewer, first) == ["red", "green", "blue"]
    assert channel_names(viewer.layers, first) == ["red", "green", "blue"]


def test_the_proxy_that_napari_gives_to_plugins_will_do(viewer: ViewerModel) -> None:
    viewer.add_image(blank(2, 8, 8), channel_axis=0, name=["DAPI", "GFP"])
    proxy = PublicOnlyProxy(viewer)

    assert channel_names(proxy) == ["DAPI", "GFP"]
    assert channel_names(proxy, proxy.layers[0]) == ["DAPI", "GFP"]


def test_several_selected_images_have_the_channels_that_hold_for_all(
    viewer: ViewerModel,
) -> None:
    split = viewer.add_image(blank(3, 8, 8), channel_axis=0, name=["a", "b", "c"])
    other = viewer.add_image(blank(3, 8, 8), metadata={"channel_names": ["a", "b"]})
    labels = viewer.add_labels(blank(8, 8))

    viewer.layers.selection = {split[2], split[0], labels}
    assert channel_names(viewer) == ["a", "b", "c"]
    viewer.layers.selection = {split[0], other}
    assert channel_names(viewer) is None


def test_images_of_one_shape_are_no_channels_just_because_they_are_selected(
    viewer: ViewerModel,
) -> None:
    one, two = viewer.add_image(blank(8, 8)), viewer.add_image(blank(8, 8))

    viewer.layers.selection = {one, two}

    assert channel_names(viewer) is None


# Channels inside a layer


@pytest.mark.parametrize("depth", [3, 4])
def test_rgb_has_three_channels_and_alpha_is_none(depth: int) -> None:
    assert names_of(blank(8, 8, depth), rgb=True) == ["red", "green", "blue"]


@pytest.mark.parametrize("label", ["c", "C", "ch", "channel", "Channels"])
@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_labelled_axis_gives_the_number(label: str, axis: int) -> None:
    labels = ["z", "y"]
    labels.insert(axis, label)

    assert names_of(lazy(2, 3, 4), axis_labels=labels) == [""] * (axis + 2)


@pytest.mark.parametrize(
    "metadata",
    [
        {"axes": "ZCYX"},
        {"axes": ["z", "c", "y", "x"]},
        {"Axes": "zcyx"},
        {"dims": ("z", "channel", "y", "x")},
        {"dim_order": "ZCYX"},
        {"channel_axis": 1},
        {"channel_axis": -3},
        {"axes": [{"name": name} for name in "zcyx"]},
        {
            "multiscales": [
                {"axes": [{"name": n, "type": "channel"[: 7 * (n == "q")]} for n in a]}
                for a in ("zqyx", "zqyx")
            ]
        },
        {"ome": {"multiscales": [{"axes": [{"name": name} for name in "zcyx"]}]}},
        {"dimensions": Thing(_order="ZCYX", C=7)},
    ],
    ids=str,
)
def test_metadata_can_say_which_axis_holds_channels(metadata: Any) -> None:
    assert names_of(lazy(5, 3, 8, 8), metadata=metadata) == ["", "", ""]


def test_names_belong_to_an_axis_of_as_many_channels() -> None:
    metadata = {"axes": "CYX", "channel_names": ["DAPI", "GFP"]}

    assert names_of(blank(2, 8, 8), metadata=metadata) == ["DAPI", "GFP"]
    assert names_of(blank(3, 8, 8), metadata=metadata) == ["", "", ""]


def test_a_multiscale_image_is_counted_at_its_first_level() -> None:
    levels = [lazy(3, 16, 16), lazy(2, 8, 8)]

    names = names_of(levels, multiscale=True, axis_labels=("c", "y", "x"))

    assert names == ["", "", ""]


def test_an_xarray_names_its_channels_itself() -> None:
    coords = {"C": Thing(values=np.array(["DAPI", "GFP"]))}
    data = Thing(shape=(2, 8, 8), dims=("C", "Y", "X"), coords=coords)
    layer: Any = Thing(rgb=False, multiscale=False, data=data)

    assert channel_names(LayerList(), layer) == ["DAPI", "GFP"]
    coords["C"].values = np.array([0, 1])
    assert channel_names(LayerList(), layer) == ["", ""]


@pytest.mark.parametrize(
    "metadata",
    [
        {"axes": "TCZYX"},  # of the file, not of the layer
        {"axes": "CCYX"},
        {"axes": "ZTYX"},
        {"channel_axis": 4},
        {"channel_axis": True},
        {"channel_axis": "1"},
        {"channel_axis": None},
    ],
    ids=str,
)
def test_what_does_not_fit_the_layer_says_nothing(metadata: Any) -> None:
    assert names_of(blank(5, 3, 8, 8), metadata=metadata) is None


# Names in the metadata


def ome(*scenes: Sequence[str | None], **more: Any) -> Thing:
    """Make what ome-types makes of OME-XML."""
    images = [
        Thing(pixels=Thing(channels=[Thing(name=name, **more) for name in names]))
        for names in scenes
    ]
    return Thing(images=images)


OMERO = {"channels": [{"label": "DAPI", "color": "0000FF"}, {"label": "GFP"}]}
XML = {"Image": {"Pixels": {"Channel": [{"Name": "DAPI"}, {"Name": "GFP"}]}}}
ND2 = Thing(channels=[Thing(channel=Thing(name=name)) for name in ("DAPI", "GFP")])


@pytest.mark.parametrize(
    "metadata",
    [
        {"channel_names": ["DAPI", "GFP"]},
        {"Channel Names": ("DAPI", " GFP\n")},
        {"channelNames": np.array(["DAPI", "GFP"])},
        {"channels": ["DAPI", "GFP"]},
        {"channels": [{"name": "DAPI"}, {"name": "GFP"}]},
        {"omero": OMERO},
        {"ome": {"omero": OMERO}},
        {"bioimage": Thing(), "raw_image_metadata": {"omero": OMERO}},
        {"raw_image_metadata": {"ome": {"omero": OMERO}}},
        {"ome_metadata": ome(["DAPI", "GFP"])},
        {"ome_types": ome(["DAPI", "GFP"], id="Channel:0:0")},
        {"bioio_metadata": ome(["DAPI", "GFP"], ["DAPI", "GFP"])},
        {"images": ome(["DAPI", "GFP"]).images, "instruments": []},
        {"bioio_metadata": {"standard": Thing(), "ome": ome(["DAPI", "GFP"])}},
        {"ome_metadata": {"OME": XML}},
        {"omero": {"@id": 1, "Pixels": {"SizeC": 2, "Channels": OMERO["channels"]}}},
        {"aicsimage": Thing(), "raw_image_metadata": {"metadata": ND2}},
        {
            "napari_micromanager": {
                "useq_sequence": Thing(
                    channels=(Thing(config="DAPI"), Thing(config="GFP"))
                )
            }
        },
        {"Channel": {"Name": ["DAPI", "GFP"]}},
        {"imagej_metadata": {"images": 2, "channels": 2, "Labels": ["DAPI", "GFP"]}},
    ],
    ids=str,
)
def test_the_names_that_readers_write_are_read(metadata: Any) -> None:
    assert names_of(blank(8, 8), metadata=metadata) == ["DAPI", "GFP"]
    both = {**metadata, "axes": "YCX"}
    assert names_of(lazy(8, 2, 8), metadata=both) == ["DAPI", "GFP"]


def test_a_channel_without_a_name_has_an_empty_one() -> None:
    names = names_of(blank(8, 8), metadata={"ome_metadata": ome([None, "GFP", " "])})

    assert names == ["", "GFP", ""]


@pytest.mark.parametrize(
    "metadata",
    [
        {"dimensions": Thing(_order="TCZYX", C=2)},
        {"imagej_metadata": {"channels": 2, "slices": 3, "Labels": list("abcdef")}},
        {"omero": {"Pixels": {"SizeC": 2}}},
        {"channels": [blank(8, 8), blank(8, 8)]},
    ],
    ids=["aiod-napari", "ImageJ", "OMERO", "arrays"],
)
def test_metadata_may_know_only_the_number(metadata: Any) -> None:
    assert names_of(blank(8, 8), metadata=metadata) == ["", ""]


class Wicked:
    """An object of which no code may be run."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"{name} was asked for")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("compared")

    __hash__ = None  # type: ignore[assignment]


class Slow:
    @property
    def channels(self) -> Any:
        raise OSError("the file was opened")


ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize(
    "odd",
    [
        None, 0, -1, True, 1.5, "", "text", b"", [], {}, [[]], [{}], {1: 2}, range(3),
        {None: 3}, ENDLESS, blank(3, 8), np.array(None), da.zeros(3), Wicked(), Slow(),
        Slow, ome(), ome(["a"], ["b"]), float("nan"),
    ],
    ids=lambda odd: type(odd).__name__,
)  # fmt: skip
def test_odd_metadata_says_nothing_and_never_fails(odd: Any) -> None:
    paths = [
        *channel_metadata.AXES_PATHS,
        *channel_metadata.NAMES_PATHS,
        *channel_metadata.COUNT_PATHS,
        channel_metadata.AXIS_PATH,
        channel_metadata.LABELS_PATH,
    ]
    begun = {path[: length + 1] for path in paths for length in range(len(path))}
    for path in [(), *begun]:
        metadata = odd
        for key in reversed(path):
            metadata = {key: metadata, 7: "not a text"}
        layer: Any = Thing(rgb=False, multiscale=False, metadata=metadata)
        layer.data, layer.axis_labels = blank(3, 8, 8), ("-3", "-2", "-1")

        names = channels._inside(layer, AxesReader()) or channels._listed(layer)

        # Odd things in the place of channels still are so many channels.
        assert names is None or not any(names), path


# Images that were split


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_napari_s_own_split_is_recognised(viewer: ViewerModel, axis: int) -> None:
    data = np.moveaxis(blank(3, 8, 8, 4), 0, axis)
    layers = viewer.add_image(data, channel_axis=axis, name="cells")

    for layer in layers:
        assert channel_names(viewer, layer) == ["cells", "cells [1]", "cells [2]"]


@pytest.mark.parametrize(
    "data",
    [
        blank(3, 8, 8),
        blank(3, 5, 8, 8)[:, 2],
        np.flip(blank(3, 8, 8), 0),
        lazy(3, 8, 8),
        lazy(3, 5, 8, 8)[:, 2],
        [blank(3, 16, 16), blank(3, 8, 8)],
        [lazy(3, 16, 16), lazy(3, 8, 8)],
    ],
    ids=[
        "array",
        "part",
        "flipped",
        "dask",
        "part of dask",
        "multiscale",
        "multiscale dask",
    ],
)
def test_names_that_were_given_are_in_the_order_of_the_channels(
    viewer: ViewerModel, data: Any
) -> None:
    names = ["DAPI", "GFP", "RFP"]
    viewer.add_image(data, channel_axis=0, name=names)

    assert channel_names(viewer) == names


def test_all_of_an_array_is_one_image_however_it_is_blended(
    viewer: ViewerModel,
) -> None:
    names = ["a", "b"]
    viewer.add_image(blank(2, 8, 8), channel_axis=0, name=names, blending="opaque")

    assert channel_names(viewer) == names


def test_the_order_of_views_of_an_array_is_that_of_the_array(
    viewer: ViewerModel,
) -> None:
    viewer.add_image(blank(3, 8, 8), channel_axis=0, name=["a", "b", "c"])
    viewer.layers.move(0, 3)
    viewer.layers.move_multiple([1], 0)
    assert [layer.name for layer in viewer.layers] != ["a", "b", "c"]

    assert channel_names(viewer) == ["a", "b", "c"]


def test_other_layers_between_do_not_matter(viewer: ViewerModel) -> None:
    first, second = overlay("cells", "cells [1]")
    viewer.add_layer(first)
    viewer.add_labels(blank(8, 8), name="segmented")
    viewer.add_image(blank(8, 8, 3), rgb=True)
    viewer.add_layer(second)

    assert channel_names(viewer) == ["cells", "cells [1]"]


def test_channels_that_were_loaded_one_by_one_are_told_by_napari_s_numbers() -> None:
    # An HDF5 dataset, for example, gives a new array for every channel.
    layers = LayerList(overlay("cells", "cells [1]", "cells [2]"))

    assert channel_names(layers, layers[1]) == ["cells", "cells [1]", "cells [2]"]


def test_layers_of_one_file_that_are_overlaid_are_its_channels() -> None:
    layers = from_file("a.czi", *overlay("DAPI", "GFP"))

    assert channel_names(layers, layers[0]) == ["DAPI", "GFP"]


def test_names_in_the_metadata_are_preferred_to_titles_of_layers(
    viewer: ViewerModel,
) -> None:
    metadata = {"ome_types": ome(["DAPI", None])}
    viewer.add_image(blank(2, 8, 8), channel_axis=0, name="2026-01", metadata=metadata)

    assert channel_names(viewer) == ["DAPI", "2026-01 [1]"]


def test_metadata_knows_of_channels_whose_layers_were_removed(
    viewer: ViewerModel,
) -> None:
    metadata = {"channel_names": ["DAPI", "GFP", "RFP"]}
    viewer.add_image(blank(3, 8, 8), channel_axis=0, metadata=metadata)
    del viewer.layers[0]

    assert channel_names(viewer, viewer.layers[0]) == ["DAPI", "GFP", "RFP"]


def test_a_duplicate_of_a_channel_is_not_another_one(viewer: ViewerModel) -> None:
    data = lazy(2, 8, 8)
    first, _ = viewer.add_image(data, channel_axis=0, name=["a", "b"])
    viewer.add_image(first.data, name="a copy", blending="additive")

    assert channel_names(viewer) == ["a", "b"]


def unrelated() -> dict[str, list[Image]]:
    """Make images that are alike, but no channels of one image."""
    stack, dasks = blank(5, 8, 8), lazy(5, 8, 8)
    second: Any = {"name": "n [1]", "blending": "additive"}
    shifted, scaled = overlay("n", "n [1]"), overlay("n", "n [1]")
    shifted[1].translate, scaled[1].scale = (0, 8), (2, 2)
    rotated = overlay("n", "n [1]")
    rotated[1].affine = np.diag([-1, 1, 1])
    files = overlay("n", "n [1]")
    from_file("a.tif", files[0])
    from_file("b.tif", files[1])
    one_of_file = overlay("n", "n [1]")
    from_file("a.tif", one_of_file[0])
    return {
        "one shape": [Image(blank(8, 8), name="a"), Image(blank(8, 8), name="b")],
        "opened twice": [Image(blank(8, 8), name=name) for name in ("n", "n [1]")],
        "overlaid": overlay("nuclei", "membranes"),
        "named apart": overlay("n", "n [2]"),
        "numbers of others": overlay("a", "b [1]"),
        "scenes": list(from_file("a", Image(blank(8, 8)), Image(blank(8, 8)))),
        "two files": files,
        "a file and a result": one_of_file,
        "two splits": overlay("n", "n [1]") + overlay("n [2]", "n [3]"),
        "slices": [Image(stack[0]), Image(stack[1])],
        "lazy slices": [Image(dasks[0]), Image(dasks[1])],
        "computed": [Image(dasks + 1), Image(dasks * 2, blending="additive")],
        "a copy": [Image(stack[0]), Image(stack[0].copy(), blending="additive")],
        "the same twice": [Image(stack), Image(stack, blending="additive")],
        "shifted": shifted,
        "scaled": scaled,
        "mirrored": rotated,
        "of two types": [*overlay("n"), Image(np.zeros((8, 8)), **second)],
        "of two sizes": [*overlay("n"), Image(blank(8, 9), **second)],
        "rgb beside it": [*overlay("n"), Image(blank(8, 8, 3), rgb=True, **second)],
    }


@pytest.mark.parametrize("case", unrelated())
def test_images_that_are_only_alike_are_no_channels(case: str) -> None:
    layers = LayerList(unrelated()[case])

    assert channel_names(layers, layers[0]) is None


def test_two_images_that_were_split_stay_apart(viewer: ViewerModel) -> None:
    one = viewer.add_image(blank(2, 8, 8), channel_axis=0, name=["a", "b"])
    two = viewer.add_image(blank(2, 8, 8), channel_axis=0, name=["c", "d"])

    assert channel_names(viewer, one[0]) == ["a", "b"]
    assert channel_names(viewer, two[1]) == ["c", "d"]


def test_a_layer_that_is_not_in_the_list_has_no_neighbours() -> None:
    elsewhere, second = overlay("n", "n [1]")
    layers = LayerList([second])

    assert channel_names(layers, elsewhere) is None


# Following a viewer


def follow(viewer: Any, told: list[Names]) -> ChannelSource:
    return ChannelSource(viewer, told.append)


def test_a_source_knows_at_once_and_calls_back_only_for_changes(
    viewer: ViewerModel, told: list[Names]
) -> None:
    viewer.add_image(blank(8, 8, 3), rgb=True)

    source = follow(viewer, told)

    assert source.names == ["red", "green", "blue"]
    assert told == []


def test_each_new_answer_is_told_once(viewer: ViewerModel, told: list[Names]) -> None:
    source = follow(viewer, told)
    rgb = viewer.add_image(blank(8, 8, 3), rgb=True)
    gray = viewer.add_image(blank(8, 8))
    viewer.layers.selection.active = rgb
    viewer.layers.selection.active = gray
    viewer.add_points()
    viewer.layers.selection.active = rgb
    viewer.add_points()

    colours = ["red", "green", "blue"]
    assert told == [colours, None, colours, None, colours]  # points are no news
    assert source.names == ["red", "green", "blue"]


def test_going_to_another_channel_of_an_image_is_no_news(
    viewer: ViewerModel, told: list[Names]
) -> None:
    split = viewer.add_image(blank(3, 8, 8), channel_axis=0, name=["a", "b", "c"])
    source = follow(viewer, told)

    for layer in split:
        viewer.layers.selection.active = layer
    viewer.layers.selection = set(split)

    assert told == []
    assert source.names == ["a", "b", "c"]


def test_a_third_selected_layer_is_noticed(
    viewer: ViewerModel, told: list[Names]
) -> None:
    one, two = (viewer.add_image(blank(8, 8, 3), rgb=True) for _ in range(2))
    gray = viewer.add_image(blank(8, 8))
    viewer.layers.selection = {one, two}
    source = follow(viewer, told)
    assert source.names == ["red", "green", "blue"]

    viewer.layers.selection.add(gray)

    assert told == [None]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda layer: setattr(layer, "name", "YFP"), ["DAPI", "YFP"]),
        (lambda layer: setattr(layer, "translate", (1, 1)), None),
        (lambda layer: setattr(layer, "scale", (2, 2)), None),
        (lambda layer: setattr(layer, "affine", np.diag([-1, 1, 1])), None),
        (lambda layer: setattr(layer, "data", blank(9, 9)), None),
        (lambda layer: setattr(layer, "blending", "opaque"), ["DAPI", "GFP"]),
        (lambda layer: setattr(layer, "visible", False), ["DAPI", "GFP"]),
    ],
    ids=["name", "translate", "scale", "affine", "data", "blending", "visible"],
)
def test_a_change_in_another_channel_is_noticed(
    viewer: ViewerModel, told: list[Names], change: Any, names: Names
) -> None:
    split = viewer.add_image(blank(2, 8, 8), channel_axis=0, name=["DAPI", "GFP"])
    viewer.layers.selection.active = split[0]
    source = follow(viewer, told)

    change(split[1])

    # The layer of the second channel is elsewhere now, so the first is alone.
    expected = ["DAPI"] if names is None else names
    assert source.names == expected
    assert told == ([] if expected == ["DAPI", "GFP"] else [expected])


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"metadata": {"channel_names": ["a", "b"]}}, ["a", "b"]),
        ({"axis_labels": ("c", "y", "x")}, ["", "", ""]),
        ({"metadata": {"axes": "CYX"}, "data": blank(2, 8, 8)}, ["", ""]),
    ],
    ids=["metadata", "axis_labels", "data"],
)
def test_a_change_in_the_selected_layer_is_noticed(
    viewer: ViewerModel, told: list[Names], change: dict[str, Any], names: Names
) -> None:
    layer = viewer.add_image(blank(3, 8, 8))
    source = follow(viewer, told)

    for name, value in change.items():
        setattr(layer, name, value)

    assert source.names == names
    assert told[-1] == names


def test_a_neighbour_that_becomes_a_channel_is_noticed(told: list[Names]) -> None:
    layers = LayerList(Image(blank(8, 8), name=name) for name in ("n", "n [1]"))
    layers.selection.active = layers[0]
    source = follow(layers, told)
    assert source.names is None

    layers[1].blending = "additive"

    assert told == [["n", "n [1]"]]


def test_a_channel_that_comes_back_to_its_place_is_noticed(told: list[Names]) -> None:
    layers = LayerList(overlay("n", "n [1]", "n [2]"))
    layers.selection.active = layers[0]
    source = follow(layers, told)

    layers[1].scale = layers[2].scale = (2, 2)
    assert source.names == ["n"]
    layers[2].scale = (1, 1)

    assert source.names == ["n", "", "n [2]"]


@pytest.mark.parametrize("seen_as", [lambda viewer: viewer, PublicOnlyProxy])
def test_channels_keep_their_numbers_when_one_before_them_is_removed(
    viewer: ViewerModel, told: list[Names], seen_as: Any
) -> None:
    split = viewer.add_image(blank(3, 8, 8), channel_axis=0, name=["a", "b", "c"])
    source = follow(seen_as(viewer), told)

    viewer.layers.remove(split[0])
    assert source.names == ["", "b", "c"]
    viewer.layers.insert(0, split[0])
    assert source.names == ["a", "b", "c"]
    viewer.layers.remove(split[2])
    viewer.layers.selection.active = split[0]
    assert source.names == ["a", "b"]
    viewer.layers.remove(split[0])
    viewer.layers.selection.active = split[1]
    assert source.names == ["", "b"]


def test_channels_are_in_order_also_when_the_first_comes_last(
    viewer: ViewerModel, told: list[Names]
) -> None:
    data = blank(4, 8, 8)
    source = follow(viewer, told)
    for plane in (1, 2, 0):
        viewer.add_image(data[plane], name=str(plane), blending="additive")
    assert source.names == ["0", "1", "2"]

    viewer.layers.remove("0")
    viewer.add_image(data[3], name="3", blending="additive")

    assert source.names == ["", "1", "2", "3"]


@pytest.mark.parametrize("data", [blank(3, 8, 8), lazy(3, 8, 8)])
def test_channels_keep_their_numbers_when_layers_are_dragged(
    viewer: ViewerModel, told: list[Names], data: Any
) -> None:
    names = ["a", "b", "c"]
    viewer.add_image(data, channel_axis=0, name=names)
    source = follow(viewer, told)

    orders = set()
    for index, other in [(0, 3), (1, 0), (0, 2), (2, 1), (0, 3)]:
        viewer.layers.move(index, other)
        orders.add(tuple(layer.name for layer in viewer.layers))

    assert len(orders) > 3
    assert source.names == names
    assert told == []


def test_layers_that_are_dragged_beside_each_other_are_noticed(
    told: list[Names],
) -> None:
    one, two = overlay("n", "n [1]")
    layers = LayerList([one, Image(blank(8, 8)), two])
    source = follow(layers, told)
    assert source.names is None

    layers.move(2, 1)

    assert told == [["n", "n [1]"]]


def test_a_channel_that_is_added_without_being_selected_is_noticed(
    told: list[Names],
) -> None:
    one, two = overlay("n", "n [1]")
    layers = LayerList([one])
    layers._activate_on_insert = False
    layers.selection.active = one
    source = follow(layers, told)

    layers.append(two)

    assert source.names == ["n", "n [1]"]


def test_an_empty_selection_leaves_the_last_image_until_it_is_removed(
    viewer: ViewerModel, told: list[Names]
) -> None:
    layer = viewer.add_image(blank(8, 8, 3), rgb=True)
    viewer.add_labels(blank(8, 8))
    viewer.layers.selection.active = layer
    source = follow(viewer, told)

    viewer.layers.selection.clear()
    assert source.names == ["red", "green", "blue"]
    viewer.layers.remove(layer)
    assert source.names is None
    assert told == [None]


@pytest.mark.parametrize("add", ["add_labels", "add_points", "add_shapes"])
def test_the_image_used_last_stays_while_another_kind_of_layer_is_selected(
    viewer: ViewerModel, told: list[Names], add: str
) -> None:
    viewer.add_image(blank(8, 8), name="first")
    last = viewer.add_image(blank(8, 8, 3), rgb=True)
    source = follow(viewer, told)

    getattr(viewer, add)(blank(8, 8) if add == "add_labels" else None)
    assert viewer.layers.selection.active is not last
    assert source.names == ["red", "green", "blue"]
    assert source.images == [last]
    assert told == []

    viewer.layers.remove(last)
    assert source.names is None
    assert source.images == []
    assert told == [None]


def test_clearing_the_list_leaves_nothing_to_know(
    viewer: ViewerModel, told: list[Names]
) -> None:
    viewer.add_image(blank(2, 8, 8), channel_axis=0)
    source = follow(viewer, told)

    viewer.layers.clear()

    assert source.names is None


def test_a_replaced_layer_is_noticed(viewer: ViewerModel, told: list[Names]) -> None:
    viewer.add_image(blank(2, 8, 8), channel_axis=0, name=["a", "b"])
    source = follow(viewer, told)
    assert source.names == ["a", "b"]

    viewer.layers[0] = Image(blank(8, 8))

    assert source.names == ["", "b"]


def test_the_names_can_be_changed_by_whoever_asks_for_them(
    viewer: ViewerModel, told: list[Names]
) -> None:
    source = follow(viewer, told)
    viewer.add_image(blank(8, 8, 3), rgb=True)
    assert told[0] is not None
    told[0].clear()

    assert source.names == ["red", "green", "blue"]


# Listeners


def listeners(layers: Sequence[Image], *, but: ChannelSource | None = None) -> int:
    """Count who listens to layers, and to the list of them."""
    groups = [layer.events for layer in layers]
    if isinstance(layers, LayerList):
        groups += [layers.events, layers.selection.events]
    callbacks = [
        callback
        for group in groups
        for emitter in group.emitters.values()
        for callback in emitter.callbacks
    ]
    # napari keeps a method as a weak reference to its object, and a name.
    return sum(
        but is None or not isinstance(callback, tuple) or callback[0]() is not but
        for callback in callbacks
    )


def test_stopping_leaves_no_listener_behind(
    viewer: ViewerModel, told: list[Names]
) -> None:
    split = viewer.add_image(blank(3, 8, 8), channel_axis=0)
    gray = viewer.add_image(blank(8, 8))
    before = listeners(viewer.layers)
    source = follow(PublicOnlyProxy(viewer), told)
    for layer in (*split, gray, split[0]):
        viewer.layers.selection.active = layer
    assert listeners(viewer.layers) > before

    source.stop()
    source.stop()

    assert listeners(viewer.layers) == before
    names = ["Image", "Image [1]", "Image [2]"]
    assert told == [names, None, names]
    viewer.add_image(blank(8, 8, 3), rgb=True)
    assert told == [names, None, names]
    assert source.names == names


def test_a_removed_layer_is_not_listened_to_any_more(
    viewer: ViewerModel, told: list[Names]
) -> None:
    split = viewer.add_image(blank(2, 8, 8), channel_axis=0)
    viewer.layers.remove(split[0])
    alone = listeners([split[0]])
    viewer.layers.insert(0, split[0])
    source = follow(viewer, told)
    viewer.layers.selection.active = split[1]

    viewer.layers.remove(split[0])

    assert listeners([split[0]]) == alone
    assert source.names == ["", "Image [1]"]


def test_a_removed_layer_is_not_kept_alive(
    viewer: ViewerModel, told: list[Names]
) -> None:
    source = follow(viewer, told)
    viewer.add_image(blank(2, 8, 8), channel_axis=0)
    gone = [weakref.ref(layer) for layer in viewer.layers]

    viewer.layers.clear()
    viewer.layers.selection._current = None  # napari itself remembers the last one
    gc.collect()

    assert [layer() for layer in gone] == [None, None]
    assert source.names is None


def test_a_source_that_is_forgotten_listens_no_more(
    viewer: ViewerModel, told: list[Names]
) -> None:
    source = follow(viewer, told)
    gone = weakref.ref(source)

    del source
    gc.collect()
    viewer.add_image(blank(8, 8, 3), rgb=True)

    assert gone() is None
    assert told == []


def test_a_source_that_is_stopped_in_the_middle_of_an_event_is_silent(
    viewer: ViewerModel, told: list[Names]
) -> None:
    first_to_know = ChannelSource(viewer, lambda _: source.stop())
    source = follow(viewer, told)

    viewer.add_image(blank(8, 8, 3), rgb=True)

    assert first_to_know.names == ["red", "green", "blue"]
    assert told == []
    assert listeners(viewer.layers, but=source) == listeners(viewer.layers)


def test_five_hundred_layers_cost_a_look_each_and_few_listeners(
    told: list[Names], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = itertools.count()
    answer = channels._answer

    def counted(*args: Any) -> Any:
        next(looks)
        return answer(*args)

    monkeypatch.setattr(channels, "_answer", counted)
    layers = LayerList()
    source = follow(layers, told)
    many = [Image(blank(4, 4), name=f"image {index}") for index in range(500)]

    layers.extend(many)

    assert next(looks) <= 1 + 2 * len(many)  # when it is inserted, and selected
    assert told == []
    usual = listeners(layers, but=source)
    assert 0 < listeners(layers) - usual <= 5 + 2 * len(channels.WATCHED)
