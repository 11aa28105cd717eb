"""Asks servers whether weights are there, when a person wants to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from qtpy.QtWidgets import QLabel, QPushButton, QWidget

from ...links import LinkCheck, check_link
from ...messages import and_more
from ..parts import Background, breakable, wrapped_label

_MOST_ASKED = 20
"""Links that servers are asked about at one time."""


class LinkChecks:
    """A button that asks, and the answers below it.

    An answer is kept until a person asks again, whatever is shown in the meantime.

    Parameters
    ----------
    background : Background
        Asks the servers.
    parent : QWidget
        The Qt parent of the widgets.

    Attributes
    ----------
    button : QPushButton
        Asks for all links that are shown.
    label : QLabel
        The answers.
    on_answer : callable
        Called when a server has answered.
    """

    def __init__(self, background: Background, parent: QWidget) -> None:
        self.on_answer: Callable[[], object] = lambda: None
        self._background = background
        self._urls: list[str] = []
        self._left_out = 0
        self._answers: dict[str, LinkCheck | None] = {}  # None: asked, no answer yet
        self.label: QLabel = wrapped_label("aiod-link-check", parent)
        self.button = QPushButton(parent)
        self.button.setObjectName("aiod-check-link")
        self.button.setToolTip("Ask the server whether the weights are there.")
        self.button.clicked.connect(self._ask)

    def show_urls(self, urls: Sequence[str]) -> None:
        """Offer to check these links."""
        every = list(dict.fromkeys(urls))
        self._urls, self._left_out = every[:_MOST_ASKED], len(every[_MOST_ASKED:])
        self._show()

    def _ask(self) -> None:
        for url in self._urls:
            if self._answers.get(url, url) is None:
                continue  # asked already
            self._answers[url] = None
            self._background.run(partial(_check, url), partial(self._on_answer, url))
        self._show()

    def _on_answer(self, url: str, answer: LinkCheck) -> None:
        self._answers[url] = answer
        self._show()
        self.on_answer()

    def is_dead(self, url: str | None) -> bool:
        """Whether a server has said that there is nothing at a link."""
        answer = self._answers.get(url or "")
        return answer is not None and not answer.works

    def _show(self) -> None:
        asked = [url for url in self._urls if url in self._answers]
        self.button.setVisible(bool(self._urls))
        self.button.setText("Check links" if len(self._urls) > 1 else "Check link")
        waiting = any(self._answers[url] is None for url in asked)
        self.button.setEnabled(not waiting)
        lines = []
        for url in asked:
            if len(self._urls) > 1:
                lines.append(breakable(url))
            answer = self._answers[url]
            mark = "" if answer is None else "✓ " if answer.works else "✗ "
            words = "Asking the server …" if answer is None else answer.sentence
            lines.append(f"{mark}{words}")
        if lines and self._left_out:
            lines.append(f"{and_more(self._left_out)}, which nobody was asked about")
        self.label.setText("\n".join(lines))
        self.label.setVisible(bool(lines))


def _check(url: str) -> LinkCheck:
    try:
        return check_link(url)
    except Exception as error:  # noqa: BLE001 - no answer must not look like waiting
        return LinkCheck(False, f"The link can't be checked: {error}")
