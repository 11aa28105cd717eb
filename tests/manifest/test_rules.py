"""Every rule of the format: one break each, and its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from manifests_for_tests import (
    DELETE,
    GOOD,
    LOCATION,
    MODE,
    OTHER_TASK,
    SIZE,
    TASK,
    Break,
    assert_one_problem,
)

from napari_aiod_registry.messages.problems import dotted

PUBLICATION = {"title": "T", "info": "I", "url": "https://x.org"}

# id: (changes, code, place, words of the message or hint)
BREAKS: dict[str, Break] = {
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
    "no versions key": (
        [(("versions",), DELETE)],
        "missing-key",
        "versions",
        "Add versions to the family",
    ),
    "no tasks key": (
        [(("versions", "v1", "tasks"), DELETE)],
        "missing-key",
        "versions.v1.tasks",
        "Add tasks to a version",
    ),
    "no locations key": (
        [((*TASK, "locations"), DELETE)],
        "missing-key",
        "versions.v1.tasks.mito.locations",
        "Add locations to a task of a version",
    ),
    "no location key": (
        [(LOCATION, DELETE)],
        "missing-key",
        "versions.v1.tasks.mito.locations[0].location",
        "Add location to a location",
    ),
    "author without name": (
        [(("metadata", "authors"), [{"affiliation": "A"}])],
        "missing-key",
        "metadata.authors[0].name",
        "an author",
    ),
    **{
        f"publication without {key}": (
            [
                (("metadata", "pubs"), [PUBLICATION]),
                (("metadata", "pubs", 0, key), DELETE),
            ],
            "missing-key",
            f"metadata.pubs[0].{key}",
            f"Add {key} to a publication",
        )
        for key in ("title", "info")
    },
    "a version's metadata without description": (
        [(("versions", "v1", "metadata"), {"license": "MIT"})],
        "missing-key",
        "versions.v1.metadata.description",
        "Add description to metadata",
    ),
    "a task's metadata without description": (
        [((*TASK, "metadata"), {"license": "MIT"})],
        "missing-key",
        "versions.v1.tasks.mito.metadata.description",
        "Add description to metadata",
    ),
    **{
        f"unknown key in {where}": (
            [*changes, ((*place, "nonsense"), 1)],
            "unknown-key",
            f"{dotted(place)}.nonsense",
            "Keys: ",
        )
        for where, place, changes in (
            ("a version", ("versions", "v1"), []),
            ("a task of a version", TASK, []),
            ("a location", LOCATION[:-1], []),
            ("a parameter", SIZE, []),
            (
                "an author",
                ("metadata", "authors", 0),
                [(("metadata", "authors"), [{"name": "A", "affiliation": "B"}])],
            ),
            (
                "a publication",
                ("metadata", "pubs", 0),
                [(("metadata", "pubs"), [PUBLICATION])],
            ),
        )
    },
    "the attribute of $schema": (
        [(("schema_",), "https://example.org/s.json")],
        "unknown-key",
        "schema_",
        "Did you mean '$schema'?",
    ),
    **{
        f"{dotted(place)} {value!r}": (
            [(place, value)],
            "wrong-type",
            dotted(place),
            words,
        )
        for place, value, words in (
            (("usage_guide",), 5, "must be text"),
            (("config",), ["c"], "must be text"),
            (("params",), {"a": 1}, "must be a list"),
            (("versions",), [], "must be a mapping"),
            (("versions", "v1"), None, "must be a mapping (key: value), not null"),
            (TASK, "/w.pt", "must be a mapping"),
            ((*TASK, "locations"), "/w.pt", "must be a list"),
            ((*TASK, "param_overrides"), [1], "must be a mapping"),
            ((*TASK, "locations", 0, "config_path"), 5, "must be text"),
            (("short_name",), 5, "must be text"),
            (("versions", "v1", "slug"), 5, "must be text"),
            ((*SIZE, "arg_name"), 5, "must be text"),
            ((*SIZE, "units"), 5, "must be text"),
            ((*SIZE, "tooltip"), ["t"], "must be text"),
        )
    },
    **{
        f"{whose} url": (
            [(("metadata", key), [item | {"url": "example.org"}])],
            "bad-url",
            f"metadata.{key}[0].url",
            "https://",
        )
        for whose, key, item in (
            ("author", "authors", {"name": "A", "affiliation": "B"}),
            ("publication", "pubs", PUBLICATION),
        )
    },
    "url with a blank": (
        [(("metadata", "url"), "https://x.org/a b")],
        "bad-url",
        "metadata.url",
        "has a blank in it. Write %20",
    ),
    "url with a blank before it": (
        [(("metadata", "url"), " https://x.org")],
        "bad-url",
        "metadata.url",
        "blank before 'https://x.org'. Remove it",
    ),
    **{
        f"licence {text!r}": (
            [(("metadata", "license"), text)],
            "bad-license",
            "metadata.license",
            words,
        )
        for text, words in (
            ("", "Write something like"),
            (" ", "Write something like"),
            ("MIT ", "Did you mean MIT?"),
            ("MIT License ask me", "is not an SPDX identifier"),
            ("cc by 4.0", "Did you mean CC-BY-4.0?"),
            ("MIT OR", "is not"),
            ("OR MIT", "is not"),
            ("(MIT", "is not"),
            ("MIT) AND (ISC", "is not"),
            ("MIT AND OR ISC", "is not"),
            ("()", "is not"),
        )
    },
    "version name empty": (
        [(("versions", ""), {"tasks": {"mito": OTHER_TASK}})],
        "empty",
        "versions.",
        "Give it a name",
    ),
    "two slugs written alike": (
        [
            (("versions", "v1", "slug"), "s"),
            (("versions", "v2"), {"slug": "S", "tasks": {"mito": OTHER_TASK}}),
        ],
        "duplicate-slug",
        "versions.v2",
        "'v1' and 'v2' have the same slug",
    ),
    "slug too long": (
        [(("versions", "v1", "slug"), "x" * 51)],
        "bad-length",
        "versions.v1.slug",
        "51 characters",
    ),
    "slug with a leading dot": (
        [(("versions", "v1", "slug"), ".a")],
        "unsafe-name",
        "versions.v1.slug",
        "no '.' at the start",
    ),
    "checksum of other letters": (
        [((*TASK, "locations", 0, "sha256"), "g" * 64)],
        "bad-sha256",
        "versions.v1.tasks.mito.locations[0].sha256",
        "0-9 and a-f",
    ),
    **{
        f"location {text!r}": (
            [(LOCATION, text)],
            code,
            "versions.v1.tasks.mito.locations[0].location",
            words,
        )
        for text, code, words in (
            ("", "empty-location", "URL or the path"),
            ("file://", "bad-url", "names no file"),
            ("file:///", "bad-url", "like file:///folder/file"),
            ("file://server", "bad-url", "names no file"),
            ("file://[x/w.pt", "bad-url", "three slashes"),
            ("file://~/w.pt", "bad-url", "or the path alone"),
            ("https://x.org/a b", "bad-url", "has a blank in it"),
            (" https://x.org/w", "stray-blank", "blank before 'https://x.org/w'"),
            ("/models/w.pt ", "stray-blank", "blank behind"),
            ("/models/w.pt\n", "stray-blank", "line break behind"),
            ("C:\temp/w.pt", "stray-blank", "two backslashes"),
        )
    },
    **{
        f"config path {text!r}": (
            [((*TASK, "locations", 0, "config_path"), text)],
            code,
            "versions.v1.tasks.mito.locations[0].config_path",
            words,
        )
        for text, code, words in (
            ("", "empty-location", "Leave it out"),
            (" ", "empty-location", "Leave it out"),
            (" /c.yml", "stray-blank", "blank before"),
            ("file://[x", "bad-url", "three slashes"),
            ("s3://bucket/c.yml", "unsupported-scheme", "Use https://"),
            ("https://", "bad-url", "not a web address"),
        )
    },
    "too many config paths": (
        [(TASK, {"location": "/a", "config_path": ["/c", "/d"]})],
        "config-path-mismatch",
        "versions.v1.tasks.mito.config_path",
        "2 config paths for 1 locations",
    ),
    **{
        f"{location!r} in the older shape": (
            [(TASK, {"location": location})],
            code,
            f"versions.v1.tasks.mito.{place}",
            words,
        )
        for location, code, place, words in (
            ([], "empty", "location", "at least one"),
            ("", "empty-location", "location", "URL or the path"),
            (5, "wrong-type", "location", "must be text"),
            (None, "wrong-type", "location", "must be text"),
            (["/a", 5], "wrong-type", "location[1]", "must be text"),
        )
    },
    "one wrong config for two locations": (
        [(TASK, {"location": ["/a", "/b"], "config_path": 5})],
        "wrong-type",
        "versions.v1.tasks.mito.config_path",
        "must be text",
    ),
    "a wrong config of two": (
        [(TASK, {"location": ["/a", "/b"], "config_path": ["/c", ""]})],
        "empty-location",
        "versions.v1.tasks.mito.config_path[1]",
        "Leave it out",
    ),
    "a location_type that is a mapping": (
        [(TASK, {"location": "/a", "location_type": {"a": 1}})],
        "wrong-type",
        "versions.v1.tasks.mito.location_type",
        "Remove it",
    ),
}


@pytest.mark.parametrize("case", BREAKS.values(), ids=BREAKS)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_each_breach_has_its_code_place_and_sentence(
    case: Break, suffix: str, tmp_path: Path
) -> None:
    assert_one_problem(case, suffix, tmp_path)
