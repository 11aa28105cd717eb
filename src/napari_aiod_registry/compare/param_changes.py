"""What changed in the parameters of a version-task, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..manifest import ModelParam, type_word
from ..messages import listed, show
from .changes import (
    Change,
    keyed,
    list_changes,
    order_change,
    plain_words,
    value_change,
)

_NUMBERS = {"min": "smallest value", "max": "largest value", "step": "step"}


def param_changes(
    old: Sequence[ModelParam], new: Sequence[ModelParam]
) -> Iterator[Change]:
    """Yield what changed between two lists of parameters.

    Parameters
    ----------
    old, new : sequence of ModelParam
        The lists in force, with the defaults that a task overrides.
    """
    before = keyed(old, lambda param: param.arg_name)
    after = keyed(new, lambda param: param.arg_name)
    often = Counter(param.name for param in new)

    def label(param: ModelParam) -> str:
        # Two may have the same label, but never the same arg_name.
        twice = often[param.name] > 1
        return f"{param.name} ({param.arg_name})" if twice else param.name

    for key, param in before.items():
        if key not in after:
            yield Change(f"params.{key}", f"parameter {label(param)} is gone")
    for key, param in after.items():
        what = f"params.{key}"
        if key not in before:
            default = param.default_value
            message = f"parameter {label(param)} added, default {show(default)}"
            yield Change(what, message, None, default)
            continue
        for change in _one_param(what, before[key], param):
            message = f"{label(param)}: {change.message}"
            yield Change(change.what, message, change.old, change.new)
    yield from order_change("params", "parameter", list(before), list(after))


def _one_param(what: str, old: ModelParam, new: ModelParam) -> Iterator[Change]:
    yield from value_change(f"{what}.name", "label", old.name, new.name)
    yield from value_change(
        f"{what}.dtype", "type", _type(old), _type(new), plain_words
    )
    yield from _choices(f"{what}.value", old, new)
    yield from value_change(
        f"{what}.default", "default", old.default_value, new.default_value
    )
    if old.nullable != new.nullable:
        words = "can now be null" if new.nullable else "can't be null any more"
        yield Change(f"{what}.value", words, old.nullable, new.nullable)
    for key, label in (_NUMBERS | {"units": "unit"}).items():
        yield from value_change(
            f"{what}.{key}", label, getattr(old, key), getattr(new, key), plain_words
        )
    yield from value_change(
        f"{what}.tooltip", "tooltip", old.tooltip or "", new.tooltip or ""
    )
    if old.advanced != new.advanced:
        words = "starts folded away" if new.advanced else "is not folded away any more"
        yield Change(f"{what}.advanced", words, old.advanced, new.advanced)
    yield from _channel(what, old, new)


def _type(param: ModelParam) -> str:
    name = param.type_name
    return "several types" if name is None else type_word(name)


def _choices(what: str, old: ModelParam, new: ModelParam) -> Iterator[Change]:
    if old.choices is None and new.choices is None:
        return
    if old.choices is None:
        words = f"must now be one of {listed(list(map(show, new.choices or ())))}"
        yield Change(what, words, None, new.choices)
    elif new.choices is None:
        yield Change(what, "is not chosen from a list any more", old.choices, None)
    else:
        before, after = keyed(old.choices, show), keyed(new.choices, show)
        yield from list_changes(what, "choice", before, after)


def _channel(what: str, old: ModelParam, new: ModelParam) -> Iterator[Change]:
    if old.is_channel != new.is_channel:
        words = "is now" if new.is_channel else "is not any more"
        message = f"{words} a channel of the image"
        yield Change(f"{what}.param_type", message, old.param_type, new.param_type)
        return
    yield from value_change(
        f"{what}.channel_start",
        "number of the first entry",
        old.channel_start,
        new.channel_start,
    )
    yield from value_change(
        f"{what}.channel_start_label",
        "first entry",
        old.channel_start_label,
        new.channel_start_label,
    )
