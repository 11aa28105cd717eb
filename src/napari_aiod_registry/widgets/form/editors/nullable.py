"""A field that may be None: a check box before the editor of its other values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from magicgui.widgets import CheckBox
from magicgui.widgets.bases import ValueWidget
from qtpy.QtWidgets import QAbstractSpinBox, QBoxLayout, QLineEdit, QWidget

from .base import Editor, State, in_a_row
from .specs import UNSET, FieldSpec


class NullableEditor(Editor):
    """A check box "auto", and behind it the field, while "auto" is not checked.

    Parameters
    ----------
    spec : FieldSpec
        The field.
    inner : Editor
        Shows its values other than None.
    stacked : bool, default False
        Whether the field is below the check box rather than behind it.
    """

    def __init__(
        self, spec: FieldSpec, inner: Editor, *, stacked: bool = False
    ) -> None:
        self.inner = inner
        self._stacked = stacked
        super().__init__(spec)
        self._on_auto(False)

    def _make_widget(self) -> ValueWidget[Any]:
        auto = CheckBox(text="auto", tooltip="Let the model decide.")
        auto.changed.connect(self._on_auto)
        auto.native.clicked.connect(self._on_click)
        for line in self._lines():
            line.textEdited.connect(self._on_typed)
        self._box = in_a_row(auto.native, self.inner.native, stacked=self._stacked)
        row = cast("QBoxLayout", self._box.layout())
        if not self._stacked:
            row.setStretchFactor(self.inner.native, 1)
            row.addStretch(0)  # keeps "auto" on the left while it is alone
        return auto

    @property
    def native(self) -> QWidget:
        """The check box with the field behind it."""
        return self._box

    @property
    def parts(self) -> list[QWidget]:
        """The check box, then the field."""
        return [self.widget.native, *self.inner.parts]

    def _lines(self) -> Iterator[QLineEdit]:
        """Go through the lines to type into; those of a group are its rows' own."""
        for part in () if self.inner.has_parts else self.inner.parts:
            line = part.lineEdit() if isinstance(part, QAbstractSpinBox) else part
            if isinstance(line, QLineEdit):
                yield line

    def _on_typed(self, _: str) -> None:
        # Whoever types wants what is typed.
        self.widget.value = False

    def _on_auto(self, auto: bool) -> None:
        # A number that is not used would only mislead.
        self.inner.native.setVisible(not auto)

    def _on_click(self, auto: bool) -> None:
        if not auto:
            self.inner.parts[0].setFocus()

    def get(self) -> Any:
        """Read the inner field, or None where "auto" is checked."""
        return None if self.widget.value else self._or_null(self.inner.get())

    def raw(self) -> Any:
        """Return what the model is to validate."""
        return None if self.widget.value else self._or_null(self.inner.raw())

    def _or_null(self, value: Any) -> Any:
        return None if value is UNSET and self.inner.empty_is_null else value

    def describe(self, value: Any) -> str:
        """Write a value as the field does, or "auto" for None."""
        return "auto" if value is None else self.inner.describe(value)

    def merged(self, wanted: Any) -> Any:
        """Put what a group shows under a mapping that names some of its fields."""
        return self.inner.merged(wanted)

    def set(self, value: Any) -> None:
        """Show a value, or check "auto" for None."""
        if value is not None:
            self.inner.set(value)
        self.widget.value = value is None

    def state(self) -> State:
        """Return whether "auto" is checked, and what the field shows."""
        return self.widget.value, self.inner.state()

    def restore(self, state: State) -> None:
        """Show again what was shown."""
        auto, inner = state
        self.inner.restore(inner)
        self.widget.value = auto

    def changed_state(self) -> State:
        """Return of `state` what differs from the defaults, where it has parts."""
        return self.widget.value, self.inner.changed_state()

    def undo(self, before: State, after: State) -> None:
        """Go back from one state to another, but for what has changed since."""
        if not self.inner.has_parts:
            super().undo(before, after)
            return
        self.inner.undo(before[1], after[1])
        if self.widget.value == after[0]:
            self.widget.value = before[0]

    def differs(self, default: Any) -> bool:
        """Whether the value is another one than a default."""
        is_null = self.get() is None
        if is_null or default is None:
            return is_null != (default is None)
        return self.inner.differs(default)

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back for the check box and for the field."""
        super().on_change(callback)
        self.inner.on_change(callback)
