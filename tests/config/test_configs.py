"""Config files of any Pydantic model: what is written is read, with value and type."""

from __future__ import annotations

import datetime
import enum
import errno
import json
import math
import os
import stat
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Json,
    PlainSerializer,
    RootModel,
    SecretStr,
    create_model,
    field_validator,
    model_serializer,
    model_validator,
)

from napari_aiod_registry import ModelParam, Registry, params_model
from napari_aiod_registry.config.files import config_text, read_config, write_config
from napari_aiod_registry.config.fit import fit_config
from napari_aiod_registry.config.keys import config_key
from napari_aiod_registry.config.values import ConfigError, as_config
from napari_aiod_registry.messages import MAX_VALUES


def typed(value: Any) -> Any:
    """Make values comparable with their types, all the way down."""
    if isinstance(value, Mapping):
        return "mapping", [(typed(key), typed(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [typed(item) for item in value]
    if isinstance(value, set):
        return set, sorted(map(repr, value))
    if isinstance(value, BaseModel):
        return type(value), typed(value.__dict__)
    return type(value), repr(value)


class Mode(enum.Enum):
    FAST = "fast"
    SLOW = 2


class Level(enum.IntEnum):
    LOW = 1


class Tile(BaseModel):
    size: int = Field(64, alias="Tile size")
    overlap: float = 0.5


class Everything(BaseModel):
    """Values of all kinds, read strictly: from JSON and YAML they come as text."""

    model_config = ConfigDict(strict=True, extra="forbid", ser_json_inf_nan="null")

    flag: bool = True
    count: int = 2**70
    level: float = 1.0
    most: float = math.inf
    least: float = -math.inf
    unknown: float = math.nan
    nothing: int | None = None
    word: str = "1e-5"
    pair: tuple[int, float] = (1, 2.0)
    stains: set[str] = {"gfp", "dapi", "rfp"}
    mode: Mode = Mode.SLOW
    rank: Level = Level.LOW
    weights: Path = Path("a/b.pt")
    day: datetime.date = datetime.date(2025, 1, 31)
    moment: datetime.datetime = datetime.datetime(2025, 1, 31, 12)
    wait: datetime.timedelta = datetime.timedelta(minutes=90)
    price: Decimal = Decimal("1.10")
    raw: bytes = b"x"
    json_: Json[list[int]] = Field([1], alias="json", validate_default=False)
    by_channel: dict[int, float] = {1: 0.5}
    tile: Tile = Tile()
    tiles: list[Tile] = [Tile(), Tile.model_validate({"Tile size": 32})]
    named: dict[str, tuple[Tile, ...]] = {"a": (Tile(),)}
    anything: Any = [1, 1.0, True, "1", None]
    hidden: int = Field(3, exclude=True)
    old: int = Field(4, deprecated="Use count.")


# The key of a field


@pytest.mark.parametrize(
    ("field", "key"),
    [
        (Field(1), "it"),
        (Field(1, alias="a"), "a"),
        (Field(1, validation_alias="a"), "a"),
        (Field(1, alias="a", validation_alias="b"), "b"),
        (Field(1, serialization_alias="a"), "it"),
        (Field(1, validation_alias=AliasChoices("a", "b")), "a"),
        (Field(1, validation_alias=AliasChoices(AliasPath("x", 0), "b")), "b"),
        (Field(1, validation_alias=AliasPath("x")), "x"),
        (Field(1, validation_alias=AliasPath("x", 0)), "it"),
    ],
)
def test_a_field_has_the_key_under_which_the_model_reads_it(
    field: Any, key: str
) -> None:
    model = create_model("Model", it=(int, field))

    assert config_key("it", model.model_fields["it"]) == key


def test_an_alias_generator_counts_too() -> None:
    class Shouting(BaseModel):
        model_config = ConfigDict(alias_generator=str.upper)
        size: int = 1

    assert as_config(Shouting()) == {"SIZE": 1}


# Out of a model


def test_a_config_is_plain_and_in_the_order_of_the_fields() -> None:
    config = as_config(Everything())

    assert typed(config) == typed(
        {
            "flag": True,
            "count": 2**70,
            "level": 1.0,
            "most": math.inf,
            "least": -math.inf,
            "unknown": math.nan,
            "nothing": None,
            "word": "1e-5",
            "pair": [1, 2.0],
            "stains": ["dapi", "gfp", "rfp"],
            "mode": 2,
            "rank": 1,
            "weights": str(Path("a/b.pt")),
            "day": "2025-01-31",
            "moment": "2025-01-31T12:00:00",
            "wait": "PT1H30M",
            "price": "1.10",
            "raw": "x",
            "json": "[1]",
            "by_channel": {"1": 0.5},
            "tile": {"Tile size": 64, "overlap": 0.5},
            "tiles": [
                {"Tile size": 64, "overlap": 0.5},
                {"Tile size": 32, "overlap": 0.5},
            ],
            "named": {"a": [{"Tile size": 64, "overlap": 0.5}]},
            "anything": [1, 1.0, True, "1", None],
            "hidden": 3,
            "old": 4,
        }
    )


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json", ".YAML"])
def test_every_kind_of_value_comes_back_through_a_file(
    suffix: str, tmp_path: Path
) -> None:
    values, path = Everything(), tmp_path / f"config{suffix}"
    write_config(path, as_config(values))

    fit = fit_config(Everything, read_config(path))

    assert fit.refused == {}
    names = {"json": "json_"}
    taken = {names.get(key, key): value for key, value in fit.taken.items()}
    assert typed(taken) == typed(values.__dict__)


def test_a_config_follows_the_models_own_serialisers() -> None:
    class Wave(BaseModel):
        length: Annotated[
            float,
            BeforeValidator(lambda nm: nm / 1e9),
            PlainSerializer(lambda metres: metres * 1e9),
        ] = 5e-7

    config = as_config(Wave())

    assert config == {"length": pytest.approx(500)}
    assert fit_config(Wave, config).taken == {"length": pytest.approx(5e-7)}


def test_a_model_that_writes_itself_is_taken_at_its_word() -> None:
    class Short(BaseModel):
        size: int = Field(3, alias="Size")
        level: float = 0.5

        @model_serializer(mode="wrap")
        def shorten(self, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
            return {"Size": handler(self)["Size"]}

    class Outer(BaseModel):
        short: Short = Short()

    assert as_config(Short()) == {"Size": 3}
    assert as_config(Outer()) == {"short": {"Size": 3}}


def test_values_that_the_model_has_no_field_for_come_last() -> None:
    class Open(BaseModel):
        model_config = ConfigDict(extra="allow")
        size: int = 1

    assert as_config(Open.model_validate({"more": (1, 2), "size": 3})) == {
        "size": 3,
        "more": [1, 2],
    }


def test_a_root_model_has_the_key_root() -> None:
    class Sizes(RootModel[list[int]]):
        pass

    assert as_config(Sizes([1, 2])) == {"root": [1, 2]}
    assert fit_config(Sizes, {"root": [3]}).taken == {"root": [3]}
    assert fit_config(Sizes, {"root": ["x"]}).refused == {
        "root": 'Item 1: This must be a whole number, not "x".'
    }


class Thing:
    pass


def _deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (Thing(), "it is of the type Thing"),
        ([Thing()], "something in it is neither text nor a number"),
        (b"\xff", "it is of the type bytes"),
        (SecretStr("x"), "it is a secret"),
        (10**399, "it has too many digits"),
        (-(10**5000), "it has too many digits"),
        ("\ud800", "it has a broken character"),
        (_deep(41), "it nests more than 40 levels deep"),
    ],
    ids=[
        "object",
        "object in a list",
        "bytes",
        "secret",
        "digits",
        "minus",
        "?",
        "deep",
    ],
)
def test_a_value_that_no_file_can_hold_is_told_with_its_field(
    value: Any, why: str
) -> None:
    class Group(BaseModel):
        it: Any = None

    class Model(BaseModel):
        fine: int = 1
        it: Any = None
        group: Group = Group()

    with pytest.raises(ConfigError) as caught:
        as_config(Model(it=value))
    assert str(caught.value).endswith(f" can't be written into a config file: {why}.")
    assert caught.value.problems[0].loc.startswith("it")
    with pytest.raises(ConfigError, match=r"^'group\.it"):
        as_config(Model(group=Group(it=value)))
    with pytest.raises(ConfigError, match=r"can't be written into a config file: "):
        config_text({"it": value})


def test_a_serialiser_that_fails_is_told_with_its_field() -> None:
    class Model(BaseModel):
        it: Annotated[int, PlainSerializer(lambda value: 1 // value)] = 0

        @model_validator(mode="after")
        def check(self) -> Model:
            return self

    with pytest.raises(ConfigError, match=r"^'it' can't be written"):
        as_config(Model())


def test_a_model_that_writes_itself_as_a_list_is_no_config() -> None:
    class Model(BaseModel):
        @model_serializer
        def write(self) -> list[int]:
            return [1]

    with pytest.raises(ConfigError, match="a list, not a mapping"):
        as_config(Model())


def test_values_that_nobody_has_validated_are_written_in_silence() -> None:
    assert as_config(Tile.model_construct(size="x")) == {
        "Tile size": "x",
        "overlap": 0.5,
    }


# The text


def test_yaml_has_a_key_in_each_line() -> None:
    config = {
        "model": "Zellkern µm",
        "pair": [64, 64],
        "long": list(range(30)),
        "tile": {"size": 3, "nested": [[1, 2], [3, 4]]},
        "none": None,
        "words": [],
        "long text": "word " * 60,
    }

    text = config_text(config, head=["family: Cellpose", "", "task: nuclei"])

    lines = text.splitlines()
    assert lines[:6] == [
        "# family: Cellpose",
        "#",
        "# task: nuclei",
        "model: Zellkern µm",
        "pair: [64, 64]",
        "long:",
    ]
    assert lines[6:8] == ["- 0", "- 1"]
    assert lines[36:] == [
        "tile:",
        "  size: 3",
        "  nested:",
        "  - [1, 2]",
        "  - [3, 4]",
        "none: null",
        "words: []",
        f"long text: '{config['long text']}'",
    ]


def test_an_empty_config_is_an_empty_mapping() -> None:
    assert config_text({}) == "{}\n"


@pytest.mark.parametrize(
    "line",
    [f"a{char}evil: 1" for char in "\n\r\x0b\x0c\x1c\x85\u2028\u2029\0\x07\x1b\ufeff"],
    ids=ascii,
)
def test_nothing_breaks_out_of_a_comment(line: str, tmp_path: Path) -> None:
    text = config_text({"a": 1}, head=[line])
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8", newline="")

    assert text == "# a evil: 1\na: 1\n"
    assert yaml.safe_load(text) == read_config(tmp_path / "c.yaml") == {"a": 1}


def test_json_is_indented_and_has_no_head() -> None:
    text = config_text({"µ": [1, None]}, head=["family: x"], suffix=".JSON")

    assert text == '{\n  "µ": [\n    1,\n    null\n  ]\n}\n'


def test_a_list_that_is_used_twice_is_written_twice() -> None:
    shared = [1, [2]]

    assert "&" not in config_text({"a": shared, "b": shared, "c": [shared, shared]})


def test_another_suffix_is_no_config_file() -> None:
    with pytest.raises(ConfigError, match=r"Config files end in \.json, \.yaml, \.yml"):
        config_text({}, suffix=".toml")


# id by content: values that YAML likes to read as something else
TRAPS: list[Any] = [
    *(1e-5, 1e-05, 1e20, 1.5e300, 5e-324, 1e16, 123456789.123456789, -0.0, 0.1, 1.0),
    *(math.inf, -math.inf, math.nan, 0, -1, 2**63, 10**398, -(10**398), True, None),
    *("1e-5", "1E5", "1.5e5", ".5e3", "-1e5", "+1.e1", "1e+20", "1.0e-05", "1.5", "1."),
    *(
        "yes",
        "no",
        "on",
        "off",
        "y",
        "N",
        "True",
        "null",
        "Null",
        "~",
        "",
        " ",
        "=",
        "<<",
    ),
    *("1:30", "12:30:45", "2020-01-01", "2020-01-01T00:00:00Z", "0x1F", "0o17", "017"),
    *("0b1", "1_000", ".inf", ".nan", "-.inf", "nan", "Infinity", "1" * 450, "x" * 500),
    *(
        " a",
        "a ",
        "a  b",
        "\t",
        "a\tb",
        "a\n",
        "\na",
        "a\n\n b",
        "a\r\nb",
        "\r",
        "a\nb ",
    ),
    *("\x85", "a\x85b", "\u2028", "\u2029", "\0", "\x1b", "\x7f", "\ufeffx", "\u00a0"),
    *("\ufffe", "\U0001f600", "\U0010ffff", "é", "e\u0301", "漢字", "\u200f"),
    *(
        "# no comment",
        "a # b",
        "a: b",
        "a:",
        ": a",
        "- a",
        "-",
        "? a",
        "&a",
        "*a",
        "!a",
    ),
    *(
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "...",
        "---",
        "--- a",
        "[a",
        "{a",
        "a]",
        ",",
        "'",
        '"',
    ),
    *("it's", 'say "x"', "\\", "\\n", "C:\\models", "${HOME}", "{}", "[]", "null "),
]


@pytest.mark.parametrize("value", TRAPS, ids=lambda value: ascii(value)[:30])
@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_a_value_stays_what_it_is(value: Any, suffix: str, tmp_path: Path) -> None:
    config = {"it": value, "list": [value, value], "in": {"it": [[value]]}}
    if isinstance(value, str):
        config[value] = value
        config["keys"] = {value: 1}
    path = tmp_path / f"config{suffix}"

    write_config(path, config)

    text = path.read_text(encoding="utf-8")
    library = json.loads(text) if suffix == ".json" else yaml.safe_load(text)
    assert typed(library) == typed(config)
    assert typed(read_config(path)) == typed(config)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_what_nests_too_deep_to_be_read_is_not_written(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"config{suffix}"
    write_config(path, {"it": _deep(39)})

    assert read_config(path) == {"it": _deep(39)}
    with pytest.raises(ConfigError, match="nests more than 40 levels deep"):
        write_config(path, {"it": _deep(40)})


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | TEXTS
    | st.from_regex(r"[-+]?[0-9._:xoe]{1,8}([eE][-+]?[0-9]+)?", fullmatch=True)
    | st.sampled_from([trap for trap in TRAPS if isinstance(trap, str)])
)
CONFIGS = st.dictionaries(
    TEXTS,
    st.recursive(
        SCALARS,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)
        ),
        max_leaves=12,
    ),
    max_size=5,
)


@settings(deadline=None)  # a disk may be slow
@given(config=CONFIGS, head=st.lists(st.text(), max_size=2))
def test_any_config_comes_back_with_value_and_type(
    config: dict[str, Any], head: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for suffix, load in ((".yaml", yaml.safe_load), (".json", json.loads)):
        path = folder / f"config{suffix}"
        write_config(path, config, head=head)

        text = config_text(config, head=head, suffix=suffix)
        assert path.read_bytes().decode() == text
        assert typed(load(text)) == typed(config)
        assert typed(read_config(path)) == typed(config)


BUNDLED = Registry.bundled()
MODELS = {
    f"{model}-{version}-{task}": BUNDLED.resolve(task, model, version).params_model
    for task in BUNDLED.tasks()
    for model in BUNDLED.models(task)
    for version in BUNDLED.versions(task, model)
}


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_the_defaults_of_every_bundled_model_come_back(
    model: type[BaseModel], suffix: str, tmp_path: Path
) -> None:
    defaults = model()
    config = as_config(defaults)
    path = tmp_path / f"config{suffix}"

    write_config(path, config, head=["family: x"])
    fit = fit_config(model, read_config(path))

    assert fit.refused == {}
    assert [key for key, _, _ in fit.entries] == list(config)
    assert typed(fit.taken) == typed(defaults.model_dump(by_alias=True))


# Writing


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_new_file_has_the_usual_permissions_and_nothing_beside_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "config.yaml"

    write_config(path, {"a": 1})

    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask()
    assert os.listdir(tmp_path) == ["config.yaml"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("old")
    path.chmod(0o640)

    write_config(path, {"a": 1})

    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_text() == "a: 1\n"


def test_a_link_still_points_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "real.yaml", tmp_path / "link.yaml"
    link.symlink_to(target)

    for number in (1, 2):  # at first the file is not there
        write_config(link, {"a": number})

        assert link.is_symlink()
        assert target.read_text() == f"a: {number}\n"


@pytest.mark.parametrize("function", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(errno.ENOSPC, "No space left"), "disk-full", "There is no room left"),
        (
            OSError(errno.EIO, "Bad disk"),
            "unwritable-file",
            "can't be written: Bad disk.",
        ),
        (
            PermissionError(errno.EPERM, "x"),
            "unwritable-file",
            "You have no permission",
        ),
    ],
    ids=["disk full", "broken", "permission"],
)
def test_a_failure_leaves_the_old_file_alone(
    function: str,
    error: OSError,
    code: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("old")

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(os, function, fail)
    with pytest.raises(ConfigError) as caught:
        write_config(path, {"a": 1})

    (problem,) = caught.value.problems
    assert (problem.code, problem.path, caught.value.path) == (code, path, path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["config.yaml"]


def test_an_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_config(tmp_path / "config.yaml", {})

    assert os.listdir(tmp_path) == []


def test_a_write_protected_file_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("old")
    path.chmod(0o444)
    # For root, who may run the tests, no file is protected.
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(ConfigError, match=r"You have no permission to write .*ask its"):
        write_config(path, {})

    assert path.read_text() == "old"


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("nowhere/c.yaml", "missing-folder", "nowhere does not exist. Make it first"),
        ("file/c.yaml", "missing-folder", "file is not a folder."),
        ("folder.yaml", "unwritable-file", "folder.yaml is a folder. Name a file"),
        ("pipe.yaml", "unwritable-file", "it is not a file."),
        ("c.txt", "unknown-suffix", "c.txt is not a config file by its name."),
        ("c", "unknown-suffix", "Config files end in .json, .yaml, .yml."),
        ("a\0b.yaml", "unwritable-file", "can't be written"),
        ("x" * 300 + ".yaml", "unwritable-file", "can't be written"),
    ],
    ids=["no folder", "file", "folder", "pipe", "suffix", "no suffix", "NUL", "long"],
)
def test_where_nothing_can_be_written_one_sentence_says_why(
    name: str, code: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe.yaml")
    before = sorted(os.listdir(tmp_path))

    with pytest.raises(ConfigError) as caught:
        write_config(tmp_path / name, {"a": 1})

    assert caught.value.problems[0].code == code
    assert words in str(caught.value)
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("suffix", [".json", ".yaml"])
def test_a_file_has_as_many_values_as_a_manifest_at_the_most(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"c{suffix}"
    most = {"a": [0] * (MAX_VALUES - 2)}  # with the list and the mapping

    write_config(path, most)
    assert read_config(path) == most
    path.write_text(path.read_text().replace("0", "[0]", 1))
    with pytest.raises(ConfigError) as caught:
        read_config(path)

    (problem,) = caught.value.problems
    assert problem.code == "too-many-values"
    assert problem.message == "The file holds more than 20,000 values."
    assert problem.hint is not None
    assert problem.hint.endswith("A config file holds one value for each parameter.")


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"

    with pytest.raises(ConfigError, match=r"c\.yaml is larger than 5 MB"):
        write_config(path, {"a": "x" * 5_000_000})
    with pytest.raises(ConfigError, match="holds more than 20,000 values"):
        write_config(path, {"a": [[0]] * 10_000})
    with pytest.raises(ConfigError, match="'a' can't be written") as caught:
        write_config(path, {"a": Thing()})

    assert caught.value.path == path
    assert os.listdir(tmp_path) == []


# Reading


def write(folder: Path, text: str | bytes, name: str = "c.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "name", "config"),
    [
        ("a: 1\nb: 1.0\n", "c.yaml", {"a": 1, "b": 1.0}),
        ("a: 1e-5\nb: '1e-5'\n", "c.yaml", {"a": 1e-5, "b": "1e-5"}),
        ("a: yes\nb: off\nc: 'yes'\n", "c.yml", {"a": True, "b": False, "c": "yes"}),
        ("a: 2020-01-01\nb: 1:30\n", "c.yaml", {"a": "2020-01-01", "b": "1:30"}),
        ("a: ~\nb:\nc: .inf\n", "c.yaml", {"a": None, "b": None, "c": math.inf}),
        ("a: [1, b]\nc: {d: 1}\n", "c.yaml", {"a": [1, "b"], "c": {"d": 1}}),
        ("1: a\n2.0: b\n", "c.yaml", {"1": "a", "2.0": "b"}),
        ("# head\n---\na: 1\n", "c.yaml", {"a": 1}),
        ("{}", "c.yaml", {}),
        ("{}", "c.json", {}),
        ('{"a": 1, "b": [1.0, null]}', "c.JSON", {"a": 1, "b": [1.0, None]}),
        ('{"a": NaN, "b": [-Infinity]}', "c.json", {"a": math.nan, "b": [-math.inf]}),
        (b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "c.yaml", {"a": 1, "b": 2}),
        (b'\xef\xbb\xbf{\r\n"a": 1}', "c.json", {"a": 1}),
    ],
)
def test_a_config_is_read_with_its_types(
    text: str | bytes, name: str, config: dict[str, Any], tmp_path: Path
) -> None:
    assert typed(read_config(write(tmp_path, text, name))) == typed(config)


BROKEN: dict[str, tuple[str | bytes, str, str, tuple[int, int], str]] = {
    "empty": ("", "c.yaml", "empty-file", (1, 1), "Write {} into it"),
    "blank": (" \n", "c.json", "empty-file", (1, 1), "Write {} into it"),
    "only comments": ("# a\n", "c.yaml", "empty-file", (1, 1), "Write {} into it"),
    "a list": ("- a\n", "c.yaml", "not-a-mapping", (1, 1), "like diameter: 30."),
    "a JSON list": ("[1]", "c.json", "not-a-mapping", (1, 1), '{"diameter": 30}'),
    "a word": ("null", "c.yaml", "not-a-mapping", (1, 1), "holds null, but a config"),
    "a key twice": ("a: 1\nb: 2\na: 3\n", "c.yaml", "duplicate-key", (3, 1), "line 1"),
    "a JSON key twice": (
        '{"a": 1,\n "a": 2}',
        "c.json",
        "duplicate-key",
        (2, 2),
        "'a'",
    ),
    "a tag": ("a: !!str 1\n", "c.yaml", "yaml-tag", (1, 4), "can't be used here"),
    "code": ("a: !!python/name:os.x 1\n", "c.yaml", "yaml-tag", (1, 4), "Remove it"),
    "an anchor": ("a: &x 1\n", "c.yaml", "yaml-anchor", (1, 4), "Write the value out."),
    "a word as key": ("a: 1\nyes: 2\n", "c.yaml", "yaml-key", (2, 1), "quotes"),
    "a list as key": ("[a]: 1\n", "c.yaml", "yaml-syntax", (1, 1), "must be a word"),
    "two documents": ("a: 1\n---\nb: 1\n", "c.yaml", "yaml-syntax", (3, 1), "second"),
    "a tab": ("a: 1\n\tb: 1\n", "c.yaml", "yaml-syntax", (2, 1), "tab"),
    "a comma": ('{"a": 1,\n}', "c.json", "json-syntax", (2, 1), "Remove the comma"),
    "deep": ("[" * 99, "c.yaml", "too-deep", (1, 42), "40 levels"),
    "latin-1": ("a: µ".encode("latin-1"), "c.yaml", "not-utf8", (1, 4), "UTF-8"),
}


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_with_line_and_column(
    case: tuple[str | bytes, str, str, tuple[int, int], str], tmp_path: Path
) -> None:
    text, name, code, (line, column), words = case
    path = write(tmp_path, text, name)

    with pytest.raises(ConfigError) as caught:
        read_config(path)

    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert words in str(caught.value)
    assert "manifest" not in str(caught.value)
    assert str(caught.value).startswith(f"{path}, line {problem.line}, column ")
    assert "\n" not in str(caught.value)


def test_all_problems_come_at_once_a_line_for_each(tmp_path: Path) -> None:
    path = write(tmp_path, "a: &x 1\nb: *x\na: 2\n")

    with pytest.raises(ConfigError) as caught:
        read_config(path)

    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("nothing.yaml", "missing-file", "nothing.yaml does not exist."),
        ("folder.yaml", "not-a-file", "folder.yaml is a folder."),
        ("pipe.yaml", "not-a-file", "pipe.yaml is not a file."),
        ("c.txt", "unknown-suffix", "c.txt is not a config file by its name."),
        ("large.yaml", "too-large", "large.yaml is larger than 5 MB."),
        ("a\0b.yaml", "unreadable-file", "is not the path of a file."),
    ],
    ids=["missing", "folder", "pipe", "suffix", "large", "NUL"],
)
def test_what_is_no_file_to_read_is_told_in_one_sentence(
    name: str, code: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    write(tmp_path, "a: 1\n", "c.txt")
    write(tmp_path, " " * 5_000_001, "large.yaml")

    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path / name)

    assert [problem.code for problem in caught.value.problems] == [code]
    assert words in str(caught.value)
    assert "manifest" not in str(caught.value)


# Into a model


class Cells(BaseModel):
    model_config = ConfigDict(strict=True)

    size: int = Field(30, ge=1, le=500)
    level: float = 0.5
    pair: tuple[int, int] = (64, 64)
    mode: Literal["fast", "slow"] = "fast"
    weights: Path = Path("w.pt")
    low: int = Field(0, alias="Min size")
    high: int = Field(9, validation_alias=AliasChoices("Max size", "max"))
    tile: Tile = Tile()

    @model_validator(mode="after")
    def check(self) -> Cells:
        if self.low >= self.high:
            raise ValueError(f"{self.low} must be below {self.high}")
        return self


class Needy(Cells):
    channel: int


FITS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, str]]] = {
    "nothing": ({}, {}, {}),
    "a value": ({"size": 40}, {"size": 40}, {}),
    "a whole number for a float": ({"level": 1}, {"level": 1.0}, {}),
    "a list for a tuple": ({"pair": [1, 2]}, {"pair": (1, 2)}, {}),
    "text for a path": ({"weights": "a/b"}, {"weights": Path("a/b")}, {}),
    "an alias": ({"Min size": 3}, {"Min size": 3}, {}),
    "another alias": ({"max": 5}, {"Max size": 5}, {}),
    "a group": (
        {"tile": {"Tile size": 3}},
        {"tile": Tile.model_validate({"Tile size": 3})},
        {},
    ),
    "out of range": (
        {"size": 0, "level": 1.5},
        {"level": 1.5},
        {"size": "at least 1."},
    ),
    "a float for a whole number": ({"size": 40.0}, {}, {"size": "not 40.0."}),
    "text for a number": ({"size": "40"}, {}, {"size": 'not "40".'}),
    "true for a number": ({"size": True}, {}, {"size": "not true."}),
    "not a choice": ({"mode": "fats"}, {}, {"mode": "one of: 'fast' or 'slow'."}),
    "a value too few": ({"pair": [1]}, {}, {"pair": "2 values are needed, not 1."}),
    "a wrong item": ({"pair": [1, 2.5]}, {}, {"pair": "Item 2: This must be a whole"}),
    "an unknown key": ({"size_": 3}, {}, {"size_": "Did you mean 'size'?"}),
    "the name of a field with an alias": (
        {"low": 3},
        {},
        {"low": "There is no parameter 'low'."},
    ),
    "wrong values under an alias": (
        {"Min size": "x", "max": 2.5, "size": 3},
        {"size": 3},
        {"Min size": 'not "x".', "max": "This must be a whole number, not 2.5."},
    ),
    "a key far from all": ({"zzz": 3}, {}, {"zzz": "There is no parameter 'zzz'."}),
    "a parameter under two keys": (
        {"max": 5, "Max size": 6},
        {"Max size": 5},
        {"Max size": "the same parameter as 'max'."},
    ),
    "a wrong value in a group": (
        {"tile": {"Tile size": 2.5}},
        {},
        {"tile": "Inside 'tile', 'Tile size': This must be a whole number, not 2.5."},
    ),
    "an unknown key in a group": (
        {"tile": {"Tile size": 3, "sise": 1}},
        {},
        {"tile": "Inside 'tile', 'sise': There is no such key."},
    ),
    "a rule between a key and a default": (
        {"size": 40, "Min size": 9},
        {"size": 40},
        {"Min size": "9 must be below 9."},
    ),
    "a rule between two keys": (
        {"Min size": 50, "Max size": 20, "size": 0},
        {"Max size": 20},
        {"size": "at least 1.", "Min size": "50 must be below 20."},
    ),
    "both together are right": (
        {"Min size": 50, "Max size": 60},
        {"Min size": 50, "Max size": 60},
        {},
    ),
}


