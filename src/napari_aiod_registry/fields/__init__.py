"""What a field of any Pydantic model says of itself: its type unwrapped, its extras.

A manifest's parameters become fields that say it, and the form, config files and error
messages read it, so it stands below all of them. What a value may be belongs to the
model itself, how a field is shown to `widgets.form`.
"""

from __future__ import annotations

from .extras import FieldExtras

# `annotations` is imported by whoever needs it: a job that reads manifests does not.
__all__ = ["FieldExtras", "annotations"]
