"""The mouse wheel scrolls a form, and changes no field on the way."""

from __future__ import annotations

from qtpy.QtCore import QEvent, QObject, Qt
from qtpy.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QSlider,
    QWidget,
)


class WheelFilter(QObject):
    """Leave the mouse wheel to the scroll area unless the field has the focus."""

    def watch(self, *widgets: QWidget) -> None:
        """Guard fields, and the sliders beside them."""
        for widget in widgets:
            if isinstance(widget, QAbstractSpinBox | QComboBox | QSlider):
                if not isinstance(widget, QSlider):
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
