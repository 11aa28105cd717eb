"""Any Pydantic model → a form of magicgui widgets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from qtpy.QtCore import QEvent, QObject, Qt, Signal
from qtpy.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .fields import NARROWEST, ChannelEditor, Editor, make_editor
from .specs import FieldSpec, field_specs


class ParamForm(QWidget):
    """A form with one row for each field of a Pydantic model.

    Parameters
    ----------
    model : type[BaseModel]
        Any model class. Title, description, type, default, bounds and, in
        ``json_schema_extra``, ``units``, ``step``, ``advanced`` of its fields are used.
    parent : QWidget, optional
        The Qt parent.

    Attributes
    ----------
    changed : Signal
        Emitted when a value changes, by hand or by the program.

    Examples
    --------
    >>> class Threshold(BaseModel):
    ...     level: float = Field(0.5, ge=0, le=1, title="Level")
    >>> form = ParamForm(Threshold)
    >>> form.value()
    Threshold(level=0.5)
    """

    changed = Signal()

    def __init__(self, model: type[BaseModel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._quiet = False
        self._editors: dict[str, Editor] = {}
        self._wheel = _WheelFilter(self)
        # napari's style asks for more than a dock of 260 pixels has.
        self.setStyleSheet(f"QAbstractSpinBox, QComboBox {{min-width: {NARROWEST}px}}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        specs = field_specs(model)
        self._add_rows(layout, [spec for spec in specs if not spec.advanced])
        advanced = [spec for spec in specs if spec.advanced]
        if advanced:
            fold = _Fold(f"Advanced ({len(advanced)})", self)
            layout.addWidget(fold.button)
            layout.addWidget(fold.body)
            self._add_rows(fold.inside, advanced)
        if not specs:
            layout.addWidget(QLabel("There is nothing to set.", self))
        layout.addStretch()

    @property
    def model(self) -> type[BaseModel]:
        """The model class."""
        return self._model

    def value(self) -> BaseModel:
        """Return the values as an instance of the model.

        Raises
        ------
        pydantic.ValidationError
            Where a value is not one that the model takes.
        """
        raw = {spec.key: editor.get() for spec, editor in self._rows()}
        return self._model.model_validate(raw)

    def set_value(self, value: BaseModel | Mapping[str, Any]) -> None:
        """Show values.

        Parameters
        ----------
        value : BaseModel or mapping
            An instance of the model, or values by key; fields that a mapping does not
            name stay as they are.

        Raises
        ------
        pydantic.ValidationError
            Where the model refuses a value. Nothing is changed then.
        """
        if not isinstance(value, BaseModel):
            now = {spec.key: editor.get() for spec, editor in self._rows()}
            value = self._model.model_validate({**now, **value})
        self._show({spec.name: getattr(value, spec.name) for spec, _ in self._rows()})

    def reset(self) -> None:
        """Go back to the defaults."""
        self._show(
            {
                spec.name: spec.default
                for spec, _ in self._rows()
                if spec.default is not PydanticUndefined
            }
        )

    def set_channels(self, names: Sequence[str]) -> None:
        """Offer the channels of an image in every channel field.

        Parameters
        ----------
        names : sequence of str
            One for each channel; empty where a channel has no name.
        """
        for _, editor in self._rows():
            if isinstance(editor, ChannelEditor):
                editor.set_channels(names)

    def _rows(self) -> list[tuple[FieldSpec, Editor]]:
        return [(editor.spec, editor) for editor in self._editors.values()]

    def _show(self, values: Mapping[str, Any]) -> None:
        self._quiet = True
        try:
            for name, value in values.items():
                self._editors[name].set(value)
        finally:
            self._quiet = False
        self.changed.emit()

    def _on_change(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def _add_rows(self, layout: QVBoxLayout, specs: Sequence[FieldSpec]) -> None:
        rows = QGridLayout()
        # Room on the right, so that the scroll bar covers nothing.
        rows.setContentsMargins(0, 0, 6, 0)
        rows.setHorizontalSpacing(4)
        rows.setColumnStretch(0, 2)
        rows.setColumnStretch(1, 3)
        for row, spec in enumerate(specs):
            editor = make_editor(spec)
            self._editors[spec.name] = editor
            self._add_row(rows, row, spec, editor)
            editor.on_change(self._on_change)
        layout.addLayout(rows)

    def _add_row(
        self, rows: QGridLayout, row: int, spec: FieldSpec, editor: Editor
    ) -> None:
        native = editor.native
        native.setObjectName(f"aiod-param-{spec.key}")
        native.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tooltip = plain_tooltip(spec.tooltip)
        for widget in (native, *native.findChildren(QWidget)):
            if not widget.toolTip():
                widget.setToolTip(tooltip)
            self._wheel.watch(widget)
        native.setAccessibleName(spec.label)
        native.setAccessibleDescription(spec.tooltip)
        label = plain_label(breakable(spec.label), self)
        label.setWordWrap(True)
        label.setToolTip(tooltip)
        label.setBuddy(editor.focus)
        rows.addWidget(label, row, 0)
        rows.addWidget(native, row, 1, 1, 1 if spec.units else 2)
        if spec.units:
            rows.addWidget(plain_label(spec.units, self), row, 2)


def plain_label(text: str, parent: QWidget) -> QLabel:
    """Make a label that never takes a manifest's text for HTML."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def breakable(text: str) -> str:
    """Let text wrap behind ``/``, ``_`` and ``-`` too (by spaces of no width)."""
    return re.sub(r"([/_-])", "\\1\u200b", text)


def plain_tooltip(text: str) -> str:
    """Make a tooltip that wraps, and that shows text as it is written.

    Qt takes what looks like HTML for HTML, and wraps nothing else.
    """
    if not text:
        return ""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{safe}</qt>".replace("\n", "<br>")


class _Fold(QObject):
    """A head that shows or hides what is below it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QToolButton(parent)
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setObjectName("aiod-advanced")
        self.body = QWidget(parent)
        self.inside = QVBoxLayout(self.body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.body.hide()
        self.button.toggled.connect(self._on_toggled)

    def _on_toggled(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.button.setArrowType(arrow)
        self.body.setVisible(is_open)


class _WheelFilter(QObject):
    """Leave the mouse wheel to the scroll area unless the field has the focus."""

    def watch(self, widget: QWidget) -> None:
        if isinstance(widget, QAbstractSpinBox | QComboBox | QSlider):
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Pass a wheel event on to the parent."""
        if (
            event is not None
            and event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
