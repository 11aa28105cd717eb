"""Models found by words that people know."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from time import perf_counter

import pytest
from manifests_for_tests import changed, write

from napari_aiod_registry import ModelManifest, Registry
from napari_aiod_registry.registry.image_fit import dimensions
from napari_aiod_registry.search.search import Search
from napari_aiod_registry.search.synonyms import SYNONYM_TABLE

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


FLUO, HE = "2D_versatile_fluo", "2D_versatile_he"
MITO, NUCLEO, DROP = "MitoNet v1", "NucleoNet v1", "DropNet v1"

# What biologists type | what is first | what is among the first three | what is absent.
# A part of the title is enough; several are parted by “;”.
QUESTIONS = f"""
i want to segment mitochondria in electron microscopy images | {MITO} | SEAI | Cellpose
how many nuclei are in my picture | · Nuclei | | Envelope; cyto3
what model should I use for counting nuclei in H&E slides? | {HE} | | {FLUO}
nuclei in tissue sections | {HE} | |
cell membranes in plant root | PanSeg · lightsheet_3D_unet_root | | nuclei; Segment
tissue sections stained with hematoxylin and eosin | {HE} | | {FLUO}
find cells in brightfield | Cellpose · cyto3 | | {HE}
fluorescence microscopy whole cells | Cellpose · cyto3 | | StarDist; Empanada
segment the mitochondria in my stack please | {MITO} | MitoNet Mini |
rat liver mitochondria | {MITO} | | StarDist
what's in my x-ray? | MedSAM | | StarDist
nuclear segmentation | · Nuclei | |
confocal stack of a plant, I want the cell walls | generic_confocal_3D_unet | | Cellpose
segment anything | Segment Anything · default | | Cellpose
segment any | Segment Anything · default | |
SAM | Segment Anything · default | | PanSeg; StarDist; Empanada
sam | Segment Anything · default | | PanSeg; StarDist; Empanada
SAM2 | Segment Anything 2 · default | | Segment Anything ·
sam 2 | Segment Anything 2 · default | | Segment Anything ·
Segment Anything in medical images | MedSAM | |
Stringer 2021 | Cellpose · cyto3 | | StarDist
membran | PanSeg · generic_confocal | | StarDist
cellpose | Cellpose · cyto3 | | StarDist
cellpose sam | Cellpose-SAM | | Segment
cell pose | Cellpose · cyto3 | | StarDist
cyto 3 | Cellpose · cyto3 | | cyto2
star dist | {FLUO} | {HE} | Cellpose
U-Net | SEAI U-Net · U-Net | |
plantseg | PlantSeg | generic_confocal | Cellpose
micro sam | MicroSAM | | Cellpose
mito net mini | MitoNet Mini v1 | | {MITO}
H&E | {HE} | | {FLUO}
H and E | {HE} | | {FLUO}
h & e | {HE} | | {FLUO}
haematoxylin | {HE} | | {FLUO}
hematoxylin eosin | {HE} | | {FLUO}
histopathology | {HE} | | {FLUO}
pathology | {HE} | | {FLUO}
tissue | {HE} | |
nucleus | Cellpose · nuclei | | Envelope
nuclei | Cellpose · nuclei | | Envelope; cyto3
nucleus segmentation | · Nuclei | | Envelope
cell nuclei | · Nuclei | | Envelope; cyto3
3D nuclei | · Nuclei | | cyto3; 2D_
touching nuclei | {FLUO} | | cyto3
mitochondrion | {MITO} | | StarDist
mitochondira | {MITO} | | StarDist
cells | Cellpose · cyto3 | |
cell | Cellpose · cyto3 | |
whole cell | Cellpose · cyto3 | |
cytosol | Cellpose · cyto3 | |
membranes | · Boundaries | | StarDist; Cellpose
plasma membrane | · Boundaries | | StarDist; Cellpose; Envelope
cell wall | PanSeg · generic_confocal_3D_unet | | Cellpose; mouse_embryo; Segment
nuclear membrane | Nuclear Envelope | | PanSeg
nuclear envelope | Nuclear Envelope | | PanSeg
lipid bodies | {DROP} | |
fat droplets | {DROP} | |
endoplasmatic reticulum | Endoplasmic Reticulum | | Nuclei
ER | Endoplasmic Reticulum | | Cellpose; Segment
organelles | MicroSAM-Organelles | {MITO} | StarDist
neurites | MicroSAM-Boundaries | | StarDist
DAPI | Cellpose · nuclei | | PanSeg · generic; {NUCLEO}; SEAI
Hoechst | Cellpose · nuclei | | PanSeg · generic; {NUCLEO}; SEAI
nuclear stain | Cellpose · nuclei | | {NUCLEO}; SEAI
GFP cells | Cellpose · cyto3 | | Empanada
fluorescent nuclei | Cellpose · nuclei | {FLUO} | {NUCLEO}; {HE}
immunofluorescence | Cellpose · cyto3 | | Empanada
flourescent | {FLUO} | | Empanada
brightfield | Cellpose · cyto3 | | PanSeg
bright field | Cellpose · cyto3 | | PanSeg
bright-field | Cellpose · cyto3 | | PanSeg
light microscopy | Cellpose · cyto3 | | Empanada; SEAI
light-sheet | PanSeg | | Empanada; Segment
FIB-SEM mitochondria | {MITO} | | Cellpose
TEM | {MITO} | | Cellpose; StarDist; PanSeg
EM 3D cells | Empanada | Empanada | StarDist · 2D
nuclei in electron microscopy | {NUCLEO} | | Cellpose; StarDist; {DROP}
neurons in EM | Empanada | | Cellpose
round objects | StarDist | | MedSAM
mouse embryo | mouse_embryo | | ovules
nuclei in a mouse embryo | confocal_3D_unet_mouse_embryo_nuclei | | embryo_cells
Arabidopsis ovules | confocal_3D_unet_ovules | | StarDist; root; mouse
CT scan | MedSAM | | StarDist
photos | Segment Anything · default | | Cellpose
noisy images | Cellpose-SAM | | Empanada
Wiegert | StarDist | | Segment
Rädle | Segment Anything 2 | | Cellpose
raedle | Segment Anything 2 | | Cellpose
"""


@pytest.mark.parametrize(
    "line", [line for line in QUESTIONS.splitlines() if line], ids=lambda line: line
)
def test_biologists_find_what_is_for_them(line: str) -> None:
    text, start, among, absent = (part.strip() for part in line.split("|"))
    titles = [hit.title for hit in SEARCH.find(text)]

    assert start in titles[0]
    for part in filter(None, among.split("; ")):
        assert any(part in title for title in titles[:3]), titles[:3]
    for part in filter(None, absent.split("; ")):
        assert not [title for title in titles if part in title]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cell", "cells"),
        ("nucleus", "nuclei"),
        ("mitochondrion", "mitochondria"),
        ("membrane", "membranes"),
        ("boundary", "boundaries"),
        ("Dollar", "Dollár"),
        ("Dollar", unicodedata.normalize("NFD", "Dollár")),
        ("light sheet", "lightsheet"),
        ("haematoxylin", "hematoxylin"),
        ("SAM2", "sam 2"),
        ("nuclei", "NUCLEI"),
        ("nuclei", "segment the nuclei of my images"),
    ],
)
def test_these_are_the_same(one: str, other: str) -> None:
    assert SEARCH.find(one) == SEARCH.find(other) != []


@pytest.mark.parametrize(
    "text",
    ["xyzzyq", "DAPX", "axon", "leaf", "yeast", "Müller", "bacteria", "nucleoli"],
)
def test_nothing_is_made_up(text: str) -> None:
    assert SEARCH.find(text) == []
    assert SEARCH.unknown(text) == [text]


def test_words_that_nothing_has_do_not_hide_what_has_the_others() -> None:
    assert SEARCH.find("axon mitochondria") == SEARCH.find("mitochondria")
    assert SEARCH.unknown("Axon of mitochondria, phase  contrast") == [
        "Axon",
        "phase  contrast",
    ]
    assert SEARCH.unknown("segment the nuclei") == []
    decomposed = unicodedata.normalize("NFD", "Żö nuclei Mü")
    assert SEARCH.unknown(decomposed) == [decomposed[:4], decomposed[-3:]]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("10.1101/2024.02.10.579780", {"Cellpose · cyto3 · Cytoplasm"}),
        ("doi:10.1101/2024.02.10.579780.", {"Cellpose · cyto3 · Cytoplasm"}),
        (
            "https://www.biorxiv.org/content/10.1101/2024.02.10.579780v2.full",
            {"Cellpose · cyto3 · Cytoplasm"},
        ),
        (
            "https://doi.org/10.1016/J.CELS.2022.12.006",
            {
                f"Empanada · {version}"
                for version in (
                    "MitoNet v1 · Mitochondria",
                    "MitoNet Mini v1 · Mitochondria",
                    "NucleoNet v1 · Nuclei",
                    "DropNet v1 · Lipid Droplets",
                )
            },
        ),
        ("arXiv:2203.02284", {"StarDist · 2D_versatile_he · Nuclei"}),
        ("https://arxiv.org/pdf/2203.02284v1", {"StarDist · 2D_versatile_he · Nuclei"}),
        ("10.9999/nothing", set()),
        ("https://example.org/nuclei", set()),
    ],
)
def test_an_address_finds_just_what_has_it(text: str, titles: set[str]) -> None:
    assert {hit.title for hit in SEARCH.find(text)} == titles
    assert SEARCH.unknown(text) == ([] if titles else [text])


def test_a_half_typed_doi_finds_what_begins_like_it() -> None:
    assert {h.selection.model for h in SEARCH.find("10.1038/s41592-020")} == {
        "cellpose"
    }


def test_the_home_page_finds_the_family() -> None:
    found = SEARCH.find("github.com/stardist/stardist/")
    assert {hit.selection.model for hit in found} == {"stardist"}


def a_registry(*names: str, author: str = "Ada") -> Registry:
    return Registry(
        {
            Path(f"/{number}.json"): ModelManifest.model_validate(
                {
                    "name": name,
                    "short_name": f"m{number}",
                    "metadata": {
                        "description": "About something else.",
                        "authors": [{"name": author, "affiliation": "Here"}],
                    },
                    "versions": {
                        "v1": {"tasks": {"er": {"locations": [{"location": "/w"}]}}}
                    },
                }
            )
            for number, name in enumerate(names)
        }
    )


@pytest.mark.parametrize(
    ("author", "text"),
    [
        ("Jérôme", "jerome"),
        ("Jérôme", unicodedata.normalize("NFD", "JÉRÔME")),
        ("Weiß", "weiss"),
        ("Weiss", "Weiß"),
        ("Żak", "zak"),
        ("Łukasz", "lukasz"),
        ("Sørensen", "sorensen"),
        ("Đorđe", "dorde"),
        ("Müller", "muller"),
        ("Müller", "mueller"),
        ("Иванов", "иванов"),
        ("田中", "田"),
    ],
)
def test_accents_are_as_people_type_them(author: str, text: str) -> None:
    assert Search(a_registry("One", author=author)).find(text)


def test_scripts_without_blanks_are_searched_inside() -> None:
    search = Search(a_registry("細胞核モデル", "Other"))

    for text in ("核", "モデル", "細胞"):
        assert [hit.selection.model for hit in search.find(text)] == ["m0"], text


def test_a_name_that_is_typed_in_full_is_no_sentence() -> None:
    search = Search(a_registry("Find My Model", "Model My", "My Image"))

    assert search.find("my image")[0].selection.model == "m2"
    assert search.find("find my model")[0].selection.model == "m0"


def test_among_equals_the_manifest_comes_first_that_is_first() -> None:
    found = Search(a_registry(*(f"Net {n}" for n in range(9)))).find("net")

    assert [hit.selection.model for hit in found] == [f"m{n}" for n in range(9)]


def test_a_long_text_takes_no_longer() -> None:
    start = perf_counter()
    for text in ("nuclei " * 6000, "a" * 32_000, "x y " * 8000, "10.1/" * 8000):
        SEARCH.find(text)
        SEARCH.unknown(text)
    assert perf_counter() - start < 1


def test_the_words_of_the_field_are_written_once() -> None:
    typed = [words for line, _ in SYNONYM_TABLE for words in line.split(", ")]
    assert len(typed) == len(set(typed))
    assert SEARCH.unknown("does it find nuclei, thanks") == []


def test_every_version_task_is_found_by_its_own_words() -> None:
    for selection in BUNDLED.selections():
        family = BUNDLED[selection.model].name
        found = SEARCH.find(f"{family} {selection.version} {selection.task}", limit=20)
        assert selection in [hit.selection for hit in found], selection


@pytest.mark.parametrize("text", ["", "  ", "  …", "&?!", "___", "\u0301"])
def test_without_a_word_all_is_found_in_the_registrys_order(text: str) -> None:
    found = [hit.selection for hit in SEARCH.find(text, limit=1000)]

    assert found == list(BUNDLED.selections())
    assert SEARCH.unknown(text) == []


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


def test_a_version_without_tags_has_those_of_its_family(tmp_path: Path) -> None:
    manifest = changed(
        (("metadata", "tags"), ["xenopus"]),
        (("versions", "v1", "metadata"), {"description": "The first."}),
    )
    registry = Registry.from_paths([write(tmp_path, manifest)])

    assert registry["good"].tags_for("v1", "mito") == ["xenopus"]
    assert [hit.selection.version for hit in Search(registry).find("xenopus")] == ["v1"]
