"""Read the deadline phrases that government plans write, exactly or not at all."""

from .calendar import Calendar
from .exchange import edtf
from .model import Deadline, DeadlineError, DeadlineKind
from .naming import RULES
from .occurring import Occurrence, occurrences, periods
from .phrasing import phrase
from .reading import read
from .vocabulary import LANGUAGES

__all__ = [
    "LANGUAGES",
    "RULES",
    "Calendar",
    "Deadline",
    "DeadlineError",
    "DeadlineKind",
    "Occurrence",
    "edtf",
    "occurrences",
    "periods",
    "phrase",
    "read",
]
