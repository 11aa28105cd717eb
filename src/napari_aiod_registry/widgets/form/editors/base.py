"""What shows one field of a model, whatever its kind.

An editor wraps a magicgui widget. It holds what it was given: as long as nobody touches
the widget, `Editor.get` returns the very value that `Editor.set` was called with, so no
value is lost, of whatever type it is. What a person types is read as well as it can be,
and the Pydantic model says whether it will do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from magicgui.widgets import ComboBox
from magicgui.widgets.bases import ValueWidget
from qtpy.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from superqt.utils import signals_blocked

from ....typed import alike
from .specs import UNSET, FieldSpec

NARROWEST = 56
"""Width in pixels that a field needs at least; a dock may be 260 pixels wide."""


State = Any
"""What an editor shows, and the value that it holds: for `Editor.restore` alone."""


class Editor:
    """A magicgui widget that shows one field, and the field's value in it.

    Parameters
    ----------
    spec : FieldSpec
        The field.
    """

    has_parts = False
    """Whether it shows fields of its own, of which each is undone for itself."""

    empty_is_null = False
    """Whether an empty line stands for null, where the field may be null."""

    def __init__(self, spec: FieldSpec) -> None:
        self.spec = spec
        self.widget: Any = self._make_widget()
        self._callback: Callable[[], None] | None = None
        self._held: tuple[Any, Any] | None = None
        self._empty = self.state()

    @classmethod
    def fits(cls, spec: FieldSpec) -> bool:
        """Whether this kind of editor can show the field."""
        raise NotImplementedError

    def _make_widget(self) -> ValueWidget[Any]:
        raise NotImplementedError

    def _shown(self) -> Any:
        """Return what the widget shows."""
        return self.widget.value

    def _show(self, shown: Any) -> None:
        """Let the widget show something that `_shown` has returned before."""
        self.widget.value = shown

    def _read(self, shown: Any) -> Any:
        """Turn what the widget shows into a value, or `UNSET`."""
        return shown

    def _write(self, value: Any) -> Any:
        """Turn a value into what the widget is to show."""
        return value

    @property
    def native(self) -> QWidget:
        """The Qt widget."""
        return cast("QWidget", self.widget.native)

    @property
    def parts(self) -> list[QWidget]:
        """The Qt widgets that take the keyboard, in the order of the Tab key."""
        return [self.native]

    def get(self) -> Any:
        """Read the value, for the model to validate; `UNSET` where there is none."""
        shown = self._shown()
        if self._held is not None and self._held[0] == shown:
            return self._held[1]
        return self._read(shown)

    def raw(self) -> Any:
        """Return what the model is to validate: the value, but for a few types."""
        return self.get()

    def set(self, value: Any) -> None:
        """Show a value. What says the same already stays as it was typed."""
        if not alike(self.get(), value):
            self._show(self._write(value))
        self._held = (self._shown(), value)

    def state(self) -> State:
        """Return what is shown, half-typed text too, for `restore`."""
        return self._shown(), self._held

    def restore(self, state: State) -> None:
        """Show again what was shown when `state` was called."""
        shown, held = state
        if self._shown() != shown:
            self._show(shown)
        self._held = held

    def changed_state(self) -> State:
        """Return of `state` what differs from the defaults, where it has parts."""
        return self.state()

    def undo(self, before: State, after: State) -> None:
        """Go back from one state to another, but for what has changed since."""
        if alike(self.state(), after):
            self.restore(before)

    def differs(self, default: Any) -> bool:
        """Whether the value is another one than a default."""
        return not alike(self.get(), default)

    def merged(self, wanted: Any) -> Any:
        """Put what a group shows under a mapping that names some of its fields."""
        return wanted

    def clear(self) -> None:
        """Show that there is no value yet."""
        self.restore(self._empty)

    def describe(self, value: Any) -> str:
        """Write a value as the widget shows it, for a tooltip."""
        return str(self._write(value))

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back whenever a person or the program changes the value."""
        self._callback = callback
        self._listen()

    def _listen(self) -> None:
        """Connect `_on_change` to the signal that tells of every change."""
        # It takes whatever comes: psygnal need not look at it, which takes a while.
        self.widget.changed.connect(self._on_change, check_nargs=False)

    def _on_change(self, *_: object) -> None:
        if self._callback is not None:
            self._callback()


def show_any(value: Any) -> str:
    """Write a value of an unexpected type: nothing for none, a word for the others."""
    if value is None or value is UNSET:
        return ""
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - anybody's class, or a number of 5,000 digits
        return f"({type(value).__name__})"


def in_a_row(*widgets: QWidget, stacked: bool = False) -> QWidget:
    """Put widgets side by side, or below each other, without a margin."""
    box = QWidget()
    row: QBoxLayout = QVBoxLayout(box) if stacked else QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget)
    return box


def dropdown(choices: Sequence[tuple[str, Any]] = ()) -> ComboBox:
    """Make a dropdown that long entries do not widen."""
    combo = ComboBox(choices=list(choices))
    # With a new parent, magicgui fills it again, and then chooses the first entry.
    # (The signal had another name before magicgui 0.10.)
    signal = getattr(combo, "native_parent_changed", None) or combo.parent_changed
    signal.disconnect(combo.reset_choices)
    keep_narrow(combo.native)
    return combo


def keep_narrow(combo: QComboBox) -> None:
    """Keep a dropdown from growing as wide as its longest entry."""
    combo.setSizeAdjustPolicy(
        QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    )
    combo.setMinimumContentsLength(4)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def fill(combo: Any, choices: Sequence[tuple[str, Any]], value: Any) -> None:
    """Give a magicgui dropdown new choices in their order, without a signal.

    magicgui keeps choices whose text stays, at their old place, and tells of a change
    on the way.
    """
    native: QComboBox = combo.native
    with signals_blocked(native), combo.changed.blocked():
        native.clear()
        combo.choices = list(choices)
        if choices:
            combo.value = value
