"""What the picker remembers of each version: its values, and what it hands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from ...registry import PREVIEW, Registry, Selection
from ...typed import alike
from ..form import ParamForm
from ..form.editors import FieldSpec, State

Changes = dict[str, tuple[FieldSpec, Any]]
"""Key → what is known of a field, and the value that a person has given it."""


@dataclass(frozen=True)
class _Kept:
    model: type[BaseModel]
    state: State
    """What was shown where it differed from the defaults; these may change."""
    changes: Changes
    specs: dict[str, FieldSpec]
    own: bool
    """Whether a person changed something here, rather than on the version before."""


class FormMemory:
    """Brings earlier values back, and carries changes over to another version.

    One form may serve several versions, whose parameters are the same. What a person
    changed on one version holds on the next of the same family too, until the person
    changes something there: from then on that version has values of its own.
    """

    def __init__(self) -> None:
        self._kept: dict[Selection, _Kept] = {}
        self._here: Selection | None = None
        self._arrived: State = None
        self._own = False
        self._changes: dict[str, Changes] = {}  # by family

    def keep(self, registry: Registry) -> None:
        """Forget previews that are closed; a family may come back with its drive."""
        for selection in [one for one in self._kept if _is_closed(one.model, registry)]:
            del self._kept[selection]
        for model in [one for one in self._changes if _is_closed(one, registry)]:
            del self._changes[model]
        if self._here is not None and _is_closed(self._here.model, registry):
            self._here = None

    def leave(self, form: ParamForm) -> None:
        """Remember what the form shows, before it shows another version."""
        if self._here is None:
            return
        own = self._is_own(form)
        specs = form.specs
        # What this version has no parameter for is still carried to the next.
        carried = self._changes.get(self._here.model, {})
        changes = {key: carried[key] for key in carried if key not in specs}
        changes |= {
            key: (specs[key], value) for key, value in form.changed_values().items()
        }
        self._changes[self._here.model] = changes
        self._kept[self._here] = _Kept(
            form.model, form.changed_state(), changes, specs, own
        )

    def enter(self, selection: Selection, form: ParamForm) -> None:
        """Show the values of a version, and say what was carried over to it."""
        before, self._here = self._here, selection
        kept = self._kept.get(selection)
        self._own = kept is not None and kept.own
        form.hide_note()
        if kept is None or not kept.own:
            form.reset()
            if before is not None and before.model == selection.model:
                self._carry(before, form)
        else:
            form.reset()
            if kept.model is form.model:
                form.restore(kept.state)
            else:  # the manifest has changed in the meantime
                _put_back(kept, form)
        self._arrived = form.changed_state()

    def set_defaults(self, form: ParamForm, values: Mapping[str, Any]) -> None:
        """Give the form that is shown other defaults, which is nobody's own change."""
        own = self._is_own(form)
        form.set_defaults(values)
        if not own:
            self._arrived = form.changed_state()

    def _is_own(self, form: ParamForm) -> bool:
        return self._own or not alike(form.changed_state(), self._arrived)

    def _carry(self, before: Selection, form: ParamForm) -> None:
        before_it = form.state()
        carried = _put(self._changes.get(before.model, {}), form)
        if carried:
            form.show_note(
                f"Kept from {before.version}: {', '.join(carried)}.",
                undo=form.way_back(before_it),
            )


def _is_closed(model: str, registry: Registry) -> bool:
    return model.startswith(PREVIEW) and model not in registry


def _put(changes: Changes, form: ParamForm) -> list[str]:
    """Set what means the same in a form and will do there; list the labels."""
    specs, put = form.specs, []
    for key, (old, value) in changes.items():
        if key not in specs or not _mean_the_same(old, specs[key]):
            continue
        try:
            form.set_value({key: value})
        except ValidationError:
            continue  # it would not do there
        put.append(specs[key].label)
    return put


def _put_back(kept: _Kept, form: ParamForm) -> None:
    """Show what was typed in the same version, be it right by now or wrong."""
    shown, more = kept.state
    specs = form.specs
    same = {
        key: state
        for key, state in shown.items()
        if key in specs
        and _mean_the_same(kept.specs[key], specs[key])
        and not specs[key].choices
        and kept.specs[key].nullable == specs[key].nullable
        and specs[key].group is None
    }
    _put({key: kept.changes[key] for key in kept.changes if key not in same}, form)
    form.restore((same, more))


def _mean_the_same(one: FieldSpec, other: FieldSpec) -> bool:
    """Whether two parameters of one key have the same type of value."""
    if one.choices or other.choices:
        return bool(one.choices and other.choices)
    return (
        bool(one.kind == other.kind)
        and one.extras.is_channel == other.extras.is_channel
    )