@pytest.mark.parametrize("case", FITS.values(), ids=FITS)
def test_what_a_model_takes_of_a_config(
    case: tuple[dict[str, Any], dict[str, Any], dict[str, str]],
) -> None:
    data, taken, refused = case

    fit = fit_config(Cells, data)

    assert typed(fit.taken) == typed(taken)
    assert set(fit.refused) == set(refused)
    for key, words in refused.items():
        assert fit.refused[key].endswith(words) or words in fit.refused[key]
        assert fit.refused[key].endswith((".", "?"))
    assert fit.entries == tuple(
        (key, value, fit.refused.get(key)) for key, value in data.items()
    )


def test_entries_come_in_the_order_of_the_file() -> None:
    data = {"zzz": 1, "pair": [1, 2], "size": 0, "level": 1}

    fit = fit_config(Cells, data)

    assert [key for key, _, _ in fit.entries] == list(data)
    assert [value for _, value, _ in fit.entries] == list(data.values())
    assert [why is None for _, _, why in fit.entries] == [False, True, False, True]


@pytest.mark.parametrize("extra", ["forbid", "ignore", "allow"])
def test_a_key_without_a_field_is_never_taken(extra: Any) -> None:
    class Inner(BaseModel):
        model_config = ConfigDict(extra=extra)
        a: int = 1

    class Outer(Inner):
        group: Inner = Inner()
        groups: dict[str, list[Inner]] = Field(default_factory=dict)

    data = {"b": 1, "group": {"b": 1}, "groups": {"x": [{"b": 1}]}, "a": 2}

    fit = fit_config(Outer, data)

    assert fit.taken == {"a": 2}
    assert fit.refused == {
        "b": "There is no parameter 'b'.",
        "group": "Inside 'group', 'b': There is no such key.",
        "groups": "Inside 'groups', 'x', item 1, 'b': There is no such key.",
    }


