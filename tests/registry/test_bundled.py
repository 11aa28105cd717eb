"""The bundled manifests: all eight, every version and task."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from napari_aiod_registry import (
    ModelManifest,
    Registry,
    Selection,
    check_manifest,
    read_manifest,
)
from napari_aiod_registry.registry.sources import bundled_folder

FILES = sorted(bundled_folder().glob("*.json"))
BUNDLED = Registry.bundled()
SELECTIONS = list(BUNDLED.selections())


def test_the_eight_families_of_the_beginning_are_there() -> None:
    assert [file.stem for file in FILES] == sorted(BUNDLED)
    assert {manifest.name for manifest in BUNDLED.values()} >= {
        "Cellpose",
        "Cellpose-SAM",
        "Empanada",
        "PanSeg",
        "SEAI U-Net",
        "Segment Anything",
        "Segment Anything 2",
        "StarDist",
    }
    assert BUNDLED.problems == []
    assert len(SELECTIONS) >= 49


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_bundled_manifest_has_no_problem_that_could_be_cured(file: Path) -> None:
    reading = check_manifest(file)

    assert reading.manifest is not None
    # The licence of some weights is not stated anywhere; docs/ lists them.
    assert {problem.code for problem in reading.problems} <= {"no-license"}


def test_the_weights_without_a_stated_licence_are_known() -> None:
    counts = Counter(
        file.stem for file in FILES for _problem in check_manifest(file).problems
    )

    # One for each version. A change here belongs into docs/model-sources.md too.
    assert counts == {
        "cellpose": 2,
        "empanada": 4,
        "panseg": 13,
        "sam": 2,
        "seai_unet": 4,
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_bundled_manifest_says_what_people_want_to_know(file: Path) -> None:
    manifest = read_manifest(file)

    assert len(manifest.metadata.description) > 50
    assert manifest.usage_guide
    assert manifest.metadata.tags
    for param in manifest.params or []:
        assert len(param.tooltip or "") > 15, param.arg_name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_bundled_manifest_reads_back_equal(file: Path, tmp_path: Path) -> None:
    manifest = read_manifest(file)

    assert ModelManifest.model_validate_json(manifest.model_dump_json()) == manifest
    as_yaml = tmp_path / "m.yaml"
    as_yaml.write_text(yaml.safe_dump(manifest.model_dump(), sort_keys=False))
    assert read_manifest(as_yaml) == manifest


@pytest.mark.parametrize("selection", SELECTIONS, ids="-".join)
def test_what_is_shown_of_a_version_keeps_what_the_family_says(
    selection: Selection,
) -> None:
    found = BUNDLED.resolve(*selection)
    shown, family = found.metadata, found.manifest.metadata

    for key in ("authors", "pubs", "url", "repo", "tags"):
        assert getattr(shown, key) or not getattr(family, key), key
    # What is repeated stays the same everywhere, down to the authors.
    known = {pub.title: pub for pub in family.pubs or []}
    assert all(pub == known.get(pub.title, pub) for pub in shown.pubs or [])
    if any(pub.authors for pub in known.values()):
        assert any(pub.authors for pub in shown.pubs or [])


@pytest.mark.parametrize("model", BUNDLED)
def test_every_publication_of_a_family_is_shown_for_a_version(model: str) -> None:
    shown = {
        pub.title
        for selection in SELECTIONS
        if selection.model == model
        for pub in BUNDLED.resolve(*selection).metadata.pubs or []
    }

    assert {pub.title for pub in BUNDLED[model].metadata.pubs or []} <= shown


@pytest.mark.parametrize("selection", SELECTIONS, ids="-".join)
def test_the_defaults_are_the_manifests_in_value_and_type(
    selection: Selection,
) -> None:
    found = BUNDLED.resolve(*selection)
    params = found.version_task.params or []

    config = found.params_model().model_dump(by_alias=True)

    assert list(config) == [param.arg_name for param in params]
    for param in params:
        assert repr(config[param.arg_name]) == repr(param.default_value)


@pytest.mark.parametrize("selection", SELECTIONS, ids="-".join)
def test_the_defaults_survive_a_config_file(selection: Selection) -> None:
    model = BUNDLED.resolve(*selection).params_model

    text = yaml.safe_dump(model().model_dump(by_alias=True), sort_keys=False)

    assert model.model_validate(yaml.safe_load(text) or {}) == model()


@pytest.mark.parametrize("selection", SELECTIONS, ids="-".join)
def test_every_version_task_says_where_its_weights_are(selection: Selection) -> None:
    found = BUNDLED.resolve(*selection)

    if selection.model == "seai_unet":
        assert all(check.entry.config_path for check in found.checks)
    else:
        assert (found.location or "").startswith("https://")


def test_the_slugs_of_panseg_are_those_that_the_pipeline_names_files_after() -> None:
    # A derived slug would be in lower case.
    assert [v.slug for v in BUNDLED["panseg"].versions.values()] == list(
        BUNDLED["panseg"].versions
    )


def test_a_model_for_stained_tissue_gets_the_whole_colour_image() -> None:
    found = BUNDLED.resolve("nuclei", "stardist", "2D_versatile_he")

    assert found.version.axes == "YXC"
    assert found.params_model().model_dump(by_alias=True)["channel_idx"] == -1
