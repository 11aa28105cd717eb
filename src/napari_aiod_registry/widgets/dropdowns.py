"""What to segment, with which model, in which version: three dropdowns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from ..registry import Registry, Selection
from .editor import dropdown, fill
from .labels import plain_tooltip

_NOT_HERE = " – not readable"


class Dropdowns(QWidget):
    """Lets people choose among the models of a registry.

    Each dropdown offers what there is for the choices above it.

    Attributes
    ----------
    changed : Signal
        Emitted when a choice changes, by hand or by the program.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._registry = Registry({})
        self._unreadable: Mapping[Selection, str] = {}
        self._task = self._dropdown("aiod-task", self._on_task)
        self._model = self._dropdown("aiod-model", self._on_model)
        self._version = self._dropdown("aiod-version", self._on_version)
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, combo in (
            ("Segment", self._task),
            ("Model", self._model),
            ("Version", self._version),
        ):
            label = QLabel(title, self)
            label.setBuddy(combo.native)
            combo.native.setAccessibleName(title)
            rows.addRow(label, combo.native)

    def _dropdown(self, name: str, on_change: Any) -> Any:
        combo = dropdown()
        combo.native.setObjectName(name)
        combo.changed.connect(on_change)
        return combo

    @property
    def registry(self) -> Registry:
        """The models to choose from."""
        return self._registry

    def show_registry(self, registry: Registry) -> None:
        """Offer another registry, and keep the choices where they still exist."""
        self._registry = registry
        self._fill(self._task, registry.tasks())
        self._on_task()

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [combo.native for combo in (self._task, self._model, self._version)]

    # What is chosen

    @property
    def task(self) -> str | None:
        """Key of the task; setting one that is not there raises a LookupError."""
        return self._task.value  # type: ignore[no-any-return]

    @task.setter
    def task(self, task: str) -> None:
        self._registry.models(task)
        self._task.value = task

    @property
    def model(self) -> str | None:
        """Key of the model, set likewise."""
        return self._model.value  # type: ignore[no-any-return]

    @model.setter
    def model(self, model: str) -> None:
        self._registry.versions(self.task or "", model)
        self._model.value = model

    @property
    def version(self) -> str | None:
        """Name of the version, set likewise, and by slug too."""
        return self._version.value  # type: ignore[no-any-return]

    @version.setter
    def version(self, version: str) -> None:
        selection = self._registry.select(self.task or "", self.model or "", version)
        self._version.value = selection.version

    @property
    def selection(self) -> Selection | None:
        """All three, or None where the registry is empty."""
        if self.task is None or self.model is None or self.version is None:
            return None
        return Selection(self.task, self.model, self.version)

    # From task to version

    def _fill(self, combo: Any, choices: Mapping[str, str]) -> None:
        """Offer choices, key → text, and keep the chosen one if it is among them."""
        value = combo.value if combo.value in choices else next(iter(choices), None)
        fill(combo, [(text, key) for key, text in choices.items()], value)

    def _on_task(self, *_: object) -> None:
        models = self._registry.models(self.task) if self.task else {}
        self._fill(self._model, _told_apart(models))
        self._on_model()

    def _on_model(self, *_: object) -> None:
        names = []
        if self.task and self.model:
            names = self._registry.versions(self.task, self.model)
        self._fill(self._version, {name: name for name in names})
        self._on_version()

    def _on_version(self, *_: object) -> None:
        self._show_marks()
        for combo in self.parts():
            assert isinstance(combo, QComboBox)
            combo.setToolTip(plain_tooltip(combo.currentText()))
        self.changed.emit()

    # What can't be used here

    def mark_unreadable(self, unreadable: Mapping[Selection, str]) -> None:
        """Mark what can't be read on this computer: selection → why."""
        self._unreadable = unreadable
        self._show_marks()

    def _show_marks(self) -> None:
        task, model = self.task, self.model
        if task is None or model is None:
            return
        for name in self._registry.versions(task, model):
            why = self._unreadable.get(Selection(task, model, name))
            _mark(self._version.native, name, name, why)
        for key, text in _told_apart(self._registry.models(task)).items():
            versions = self._registry.versions(task, key)
            whys = [self._unreadable.get(Selection(task, key, v)) for v in versions]
            why = "No version can be read on this computer." if all(whys) else None
            _mark(self._model.native, key, text, why)


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Add the key to display names that occur twice."""
    texts = list(names.values())
    return {
        key: f"{text} ({key})" if texts.count(text) > 1 else text
        for key, text in names.items()
    }


def _mark(combo: QComboBox, key: str, text: str, why: str | None) -> None:
    """Mark an entry whose weights can't be read; it stays selectable."""
    index = next(i for i in range(combo.count()) if combo.itemData(i) == key)
    combo.setItemText(index, text + _NOT_HERE if why else text)
    tooltip = plain_tooltip(why) if why else ""
    combo.setItemData(index, tooltip, Qt.ItemDataRole.ToolTipRole)