def test_the_other_values_are_those_of_now() -> None:
    now = {"Min size": 20, "Max size": 60, "pair": (1, 2), "weights": Path("x")}

    assert fit_config(Cells, {"Max size": 10}, now).refused == {
        "Max size": "20 must be below 10."
    }
    assert fit_config(Cells, {"Max size": 30}, now).taken == {"Max size": 30}
    assert fit_config(Cells, {"Min size": 5}, now).taken == {"Min size": 5}


def test_the_values_of_now_go_the_way_of_the_models_own_serialisers() -> None:
    class Wave(BaseModel):
        length: Annotated[
            int, BeforeValidator(int), PlainSerializer(lambda value: f"0{value}")
        ] = 500
        limit: int = 600

        @model_validator(mode="before")
        @classmethod
        def check(cls, data: Any) -> Any:
            if data["limit"] < 510 and data["length"] != "0505":
                raise ValueError("the limit is too low")
            return data

    now = {"length": 505, "limit": 700}

    assert fit_config(Wave, {"limit": 509}, now).taken == {"limit": 509}
    assert fit_config(Wave, {"limit": 509}, {"length": 506, "limit": 700}).taken == {}


def test_now_may_hold_values_that_no_file_holds() -> None:
    class Held(BaseModel):
        model_config = ConfigDict(arbitrary_types_allowed=True)
        thing: Any = None
        tile: Tile = Tile()
        size: int = 1

    now = {"thing": Thing(), "tile": Tile.model_validate({"Tile size": 3}), "size": 2}

    assert fit_config(Held, {"size": 3}, now).taken == {"size": 3}
    assert fit_config(Held, {"size": "x"}, now).refused.keys() == {"size"}


