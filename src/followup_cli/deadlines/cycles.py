"""How often: a number of times in a number of units."""

from .model import Cycle

MONTHS = {"month": 1, "months": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
DAYS = {"day": 1, "week": 7, "fortnight": 14, "ten-days": 10}


def cycle_of(count: int, n: int, unit: str) -> Cycle | None:
    """Return what happens `count` times every `n` units, or None if no rule says it."""
    if n < 1 or count < 1:
        return None
    if unit in MONTHS:
        months = n * MONTHS[unit]
        if months % count == 0:
            every = months // count
            return Cycle("MONTHLY", every) if every % 12 else Cycle("YEARLY", every // 12)
        parts = {2: (15, -1), 3: (10, 20, -1)}
        return Cycle("MONTHLY", 1, (), parts[count]) if months == 1 and count in parts else None
    if count != 1:
        return None
    if unit == "ten-days" and n == 1:
        return Cycle("MONTHLY", 1, (), (10, 20, -1))
    if unit in ("week", "fortnight"):
        return Cycle("WEEKLY", n * (2 if unit == "fortnight" else 1))
    return Cycle("DAILY", n * DAYS[unit]) if unit in DAYS else None
