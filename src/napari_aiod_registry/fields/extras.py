"""What a field may say of itself that Pydantic has no word for, in one place.

It travels in ``json_schema_extra``, which any model may fill in: whoever makes a model
writes it there by `FieldExtras.as_json`, and whoever shows one reads it by
`FieldExtras.of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo


@dataclass(frozen=True)
class FieldExtras:
    """What a form wants to know of a field beside its type and its bounds.

    Attributes
    ----------
    units : str or None
        The unit behind the value.
    step : float or None
        What an arrow adds, or None where the form decides.
    advanced : bool
        Whether the field starts folded away.
    is_channel : bool
        Whether the value is a channel of the image: ``param_type`` is then "channel".
    channel_start : int
        The number of the first entry, which stands for none of the channels.
    channel_start_label : str
        The text of the first entry.
    """

    units: str | None = None
    step: float | None = None
    advanced: bool = False
    is_channel: bool = False
    channel_start: int = -1
    channel_start_label: str = "original"

    @classmethod
    def of(cls, info: FieldInfo) -> FieldExtras:
        """Read what a field of any model says; what makes no sense is passed over."""
        extra = info.json_schema_extra
        if not isinstance(extra, dict):
            return cls()
        units, step = extra.get("units"), extra.get("step")
        start = extra.get("channel_start")
        return cls(
            units=str(units) if units else None,
            step=step if isinstance(step, int | float) and step > 0 else None,
            advanced=bool(extra.get("advanced")),
            is_channel=extra.get("param_type") == "channel",
            channel_start=start if isinstance(start, int) else cls.channel_start,
            channel_start_label=str(
                extra.get("channel_start_label", cls.channel_start_label)
            ),
        )

    def as_json(self) -> dict[str, Any] | None:
        """Write it as ``json_schema_extra``: only what is said, None for nothing."""
        extra: dict[str, Any] = {}
        if self.units is not None:
            extra["units"] = self.units
        if self.step is not None:
            extra["step"] = self.step
        if self.advanced:
            extra["advanced"] = True
        if self.is_channel:
            extra["param_type"] = "channel"
            extra["channel_start"] = self.channel_start
            extra["channel_start_label"] = self.channel_start_label
        return extra or None
