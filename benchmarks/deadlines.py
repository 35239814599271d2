"""Time the reading of deadline phrases, beside dateparser and dateutil on the same phrases in the same run.

Run it with `python benchmarks/deadlines.py`. A peer that is not installed is left out
(`pip install dateparser`). The peers give one moment where a deadline is a window, so this compares
time, not answers.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from followup_cli.deadlines import read
from followup_cli.deadlines.reading import _read

ROUNDS = 5
EXAMPLES = Path(__file__).parents[1] / "tests" / "deadlines" / "examples.tsv"


def phrases() -> list[str]:
    """Return the example phrases that are deadlines."""
    rows = [line.split("\t") for line in EXAMPLES.read_text(encoding="utf-8").split("\n")[1:] if line]
    return [row[2] for row in rows if row[3] != "error"]


def per_phrase(texts: list[str], call: Callable[[str], object], before: Callable[[], object]) -> float:
    """Return the median time of a phrase over all rounds, in microseconds."""
    times = []
    for _ in range(ROUNDS):
        before()
        began = time.perf_counter()
        for text in texts:
            call(text)
        times.append((time.perf_counter() - began) / len(texts) * 1e6)
    return statistics.median(times)


def peers() -> dict[str, Callable[[str], object]]:
    """Return the peers that are installed, each as a function that answers or gives up."""
    found: dict[str, Callable[[str], object]] = {}
    try:
        import dateparser

        found["dateparser"] = lambda text: dateparser.parse(text, languages=["en", "ru", "kk"])
        found["dateparser, language unknown"] = dateparser.parse
    except ImportError:
        print("dateparser is not installed", file=sys.stderr)
    from dateutil import parser

    def dateutil(text: str) -> object:
        try:
            return parser.parse(text)
        except (ValueError, OverflowError):
            return None

    found["dateutil"] = dateutil
    return found


def main() -> None:
    """Print the medians and their ratios."""
    texts = phrases()
    for text in texts:
        read(text)
    rows = [("followup, each phrase new", per_phrase(texts, read, _read.cache_clear))]
    rows.append(("followup, phrases known", per_phrase(texts, read, lambda: None)))
    for name, call in peers().items():
        call("August 2022")
        rows.append((name, per_phrase(texts, call, lambda: None)))
    base = rows[0][1]
    print(f"{len(texts)} phrases, median of {ROUNDS} rounds")
    for name, time_each in rows:
        print(f"{name:32} {time_each:10.2f} µs a phrase  {time_each / base:8.2f} x")


if __name__ == "__main__":
    main()