@pytest.mark.parametrize(
    "now",
    [None, {"size": 0}, {"channel": None, "Min size": 99}, {"pair": 3, "nonsense": 1}],
    ids=str,
)
def test_what_is_wrong_already_is_not_the_files_fault(
    now: dict[str, Any] | None,
) -> None:
    fit = fit_config(Needy, {"pair": [1, 2], "level": "x", "tile": {"z": 1}}, now)

    assert typed(fit.taken) == typed({"pair": (1, 2)})
    assert fit.refused.keys() == {"level", "tile"}


def test_a_rule_that_is_broken_already_is_not_the_files_fault() -> None:
    broken = {"Min size": 30, "Max size": 20}

    fit = fit_config(Cells, {"size": 40, "Min size": 25, "mode": "fats"}, broken)

    assert fit.taken == {"size": 40, "Min size": 25}
    assert fit.refused.keys() == {"mode"}


def test_the_file_may_bring_what_was_missing() -> None:
    fit = fit_config(Needy, {"channel": 1, "Min size": 10})

    assert fit.taken == {}
    assert set(fit.refused.values()) == {"10 must be below 9."}
    assert fit_config(Needy, {"channel": 1}).taken == {"channel": 1}


def test_values_are_those_that_the_models_validators_make() -> None:
    class Loud(BaseModel):
        model_config = ConfigDict(frozen=True)
        need: int
        word: str = ""

        @field_validator("word")
        @classmethod
        def upper(cls, value: str) -> str:
            return value.upper()

    assert fit_config(Loud, {"word": "a"}).taken == {"word": "A"}
    assert fit_config(Loud, {"word": "a", "need": 1}).taken == {"word": "A", "need": 1}


