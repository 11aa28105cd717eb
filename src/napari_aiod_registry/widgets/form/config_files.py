"""Config files of a form: chosen or dropped, read and written off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from qtpy.QtCore import QObject
from qtpy.QtWidgets import QFileDialog, QWidget

from ...config import ConfigError, ConfigFit, read_config, write_config
from ...text import SUFFIXES
from ..parts import CONFIG_FILES, Background, DroppedFiles, is_manifest
from .judging import ConfigQuestion, JudgedConfig


class HasConfig(Protocol):
    """A form, as far as config files are concerned."""

    config_head: list[str]

    def config(self) -> dict[str, Any]:
        """Return the values as a config."""

    def ask(self, data: Mapping[str, Any]) -> ConfigQuestion:
        """Ask what the model takes of a config; any thread may answer."""

    def take_config(self, judged: JudgedConfig, source: str) -> ConfigFit:
        """Show what the model takes of a config, and say what it does not take."""

    def errors(self) -> dict[str, str]:
        """List what is wrong with the values."""

    def show_note(self, text: str) -> None:
        """Say something above the fields."""


class ConfigFiles(QObject):
    """Loads config files into a form, and saves its values to them.

    Parameters
    ----------
    form : HasConfig
        The form.
    widget : QWidget
        The form's widget, which takes what is dropped; also the Qt parent.
    """

    def __init__(self, form: HasConfig, widget: QWidget) -> None:
        super().__init__(widget)
        self._form = form
        self._widget = widget
        self._background = Background(self)
        self._folder = ""
        self._loading: str | None = None
        self._loads = 0
        self.open_manifest: Callable[[Path], object] | None = None
        DroppedFiles(widget, one=True).dropped.connect(self._on_dropped)

    def _on_dropped(self, paths: list[Path]) -> None:
        self.load(paths[0])

    def choose_and_load(self) -> None:
        """Let a person choose a file to load."""
        path, _ = QFileDialog.getOpenFileName(
            self._widget, "Load config", self._folder, CONFIG_FILES
        )
        if path:
            self.load(Path(path))

    def choose_and_save(self) -> None:
        """Let a person choose where to save."""
        wrong = len(self._form.errors())
        if wrong:
            fields = "One field is" if wrong == 1 else f"{wrong} fields are"
            self._form.show_note(f"{fields} wrong. Mend that first, then save.")
            return
        path, _ = QFileDialog.getSaveFileName(
            self._widget, "Save config", self._folder or "config.yaml", CONFIG_FILES
        )
        if path:
            self._save_as(Path(path))

    def _save_as(self, chosen: Path) -> None:
        path = chosen
        if chosen.suffix.lower() not in SUFFIXES:
            path = chosen.with_name(f"{chosen.name}.yaml")
            if path.exists():  # the dialog has asked about another name
                note = f"{path.name} is there already. Choose it to replace it."
                self._form.show_note(f"Not saved. {note}")
                return
        try:
            self.save(path, self._form.config())
        except ConfigError as error:
            self._form.show_note(f"Not saved. {error}")

    def cancel(self) -> str | None:
        """Stop loading; return the name of the file that was being loaded, if any."""
        name, self._loading = self._loading, None
        return name

    def load(self, path: Path) -> None:
        """Read a file in the background, and show what came of it.

        It stops what was being loaded before.
        """
        self._folder = str(path.parent)
        self._loading = path.name
        self._loads += 1
        number = self._loads

        def read() -> dict[str, Any] | ConfigError | None:
            try:
                config = read_config(path)
            except ConfigError as error:
                return None if is_manifest(path) else error
            return None if "versions" in config and is_manifest(path) else config

        def show(data: dict[str, Any] | ConfigError | None) -> None:
            if number != self._loads or self._loading is None:
                return  # another file, or another version, was chosen since
            if isinstance(data, dict):
                self._judge(self._form.ask(data), path.name, number)
                return
            self._loading = None
            if data is None and self.open_manifest is not None:
                self.open_manifest(path)
            elif data is None:
                self._form.show_note(
                    f"{path.name} is a manifest, not a config file. Nothing is changed."
                )
            else:
                self._form.show_note(f"Nothing is changed. {data}")

        self._background.run(read, show)

    def _judge(self, question: ConfigQuestion, name: str, number: int) -> None:
        """Find out in the background what the model takes, and show it."""

        def show(judged: JudgedConfig) -> None:
            if number != self._loads or self._loading is None:
                return
            now = self._form.ask(question.data)
            if question.is_like(now):
                self._loading = None
                self._form.take_config(judged, name)
            else:  # somebody has typed since, and rules look at all the values
                self._judge(now, name, number)

        self._background.run(question.judge, show)

    def save(self, path: Path, config: Mapping[str, Any]) -> None:
        """Write a file in the background, and say that it is there."""
        self._folder = str(path.parent)
        head = list(self._form.config_head)

        def write() -> str:
            try:
                write_config(path, config, head=head)
            except ConfigError as error:
                return f"Not saved. {error}"
            return f"Saved to {path}."

        self._background.run(write, self._form.show_note)
