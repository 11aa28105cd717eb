"""Asks what an axis of the image is, where nobody says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from weakref import ref

from qtpy.QtCore import QSize
from qtpy.QtGui import QResizeEvent
from qtpy.QtWidgets import (
    QApplication,
    QBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from napari.layers import Image

from ..parts import EnterPresses, Note, breakable, wrapped_label
from .following import FollowedViewer

_ANSWERS = (
    ("Z", "z", "z", "z: the planes of a stack"),
    ("T", "t", "time", "time: the time points of a series"),
    ("C", "c", "channels", "the channels"),
)
"""Letter, what is written into the layer, what the button says, and what it means."""


class _Question(NamedTuple):
    """An axis that nobody knows."""

    layer: Image
    axis: int
    size: int
    letters: Sequence[str]


class _Answered(NamedTuple):
    """What was written into a layer, and what was there before."""

    layer: ref[Image]
    before: tuple[str, ...]
    after: tuple[str, ...]


class AxisQuestion(QWidget):
    """Buttons that say what an axis is, and a note with a way back.

    The answer is written into the ``axis_labels`` of the layer, and of the others that
    are selected with it or hold the other channels of the image.

    Parameters
    ----------
    viewer : FollowedViewer
        Knows the selected images.
    parent : QWidget
        The Qt parent.
    """

    def __init__(self, viewer: FollowedViewer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("aiod-axis")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._viewer = viewer
        self._answered: list[_Answered] = []
        self._sliders: tuple[str, ...] = ()
        self._note: Note | None = None
        self._text = wrapped_label("aiod-axis-question", self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(4)
        self._buttons = [self._button(answer) for answer in _ANSWERS]
        self._row.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(self._text)
        self._layout.addLayout(self._row)
        self._enter = EnterPresses(self)
        self._enter.watch(self._buttons)
        viewer.images_changed.connect(self._look)
        self._look()

    def _button(self, answer: tuple[str, str, str, str]) -> QPushButton:
        letter, _, text, _ = answer
        button = QPushButton(text, self)
        button.setObjectName(f"aiod-axis-{letter.lower()}")
        button.setProperty("aiodLetter", letter)
        button.setAutoDefault(False)
        button.clicked.connect(self._on_clicked)
        self._row.addWidget(button)
        return button

    def parts(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        note = [] if self._note is None else self._note.parts()
        return [*self._buttons, *note]

    # How it fits into a narrow panel

    def minimumSizeHint(self) -> QSize:
        """Need no more width than one button: they stand one below the other then."""
        widest = max(button.minimumSizeHint().width() for button in self._buttons)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the buttons below each other where there is no room beside."""
        super().resizeEvent(event)
        shown = [button for button in self._buttons if not button.isHidden()]
        needed = sum(one.sizeHint().width() + self._row.spacing() for one in shown)
        direction = QBoxLayout.Direction
        self._row.setDirection(
            direction.TopToBottom if needed > self.width() else direction.LeftToRight
        )

    # From the image to the question

    def _look(self) -> None:
        """Ask for the first axis of the selected images that nobody knows."""
        question = self._question()
        if question is not None:
            self._ask(question)
        self._text.setVisible(question is not None)
        for button in self._buttons:
            letter = button.property("aiodLetter")
            is_free = question is not None and letter not in question.letters
            button.setVisible(is_free)
        if self._note is not None and not self._may_undo():
            self._answered = []
            self._note.hide_note()
        is_said = self._note is not None and not self._note.isHidden()
        self.setVisible(question is not None or is_said)

    def _question(self) -> _Question | None:
        source = self._viewer.source
        for layer in source.images if source is not None else ():
            assert source is not None
            axes = source.axes.of(layer).axes
            known = [letter for letter, _ in axes if letter is not None]
            if all(letter in known for letter, *_ in _ANSWERS):
                continue
            for axis, (letter, size) in enumerate(axes):
                if letter is None and size > 1:
                    return _Question(layer, axis, size, known)
        return None

    def _ask(self, question: _Question) -> None:
        source = self._viewer.source
        several = source is not None and len(source.images) > 1
        of = f" of “{question.layer.name}”" if several else ""
        text = f"Axis {question.axis}{of} has {question.size}:"
        self._text.setText(breakable(text))
        for button, (_, written, _, meaning) in zip(
            self._buttons, _ANSWERS, strict=True
        ):
            button.setAccessibleName(f"Axis {question.axis} is {meaning}")
            button.setToolTip(
                f"Axis {question.axis} is {meaning}. "
                f"“{written}” is written into the layer's axis labels."
            )

    # From the answer to the layer

    def _on_clicked(self) -> None:
        button, question = self.sender(), self._question()
        if not isinstance(button, QPushButton) or question is None:
            return
        had_focus = QApplication.focusWidget() in self._buttons
        letter = button.property("aiodLetter")
        _, written, text, _ = next(one for one in _ANSWERS if one[0] == letter)
        self._sliders = self._viewer.slider_labels
        self._answered = []
        for layer in self._together(question):
            before = tuple(map(str, layer.axis_labels))
            after = (*before[: question.axis], written, *before[question.axis + 1 :])
            self._answered.append(_Answered(ref(layer), before, after))
            layer.axis_labels = after
        self._say(question, text)
        if had_focus and self._note is not None:
            self._note.parts()[0].setFocus()

    def _together(self, question: _Question) -> list[Image]:
        source = self._viewer.source
        assert source is not None
        shape = [size for _, size in source.axes.of(question.layer).axes]
        found = []
        for layer in source.together:
            axes = source.axes.of(layer).axes
            is_alike = [size for _, size in axes] == shape
            if is_alike and axes[question.axis][0] is None:
                found.append(layer)
        return found

    def _say(self, question: _Question, text: str) -> None:
        if self._note is None:
            self._note = Note(self)
            self._layout.insertWidget(0, self._note)
            self._enter.watch(self._note.parts())
            QWidget.setTabOrder(self._buttons[-1], self._note.parts()[0])
        number = len(self._answered)
        of = f"“{question.layer.name}”" if number == 1 else f"{number} layers"
        text = f"the {text}" if text == "channels" else text
        self._note.show_note(
            f"Axis {question.axis} of {of} is {text}.", undo=self._undo
        )
        self._look()

    def _may_undo(self) -> bool:
        """Whether all that was written still stands in layers that are looked at."""
        source = self._viewer.source
        there = [] if source is None else source.together
        layers = [answer.layer() for answer in self._answered]
        return bool(layers) and all(
            layer in there and tuple(layer.axis_labels) == answer.after
            for layer, answer in zip(layers, self._answered, strict=True)
            if layer is not None
        )

    def _undo(self) -> None:
        answered, self._answered = self._answered, []
        for answer in answered:
            layer = answer.layer()
            if layer is not None and tuple(layer.axis_labels) == answer.after:
                layer.axis_labels = answer.before
        # napari writes what a layer says beside the sliders too, and leaves it there.
        self._viewer.slider_labels = self._sliders
        self._look()
        shown = [button for button in self._buttons if not button.isHidden()]
        if shown:
            shown[0].setFocus()
