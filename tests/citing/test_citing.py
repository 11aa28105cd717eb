"""How a model is cited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from manifests_for_tests import TASK, changed, write

from napari_aiod_registry import Registry, Resolution
from napari_aiod_registry.citing.citing import apa, bibtex, methods_sentence
from napari_aiod_registry.citing.identifiers import doi_link, plain_doi, plain_orcid
from napari_aiod_registry.citing.names import parse_name

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
        "  author = {Schmidt, Uwe and Weigert, Martin and Broaddus, Coleman and "
        "Myers, Gene},\n"
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
    parts = parse_name(name)

    assert (parts.given, parts.family) == (given, family)


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
        (pub("  ", year=2020), "On cells. (2020). ", "“On cells”, 2020, "),
        (
            pub(title="What is\na cell?", year=2020),
            "What is a cell? (2020). ",
            "“What is a cell?”, 2020, ",
        ),
        (
            pub("Plato", title="“Why?”", year=2020),
            "Plato. (2020). “Why?” ",
            "Plato, 2020, ",
        ),
        (pub("李明", year=2012), "李明. (2012). On cells. ", "李明, 2012, "),
        (
            pub("The Human Cell Atlas Consortium", year=2020),
            "The Human Cell Atlas Consortium. (2020). On cells. ",
            "The Human Cell Atlas Consortium, 2020, ",
        ),
        (
            pub("Martin Luther King Jr.", "J.K. Rowling", year=2020),
            "King, M. L., Jr., & Rowling, J. K. (2020). On cells. ",
            "King & Rowling, 2020, ",
        ),
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

    assert (
        r"title = {{50 \% of {\textbraceleft}cells{\textbraceright} \& \$x\_1\$}}"
        in text
    )
    assert "@misc{be2020," in text
    assert "@misc{be2020-2," in text


@pytest.mark.parametrize(
    "text", ["a { b", "a } b", "}{", "a \\{ b \\", "{\\", "a\n\n@misc{b,"]
)
def test_whatever_is_written_the_braces_of_a_bibtex_file_close(
    text: str, tmp_path: Path
) -> None:
    work = pub(
        text, f"Jane {text}", title=text, doi=f"10.1/{text}", url="https://e.org/}{"
    )

    depth = 0
    for sign in bibtex(cited(tmp_path, work, work)):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
        # Nothing but the end of an entry is outside.
        assert depth or sign in "@misc\n}"
    assert depth == 0


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Jürgen Müller", "muller2020"),
        ("Søren Ærø-Łukasz", "aerolukasz2020"),
        ("Li Straße", "strasse2020"),
        ("李明", "pub2020"),
        ("Лев Толстой", "pub2020"),
        ("Tim O'Brien", "obrien2020"),
    ],
)
def test_keys_are_plain_letters(name: str, key: str, tmp_path: Path) -> None:
    text = bibtex(cited(tmp_path, pub(name, year=2020), pub(name, year=2020)))

    assert f"@misc{{{key}," in text
    assert f"@misc{{{key}-2," in text


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Marie Curie", "Curie, Marie"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("van der Berg, V.", "van der Berg, V."),
        ("Berg, V. van der", "van der Berg, V."),
        ("Morrison, Van", "Morrison, Van"),
        ("García de la Cruz, Ana", "{García de la Cruz}, Ana"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("Martin Luther King, Jr.", "King, Jr., Martin Luther"),
        ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
        ("Jane Doe, PhD", "Doe, Jane"),
        ("Dr. Jane Doe, M.D., Ph.D.", "Doe, Jane"),
        ("Jack Y. Ma", "Ma, Jack Y."),
        ("Doe, MD", "Doe, MD"),
        ("Plato", "Plato"),
        ("others", "{others}"),
        ("李 明", "{李 明}"),
        ("Jane Doe and John Roe", "{Jane Doe and John Roe}"),
        ("The Cellpose Team", "{The Cellpose Team}"),
        ("Crick Institute, London", "{Crick Institute, London}"),
    ],
)
def test_a_name_in_bibtex(name: str, written: str, tmp_path: Path) -> None:
    text = bibtex(cited(tmp_path, pub(name, "", "Ann Other")))

    assert f"  author = {{{written} and Other, Ann}},\n" in text


def test_works_of_one_year_have_letters(tmp_path: Path) -> None:
    found = cited(
        tmp_path,
        pub("Jane Doe", title="On tissues", year=2020),
        pub("Doe, J.", title="On cells", year=2020),
        pub("Jane Doe", title="On mice", year=2021),
        pub("Jane Doe", title="On time"),
        pub("Jane Doe", title="On space"),
    )
    years = ["2020b", "2020a", "2021", "n.d.-b", "n.d.-a"]

    for line, year in zip(apa(found).splitlines(), years, strict=True):
        assert line.startswith(f"Doe, J. ({year}). On ")
    sentence = methods_sentence(found)
    for year in years:
        assert f"; Doe, {year}, https" in sentence


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("HTTP://DX.DOI.ORG/10.1000/182 ", "10.1000/182"),
        ("doi.org/10.1000/182", "10.1000/182"),
        ("doi:10.1000/182", "10.1000/182"),
        (" DOI 10.1000/182", "10.1000/182"),
        ("doi: 10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1/a%3Cb%3E", "10.1/a<b>"),
        ("10.1/a%3Cb", "10.1/a%3Cb"),
        ("in press", None),
        ("10.5", None),
        ("", None),
    ],
)
def test_a_doi_is_read_however_it_is_written(
    written: str, doi: str | None, tmp_path: Path
) -> None:
    found = cited(tmp_path, pub("Jane Doe", doi=written))

    assert plain_doi(written) == doi
    assert ("  doi = " in bibtex(found)) == (doi is not None)
    if doi is None:
        assert apa(found).endswith(" https://example.org/p")
    else:
        assert f"  doi = {{{doi}}},\n" in bibtex(found)
        assert "https://doi.org/10." in apa(found)
        assert "https://doi.org/10." in methods_sentence(found)


def test_what_an_address_cannot_have_is_written_out() -> None:
    assert doi_link('10.1/(a):b;c.d-e_f/#g%h?i<j>k l"m') == (
        "https://doi.org/10.1/(a):b;c.d-e_f/%23g%25h%3Fi%3Cj%3Ek%20l%22m"
    )


@pytest.mark.parametrize(
    ("written", "orcid"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("ORCID: 0000000218250097", "0000-0002-1825-0097"),
        ("0000-0002-1825-00979", None),
        ("unknown", None),
        (None, None),
    ],
)
def test_an_orcid_is_read_however_it_is_written(
    written: str | None, orcid: str | None
) -> None:
    assert plain_orcid(written) == orcid


def test_without_a_publication_the_home_page_stands_in(tmp_path: Path) -> None:
    home = "https://example.org/home"
    authors = [{"name": "Jane Doe", "affiliation": "?"}]
    found = cited(tmp_path, url=home, repo="https://example.org/code")

    assert (
        bibtex(found)
        == f"@misc{{good,\n  title = {{{{Good}}}},\n  url = {{{home}}},\n}}\n"
    )
    assert apa(found) == f"Good. (n.d.). {home}"
    assert methods_sentence(found) == (
        f"Images were segmented with Good (version v1, task Mitochondria; {home})."
    )
    coded = cited(tmp_path, repo="https://example.org/code", authors=authors)
    assert apa(coded) == "Doe, J. (n.d.). Good. https://example.org/code"
    assert "@misc{doe,\n  author = {Doe, Jane},\n" in bibtex(coded)


def test_without_a_home_page_too_there_is_nothing_to_cite(tmp_path: Path) -> None:
    found = cited(tmp_path)

    assert (bibtex(found), apa(found)) == ("", "")


# Levels


def of_levels(folder: Path, family: Any, version: Any, task: Any) -> Resolution:
    data = changed(
        (("metadata",), family),
        (("versions", "v1", "metadata"), version),
        ((*TASK, "metadata"), task),
    )
    return Registry.from_paths([write(folder, data)]).resolve("mito", "good", "v1")


def test_what_a_version_does_not_state_its_family_does(tmp_path: Path) -> None:
    family = {"description": "F", "license": "MIT", "pubs": [pub("Jane Doe")]}
    version = {"description": "V", "tags": ["3D"], "pubs": []}
    found = of_levels(tmp_path, family, version, {"description": "T"})

    assert [level.description for level in found.levels] == ["T", "V", "F"]
    assert found.nearest("license") is found.manifest.metadata
    assert found.nearest("tags") is found.version.metadata
    assert found.nearest("description") is found.metadata
    assert found.nearest("repo").repo is None
    assert apa(found) == "Doe, J. (n.d.). On cells. https://example.org/p"
    assert "author = {Doe, Jane}" in bibtex(found)
    assert "; Doe, n.d., https" in methods_sentence(found)


def test_the_metadata_stay_those_of_one_level(tmp_path: Path) -> None:
    family = {"description": "F", "license": "MIT"}
    found = of_levels(tmp_path, family, {"description": "V"}, None)

    assert found.metadata.description == "V"
    assert found.metadata.license is None