def test_a_rule_at_another_field_names_that_field() -> None:
    class Pair(BaseModel):
        low: int = 1
        high: int = 5

        @field_validator("high")
        @classmethod
        def above(cls, high: int, info: Any) -> int:
            if high <= info.data["low"]:
                raise ValueError("must be above low")
            return high

    assert fit_config(Pair, {"low": 7}, {"high": 5}).refused == {
        "low": "'high': must be above low."
    }


def test_a_validator_that_fails_refuses_only_its_own_value() -> None:
    class Careless(BaseModel):
        a: int = 1
        b: int = 1

        @field_validator("a")
        @classmethod
        def invert(cls, value: int) -> int:
            return 1 // value

    fit = fit_config(Careless, {"a": 0, "b": 2})

    assert fit.taken == {"b": 2}
    assert fit.refused["a"].startswith("The values can't be checked: ")


@pytest.mark.parametrize(
    "fail",
    [
        lambda cls, value: Thing(),
        lambda cls, value: cls.model_construct(),
        lambda cls, value: 1 // 0,
    ],
    ids=["another object", "an empty instance", "an error"],
)
def test_a_model_that_behaves_oddly_takes_nothing(fail: Callable[..., Any]) -> None:
    class Odd(BaseModel):
        size: int

        @model_validator(mode="wrap")
        @classmethod
        def odd(cls, value: Any, handler: Any) -> Any:
            return fail(cls, value)

    fit = fit_config(Odd, {"size": 1})

    assert fit.taken == {}
    assert fit.refused["size"].endswith(".")


