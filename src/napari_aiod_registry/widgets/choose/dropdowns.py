"""What to segment, with which model, in which version: three dropdowns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QResizeEvent
from qtpy.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget
from superqt.utils import signals_blocked

from ...registry import Registry, Selection
from ..form.editors import keep_narrow
from ..parts import WheelFilter, plain_tooltip
from ..viewer import Fits
from ..weights import Availability, WhereIcons
from .entries import KeyCombo, Shown

_LETTERS = 25
"""Letters that a title and a dropdown beside it have room for at least."""

_NOT_HERE = " – not readable"
_MISFIT = "✗ "
_NO_FIT = "No version fits the image."
_BEST_FIRST = ("available", "remote", "", "unreadable")
_OF_MODEL = {
    "available": "Weights on this computer.",
    "remote": "Weights on the web.",
    "unreadable": "No version can be read on this computer.",
}


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
        self._wheel = WheelFilter(self)
        self._task = self._dropdown("aiod-task", self._on_task)
        self._model = self._dropdown("aiod-model", self._on_model)
        self._version = self._dropdown("aiod-version", self._on_version)
        self._fits: Callable[[], Fits] | None = None
        self._model.activated.connect(self._on_model_by_person)
        rows = self._rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, combo in (
            ("Segment", self._task),
            ("Model", self._model),
            ("Version", self._version),
        ):
            label = QLabel(title, self)
            label.setBuddy(combo)
            combo.setAccessibleName(title)
            rows.addRow(label, combo)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the dropdowns below their titles where there is little room beside."""
        super().resizeEvent(event)
        policy = QFormLayout.RowWrapPolicy
        letter = self.findChildren(QLabel)[0].fontMetrics().averageCharWidth()
        is_narrow = self.width() < _LETTERS * letter
        self._rows.setRowWrapPolicy(
            policy.WrapAllRows if is_narrow else policy.WrapLongRows
        )

    def _dropdown(self, name: str, on_change: Callable[[int], None]) -> KeyCombo:
        combo = KeyCombo(self)
        keep_narrow(combo)
        self._wheel.watch(combo)
        combo.setObjectName(name)
        combo.currentIndexChanged.connect(on_change)
        return combo

    @property
    def registry(self) -> Registry:
        """The models to choose from."""
        return self._registry

    def show_registry(
        self, registry: Registry, selection: Selection | None = None
    ) -> None:
        """Offer another registry. `changed` is not emitted: the caller knows.

        Parameters
        ----------
        registry : Registry
            The models to choose from.
        selection : Selection, optional
            What to choose of it. Default: what is chosen, where it still exists.
        """
        with signals_blocked(self):
            self._registry = registry
            self._task.offer(registry.tasks())
            self._on_task()
            if selection is not None:
                self.task, self.model, self.version = selection

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [self._task, self._model, self._version]

    # What is chosen

    @property
    def task(self) -> str | None:
        """Key of the task; setting one that is not there raises a LookupError."""
        return self._task.key

    @task.setter
    def task(self, task: str) -> None:
        self._registry.models(task)
        self._task.key = task

    @property
    def model(self) -> str | None:
        """Key of the model, set likewise."""
        return self._model.key

    @model.setter
    def model(self, model: str) -> None:
        self._registry.versions(self.task or "", model)
        self._model.key = model

    @property
    def version(self) -> str | None:
        """Name of the version, set likewise, and by slug too."""
        return self._version.key

    @version.setter
    def version(self, version: str) -> None:
        selection = self._registry.select(self.task or "", self.model or "", version)
        self._version.key = selection.version

    @property
    def selection(self) -> Selection | None:
        """All three, or None where the registry is empty."""
        if self.task is None or self.model is None or self.version is None:
            return None
        return Selection(self.task, self.model, self.version)

    def choose(self, selection: Selection) -> None:
        """Choose all three, and emit `changed` once: not for what lies on the way."""
        with signals_blocked(self):
            self.task, self.model, self.version = selection
        self.changed.emit()

    def choose_model(self, model: str) -> None:
        """Choose a model, for the task that is chosen if it has that."""
        tasks = [one.task for one in self._registry.selections() if one.model == model]
        if not tasks:  # somebody has closed it in the meantime
            return
        task = self.task if self.task in tasks else tasks[0]
        version = self._registry.versions(task, model)[0]
        self.choose(Selection(task, model, version))

    # From task to version

    def _on_task(self, _index: int = 0) -> None:
        models = self._registry.models(self.task) if self.task else {}
        self._model.offer(_told_apart(models))
        self._on_model()

    def _on_model(self, _index: int = 0) -> None:
        names = []
        if self.task and self.model:
            names = self._registry.versions(self.task, self.model)
        self._version.offer({name: name for name in names})
        self._on_version()

    def _on_model_by_person(self, *_: object) -> None:
        """Choose a version that fits the image, where the first does not."""
        task, model = self.task, self.model
        if self._fits is None or task is None or model is None:
            return
        fits = self._fits()
        statuses = {
            name: fit.status
            for name in self._registry.versions(task, model)
            if (fit := fits.of(Selection(task, model, name))) is not None
        }
        if statuses.get(self.version or "") == "misfit":
            better = [
                name
                for status in ("fits", "may-fit")
                for name in statuses
                if statuses[name] == status
            ]
            self._version.key = next(iter(better), self.version or "")

    def _on_version(self, _index: int = 0) -> None:
        for combo in (self._task, self._model, self._version):
            _explain(combo)
        self.changed.emit()

    # What the entries say

    def set_facts(self, availability: Availability, fits: Callable[[], Fits]) -> None:
        """Say how to learn where weights are, and what fits the image."""
        icons = WhereIcons(self)
        marks = _Marks(self, availability, fits, icons)
        self._fits = fits
        self._model.set_show(marks.of_model)
        self._version.set_show(marks.of_version)

    def look_again(self) -> None:
        """Show what is known by now of the entries."""
        for combo in (self._model, self._version):
            combo.look_again()
            _explain(combo)


