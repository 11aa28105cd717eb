"""Values as people type them into the form, whatever the field."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Union

import pytest
from pydantic import BaseModel, DirectoryPath, FilePath, NewPath, create_model
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QCheckBox, QFileDialog, QLineEdit

from napari_aiod_registry.widgets import ParamForm
from napari_aiod_registry.widgets.form.editors import PathEditor

MakeForm = Callable[[type[BaseModel]], ParamForm]

PAIR = Union[float, tuple[float, float], None]  # noqa: UP007


class Stain(enum.Enum):
    DAPI = "dapi"
    GFP = "gfp"


class Parts(enum.Flag):
    A = 1
    B = 2
    C = 4


def line_of(form: ParamForm) -> QLineEdit:
    native = form._grid.rows["it"].editor.native
    if isinstance(native, QLineEdit):
        return native
    found: QLineEdit = native.findChildren(QLineEdit)[0]
    return found


def type_into(form: ParamForm, text: str, qtbot: QtBot) -> None:
    form.show()
    line = line_of(form)
    line.selectAll()
    line.del_()
    qtbot.keyClicks(line, text)


@pytest.mark.parametrize(
    ("kind", "default", "typed", "value"),
    [
        (float | Literal["auto"], "auto", "0,5", 0.5),
        (PAIR, 1.0, "64,64", (64.0, 64.0)),
        (PAIR, None, "(1,2)", (1.0, 2.0)),
        (PAIR, 1.0, "None", None),
        (PAIR, 1.0, "", None),
        (timedelta | None, timedelta(1), "", None),
        (list[Stain], [], "dapi, gfp", [Stain.DAPI, Stain.GFP]),
        (Parts, Parts.A, "A|C", Parts.A | Parts.C),
        (list[float] | None, None, "64,64", [64.0, 64.0]),
        (Path, Path("a"), ' "~/b c" ', Path.home() / "b c"),
    ],
    ids=str,
)
def test_a_value_is_read_as_it_is_typed(
    kind: Any, default: Any, typed: str, value: Any, param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", it=(kind, default)))

    type_into(form, typed, qtbot)

    assert form.errors() == {}
    assert repr(form.value().it) == repr(value)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        (float, 1.0),
        (float | str, "auto"),
        (float | None, None),
        (dict[str, float], {}),
        (list[float], []),
    ],
    ids=str,
)
def test_a_number_that_no_float_holds_is_told(
    kind: Any, default: Any, param_form: MakeForm, qtbot: QtBot
) -> None:
    form = param_form(create_model("M", it=(kind, default)))

    type_into(form, '{"a": 1e400}' if default == {} else "1e400", qtbot)

    assert "too large" in form.errors()["it"]
    assert "1e400" in line_of(form).text()


@pytest.mark.parametrize("kind", [PAIR, timedelta | None, Parts | None], ids=str)
def test_whatever_may_be_null_has_the_box_for_it(
    kind: Any, param_form: MakeForm
) -> None:
    form = param_form(create_model("M", it=(kind, None)))

    boxes = form._grid.rows["it"].editor.native.findChildren(QCheckBox)

    assert [box.text() for box in boxes] == ["auto"]
    assert boxes[0].isChecked()
    assert form.changes() == []


def test_flags_are_shown_by_name(param_form: MakeForm) -> None:
    form = param_form(create_model("M", it=(Parts, Parts.A | Parts.C)))

    assert line_of(form).text() == "A|C"


@pytest.mark.parametrize(
    ("kind", "asks"),
    [
        (Path, "getOpenFileName"),
        (FilePath, "getOpenFileName"),
        (DirectoryPath, "getExistingDirectory"),
        (DirectoryPath | None, "getExistingDirectory"),
        (NewPath, "getSaveFileName"),
    ],
    ids=str,
)
def test_a_path_is_chosen_in_a_dialog_of_its_kind(
    kind: Any,
    asks: str,
    param_form: MakeForm,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    asked: list[tuple[str, str]] = []

    def answer(name: str) -> Callable[..., Any]:
        def answered(_parent: object, _title: str, begin: str) -> Any:
            asked.append((name, begin))
            path = str(tmp_path / "new")
            return path if name == "getExistingDirectory" else (path, "")

        return answered

    for name in ("getOpenFileName", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, answer(name))
    form = param_form(create_model("M", it=(kind, ...)))
    type_into(form, '"~/x"', qtbot)
    editor = form._grid.rows["it"].editor
    path: Any = getattr(editor, "inner", editor)
    assert isinstance(path, PathEditor)

    path._button.click()

    assert asked == [(asks, str(Path.home() / "x"))]
    assert path.get() == tmp_path / "new"