def test_a_model_that_allows_no_subclass_is_served_as_well_as_can_be() -> None:
    class Final(BaseModel):
        need: int
        size: int = 1

        def __init_subclass__(cls, **_: Any) -> None:
            raise TypeError("final")

    assert fit_config(Final, {"size": 2}).refused == {
        "size": "This can't be checked yet. 'need': A value is needed."
    }
    assert fit_config(Final, {"size": 2, "need": 1}).taken == {"size": 2, "need": 1}


def ours(**keys: Any) -> type[BaseModel]:
    return params_model([ModelParam(**{"name": "It", "arg_name": "it", **keys})])


@pytest.mark.parametrize(
    ("keys", "data", "taken"),
    [
        ({"value": 3}, 4, 4),
        ({"value": 3}, 4.0, None),
        ({"value": 3}, "4", None),
        ({"value": 3}, True, None),
        ({"value": 0.5}, 1, 1.0),
        ({"value": 0.5}, "1", None),
        ({"value": 0.5}, math.inf, None),
        ({"value": True}, 1, None),
        ({"value": True}, "yes", None),
        ({"value": "a"}, 1, None),
        ({"value": "a"}, "", ""),
        ({"value": None, "dtype": "tuple"}, [1, 1.0, True, "1"], (1, 1.0, True, "1")),
        ({"value": None, "dtype": "list"}, [1, 1.0, True, "1"], [1, 1.0, True, "1"]),
        ({"value": None, "dtype": "list"}, [[1]], None),
        ({"value": [1, 1.0, True, "1"]}, True, True),
        ({"value": [1, 1.0, True, "1"]}, 1.0, 1.0),
        ({"value": ["a", "b"]}, "c", None),
    ],
    ids=str,
)
def test_our_own_models_lose_nothing(
    keys: dict[str, Any], data: Any, taken: Any
) -> None:
    fit = fit_config(ours(**keys), {"it": data})

    if taken is None:
        assert (fit.taken, fit.refused.keys()) == ({}, {"it"})
    else:
        assert typed(fit.taken) == typed({"it": taken})


