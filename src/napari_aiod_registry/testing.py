"""For tests of your own manifests and models: a form must keep every value.

Put ``pytest_plugins = ["napari_aiod_registry.testing"]`` into your ``conftest.py`` for
the fixture `param_form`, and call `check_round_trip` with a manifest or a model class.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, Json, RootModel, ValidationError
from qtpy.QtWidgets import QApplication

from .config import ConfigError, read_config, write_config
from .manifest import ModelManifest, params_model
from .reading import read_manifest
from .registry import class_name
from .typed import alike
from .widgets.form import ParamForm
from .widgets.form.editors import FieldSpec, attribute, field_specs, validate

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

__all__ = ["check_round_trip", "param_form", "round_trip", "samples"]


def __dir__() -> list[str]:
    return sorted(__all__)


@pytest.fixture
def param_form(qtbot: QtBot) -> Callable[[type[BaseModel]], ParamForm]:
    """Make forms that are put away after the test: ``param_form(Model)``."""

    def make(model: type[BaseModel]) -> ParamForm:
        form = ParamForm(model)
        qtbot.addWidget(form)
        return form

    return make


def check_round_trip(
    subject: ModelManifest | type[BaseModel] | str | os.PathLike[str],
    values: Mapping[str, Any] | None = None,
) -> None:
    """Send values through form and config file, and fail if one changes on the way.

    Each field goes through with its default, smallest, largest and null value, and with
    each of its choices.

    Parameters
    ----------
    subject : ModelManifest, type[BaseModel] or path-like
        A manifest, whose version-tasks are all tried, the path of one, or any Pydantic
        model class.
    values : mapping, optional
        Values for fields without a default, by field name.

    Raises
    ------
    AssertionError
        Names the model, the field, and where its value changed.
    ManifestError
        Where the path holds no good manifest.
    """
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        for model in _models(subject):
            form = ParamForm(model)
            try:
                for instance in samples(model, values):
                    round_trip(form, instance, Path(folder))
            finally:
                form.deleteLater()
    app.processEvents()


def _models(subject: Any) -> Iterator[type[BaseModel]]:
    if isinstance(subject, type):
        yield subject
        return
    if not isinstance(subject, ModelManifest):
        subject = read_manifest(subject)
    for version in subject.versions.values():
        for task in version.tasks.values():
            yield params_model(task.params or [], name=class_name(subject))


def round_trip(form: ParamForm, instance: BaseModel, folder: Path) -> None:
    """Send one set of values through a form, a YAML and a JSON file, and back.

    Parameters
    ----------
    form : ParamForm
        A form of the instance's model. It shows the instance's values afterwards.
    instance : BaseModel
        The values.
    folder : Path
        Where the files are written.

    Raises
    ------
    AssertionError
        Names the model, the field, and where its value changed.
    """
    form.set_value(instance)
    try:
        _compare(instance, form.value(), "the form")
        config = form.config()
    except ValidationError as error:
        key, why = next(iter(form.errors().items()), ("", str(error)))
        raise AssertionError(
            f"{type(instance).__name__}.{key}: the model refuses its own value. {why}"
        ) from error
    except ConfigError as error:
        raise AssertionError(f"{type(instance).__name__}: {error}") from error
    for suffix in (".yaml", ".json"):
        file = folder / f"config{suffix}"
        write_config(file, config)
        form.reset()
        fit = form.apply_config(read_config(file), file.name)
        if fit.refused:
            key, why = next(iter(fit.refused.items()))
            raise AssertionError(
                f"{type(instance).__name__}.{key}: the model refuses what the form "
                f"wrote into a {suffix} file. {why}"
            )
        _compare(instance, form.value(), f"a {suffix} file")


def _compare(expected: BaseModel, found: BaseModel, where: str) -> None:
    for name in type(expected).model_fields:
        one, other = attribute(expected, name), attribute(found, name)
        if not alike(one, other):
            raise AssertionError(
                f"{type(expected).__name__}.{name}: {one!r} came back from {where} as "
                f"{other!r}."
            )


def samples(
    model: type[BaseModel],
    values: Mapping[str, Any] | None = None,
    _parents: tuple[type[BaseModel], ...] = (),
) -> Iterator[BaseModel]:
    """Make instances of a model that show what its fields may be.

    Parameters
    ----------
    model : type[BaseModel]
        Any model class.
    values : mapping, optional
        Values for fields without a default, by field name.

    Yields
    ------
    BaseModel
        First the defaults; then one instance for each value worth trying of each field:
        the bounds, null, every choice.
    """
    specs = field_specs(model)
    keys = {spec.name: spec.key for spec in specs}
    given = {keys.get(name, name): value for name, value in (values or {}).items()}
    base = validate(model, given)
    # Pydantic takes defaults unseen, as 1 for a float. Here they are like all values.
    whole = {
        spec.key: json.dumps(value) if spec.kind is Json else _as_read(spec.held(value))
        for spec in specs
        if (value := attribute(base, spec.name)) is not None or not spec.null_by_default
    }
    with suppress(ValidationError):
        base = validate(model, whole)
    yield base
    for spec in specs:
        for value in _worth_trying(spec, (*_parents, model)):
            with suppress(ValidationError):  # not a value that the field may have
                yield validate(model, {**whole, spec.key: value})


def _as_read(value: Any) -> Any:
    """Validate the models in a default again, as if they came out of a file."""
    if not isinstance(value, BaseModel) or isinstance(value, RootModel):
        return value
    kind = type(value)
    values = {
        spec.key: _as_read(spec.held(attribute(value, spec.name)))
        for spec in field_specs(kind)
    }
    with suppress(ValidationError):
        return validate(kind, {**values, **(value.model_extra or {})})
    return value


def _worth_trying(
    spec: FieldSpec, parents: tuple[type[BaseModel], ...]
) -> Iterator[Any]:
    yield from spec.choices
    if spec.nullable:
        yield None
    if spec.kind is bool:
        yield from (True, False)
    for bound in (spec.low, spec.high):
        if bound is not None:
            yield int(bound) if spec.kind is int else float(bound)
    if spec.group is not None and spec.group not in parents:
        default = spec.default
        given = dict(default) if isinstance(default, spec.group) else {}
        with suppress(ValidationError):  # it has fields without a default
            yield from samples(spec.group, given, parents)
