"""No value is lost between the form and the config file, whatever the model is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from generated import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field
from qtpy.QtCore import QEvent
from qtpy.QtWidgets import QApplication
from searches import examples

from napari_aiod_registry import Registry
from napari_aiod_registry.testing import check_round_trip, round_trip
from napari_aiod_registry.typed import alike
from napari_aiod_registry.widgets import ParamForm
from napari_aiod_registry.widgets.form.editors.lines import TextEditor
from napari_aiod_registry.widgets.form.editors.specs import UNSET

BUNDLED = Registry.bundled()


@pytest.mark.parametrize("family", BUNDLED)
def test_every_bundled_version_task_keeps_its_values(family: str, qapp: Any) -> None:
    check_round_trip(BUNDLED[family])


@pytest.mark.long
@settings(
    max_examples=examples(2000),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(data=st.data())
def test_generated_models_keep_their_values(
    data: st.DataObject, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> None:
    model, instances = data.draw(models())
    form = ParamForm(model)
    try:
        for instance in data.draw(st.lists(instances, min_size=1, max_size=2)):
            round_trip(form, instance, tmp_path_factory.getbasetemp())
            forget_what_was_set(form)
            assert alike(form.value(), instance), "read from what is shown alone"
        assert form.errors() == {}
    finally:
        form.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def forget_what_was_set(form: ParamForm) -> None:
    """Leave only what a person sees, as if it had been typed."""
    for _, row in form._grid.walk():
        for editor in (row.editor, getattr(row.editor, "inner", row.editor)):
            # An empty line in a required field is one that nobody has filled in.
            is_empty = isinstance(editor, TextEditor) and not editor._shown()
            if not is_empty or row.spec.default is not UNSET:
                editor._held = None


class Careless(BaseModel):
    """A model that changes what it is given."""

    size: tuple[int, int] = (2, 2)
    level: float = Field(0.34133, ge=0, le=1)


def test_a_loss_is_told_with_the_name_of_the_field(
    monkeypatch: pytest.MonkeyPatch, qapp: Any
) -> None:
    from napari_aiod_registry.widgets.form.editors import lines

    monkeypatch.setattr(lines.FloatEditor, "get", lambda self: 0.34)

    with pytest.raises(AssertionError, match=r"Careless\.level: 0\.34133 came back"):
        check_round_trip(Careless)


def test_a_manifest_can_be_named_by_its_path(qapp: Any, tmp_path: Path) -> None:
    check_round_trip(BUNDLED.paths["stardist"])

    with pytest.raises(ValueError, match="does not exist"):
        check_round_trip(tmp_path / "none.json")


def test_the_fixture_is_had_as_the_readme_says(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        'pytest_plugins = ["napari_aiod_registry.testing"]\n'
    )
    (tmp_path / "test_mine.py").write_text(
        "from pydantic import BaseModel\n"
        "class Mine(BaseModel):\n"
        "    sigma: float = 1.5\n"
        "def test_it(param_form):\n"
        "    assert param_form(Mine).value() == Mine()\n"
    )

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "1 passed" in done.stdout, done.stdout + done.stderr
