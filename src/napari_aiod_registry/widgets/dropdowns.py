"""What to segment, with which model, in which version: three dropdowns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from qtpy.QtCore import QSignalBlocker, Qt, Signal
from qtpy.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from ..fitting import Fit
from ..registry import Registry, Selection
from .editor import keep_narrow
from .labels import plain_tooltip
from .wheel import WheelFilter

_NOT_HERE = " – not readable"
_FITS = {"fits": "✓ ", "misfit": "✗ "}
"""What stands before a version, where the room for its name ends last."""


class KeyCombo(QComboBox):
    """A dropdown whose entries have keys.

    magicgui's would look for each new entry among those before it, which takes long
    where there are thousands of models.
    """

    @property
    def key(self) -> str | None:
        """Key of the chosen entry, None where there is none."""
        return self.currentData()  # type: ignore[no-any-return]

    @key.setter
    def key(self, key: str) -> None:
        self.setCurrentIndex(self.findData(key))

    def offer(self, entries: Mapping[str, str]) -> None:
        """Offer entries, key → text; keep the chosen one if it is among them."""
        before = self.key
        blocker = QSignalBlocker(self)
        self.clear()
        for key, text in entries.items():
            self.addItem(text, key)
        index = 0 if before is None else max(0, self.findData(before))
        self.setCurrentIndex(index if entries else -1)
        del blocker


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
        self._unreadable: Mapping[Selection, str] = {}
        self._fits: Mapping[str, Fit] = {}
        self._marked = False  # whether models are
        self._where: Callable[[Selection], str] = lambda _: ""
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
            label.setBuddy(combo)
            combo.setAccessibleName(title)
            rows.addRow(label, combo)

    def _dropdown(self, name: str, on_change: Callable[[], None]) -> KeyCombo:
        combo = KeyCombo(self)
        keep_narrow(combo)
        self._wheel.watch(combo)
        combo.setObjectName(name)
        combo.currentIndexChanged.connect(lambda *_: on_change())
        return combo

    @property
    def registry(self) -> Registry:
        """The models to choose from."""
        return self._registry

    def show_registry(self, registry: Registry) -> None:
        """Offer another registry, and keep the choices where they still exist."""
        self._registry = registry
        self._task.offer(registry.tasks())
        self._on_task()

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

    # From task to version

    def _on_task(self) -> None:
        models = self._registry.models(self.task) if self.task else {}
        self._model.offer(_told_apart(models))
        self._on_model()

    def _on_model(self) -> None:
        names = []
        if self.task and self.model:
            names = self._registry.versions(self.task, self.model)
        self._version.offer({name: name for name in names})
        self._on_version()

    def _on_version(self) -> None:
        self._show_marks()
        for combo in (self._task, self._model, self._version):
            combo.setToolTip(plain_tooltip(combo.currentText()))
        self.changed.emit()

    # What can't be used here

    def mark_fits(self, fits: Mapping[str, Fit]) -> None:
        """Mark which versions fit the image: name → fit."""
        self._fits = fits
        self._show_marks()

    def set_where(self, where: Callable[[Selection], str]) -> None:
        """Say how to learn where the weights of a selection are."""
        self._where = where

    def mark_unreadable(self, unreadable: Mapping[Selection, str]) -> None:
        """Mark what can't be read on this computer: selection → why."""
        self._unreadable = unreadable
        self._show_marks()

    def _show_marks(self) -> None:
        task, model = self.task, self.model
        if task is None or model is None:
            return
        names = self._registry.versions(task, model)
        whys = {
            name: self._unreadable.get(Selection(task, model, name)) for name in names
        }
        _mark(
            self._version,
            {name: f"{_FITS.get(self._status(name), '')}{name}" for name in names},
            whys,
            {name: self._note(Selection(task, model, name)) for name in names},
        )
        is_marked = bool(self._unreadable)
        if not is_marked and not self._marked:
            return
        self._marked = is_marked
        texts = _told_apart(self._registry.models(task))
        _mark(self._model, texts, {key: self._why(task, key) for key in texts})

    def _note(self, selection: Selection) -> str:
        """Say where the weights of a version are, and how it fits the image."""
        fit = self._fits.get(selection.version)
        words = (self._where(selection), fit.reason if fit is not None else "")
        return "\n".join(filter(None, words))

    def _status(self, version: str) -> str:
        return self._fits[version].status if version in self._fits else ""

    def _why(self, task: str, model: str) -> str | None:
        """Say why no version of a model can be read, None where one can be."""
        versions = self._registry.versions(task, model)
        if all(self._unreadable.get(Selection(task, model, name)) for name in versions):
            return "No version can be read on this computer."
        return None


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Add the key to display names that occur twice."""
    times = Counter(names.values())
    return {
        key: f"{text} ({key})" if times[text] > 1 else text
        for key, text in names.items()
    }


def _mark(
    combo: QComboBox,
    texts: Mapping[str, str],
    whys: Mapping[str, str | None],
    notes: Mapping[str, str] = {},
) -> None:
    """Mark the entries whose weights can't be read; they stay selectable."""
    for index in range(combo.count()):
        key = combo.itemData(index)
        why = whys.get(key)
        combo.setItemText(index, texts[key] + _NOT_HERE if why else texts[key])
        tooltip = plain_tooltip("\n".join(filter(None, (why, notes.get(key)))))
        combo.setItemData(index, tooltip, Qt.ItemDataRole.ToolTipRole)
