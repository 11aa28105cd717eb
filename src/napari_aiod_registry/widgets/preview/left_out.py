"""Which manifests could not be used, and why."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel, QWidget

from ...messages import Problem
from ..parts import plain_tooltip


class LeftOut(QLabel):
    """Says which manifests were left out, in the dock and as a notification."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("aiod-problems")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show the first problem; the tooltip has them all."""
        files = {problem.path for problem in problems}
        names = ", ".join(path.name for path in files if path is not None)
        self.setVisible(bool(problems))
        if not problems:
            return
        count = (
            "One manifest was" if len(files) == 1 else f"{len(files)} manifests were"
        )
        first = problems[0]
        where = (
            f"{first.path.name}: " if first.path is not None and len(files) > 1 else ""
        )
        named = f" ({names})" if names else ""
        self.setText(f"{count} left out{named}. {where}{first.sentence}")
        self.setToolTip(plain_tooltip("\n".join(map(str, problems))))
        _notify(f"{count} left out. " + "\n".join(map(str, problems[:5])))


def _notify(message: str) -> None:
    """Show a warning where napari shows them; without napari, the dock is enough.

    napari takes what looks like HTML for HTML, so that nothing may look like it.
    """
    try:
        from napari.utils.notifications import show_warning
    except ImportError:
        return
    show_warning(message.replace("<", "‹").replace(">", "›"))
