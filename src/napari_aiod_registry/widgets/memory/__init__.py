"""What stays: values of versions that were left, and the choice between two naparis.

Where it is stored belongs to `settings`.
"""

from __future__ import annotations

from .between_sessions import Remembered
from .choices import Choices
from .folds import Folds
from .forms import Forms, FormStack

__all__ = ["Choices", "Folds", "FormStack", "Forms", "Remembered"]
