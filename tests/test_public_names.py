"""Each public module lists its public names, and nothing of how it is made."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest

NAMES = {
    "napari_aiod_registry": [
        "LocationCheck",
        "ManifestError",
        "ModelManifest",
        "ModelParam",
        "Problem",
        "Reading",
        "Registry",
        "Resolution",
        "Selection",
        "TASK_NAMES",
        "UnknownSelectionError",
        "__version__",
        "check_manifest",
        "params_model",
        "read_manifest",
    ],
    "napari_aiod_registry.cli": ["NOT_HERE", "WRONG", "app"],
    "napari_aiod_registry.commands": ["get_registry"],
    "napari_aiod_registry.settings": [
        "PLUGIN",
        "alone",
        "folders",
        "follow",
        "on_disk",
        "section",
        "time_limit",
    ],
    "napari_aiod_registry.tasks": ["TASK_NAMES"],
    "napari_aiod_registry.testing": [
        "check_round_trip",
        "param_form",
        "round_trip",
        "samples",
    ],
    "napari_aiod_registry.widgets": ["ModelPicker", "ParamForm"],
}


@pytest.mark.parametrize("module", NAMES)
def test_a_module_lists_its_public_names_and_they_are_there(module: str) -> None:
    found = import_module(module)

    assert dir(found) == NAMES[module]
    assert set(found.__all__) == set(NAMES[module]) - {"__version__"}
    for name in NAMES[module]:
        value = getattr(found, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), name