@pytest.mark.parametrize("arg_name", ["json", "copy", "Min size", "class", "2nd"])
def test_our_own_keys_are_the_arg_names(arg_name: str) -> None:
    model = ours(arg_name=arg_name, value=1)

    assert as_config(model()) == {arg_name: 1}
    assert fit_config(model, {arg_name: 2}).taken == {arg_name: 2}


ODD: list[dict[Any, Any]] = [
    {"size": Thing(), "pair": {1, 2}, "level": 10**5000},
    {"size": "\ud800", "\ud800": 1, "mode": "x" * 100_000},
    {"x" * 100_000: 1, 3: 4, None: 5, (1, 2): 3},
    {"size": _deep(50), "tile": _deep(5000)},
    {"tile": {1: 2}, "pair": object},
    {"level": math.nan, "size": math.inf},
]


@pytest.mark.parametrize("data", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("model", [Cells, Needy, ours(value=1), Everything])
def test_nothing_is_raised_whatever_the_data(
    model: type[BaseModel], data: dict[Any, Any]
) -> None:
    fit = fit_config(model, data, data)

    assert len(fit.entries) == len(data)
    assert set(fit.taken) | set(fit.refused) == set(data)
    assert all(len(why) < 300 for why in fit.refused.values())


@settings(deadline=None)
@given(data=CONFIGS | st.fixed_dictionaries(dict.fromkeys(Cells().__dict__, SCALARS)))
def test_every_key_is_either_taken_or_refused(data: dict[str, Any]) -> None:
    for model in (Cells, Needy):
        fit = fit_config(model, data)

        assert [key for key, _, _ in fit.entries] == list(data)
        assert not set(fit.taken) & set(fit.refused)
        assert len(fit.taken) + len(fit.refused) == len(data)
