"""Read the deadline phrases that government plans write, exactly or not at all."""

from .lexicon import LANGUAGES
from .model import Deadline, DeadlineError, Kind
from .reading import read

__all__ = ["LANGUAGES", "Deadline", "DeadlineError", "Kind", "read"]
