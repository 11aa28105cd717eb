"""Every rule of the format: one break each, and its sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from manifests_for_tests import DELETE, GOOD, Change, changed, problems, write

from napari_aiod_registry import ManifestError, ModelManifest, read_manifest

TASK = ("versions", "v1", "tasks", "mito")
LOCATION = (*TASK, "locations", 0, "location")
SIZE = ("params", 0)
MODE = ("params", 1)
OTHER_TASK = {"locations": [{"location": "/w.pt"}]}
CHANNEL = {"name": "C", "value": 0, "param_type": "channel", "tooltip": "t"}

# id: (changes, code, place, words of the message or hint)
BREAKS: dict[str, tuple[list[Change], str, str, str]] = {
    "no name": ([(("name",), DELETE)], "missing-key", "name", "name is missing"),
    "name too long": ([(("name",), "x" * 51)], "bad-length", "name", "50 is the most"),
    "name empty": ([(("name",), "")], "empty", "name", "empty"),
    "name a number": ([(("name",), 5)], "wrong-type", "name", 'Write "5"'),
    "short name unsafe": (
        [(("short_name",), "a b")],
        "unsafe-name",
        "short_name",
        "Use 'a_b'",
    ),
    "short name with a leading dot": (
        [(("short_name",), ".a")],
        "unsafe-name",
        "short_name",
        "no '.' at the start",
    ),
    "short name too long": (
        [(("short_name",), "x" * 51)],
        "bad-length",
        "short_name",
        "51 characters",
    ),
    "no metadata": ([(("metadata",), DELETE)], "missing-key", "metadata", "missing"),
    "no description": (
        [(("metadata", "description"), DELETE)],
        "missing-key",
        "metadata.description",
        "Add description to metadata",
    ),
    "unknown key": (
        [(("metadata", "licence"), "MIT")],
        "unknown-key",
        "metadata.licence",
        "Did you mean 'license'?",
    ),
    "key of another level": (
        [(("axes",), "YX")],
        "unknown-key",
        "axes",
        "belongs to a version",
    ),
    "url not http": (
        [(("metadata", "url"), "ftp://x.org")],
        "bad-url",
        "metadata.url",
        "https://",
    ),
    "repo not a url": (
        [(("metadata", "repo"), "me/mine")],
        "bad-url",
        "metadata.repo",
        "web address",
    ),
    "licence a sentence": (
        [(("metadata", "license"), "Free, for all!")],
        "bad-license",
        "metadata.license",
        "CC-BY-4.0",
    ),
    "tags a text": (
        [(("metadata", "tags"), "2D")],
        "wrong-type",
        "metadata.tags",
        "must be a list",
    ),
    "author without affiliation": (
        [(("metadata", "authors"), [{"name": "A"}])],
        "missing-key",
        "metadata.authors[0].affiliation",
        "an author",
    ),
    "publication without url": (
        [(("metadata", "pubs"), [{"title": "T", "info": "I"}])],
        "missing-key",
        "metadata.pubs[0].url",
        "a publication",
    ),
    "year in quotes": (
        [
            (
                ("metadata", "pubs"),
                [{"title": "T", "info": "I", "url": "https://x.org", "year": "2021"}],
            )
        ],
        "wrong-type",
        "metadata.pubs[0].year",
        "without quotes",
    ),
    "no versions": ([(("versions",), {})], "empty", "versions", "empty"),
    "version name too long": (
        [(("versions", "x" * 51), {"tasks": {"mito": OTHER_TASK}})],
        "bad-length",
        f"versions.{'x' * 51}",
        "50 is the most",
    ),
    "two slugs alike": (
        [(("versions", "V1"), {"tasks": {"mito": OTHER_TASK}})],
        "duplicate-slug",
        "versions.V1",
        "slug of its own",
    ),
    "slug unsafe": (
        [(("versions", "v1", "slug"), "a/b")],
        "unsafe-name",
        "versions.v1.slug",
        "file name",
    ),
    "no tasks": (
        [(("versions", "v1", "tasks"), {})],
        "empty",
        "versions.v1.tasks",
        "empty",
    ),
    "unknown task": (
        [(("versions", "v1", "tasks", "nucleii"), OTHER_TASK)],
        "unknown-task",
        "versions.v1.tasks.nucleii",
        "Did you mean 'nuclei'?",
    ),
    "a task twice": (
        [(("versions", "v1", "tasks", "MITO"), OTHER_TASK)],
        "duplicate-task",
        "versions.v1.tasks.MITO",
        "same task as 'mito'",
    ),
    "axes lower case": (
        [(("versions", "v1", "axes"), "yx")],
        "bad-axes",
        "versions.v1.axes",
        "Write 'YX'",
    ),
    "axes without X": (
        [(("versions", "v1", "axes"), "ZY")],
        "bad-axes",
        "versions.v1.axes",
        "lacks Y or X",
    ),
    "an axis twice": (
        [(("versions", "v1", "axes"), "YXX")],
        "bad-axes",
        "versions.v1.axes",
        "twice",
    ),
    "an unknown axis": (
        [(("versions", "v1", "axes"), "QYX")],
        "bad-axes",
        "versions.v1.axes",
        "letters of TCZYX",
    ),
    "no locations": (
        [((*TASK, "locations"), [])],
        "empty",
        "versions.v1.tasks.mito.locations",
        "empty",
    ),
    "location empty": (
        [(LOCATION, "  ")],
        "empty-location",
        "versions.v1.tasks.mito.locations[0].location",
        "URL or the path",
    ),
    **{
        f"location {scheme}": (
            [(LOCATION, f"{scheme}x/y")],
            "unsupported-scheme",
            "versions.v1.tasks.mito.locations[0].location",
            "Use https://",
        )
        for scheme in ("htp://", "ftp://", "s3://", "javascript:")
    },
    "location without a host": (
        [(LOCATION, "https://")],
        "bad-url",
        "versions.v1.tasks.mito.locations[0].location",
        "web address",
    ),
    "checksum too short": (
        [((*TASK, "locations", 0, "sha256"), "12")],
        "bad-sha256",
        "versions.v1.tasks.mito.locations[0].sha256",
        "64 digits",
    ),
    "location beside locations": (
        [((*TASK, "location"), "/w.pt")],
        "location-conflict",
        "versions.v1.tasks.mito.location",
        "only one can be right",
    ),
    "too few config paths": (
        [
            (
                TASK,
                {"location": ["/a", "/b"], "config_path": ["/c"]},
            )
        ],
        "config-path-mismatch",
        "versions.v1.tasks.mito.config_path",
        "1 config paths for 2 locations",
    ),
    "bad location in the older shape": (
        [(TASK, {"location": ["/a", "s3://b"]})],
        "unsupported-scheme",
        "versions.v1.tasks.mito.location[1]",
        "Use https://",
    ),
    "overrides of own params": (
        [((*TASK, "params"), []), ((*TASK, "param_overrides"), {"size": 4})],
        "override-of-own-params",
        "versions.v1.tasks.mito.param_overrides",
        "remove param_overrides",
    ),
    "override of nothing": (
        [((*TASK, "param_overrides"), {"sise": 4})],
        "unknown-override",
        "versions.v1.tasks.mito.param_overrides.sise",
        "Did you mean 'size'?",
    ),
    "override of another type": (
        [((*TASK, "param_overrides"), {"size": "4"})],
        "bad-override",
        "versions.v1.tasks.mito.param_overrides.size",
        "not a whole number",
    ),
    "override with null": (
        [((*TASK, "param_overrides"), {"size": None})],
        "bad-override",
        "versions.v1.tasks.mito.param_overrides.size",
        "null is not",
    ),
    "override outside the bounds": (
        [((*SIZE, "max"), 5), ((*TASK, "param_overrides"), {"size": 6})],
        "bad-override",
        "versions.v1.tasks.mito.param_overrides.size",
        "more than max",
    ),
    "override that is no choice": (
        [((*TASK, "param_overrides"), {"Mode": "c"})],
        "bad-override",
        "versions.v1.tasks.mito.param_overrides.Mode",
        "not one of the choices",
    ),
    "an arg_name twice": (
        [((*MODE, "arg_name"), "size")],
        "duplicate-arg-name",
        "params[1]",
        "parameter 1 and again by parameter 2",
    ),
    "an arg_name twice in a task": (
        [((*TASK, "params"), [GOOD["params"][0]] * 2)],
        "duplicate-arg-name",
        "versions.v1.tasks.mito.params[1]",
        "must be different",
    ),
    "no value": ([((*SIZE, "value"), DELETE)], "missing-key", "params[0].value", "Add"),
    "value a mapping": (
        [((*SIZE, "value"), {"a": 1})],
        "bad-value-type",
        "params[0].value",
        "neither a number",
    ),
    "null without dtype": (
        [((*SIZE, "value"), None)],
        "missing-dtype",
        "params[0].dtype",
        "Add a dtype",
    ),
    "unknown dtype": (
        [((*SIZE, "dtype"), "integer")],
        "unknown-dtype",
        "params[0].dtype",
        "Dtypes: int, float",
    ),
    "value not of its dtype": (
        [((*SIZE, "value"), "3"), ((*SIZE, "dtype"), "int")],
        "bad-value-type",
        "params[0].value",
        "without quotes",
    ),
    "fraction for a whole number": (
        [((*SIZE, "value"), 3.5), ((*SIZE, "dtype"), "int")],
        "bad-value-type",
        "params[0].value",
        "not a whole number",
    ),
    "number for text": (
        [((*SIZE, "dtype"), "str")],
        "bad-value-type",
        "params[0].value",
        "with quotes",
    ),
    "one for true": (
        [((*SIZE, "value"), 1), ((*SIZE, "dtype"), "bool")],
        "bad-value-type",
        "params[0].value",
        "true or false",
    ),
    "no choices": (
        [((*MODE, "value"), [])],
        "empty-choices",
        "params[1].value",
        "at least one",
    ),
    "a choice twice": (
        [((*MODE, "value"), ["a", "b", "a"])],
        "duplicate-choice",
        "params[1].value[2]",
        "listed twice",
    ),
    "choices alike as floats": (
        [((*MODE, "value"), [1, 1.0]), ((*MODE, "dtype"), "float")],
        "duplicate-choice",
        "params[1].value[1]",
        "listed twice",
    ),
    "a choice that is a list": (
        [((*MODE, "value"), ["a", ["b"]])],
        "bad-value-type",
        "params[1].value",
        "neither a number",
    ),
    "default that is no choice": (
        [((*MODE, "default"), "c")],
        "bad-choice-default",
        "params[1].default",
        'Choices: "a", "b"',
    ),
    "default of another type": (
        [((*MODE, "value"), [1, 2]), ((*MODE, "default"), True)],
        "bad-choice-default",
        "params[1].default",
        "true is not one of",
    ),
    "default without choices": (
        [((*SIZE, "default"), 3)],
        "default-without-choices",
        "params[0].default",
        "as value",
    ),
    "unknown param_type": (
        [((*SIZE, "param_type"), "chanel")],
        "bad-param-type",
        "params[0].param_type",
        'Write "channel"',
    ),
    "channel_start without channel": (
        [((*SIZE, "channel_start"), 0)],
        "not-a-channel",
        "params[0].channel_start",
        "only for channels",
    ),
    "channel_start_label without channel": (
        [((*SIZE, "channel_start_label"), "Gray")],
        "not-a-channel",
        "params[0].channel_start_label",
        "only for channels",
    ),
    "channel_start 1": (
        [(("params", 2), CHANNEL | {"value": 1, "channel_start": 1})],
        "bad-channel-start",
        "params[2].channel_start",
        "-1 or 0",
    ),
    "channel before the first": (
        [(("params", 2), CHANNEL | {"value": -1, "channel_start": 0})],
        "bad-channel-value",
        "params[2].value",
        "before the first entry",
    ),
    "channel a name": (
        [(("params", 2), CHANNEL | {"value": "red"})],
        "bad-channel-value",
        "params[2].value",
        "whole number",
    ),
    **{
        f"{key} of text": (
            [((*SIZE, "value"), "x"), ((*SIZE, key), 1)],
            "bounds-not-numeric",
            f"params[0].{key}",
            "only for numbers",
        )
        for key in ("min", "max", "step")
    },
    "min of choices": (
        [((*MODE, "value"), [1, 2]), ((*MODE, "min"), 0)],
        "bounds-not-numeric",
        "params[1].min",
        "only for numbers",
    ),
    "min above the default": (
        [((*SIZE, "min"), 4)],
        "default-out-of-bounds",
        "params[0].min",
        "less than min, 4",
    ),
    "max below the default": (
        [((*SIZE, "max"), 2)],
        "default-out-of-bounds",
        "params[0].max",
        "more than max, 2",
    ),
    "min not less than max": (
        [((*SIZE, "min"), 3), ((*SIZE, "max"), 3)],
        "bad-bounds",
        "params[0].max",
        "must be less",
    ),
    "min a fraction": (
        [((*SIZE, "min"), 0.5)],
        "bad-bounds",
        "params[0].min",
        "whole number",
    ),
    "min in quotes": (
        [((*SIZE, "min"), "0")],
        "wrong-type",
        "params[0].min",
        "must be a number",
    ),
    "step 0": ([((*SIZE, "step"), 0)], "bad-step", "params[0].step", "above 0"),
    "advanced in quotes": (
        [((*SIZE, "advanced"), "yes")],
        "wrong-type",
        "params[0].advanced",
        "true or false",
    ),
}


@pytest.mark.parametrize("case", BREAKS.values(), ids=BREAKS)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_each_breach_has_its_code_place_and_sentence(
    case: tuple[list[Change], str, str, str], suffix: str, tmp_path: Path
) -> None:
    changes, code, place, words = case
    data = changed(*changes)
    text = json.dumps(data, indent=1)
    if suffix == "yaml":
        text = yaml.safe_dump(json.loads(text), sort_keys=False)

    (problem,) = problems(tmp_path, text, f"m.{suffix}")

    assert (problem.severity, problem.code, problem.loc) == ("error", code, place)
    assert words in f"{problem.message} {problem.hint}"
    assert problem.message.endswith(".")
    assert problem.line is not None
    key = place.rpartition(".")[2].partition("[")[0]
    line = text.splitlines()[problem.line - 1]
    if code != "missing-key" and code != "missing-dtype" and not place.endswith("]"):
        assert key in line
    with pytest.raises(ManifestError) as caught:
        read_manifest(tmp_path / f"m.{suffix}")
    assert caught.value.problems == (problem,)
    with pytest.raises(ValueError, match=r".+"):
        ModelManifest.model_validate(data)


ALLOWED: dict[str, list[Change]] = {
    "50 characters": [(("name",), "x" * 50)],
    "nulls": [
        (("short_name",), "good"),
        (("params", 0, "min"), None),
        (("metadata", "url"), None),
        ((*TASK, "params"), None),
        ((*TASK, "metadata"), None),
    ],
    "a schema": [(("$schema",), "https://example.org/schema.json")],
    "letter case of tasks": [(("versions", "v1", "tasks", "Nuclei"), OTHER_TASK)],
    "drive letter": [(LOCATION, "C:\\models\\w.pt")],
    "drive letter and slash": [(LOCATION, "C:/models/w.pt")],
    "network share": [(LOCATION, "\\\\server\\models\\w.pt")],
    "file url": [(LOCATION, "file:///models/w%20x.pt")],
    "variable": [(LOCATION, "$MODELS/${NAME}.pt")],
    "web address with port and query": [(LOCATION, "https://x.org:8080/a?b=1#c")],
    "all axes": [(("versions", "v1", "axes"), "TCZYX")],
    "no parameters": [((*TASK, "params"), [])],
    "no family parameters": [(("params",), DELETE)],
    "choices that differ in type": [((*MODE, "value"), [1, 1.0, True, "1"])],
    "default among them": [
        ((*MODE, "value"), [1, 1.0, True, "1"]),
        ((*MODE, "default"), True),
    ],
    "channel": [(("params", 2), CHANNEL | {"value": -1})],
    "channel from 0": [
        (
            ("params", 2),
            CHANNEL | {"channel_start": 0, "channel_start_label": "Gray"},
        )
    ],
    "channel_start written out": [((*SIZE, "channel_start"), -1)],
    "bounds at the default": [((*SIZE, "min"), 3), ((*SIZE, "max"), 4)],
    "float bounds": [
        ((*SIZE, "value"), 0.5),
        ((*SIZE, "min"), 0),
        ((*SIZE, "max"), 1),
        ((*SIZE, "step"), 0.1),
        ((*SIZE, "units"), "µm"),
        ((*SIZE, "advanced"), True),
    ],
    "null of every type": [
        (
            ("params",),
            [
                {"name": dtype, "value": None, "dtype": dtype, "tooltip": "t"}
                for dtype in ("int", "float", "bool", "str", "list", "tuple")
            ],
        )
    ],
    "int as float": [((*SIZE, "dtype"), "float")],
    "override": [((*TASK, "param_overrides"), {"size": 4, "Mode": "b"})],
    "override of null": [
        ((*SIZE, "value"), None),
        ((*SIZE, "dtype"), "float"),
        ((*TASK, "param_overrides"), {"size": 4}),
    ],
    "a licence where it is shown": [
        (("metadata", "license"), DELETE),
        (("versions", "v1", "metadata"), {"description": "d"}),
        ((*TASK, "metadata"), {"description": "d", "license": "MIT"}),
    ],
    "older shape": [(TASK, {"location": "/w.pt", "location_type": "file"})],
    "older shape with lists": [
        (TASK, {"location": ["/a", "/b"], "config_path": ["/c", "/d"]})
    ],
    "older shape with one config": [
        (TASK, {"location": ["/a", "/b"], "config_path": "/c"})
    ],
}


@pytest.mark.parametrize("changes", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_reads_and_reads_back(
    changes: list[Change], tmp_path: Path
) -> None:
    data = changed(*changes)
    assert problems(tmp_path, data) == []

    manifest = read_manifest(tmp_path / "manifest.json")

    assert ModelManifest.model_validate(data) == manifest
    again = ModelManifest.model_validate_json(manifest.model_dump_json())
    assert again == manifest
    as_yaml = write(tmp_path, yaml.safe_dump(data, sort_keys=False), "m.yaml")
    assert read_manifest(as_yaml) == manifest
    as_yaml.write_text(yaml.safe_dump(manifest.model_dump(), sort_keys=False))
    assert read_manifest(as_yaml) == manifest


def test_names_are_derived_and_parameters_are_handed_down() -> None:
    data = changed(
        (("name",), "My Family (2)"),
        (("versions", "MitoNet v1"), {"tasks": {"ER": OTHER_TASK}}),
        ((*TASK, "param_overrides"), {"size": 9, "Mode": "b"}),
    )

    manifest = ModelManifest.model_validate(data)

    assert manifest.short_name == "my_family_2_"
    assert manifest.versions["MitoNet v1"].slug == "mitonet_v1"
    assert list(manifest.versions["MitoNet v1"].tasks) == ["er"]
    defaults = [
        [param.default_value for param in version.tasks[task].params or []]
        for task, version in zip(
            ("mito", "er"), manifest.versions.values(), strict=True
        )
    ]
    assert defaults == [[9, "b"], [3, "a"]]
    assert manifest.params is not None
    assert manifest.params[1].arg_name == "Mode"


def test_the_older_shape_pairs_configs_by_position() -> None:
    data = changed((TASK, {"location": ["/a", "/b"], "config_path": ["/c", "/d"]}))

    task = ModelManifest.model_validate(data).versions["v1"].tasks["mito"]

    pairs = [(entry.location, entry.config_path) for entry in task.locations]
    assert pairs == [("/a", "/c"), ("/b", "/d")]


def test_a_value_takes_its_dtype() -> None:
    data = changed(((*SIZE, "dtype"), "float"))

    manifest = ModelManifest.model_validate(data)

    assert manifest.params is not None
    assert repr(manifest.params[0].value) == "3.0"


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    data = changed(
        (("short_nme",), "x"),
        (("metadata", "url"), "ftp://x"),
        (("versions", "v1", "axes"), "XX"),
        (("versions", "v1", "tasks", "MITO"), {"locations": []}),
        (("versions", "v1", "tasks", "nucleii"), OTHER_TASK),
        (LOCATION, "s3://x"),
        ((*TASK, "param_overrides"), {"nothing": 1}),
        (("versions", "V1"), {"tasks": {"mito": OTHER_TASK}}),
        ((*SIZE, "min"), 4),
        ((*SIZE, "tooltp"), "x"),
        ((*MODE, "default"), "c"),
        ((*MODE, "arg_name"), "size"),
        (("params", 2), {"name": "N", "value": None}),
    )

    found = problems(tmp_path, data)

    assert {problem.code for problem in found} >= {
        "unknown-key",
        "bad-url",
        "bad-axes",
        "duplicate-task",
        "unknown-task",
        "unsupported-scheme",
        "unknown-override",
        "duplicate-slug",
        "default-out-of-bounds",
        "bad-choice-default",
        "duplicate-arg-name",
        "missing-dtype",
    }
    lines = [problem.line or 0 for problem in found]
    assert lines == sorted(lines)


WARNINGS: dict[str, tuple[list[Change], str, str]] = {
    "no tooltip": ([((*SIZE, "tooltip"), DELETE)], "no-tooltip", "params[0]"),
    "no tooltip in a task": (
        [((*TASK, "params"), [{"name": "A", "value": 1}])],
        "no-tooltip",
        "versions.v1.tasks.mito.params[0]",
    ),
    "no licence": ([(("metadata", "license"), DELETE)], "no-license", "metadata"),
    "no licence in a version, which is shown instead of the family's": (
        [(("versions", "v1", "metadata"), {"description": "d"})],
        "no-license",
        "versions.v1.metadata",
    ),
    "no licence in a task, which is shown instead of the version's": (
        [
            (("versions", "v1", "metadata"), {"description": "d", "license": "MIT"}),
            ((*TASK, "metadata"), {"description": "d"}),
        ],
        "no-license",
        "versions.v1.tasks.mito.metadata",
    ),
    "no licence in a version that two tasks show": (
        [
            (("versions", "v1", "metadata"), {"description": "d"}),
            (("versions", "v1", "tasks", "nuclei"), OTHER_TASK),
        ],
        "no-license",
        "versions.v1.metadata",
    ),
    "no licence in a family that two versions show": (
        [
            (("metadata", "license"), DELETE),
            (("versions", "v2"), {"tasks": {"mito": OTHER_TASK}}),
        ],
        "no-license",
        "metadata",
    ),
    "config": ([(("config",), "c.yml")], "unused-config", "config"),
    "http": (
        [(LOCATION, "http://x.org/w")],
        "insecure-url",
        "versions.v1.tasks.mito.locations[0].location",
    ),
    **{
        home: (
            [(LOCATION, f"{home}/w.pt")],
            "home-folder",
            "versions.v1.tasks.mito.locations[0].location",
        )
        for home in ("~", "/home/me", "/Users/me", "C:\\Users\\me", "$HOME")
    },
}


@pytest.mark.parametrize("case", WARNINGS.values(), ids=WARNINGS)
def test_a_warning_leaves_the_manifest_usable(
    case: tuple[list[Change], str, str], tmp_path: Path
) -> None:
    changes, code, place = case

    (problem,) = problems(tmp_path, changed(*changes))

    assert (problem.severity, problem.code, problem.loc) == ("warning", code, place)
    assert read_manifest(tmp_path / "manifest.json").name == "Good"


def test_every_metadata_without_a_licence_is_warned_of(tmp_path: Path) -> None:
    data = changed(
        (("metadata", "license"), DELETE),
        (("versions", "v1", "metadata"), {"description": "d"}),
        (("versions", "v1", "tasks", "nuclei"), OTHER_TASK),
        ((*TASK, "metadata"), {"description": "d"}),
        (("versions", "v2"), {"tasks": {"mito": OTHER_TASK}}),
    )

    found = problems(tmp_path, data)

    assert {problem.code for problem in found} == {"no-license"}
    assert sorted(problem.loc for problem in found) == [
        "metadata",
        "versions.v1.metadata",
        "versions.v1.tasks.mito.metadata",
    ]


def test_a_version_is_told_that_the_familys_licence_is_not_shown(
    tmp_path: Path,
) -> None:
    data = changed((("versions", "v1", "metadata"), {"description": "d"}))

    (problem,) = problems(tmp_path, data)

    assert "The family's does not count here" in (problem.hint or "")


def test_a_new_task_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from napari_aiod_registry import TASK_NAMES, Registry

    monkeypatch.setitem(TASK_NAMES, "golgi", "Golgi Apparatus")
    data = changed((("versions", "v1", "tasks", "Golgi"), OTHER_TASK))

    registry = Registry({Path("a.json"): ModelManifest.model_validate(data)})

    assert registry.tasks() == {"mito": "Mitochondria", "golgi": "Golgi Apparatus"}
