"""Which parts of the dock are open, from one napari to the next."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakSet

from qtpy.QtCore import QObject
from qtpy.QtWidgets import QWidget

from ..parts import Fold
from .between_sessions import Remembered


class Folds(QObject):
    """Opens what was open, and remembers what somebody opens and closes.

    Parameters
    ----------
    remembered : Remembered
        Knows what was open.
    parent : QObject
        The Qt parent.
    """

    def __init__(self, remembered: Remembered, parent: QObject) -> None:
        super().__init__(parent)
        self._remembered = remembered
        self._forms: WeakSet[QWidget] = WeakSet()

    def follow_form(self, form: QWidget | None, model: str | None) -> None:
        """Follow the parts of a form, which are open or not for each model by itself.

        Parameters
        ----------
        form : QWidget or None
            The form, which may have been seen before.
        model : str or None
            Key of the model.
        """
        if form is None or model is None or form in self._forms:
            return
        self._forms.add(form)
        for number, fold in _new_folds(form):
            self._follow(fold, f"{model}:{fold.name}:{number}")

    def follow_rest(self, widget: QWidget) -> None:
        """Follow the parts of a widget that are not in one of the forms seen."""
        for _, fold in _new_folds(widget):
            self._follow(fold, fold.name)

    def _follow(self, fold: Fold, key: str) -> None:
        fold.key = key
        if key in self._remembered.folds:
            fold.button.setChecked(self._remembered.folds[key])
        fold.changed.connect(self._on_folded)

    def _on_folded(self, key: str, is_open: bool) -> None:
        self._remembered.fold(key, is_open)


def _new_folds(widget: QWidget) -> Iterator[tuple[int, Fold]]:
    """Go through the folds in a widget, with numbers, and pass by those with a key."""
    for number, fold in enumerate(widget.findChildren(Fold)):
        if fold.key is None:
            yield number, fold
