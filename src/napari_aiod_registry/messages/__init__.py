"""What people are told: problems, and how a sentence names things.

A `Problem` has a severity, a stable code, a place and a sentence. Here are also the
limits of what is read and listed. Nothing here knows the manifest format or any file;
every other room may use it.
"""

from __future__ import annotations

from .limits import LARGEST, MAX_DEPTH, MAX_DIGITS, MAX_NAME, MAX_PROBLEMS, MAX_VALUES
from .problems import ManifestError, Place, Problem, Severity, dotted
from .wording import (
    LONGEST_SHOWN,
    and_more,
    counted,
    cut,
    fold,
    listed,
    meant,
    nearest,
    shortened,
    show,
)

__all__ = [
    "LARGEST",
    "LONGEST_SHOWN",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_NAME",
    "MAX_PROBLEMS",
    "MAX_VALUES",
    "ManifestError",
    "Place",
    "Problem",
    "Severity",
    "and_more",
    "counted",
    "cut",
    "dotted",
    "fold",
    "listed",
    "meant",
    "nearest",
    "shortened",
    "show",
]
