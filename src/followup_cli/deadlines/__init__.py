"""Read the deadline phrases that government plans write, exactly or not at all."""

from .edtf import edtf, occurrences
from .model import Deadline, DeadlineError, Kind
from .naming import RULES
from .phrasing import phrase
from .reading import read
from .vocabulary import LANGUAGES

__all__ = ["LANGUAGES", "RULES", "Deadline", "DeadlineError", "Kind", "edtf", "occurrences", "phrase", "read"]