def _explain(combo: QComboBox) -> None:
    """Show the whole entry in the tooltip, and what its own tooltip says."""
    note = combo.itemData(combo.currentIndex(), Qt.ItemDataRole.ToolTipRole)
    combo.setToolTip(plain_tooltip(combo.currentText()) + (note or ""))


class _Marks:
    """What the entries of the dropdowns show of availability and fit."""

    def __init__(
        self,
        dropdowns: Dropdowns,
        availability: Availability,
        fits: Callable[[], Fits],
        icons: WhereIcons,
    ) -> None:
        self._dropdowns = dropdowns
        self._availability = availability
        self._fits = fits
        self._icons = icons

    def of_model(self, model: str, text: str) -> Shown:
        """Show the best of a model's versions."""
        task = self._dropdowns.task or ""
        registry = self._dropdowns.registry
        versions = [
            Selection(task, model, name) for name in registry.versions(task, model)
        ]
        states = {self._availability.where(one) for one in versions}
        where = next((one for one in _BEST_FIRST if one in states), "")
        mark = self._fits().mark(versions)
        notes = [
            _OF_MODEL.get(where, ""),
            _NO_FIT if mark == _MISFIT else "",
        ]
        return self._shown(f"{mark}{text}", where, notes)

    def of_version(self, version: str, text: str) -> Shown:
        """Show a version."""
        task, model = self._dropdowns.task or "", self._dropdowns.model or ""
        selection = Selection(task, model, version)
        fit = self._fits().of(selection)
        notes = [self._availability.words(selection), fit.reason if fit else ""]
        text = f"{self._fits().mark([selection])}{text}"
        return self._shown(text, self._availability.where(selection), notes)

    def _shown(self, text: str, where: str, notes: list[str]) -> Shown:
        # The sign tells the same; in a list there is room for words.
        whole = f"{text}{_NOT_HERE}" if where == "unreadable" else text
        note = "\n".join(filter(None, notes))
        return Shown(whole, note, self._icons.icon(where), text)


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Add the key to display names that occur twice."""
    times = Counter(names.values())
    return {
        key: f"{text} ({key})" if times[text] > 1 else text
        for key, text in names.items()
    }
