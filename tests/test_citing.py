"""How a model is cited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from manifests_for_tests import changed, write

from napari_aiod_registry import Registry, Resolution
from napari_aiod_registry.citing import apa, bibtex, methods_sentence, split_name

BUNDLED = Registry.bundled()


def cited(folder: Path, *pubs: dict[str, Any], **metadata: Any) -> Resolution:
    data = {"description": "?", "license": "MIT", "pubs": list(pubs), **metadata}
    path = write(folder, changed((("metadata",), data)))
    return Registry.from_paths([path]).resolve("mito", "good", "v1")


def pub(*names: str, **more: Any) -> dict[str, Any]:
    authors = [{"name": name, "affiliation": "?"} for name in names]
    base = {"title": "On cells", "info": "model", "url": "https://example.org/p"}
    return {**base, "authors": authors, **more}


def test_stardist_is_cited_as_its_authors_ask() -> None:
    found = BUNDLED.resolve("nuclei", "stardist", "2D_versatile_fluo")

    assert bibtex(found).startswith(
        "@misc{schmidt2018,\n"
        "  author = {Uwe Schmidt and Martin Weigert and Coleman Broaddus and "
        "Gene Myers},\n"
        "  title = {{Cell Detection with Star-convex Polygons}},\n"
        "  year = {2018},\n"
        "  doi = {10.1007/978-3-030-00934-2\\_30},\n".replace("\\_", "_")
    )
    assert apa(found).splitlines()[0] == (
        "Schmidt, U., Weigert, M., Broaddus, C., & Myers, G. (2018). Cell Detection "
        "with Star-convex Polygons. https://doi.org/10.1007/978-3-030-00934-2_30"
    )
    assert methods_sentence(found).startswith(
        "Images were segmented with StarDist (version 2D_versatile_fluo, task Nuclei; "
        "Schmidt et al., 2018, https://doi.org/10.1007/978-3-030-00934-2_30"
    )


@pytest.mark.parametrize("selection", list(BUNDLED.selections()), ids="-".join)
def test_every_bundled_version_can_be_cited(selection: Any) -> None:
    found = BUNDLED.resolve(*selection)

    assert bibtex(found).count("@misc{") == len(found.metadata.pubs or ())
    assert len(apa(found).splitlines()) == len(found.metadata.pubs or ())
    assert found.selection.version in methods_sentence(found)


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Marie Curie", "Marie", "Curie"),
        ("Curie, Marie", "Marie", "Curie"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Otto Friedrich von der Pfalz", "Otto Friedrich", "von der Pfalz"),
        ("Van Morrison", "Van", "Morrison"),
        ("Plato", "", "Plato"),
    ],
)
def test_a_name_is_split(name: str, given: str, family: str) -> None:
    assert split_name(name) == (given, family)


@pytest.mark.parametrize(
    ("publication", "reference", "in_text"),
    [
        (pub("Jean-Luc Picard"), "Picard, J.-L. (n.d.). On cells. ", "Picard, n.d., "),
        (
            pub("A B", "C D", year=2020),
            "B, A., & D, C. (2020). On cells. ",
            "B & D, 2020, ",
        ),
        (pub(year=2020), "On cells. (2020). ", "“On cells”, 2020, "),
    ],
)
def test_few_authors_or_none(
    publication: Any, reference: str, in_text: str, tmp_path: Path
) -> None:
    found = cited(tmp_path, publication)

    assert apa(found) == f"{reference}https://example.org/p"
    assert f"; {in_text}https://example.org/p)." in methods_sentence(found)


def test_of_many_authors_some_are_left_out(tmp_path: Path) -> None:
    found = cited(tmp_path, pub(*(f"A Name{number}" for number in range(30))))

    assert ", Name18, A., … Name29, A. (n.d.)" in apa(found)


def test_signs_of_latex_are_written_out_and_keys_are_different(tmp_path: Path) -> None:
    twice = pub("A Bé", title="50 % of {cells} & $x_1$", year=2020)
    text = bibtex(cited(tmp_path, twice, twice))

    assert r"title = {{50 \% of \{cells\} \& \$x\_1\$}}" in text
    assert "@misc{bé2020," in text
    assert "@misc{bé2020-2," in text


def test_without_a_publication_the_home_page_stands_in(tmp_path: Path) -> None:
    found = cited(tmp_path, url="https://example.org/home")

    assert (bibtex(found), apa(found)) == ("", "")
    assert methods_sentence(found) == (
        "Images were segmented with Good (version v1, task Mitochondria; "
        "https://example.org/home)."
    )
