"""Numbers as people write them: a decimal comma, a sign, a point at either end."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from .outcome import Unreadable

THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
"""A number that is a thousand times larger in some countries than in others."""

_WHOLE = re.compile(r"[-+]?\d+")


def read_number(text: str, *, whole: bool) -> int | float | None:
    """Read a number as people write it.

    Parameters
    ----------
    text : str
        A decimal comma is read as a point. ``1,000`` is not read: it may be one
        or a thousand.
    whole : bool
        Whether an integer is wanted: then 3.0 and 1e3 are read as 3 and 1000.

    Returns
    -------
    int, float or None
        None where the text is not a number.
    """
    text = with_point(text)
    try:
        if whole and _WHOLE.fullmatch(text):
            return int(text)
        number = float(text)
        if not whole or not number.is_integer():
            return number
        return int(Decimal(text))
    except (ValueError, ArithmeticError):
        return None


def exact_number(text: str, *, whole: bool) -> int | float | Unreadable | None:
    """Read a number, but none that would become infinite or nothing on the way."""
    number = read_number(text, whole=whole)
    if not isinstance(number, float):
        return number
    return beyond(text, number) or number


def beyond(text: str, number: float) -> Unreadable | None:
    """Tell of a number with too large an exponent, which a float does not hold."""
    if math.isinf(number) and any(map(str.isdigit, text)):
        return Unreadable(text, "This number is too large: write at most 1.7e308.")
    mantissa = re.split("[eE]", text)[0]
    if number == 0 and any(digit.isdigit() and int(digit) for digit in mantissa):
        return Unreadable(text, "This number is too close to 0: write 0 or 1e-300.")
    return None


def with_point(text: str) -> str:
    """Write a point for a decimal comma, and a hyphen for a minus sign."""
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if text.count(",") == 1 and not THOUSANDS.fullmatch(text):
        return text.replace(",", ".")
    return text


def write_number(value: float) -> str:
    """Write a number as short as it can be read back exactly: 1e-05 is ``1e-5``."""
    try:
        return re.sub(r"e([-+])0+(\d)", r"e\1\2", repr(value))
    except ValueError:  # more digits than Python writes
        return f"(a number of {Decimal(value).adjusted() + 1} digits)"
