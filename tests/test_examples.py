"""The examples in the documentation run."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"


def test_the_form_of_the_example_tells_its_values(qtbot: QtBot) -> None:
    example = runpy.run_path(str(EXAMPLES / "param_form.py"))
    form: Any = example["make_form"]()
    qtbot.addWidget(form)
    assert "sigma=1.5" in form.windowTitle()

    form.set_value({"sigma": 2.5})
    assert "sigma=2.5" in form.windowTitle()

    with pytest.raises(ValueError, match="sigma"):
        form.set_value({"sigma": 0})
