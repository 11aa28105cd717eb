"""Manifests of every kind that the format allows, made by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from napari_aiod_registry import TASK_NAMES, ModelManifest

ODD = ["1", "1.0", "true", "no", "null", "2025-01-31", "1e-5", "a: b", "µ🙂", "x\ny\n"]
TEXT = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12
)
NAME = TEXT.map(lambda text: text[:50])
SCALAR = (
    st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
SAFE = st.text(st.sampled_from("abcXYZ019_-."), min_size=1, max_size=10).filter(
    lambda text: text[0] != "."
)
NUMBER = st.integers(-1000, 1000) | st.floats(-1000, 1000)


def some(required: dict[str, Any], **optional: Any) -> st.SearchStrategy[Any]:
    """Make mappings with some of the optional keys, in any order."""
    whole = st.fixed_dictionaries(required, optional=optional)
    return whole.flatmap(
        lambda made: st.permutations(list(made)).map(
            lambda keys: {key: made[key] for key in keys}
        )
    )


METADATA = some(
    {"description": TEXT},
    license=st.just("MIT"),
    tags=st.lists(TEXT, max_size=2),
    url=st.just("https://example.org/a"),
)


@st.composite
def params(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Make parameters with different names."""
    names = draw(st.lists(NAME, max_size=4, unique=True))
    return [{"name": name, **draw(values())} for name in names]


def values() -> st.SearchStrategy[dict[str, Any]]:
    """Make the keys of a parameter without its name."""
    numbers = NUMBER.flatmap(
        lambda number: some(
            {"value": st.just(number)},
            min=st.just(-1001),
            max=st.just(1001),
            units=TEXT,
            dtype=st.just("float"),
        )
    )
    nullable = some(
        {"value": st.none(), "dtype": st.sampled_from(["int", "float", "str", "list"])},
        tooltip=TEXT,
    )
    choices = st.lists(SCALAR, min_size=1, max_size=4, unique_by=repr).flatmap(
        lambda listed: some({"value": st.just(listed)}, default=st.sampled_from(listed))
    )
    free = some({"value": SCALAR}, tooltip=TEXT, advanced=st.booleans())
    return numbers | nullable | choices | free


def other(param: dict[str, Any]) -> st.SearchStrategy[Any] | None:
    """Make other defaults for a parameter, where they are easily made."""
    value = param["value"]
    if isinstance(value, list):
        return st.sampled_from(value)
    if type(value) in (int, float) or param.get("dtype") in ("int", "float"):
        return st.integers(-1000, 1000)
    return None


@st.composite
def tasks(draw: st.DrawFn, inherited: list[dict[str, Any]]) -> dict[str, Any]:
    """Make a version-task; it may override what it inherits."""
    location = some(
        {"location": st.sampled_from(["/w", "https://example.org/w", "~/a b"])},
        config_path=st.just("/c.yaml"),
        sha256=st.just("a" * 64),
    )
    task = {"locations": draw(st.lists(location, min_size=1, max_size=3))}
    if draw(st.booleans()):
        task["metadata"] = draw(METADATA)
    what = draw(st.sampled_from(["own", "overrides", "inherited"]))
    if what == "own":
        task["params"] = draw(params())
    elif what == "overrides":
        others = {param["name"]: other(param) for param in inherited}
        task["param_overrides"] = {
            name: draw(values) for name, values in others.items() if values is not None
        }
    return task


@st.composite
def manifests(draw: st.DrawFn) -> dict[str, Any]:
    """Make a manifest, of which all is right."""
    family = draw(params())
    versions = {}
    names = st.lists(NAME, min_size=1, max_size=3, unique_by=str.lower)
    for number, name in enumerate(draw(names)):
        keys = draw(st.lists(st.sampled_from(list(TASK_NAMES)), min_size=1, max_size=2))
        versions[name] = {
            "slug": f"{draw(SAFE)}{number}",
            "tasks": {key: draw(tasks(family)) for key in keys},
            **draw(some({}, axes=st.sampled_from(["YX", "CZYX"]), metadata=METADATA)),
        }
    whole = {"name": draw(NAME), "short_name": draw(SAFE)}
    whole |= {"metadata": draw(METADATA), "versions": versions, "params": family}
    ModelManifest.model_validate(whole)
    return whole


MANIFESTS = manifests()
