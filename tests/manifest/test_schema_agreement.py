"""The JSON Schema says the same as `read_manifest`, as far as a JSON Schema can.

Where it can't, the reason is listed. The list is as long as it must be: a disagreement
that is not on it fails, and so does a line that nothing needs.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from manifests_for_tests import GOOD, MODE, SIZE, TASK, changed
from reading.damaging import RICH, damage
from reading.mistakes import MISTAKES, text_of
from test_param_rules import BREAKS as PARAM_BREAKS
from test_rules import BREAKS

from napari_aiod_registry import ManifestError, ModelManifest, read_manifest
from napari_aiod_registry.manifest.json_schema import SCHEMA_FILE, schema_text
from napari_aiod_registry.registry.sources import bundled_folder
from napari_aiod_registry.text.document import TextError
from napari_aiod_registry.text.json_reader import read_json
from napari_aiod_registry.text.yaml_reader import read_yaml

SCHEMA = ModelManifest.model_json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

# code: why a JSON Schema can't say it
BEYOND: dict[str, str] = {
    "duplicate-task": "It can't compare keys with each other.",
    "duplicate-slug": "It can't compare values of different versions.",
    "duplicate-arg-name": "It can't compare values of different parameters.",
    "unknown-override": "It can't look up a key in a list elsewhere.",
    "bad-override": "The value's type is that of a parameter elsewhere.",
    "config-path-mismatch": "It can't compare the lengths of two lists.",
    "bad-choice-default": "It can't look up a value in a list beside it.",
    "bad-bounds": "It can't compare two numbers, nor tell 1.0 from 1.",
    "default-out-of-bounds": "It can't compare two numbers.",
    "bad-channel-value": "It can't tell 1.0 from 1.",
    "not-finite": "Its numbers have no end.",
    "bad-license": "It can't count parentheses.",
    "wrong-type": "It can't tell 1.0 from 1, where a whole number is asked for.",
}

# What it refuses though we read it, and why
STRICTER: dict[str, tuple[Any, str]] = {
    "choices 1 and 1.0": (
        changed((("params", 1, "value"), [1, 1.0])),
        "To it, 1 and 1.0 are the same value.",
    ),
}

EVERY_KEY = copy.deepcopy(RICH)
EVERY_KEY["params"][2] |= {"value": [0.5, 1, True, "1"]}

GOOD_ONES: dict[str, Any] = {
    "the good one": GOOD,
    "every key": EVERY_KEY,
    "null for what may be left out": changed(
        *(((key,), None) for key in ("usage_guide", "config", "$schema", "short_name")),
        *((("versions", "v1", key), None) for key in ("slug", "axes", "metadata")),
        *(((*TASK, key), None) for key in ("params", "param_overrides", "metadata")),
        *(((*SIZE, key), None) for key in ("dtype", "min", "max", "step", "units")),
    ),
    "task keys of any case": changed(
        (("versions", "v1", "tasks"), {"MITO": GOOD["versions"]["v1"]["tasks"]["mito"]})
    ),
    "1.0 for a whole number": changed(
        ((*SIZE, "value"), 1.0), ((*SIZE, "dtype"), "int")
    ),
    "null and a dtype": changed(((*SIZE, "value"), None), ((*SIZE, "dtype"), "tuple")),
    "mixed choices": changed(((*MODE, "value"), [1, True, "1", 0.5])),
    "a channel that counts from 1": changed(
        (
            SIZE,
            {
                "name": "c",
                "value": 0,
                "param_type": "channel",
                "channel_start": 0,
                "channel_start_label": "none",
                "tooltip": "t",
            },
        )
    ),
    "the older shape": changed(
        (TASK, {"location": "/a", "config_path": ["/c"], "location_type": ["x"]})
    ),
    "locations null beside location": changed(
        (TASK, {"location": "/a", "locations": None})
    ),
    **{
        f"location {text}": changed(((*TASK, "locations", 0, "location"), text))
        for text in (
            *(
                "w.pt",
                "C:\\models\\w.pt",
                "C:w",
                "\\\\server\\w.pt",
                "~/w.pt",
                "$A/${B}",
            ),
            *("file:///w.pt", "FILE://server/w.pt", "file:w.pt", "file://C:/w.pt"),
            *("HTTPS://example.org:80/w?a#b", "http://me@[::1]/w", "https://ä.org"),
        )
    },
    **{
        f"licence {text}": changed((("metadata", "license"), text))
        for text in (
            *("MIT", "GPL-2.0-or-later WITH Classpath-exception-2.0", "GPL-2.0+"),
            *("(MIT)AND(ISC)", "(MIT OR ( ISC ))", "DocumentRef-x:LicenseRef-y"),
        )
    },
    **{
        f"axes {text}": changed((("versions", "v1", "axes"), text))
        for text in ("YX", "XY", "TCZYX", "ZXCY")
    },
}


def damaged() -> Iterator[tuple[str, Any]]:
    for number in range(600):
        random = Random(number)
        data = copy.deepcopy(EVERY_KEY)
        for _ in range(random.choice([1, 1, 1, 2, 3])):
            damage(random, data)
        yield f"damage {number}", data


def seeded() -> Iterator[tuple[str, Any]]:
    """Read the seeded mistakes that are text as it should be."""
    for kind, name in MISTAKES:
        read = read_json if kind == "json" else read_yaml
        try:
            document = read(text_of(kind, name))
        except TextError:
            continue
        if not document.notes:
            yield f"{kind}: {name}", document.data


def corpus() -> dict[str, Any]:
    """Return good manifests and bad ones, each with a name."""
    bundled = {
        file.name: json.loads(file.read_text("utf-8"))
        for file in sorted(bundled_folder().glob("*.json"))
    }
    broken = {
        f"{kind}: {name}": changed(*case[0])
        for kind, cases in (("rule", BREAKS), ("parameter", PARAM_BREAKS))
        for name, case in cases.items()
    }
    extra = {
        "a whole number with a point": changed(((*SIZE, "channel_start"), -1.0)),
        "a channel with a point": changed(
            (SIZE, {"name": "c", "value": 0.0, "param_type": "channel", "tooltip": "t"})
        ),
    }
    return {
        **bundled,
        **GOOD_ONES,
        **broken,
        **extra,
        **dict(seeded()),
        **dict(damaged()),
    }


def error_codes(data: Any, folder: Path) -> set[str]:
    """List what is wrong with a manifest, as `read_manifest` tells it."""
    path = folder / "m.json"
    path.write_text(json.dumps(data), "utf-8")
    try:
        read_manifest(path)
    except ManifestError as error:
        return {one.code for one in error.problems if one.severity == "error"}
    return set()


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_shipped_file_is_in_step() -> None:
    import napari_aiod_registry

    file = Path(napari_aiod_registry.__file__).with_name(SCHEMA_FILE)

    assert file.read_text("utf-8") == schema_text(SCHEMA), (
        "The models have changed. Mend it with: "
        "aiod-registry schema -o src/napari_aiod_registry/manifest.schema.json"
    )


def test_every_key_is_described() -> None:
    parts = {"manifest": SCHEMA, **SCHEMA["$defs"]}
    silent = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, field in part["properties"].items()
        if not field.get("description")
    ]

    assert silent == []
    assert [name for name, part in parts.items() if not part.get("description")] == []


@pytest.mark.parametrize("name", GOOD_ONES)
def test_the_good_ones_are_good(name: str, tmp_path: Path) -> None:
    assert error_codes(GOOD_ONES[name], tmp_path) == set()


def test_the_schema_agrees_with_the_models(tmp_path: Path) -> None:
    wrong: list[str] = []
    needed: set[str] = set()
    counts = Counter[bool]()
    for name, data in corpus().items():
        codes = error_codes(data, tmp_path)
        if "json-syntax" in codes:
            continue  # NaN, or half a character: no schema gets to see it
        counts[not codes] += 1
        says_good = VALIDATOR.is_valid(data)
        if says_good and codes:
            needed |= codes
            if not codes <= BEYOND.keys():
                wrong.append(f"{name}: the schema does not see {codes}")
        elif not says_good and not codes:
            first = next(VALIDATOR.iter_errors(data))
            wrong.append(f"{name}: the schema says {first.json_path} {first.message}")

    assert wrong == []
    assert counts[True] > 100
    assert counts[False] > 500
    assert BEYOND.keys() - needed == set(), "these need no excuse any more"


@pytest.mark.parametrize("name", STRICTER)
def test_the_schema_is_stricter_only_where_it_is_listed(
    name: str, tmp_path: Path
) -> None:
    data, _why = STRICTER[name]

    assert error_codes(data, tmp_path) == set()
    assert not VALIDATOR.is_valid(data)
