"""The dock widget: task, model and version, where the weights are, and the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qtpy.QtCore import QEvent, Qt, Signal
from qtpy.QtGui import QDragEnterEvent, QDropEvent
from qtpy.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from ..registry import Registry, Resolution, Selection
from .background import Background
from .channels import ChannelSource
from .config_files import dropped_config
from .dropdowns import Dropdowns
from .form import ParamForm
from .forms import Forms
from .labels import plain_tooltip
from .passed_on import PassedOn
from .tabs import order_tabs
from .unreadable import Unreadable
from .weights import WeightsPanel

if TYPE_CHECKING:
    from napari.viewer import Viewer

_AT_ONCE = 0.01
"""Seconds for a disk to answer before the picker goes on without it."""


class ModelPicker(QWidget):
    """Picks a model: what to segment, with which model, in which version.

    Parameters
    ----------
    napari_viewer : napari.viewer.Viewer, optional
        The viewer whose selected image gives the channels. Without one, channels are
        numbered.
    registry : Registry, optional
        The models to choose from. Default: the bundled ones at once, and all others
        that are configured as soon as they are read.
    parent : QWidget, optional
        The Qt parent.

    Attributes
    ----------
    changed : Signal
        Emitted when the selection, a parameter or what is known of the weights changes.
    """

    changed = Signal()

    def __init__(
        self,
        napari_viewer: Viewer | None = None,
        registry: Registry | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._viewer = napari_viewer
        self._channels: ChannelSource | None = None
        self._background = Background(self)
        self._chosen_configs: dict[Selection | None, str] = {}
        self._resolution: Resolution | None = None
        self._registry = Registry({})
        self._build()
        self._follow_viewer(True)
        if registry is None:
            self._use(Registry.bundled())
            # Other folders may lie on a drive that hangs.
            self._background.run(Registry.discover, self._use_discovered)
        else:
            self._use(registry)

    # What scripts and other plugins use

    @property
    def registry(self) -> Registry:
        """The models to choose from."""
        return self._registry

    @registry.setter
    def registry(self, registry: Registry) -> None:
        self._use(registry)

    @property
    def task(self) -> str | None:
        """Key of the chosen task, or None where the registry is empty."""
        return self._choice.task

    @task.setter
    def task(self, task: str) -> None:
        self._choice.task = task

    @property
    def model(self) -> str | None:
        """Short name of the chosen model."""
        return self._choice.model

    @model.setter
    def model(self, model: str) -> None:
        self._choice.model = model

    @property
    def version(self) -> str | None:
        """Name of the chosen version; set by name or slug."""
        return self._choice.version

    @version.setter
    def version(self, version: str) -> None:
        self._choice.version = version

    @property
    def selection(self) -> Selection | None:
        """Task, model and version, or None where the registry is empty."""
        return self._choice.selection

    @property
    def resolution(self) -> Resolution | None:
        """Where the weights are, as far as is known.

        A path that has not answered yet is ``timed-out``; `changed` is emitted when it
        has.
        """
        return self._resolution

    @property
    def form(self) -> ParamForm | None:
        """The form of the chosen version, or None where the registry is empty."""
        return self._forms.current if self.selection is not None else None

    @property
    def config_path(self) -> str | None:
        """The config file that is passed on: chosen by a person, or the manifest's."""
        given = self._resolution.config_path if self._resolution else None
        return self._chosen_configs.get(self.selection) or given

    def config(self) -> dict[str, Any]:
        """Return what the model is to be run with: arg_name → value, in order.

        Where the version has no parameters, this is empty, and the file at
        `config_path` is passed on as it is.

        Raises
        ------
        pydantic.ValidationError
            Where a value is wrong.
        """
        return {} if self.form is None else self.form.config()

    def reset_choices(self, *_: object) -> None:
        """Offer the channels of the selected image; napari calls this for layers."""
        if self._channels is not None:
            self._forms.set_channels(self._channels.names)

    # How it is built

    def _build(self) -> None:
        self._choice = Dropdowns(self)
        self._choice.changed.connect(self._on_choice)
        self._unreadable = Unreadable(self._background, self)
        self._unreadable.found.connect(self._choice.mark_unreadable)
        self._weights = WeightsPanel(self)
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("aiod-form")
        self._forms = Forms(self._stack, self._background)
        self._forms.changed.connect(self.changed)
        self._passed_on = PassedOn(self)
        self._passed_on.chosen.connect(self._on_config_chosen)
        self.setAcceptDrops(True)
        self._problems = QLabel(self)
        self._problems.setObjectName("aiod-problems")
        self._problems.setWordWrap(True)
        self._problems.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._choice)
        layout.addWidget(self._weights)
        layout.addWidget(self._passed_on)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._problems)

    # From task to form

    def _use_discovered(self, registry: Registry) -> None:
        new = dict(registry) != dict(self._registry)
        if new or registry.problems:
            self._use(registry)

    def _use(self, registry: Registry) -> None:
        """Show another registry, and keep the selection where it still exists."""
        self._registry = registry
        self._forms.forget_bases()
        self._show_problems()
        self._choice.mark_unreadable({})
        self._choice.show_registry(registry)
        self._unreadable.look(registry)

    def _on_choice(self) -> None:
        selection = self.selection
        if selection is None:
            self._resolution = None
            self._weights.show_nothing()
            self._passed_on.hide()
        else:
            self._show_form(self._registry.resolve(*selection, timeout=_AT_ONCE))
        self.changed.emit()

    def _show_form(self, resolution: Resolution) -> None:
        waiting = any(check.status == "timed-out" for check in resolution.checks)
        if waiting:
            selection = resolution.selection
            registry = self._registry
            self._background.run(lambda: registry.resolve(*selection), self._on_found)
        self._resolution = resolution
        self._weights.show_resolution(resolution, looking=waiting)
        self._forms.show(resolution)
        self._show_passed_on()
        form = self._forms.current
        order_tabs(
            [
                *self._choice.parts(),
                *self._weights.parts(),
                *self._passed_on.parts(),
                *(form.parts() if form is not None else ()),
            ]
        )

    def _on_found(self, resolution: Resolution) -> None:
        """Show what a slow disk has answered, if it is still wanted."""
        if resolution.selection == self.selection:
            self._resolution = resolution
            self._weights.show_resolution(resolution, looking=False)
            self._forms.find_base(resolution)
            self._show_passed_on()
            self.changed.emit()

    # A config file that is passed on untouched

    def _has_params(self) -> bool:
        return self.form is not None and bool(self.form.model.model_fields)

    def _show_passed_on(self) -> None:
        given = self._resolution.config_path if self._resolution else None
        self._passed_on.show_config(given, self._chosen_configs.get(self.selection))
        self._passed_on.setVisible(not self._has_params())

    def _on_config_chosen(self, path: str) -> None:
        if self.selection is not None:
            self._chosen_configs[self.selection] = path
            self._show_passed_on()
            self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        """Take a config file, wherever on the dock it is dropped."""
        if event is not None and dropped_config(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Load the config file into the form, or pass it on untouched."""
        path = None if event is None else dropped_config(event.mimeData())
        if event is None or path is None or self.form is None:
            return
        event.acceptProposedAction()
        if self._has_params():
            self.form.load_config(path)
        else:
            self._on_config_chosen(str(path))

    # What was left out

    def _show_problems(self) -> None:
        """Say which manifests were left out, in the dock and as a notification."""
        problems = self._registry.problems
        files = {problem.path for problem in problems}
        names = ", ".join(path.name for path in files if path is not None)
        self._problems.setVisible(bool(problems))
        if not problems:
            return
        count = (
            "One manifest was" if len(files) == 1 else f"{len(files)} manifests were"
        )
        first = problems[0].sentence
        self._problems.setText(f"{count} left out ({names}). {first}")
        self._problems.setToolTip(plain_tooltip("\n".join(map(str, problems))))
        _notify(f"{count} left out. " + "\n".join(map(str, problems[:5])))

    # The viewer

    def _follow_viewer(self, follow: bool) -> None:
        """Listen to the selection of layers, or stop."""
        if self._viewer is None or follow == (self._channels is not None):
            return
        if self._channels is not None:
            self._channels.stop()
            self._channels = None
        else:
            self._channels = ChannelSource(self._viewer, self._forms.set_channels)
            self.reset_choices()

    def event(self, event: QEvent | None) -> bool:
        """Follow the viewer only while there is a dock around."""
        kind = event.type() if event is not None else None
        if kind == QEvent.Type.ParentChange:
            self._follow_viewer(self.parent() is not None)
        elif kind == QEvent.Type.DeferredDelete:
            self._follow_viewer(False)
        return super().event(event)


def _notify(message: str) -> None:
    """Show a warning where napari shows them; without napari, the dock is enough."""
    try:
        from napari.utils.notifications import show_warning
    except ImportError:
        return
    show_warning(message)
