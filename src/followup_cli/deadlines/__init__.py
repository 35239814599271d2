"""Read the deadline phrases that government plans write, exactly or not at all."""

from .edtf import edtf, occurrences
from .lexicon import LANGUAGES
from .model import Deadline, DeadlineError, Kind
from .naming import RULES
from .reading import read
from .rendering import phrase

__all__ = ["LANGUAGES", "RULES", "Deadline", "DeadlineError", "Kind", "edtf", "occurrences", "phrase", "read"]
