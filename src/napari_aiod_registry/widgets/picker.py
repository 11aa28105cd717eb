"""The dock widget: task, model and version, where the weights are, and the form."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QVBoxLayout, QWidget

from ..registry import DEFAULT_TIMEOUT, PREVIEW, Registry, Resolution, Selection
from ..registry.image_fit import Fit
from .about import AboutPanel
from .choose import Beginning, Dropdowns, Favourites, SearchBox
from .form import ParamForm
from .memory import Forms, FormStack
from .parts import Background, EnterPresses, HeldWidget, ScrolledRows, order_tabs
from .preview import Discovery, LeftOut, Previews, take_drops
from .viewer import AxisQuestion, FitLabel, FollowedViewer
from .weights import Availability, PassedOn, WeightsPanel

if TYPE_CHECKING:
    from napari.viewer import Viewer


class ModelPicker(HeldWidget):
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
    look : bool, default True
        Whether to look for the weights on this computer. Otherwise the locations are
        shown as the manifests state them, as in a picture for people elsewhere.
    folders : callable, optional
        Returns more folders to look for manifests in, and is asked before each look.
        With a ``registry`` nobody looks.
    time_limit : float, default 2.0
        Seconds for a disk to answer, until `time_limit` is set.
    begin_with : iterable of Selection, default ()
        What to choose at first: of these the first that there is. The very first may
        come late, and is chosen then, unless somebody has begun to work.

    Attributes
    ----------
    changed : Signal
        Emitted when the selection, a parameter or what is known of the weights changes.
    began : Signal
        Emitted with a `Selection` of ``begin_with`` that is chosen, before `changed`.
    """

    changed = Signal()
    began = Signal(object)

    def __init__(
        self,
        napari_viewer: Viewer | None = None,
        registry: Registry | None = None,
        parent: QWidget | None = None,
        *,
        look: bool = True,
        folders: Callable[[], Sequence[str]] = list,
        time_limit: float = DEFAULT_TIMEOUT,
        begin_with: Iterable[Selection] = (),
    ) -> None:
        super().__init__(parent)
        self._looks = look
        self._background = Background(self)
        self._viewer = FollowedViewer(napari_viewer, self)
        self._resolution: Resolution | None = None
        self._registry = Registry({})
        self._beginning = Beginning(begin_with)
        self._build()
        self.time_limit = time_limit
        self._viewer.follow()
        self._discovery = Discovery(folders, self._background, self)
        self._discovery.changed.connect(self._on_discovery)
        if registry is None:
            self._discovery.begin(time_limit)
        else:
            self._discovery.give(registry)

    # What scripts and other plugins use

    @property
    def registry(self) -> Registry:
        """The models to choose from, previews among them: see `open_manifest`.

        Setting another one leaves the previews as they are.
        """
        return self._registry

    @registry.setter
    def registry(self, registry: Registry) -> None:
        self._discovery.give(registry)

    @property
    def task(self) -> str | None:
        """Key of the chosen task, or None where the registry is empty."""
        return self._choice.task

    @task.setter
    def task(self, task: str) -> None:
        self._beginning.end()
        self._choice.task = task

    @property
    def model(self) -> str | None:
        """Short name of the chosen model."""
        return self._choice.model

    @model.setter
    def model(self, model: str) -> None:
        self._beginning.end()
        self._choice.model = model

    @property
    def version(self) -> str | None:
        """Name of the chosen version; set by name or slug."""
        return self._choice.version

    @version.setter
    def version(self, version: str) -> None:
        self._beginning.end()
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
        return self._passed_on.path

    @property
    def time_limit(self) -> float:
        """Seconds for a disk to answer before its weights count as not readable."""
        return self._availability.time_limit

    @time_limit.setter
    def time_limit(self, seconds: float) -> None:
        self._availability.time_limit = seconds

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

    def discover(self) -> None:
        """Look for manifests in all folders again, in the background.

        Where somebody has set a `registry`, that one stays.
        """
        self._discovery.look(self.time_limit)

    def use_favourites(self, favourites: Favourites) -> None:
        """Show a star beside the search, and offer favourites before a word is typed.

        Call it again when they are others than before.
        """
        self._search.use_favourites(favourites)

    # Manifests that are being written

    @property
    def previews(self) -> list[Path]:
        """The manifests that are shown as they are saved."""
        return self._previews.paths

    def open_manifest(self, path: str | os.PathLike[str]) -> None:
        """Show a manifest beside the others, and follow it as it is saved.

        Its key in `registry` and `selection` is ``preview:`` and its file name. A save
        that makes it wrong leaves what was shown, and its problems are listed. The file
        is read in the background, and need not exist yet.
        """
        self._previews.open(path)

    def close_preview(self, path: str | os.PathLike[str]) -> None:
        """Take a manifest of `previews` away.

        Raises
        ------
        LookupError
            Where it is not open.
        """
        self._previews.close_preview(path)

    # How it is built

    def _build(self) -> None:
        self._enter = EnterPresses(self)
        self._choice = Dropdowns(self)
        self._choice.changed.connect(self._on_chosen)
        self._fit = FitLabel(self._viewer, self)
        self._axis = AxisQuestion(self._viewer, self)
        self._availability = Availability(self._background, self, looks=self._looks)
        self._availability.answered.connect(self._on_answer)
        self._search = SearchBox(self._background, self)
        self._search.chosen.connect(self._on_found_by_person)
        for part in (self._choice, self._search):
            part.set_facts(self._availability, self._fit.fits)
            self._availability.changed.connect(part.look_again)
        self._weights = WeightsPanel(self._background, self)
        self._weights.look_again.connect(self._look_again)
        self._about = AboutPanel(self._background, self)
        self._stack = FormStack(self)
        self._stack.setObjectName("aiod-form")
        self._forms = Forms(self._stack, self._background)
        self._forms.changed.connect(self._on_value)
        self._viewer.channels_changed.connect(self._forms.set_channels)
        self._viewer.images_changed.connect(self._show_fit)
        self._passed_on = PassedOn(self)
        self._passed_on.changed.connect(self.changed)
        take_drops(self, self._background, self._take_files)
        self._problems = LeftOut(self)
        self._forms.manifest_dropped.connect(self.open_manifest)
        self._previews = Previews(self._background, self)
        self._previews.changed.connect(self._show_registry)
        self._previews.opened.connect(self._choice.choose_model)
        self._open = self._previews.open_button(self)
        chosen = (self._choice, self._fit, self._axis)
        above = (self._previews, self._search, *chosen, self._weights)
        below = (self._about, self._passed_on, self._stack, self._problems, self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        rows = (*above, *below)
        scrolled = ScrolledRows(rows, self, stretched=self._stack, growing=self._about)
        layout.addWidget(scrolled)

    # From task to form

    def _on_discovery(self) -> None:
        self._problems.show_problems(self._discovery.registry.problems)
        self._show_registry()

    def _show_registry(self) -> None:
        """Show another registry, and keep the selection where it still exists."""
        previews = self._previews.manifests()
        self._registry = self._discovery.registry.with_previews(previews)
        self._forms.set_registry(self._registry)
        self._passed_on.set_registry(self._registry)
        self._fit.compare(self._registry)
        before = self.model or ""
        stays = before.startswith(PREVIEW) and before in self._registry
        chosen = None if stays else self._beginning.choose(self._registry)
        self._choice.show_registry(self._registry, chosen)
        # The search goes first: whoever tells of more lets it look at its rows again.
        self._search.set_registry(self._registry)
        self._availability.set_registry(self._registry)
        if chosen is not None:  # who hears it may choose something else
            self.began.emit(chosen)
        if stays and self.model != before:  # its tasks are others now
            self._choice.choose_model(before)
        else:
            self._on_choice()

    def _on_found_by_person(self, selection: Selection) -> None:
        self._beginning.end()
        if self._registry.has(selection):
            self._choice.choose(selection)

    def _on_value(self) -> None:
        self._beginning.end()
        self.changed.emit()

    def _on_chosen(self) -> None:
        self._beginning.end()
        self._on_choice()

    def _on_choice(self) -> None:
        selection = self.selection
        self._stack.setVisible(selection is not None)
        if selection is None:
            self._resolution = None
            self._weights.show_nothing()
            self._about.show_resolution(None)
            self._passed_on.show_resolution(None)
            self._fit.hide()
        else:
            self._show_form(self._availability.resolve(selection))
        self._search.show_selection(selection)
        self.changed.emit()

    def _look_again(self) -> None:
        """Look at all paths anew, and for manifests."""
        self.discover()
        self._availability.look_again()
        if self.selection is not None:
            self._show_form(self._availability.resolve(self.selection))

    def _show_form(self, resolution: Resolution) -> None:
        self._resolution = resolution
        self._about.show_resolution(resolution)
        self._fit.show_fit(self.selection)
        if self._looks:
            self._weights.show_resolution(
                resolution, looking=self._availability.is_waiting
            )
        else:
            self._weights.show_stated(resolution)
        self._forms.show(resolution)
        self._passed_on.show_resolution(resolution)
        parts = [
            *chain(self._previews.parts(), self._search.parts(), self._choice.parts()),
            *self._axis.parts(),
            *chain(self._weights.parts(), self._about.parts(), self._passed_on.parts()),
            *(self._forms.current.parts() if self._forms.current is not None else ()),
            self._open,
        ]
        order_tabs(parts)
        self._enter.watch(parts)

    def _on_answer(self, resolution: Resolution) -> None:
        """Show what a slow disk has answered, if it is still wanted."""
        if resolution.selection == self.selection:
            self._availability.is_waiting = False
            self._resolution = resolution
            self._weights.show_resolution(resolution, looking=False)
            self._forms.find_base(resolution)
            self._passed_on.show_resolution(resolution)
            self.changed.emit()

    # A config file that is passed on untouched

    def _take_files(self, paths: list[Path], manifests: list[bool]) -> None:
        """Show manifests; load a config into the form, or pass it on untouched."""
        for path, is_manifest in zip(paths, manifests, strict=True):
            if is_manifest:
                self.open_manifest(path)
            elif self.form is not None and self.form.model.model_fields:
                self.form.load_config(path)
            else:
                self._passed_on.choose(str(path))

    # The viewer

    def reset_choices(self, *_: object) -> None:
        """Offer the channels of the selected image; napari calls this for layers."""
        self._viewer.tell_channels()

    @property
    def fit(self) -> Fit | None:
        """Whether the version fits the selected image, or None where there is none."""
        return self._fit.fits().of(self.selection)

    def _show_fit(self) -> None:
        self._fit.compare(self._registry)
        self._choice.look_again()
        self._search.look_again()
        self._fit.show_fit(self.selection)
