"""The names of the rules that read phrases."""

from .model import Deadline


def name_rule(reading: Deadline) -> str:
    """Return the name of the rule that gives a reading."""
    return reading.kind.value
