"""Models found by words that people know."""

from __future__ import annotations

import pytest

from napari_aiod_registry import Registry
from napari_aiod_registry.search import Search, dimensions

BUNDLED = Registry.bundled()
SEARCH = Search(BUNDLED)


def first(text: str) -> str:
    return SEARCH.find(text)[0].title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("stardist", "StarDist · 2D_versatile_fluo · Nuclei"),
        ("stradist", "StarDist · 2D_versatile_fluo · Nuclei"),
        ("STARD", "StarDist · 2D_versatile_fluo · Nuclei"),
        ("mitocondria", "Empanada · MitoNet v1 · Mitochondria"),
        ("versatile he", "StarDist · 2D_versatile_he · Nuclei"),
        (
            "light sheet nuclei 3d",
            "PanSeg · lightsheet_3D_unet_root_nuclei_ds1x · Nuclei",
        ),
        ("lipid", "Empanada · DropNet v1 · Lipid Droplets"),
        ("er", "SEAI U-Net · Finetuned HU-Net · Endoplasmic Reticulum"),
        ("EM mito", "Empanada · MitoNet v1 · Mitochondria"),
        ("weigert 3d_demo", "StarDist · 3D_demo · Nuclei"),
        ("medsam", "Segment Anything · MedSAM · Everything!"),
        ("nuclei stardist", "StarDist · 2D_versatile_fluo · Nuclei"),
    ],
)
def test_the_best_comes_first(text: str, title: str) -> None:
    assert first(text) == title


def test_words_that_nothing_has_do_not_hide_what_has_the_others() -> None:
    found = SEARCH.find("segment the mitochondria in my stack please")

    assert any("Mitochondria" in hit.title for hit in found[:3])


def test_every_version_task_is_found_by_its_own_words() -> None:
    for selection in BUNDLED.selections():
        family = BUNDLED[selection.model].name
        found = SEARCH.find(f"{family} {selection.version} {selection.task}", limit=20)
        assert selection in [hit.selection for hit in found], selection


def test_nothing_is_found_for_rubbish() -> None:
    assert SEARCH.find("xyzzyq") == []


def test_without_a_word_all_is_found_in_the_registrys_order() -> None:
    found = [hit.selection for hit in SEARCH.find("  …", limit=1000)]

    assert found == list(BUNDLED.selections())


def test_filters() -> None:
    flat = SEARCH.find("nuclei", dimension=2, tags=["Histology"])
    assert [hit.selection.version for hit in flat] == ["2D_versatile_he"]
    for hit in SEARCH.find("", dimension=3, limit=100):
        assert hit.selection not in [hit.selection for hit in flat]
    kept = SEARCH.find("", keep=lambda selection: selection.model == "sam", limit=100)
    assert {hit.selection.model for hit in kept} == {"sam"}
    assert SEARCH.find("nuclei", limit=2) == SEARCH.find("nuclei")[:2]


def test_the_tags_are_listed_once() -> None:
    assert SEARCH.tags == sorted(set(SEARCH.tags), key=str.lower)
    assert "electron microscopy" in SEARCH.tags


@pytest.mark.parametrize(
    ("axes", "tags", "found"),
    [
        ("ZYX", [], {3}),
        ("YX", ["3D"], {2}),
        (None, ["2d", "3D"], {2, 3}),
        (None, ["nuclei"], set()),
    ],
)
def test_dimensions(axes: str | None, tags: list[str], found: set[int]) -> None:
    assert dimensions(axes, tags) == found
