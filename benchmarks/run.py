"""Measure how quick the program is beside its peers and its limits, and write docs/reference/performance.md.

    python benchmarks/run.py                  everything; about five minutes
    python benchmarks/run.py --only start     rows whose name has "start" in it, without writing

The program is installed from a wheel, with the peers of benchmarks/requirements.txt, into
build/benchmarks. Every figure is of whole processes, in turn (A B A B …), as a ratio of each pair; the
median counts. A peer that is not installed is named as such.
"""

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import generate

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "benchmarks"
BIN = BUILD / "venv" / ("Scripts" if os.name == "nt" else "bin")
PYTHON, FOLLOWUP = str(BIN / "python"), str(BIN / "followup")
FIRST = 31  # rounds of small processes
LARGE, MIDDLE = 100_000, 30_000  # activities; peers that take minutes for the large plan get the other


class Run(NamedTuple):
    """What one process took: seconds of wall clock, and megabytes at its peak."""

    seconds: float
    megabytes: float


class Row(NamedTuple):
    """A line of the table: what is measured against what, and the goal for the ratio."""

    name: str
    what: str
    command: list[str]
    against: str
    peer: list[str]
    goal: float
    at_least: bool = False
    rounds: int = 5
    warm: bool = True
    by: Callable[[Run], float] = lambda run: run.seconds
    ends: int = 0  # its exit code
    why: str = ""  # what costs so much, said where the goal is not met


def run(command: list[str], *, cache: bool = True, ends: int = 0) -> Run:
    """Run a command as a process of its own, which ends with an exit code."""
    environment = {**os.environ, "FOLLOWUP_CACHE": str(BUILD / "cache") if cache else ""}
    environment.pop("PYTHONPATH", None)
    before = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=BUILD, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != ends:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}")
    return Run(seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))


def prepare() -> None:
    """Install a wheel of the program and its peers, and write the datasets."""
    BUILD.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(BUILD / "cache", ignore_errors=True)
    if not Path(PYTHON).exists():
        subprocess.run([sys.executable, "-m", "venv", str(BUILD / "venv")], check=True)
    pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(ROOT / "benchmarks" / "requirements.txt")], check=True)
    # Compiled as any installation is, even where the environment says that nothing should be.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([*pip, "--force-reinstall", "--no-deps", str(ROOT)], check=True, env=environment)
    subprocess.run([*pip, str(ROOT)], check=True, env=environment)
    for size in (MIDDLE, LARGE, 2 * LARGE):
        if not (BUILD / str(size) / "agencies.yaml").exists():
            generate.write(size, BUILD / str(size))
    shutil.copytree(ROOT / "data", BUILD / "27", dirs_exist_ok=True)
    large = BUILD / str(LARGE)
    variants()
    if not (BUILD / "list.csv").exists():
        subprocess.run(
            [FOLLOWUP, "list", "--data", str(large), "--output", str(BUILD / "list.csv")], check=True
        )
    subprocess.run([FOLLOWUP, "schema", "--data", str(large), "--output", str(BUILD / "schema")], check=True)
    (BUILD / "journal").write_text("".join(journal()), encoding="utf-8")


def variants() -> None:
    """Write the large dataset with 20 mistakes, and as another program lays YAML out."""
    large, slips, other = (BUILD / name for name in (str(LARGE), "mistakes", "relaid"))
    if not (slips / "agencies.yaml").exists():
        slips.mkdir(exist_ok=True)
        text = (large / "activities.yaml").read_text(encoding="utf-8")
        parts = text.split("\n  - id: ")
        for n in range(20):
            at = len(parts) // 21 * (n + 1)
            old, new = SLIPS[n % len(SLIPS)]
            parts[at] = parts[at].replace(old, new, 1)
        (slips / "activities.yaml").write_text("\n  - id: ".join(parts), encoding="utf-8")
        shutil.copy(large / "agencies.yaml", slips)
    if not (other / "agencies.yaml").exists():
        other.mkdir(exist_ok=True)
        program = (
            "import sys, yaml; data = yaml.load(open(sys.argv[1], encoding='utf-8'), yaml.CBaseLoader);"
            "yaml.dump(data, open(sys.argv[2], 'w', encoding='utf-8'), yaml.CSafeDumper, sort_keys=False,"
            "allow_unicode=True)"
        )
        for name in ("activities.yaml", "agencies.yaml"):
            subprocess.run([PYTHON, "-c", program, str(large / name), str(other / name)], check=True)


SLIPS = (
    ("    section: ", "    section: X"),
    ("    agencies: [", "    agencies: [A0O, "),
    ("        deadline: ", "        deadline: Augst "),
    ("    title: ", "    tilte: "),
    ("    section: ", "    section: I\n    section: "),
)


def journal() -> Iterator[str]:
    """Write a plan as a journal for hledger: a transaction per activity, a posting per agency."""
    yield "".join(f"account A{code:02}\n" for code in range(generate.AGENCIES)) + "account plan\n\n"
    for block in (
        (BUILD / str(MIDDLE) / "activities.yaml").read_text(encoding="utf-8").split("\n  - id: ")[11:]
    ):
        fields = dict(line.strip().partition(": ")[::2] for line in block.splitlines()[1:])
        codes = [code.partition(" ")[0] for code in fields["agencies"].strip("[]").split(", ")]
        postings = "".join(f"    {code}  1\n" for code in codes)
        yield f"2022-01-01 {fields['title']} ; {fields['section']}\n{postings}    plan\n\n"


def rows() -> list[Row]:
    """List what is measured."""
    small, middle, large, twice = (
        ["--data", str(BUILD / str(size))] for size in (27, MIDDLE, LARGE, 2 * LARGE)
    )
    nothing = ("`python -c pass`", [PYTHON, "-c", "pass"])
    scan = (
        "raw libyaml scan",
        [
            PYTHON, "-c",
            "import sys; from yaml.cyaml import CParser; CParser(open(sys.argv[1], 'rb').read().decode()).raw_parse()",
            str(BUILD / str(LARGE) / "activities.yaml"),
        ],
    )  # fmt: skip
    scan_other = (scan[0], [*scan[1][:-1], str(BUILD / "relaid" / "activities.yaml")])
    validate = ("validate", [FOLLOWUP, "validate", *large])
    same = ("validate of the same", [FOLLOWUP, "validate", *middle])
    csv = f"read_csv('{BUILD / 'list.csv'}')"
    agencies = (
        "duckdb on the CSV",
        [PYTHON, "-c", f"import duckdb; duckdb.sql({_PER_AGENCY.format(csv=csv)!r}).show()"],
    )
    some = (
        "duckdb on the CSV",
        [PYTHON, "-c", f"import duckdb; duckdb.sql({_FILTERED.format(csv=csv)!r}).show(max_rows=100000)"],
    )
    schema = ["--schemafile", str(BUILD / "schema" / "activities.schema.json")]
    file = str(BUILD / str(MIDDLE) / "activities.yaml")
    return [
        Row("start: list again", "`list`, 27 activities, second run", [FOLLOWUP, "list", *small], *nothing, 7, rounds=FIRST, why=_TYPER),
        Row("start: list", "`list`, 27 activities, first run", [FOLLOWUP, "list", *small], *nothing, 14, rounds=11, warm=False, why=_MODELS),
        Row("start: validate", "`validate`, 27 activities", [FOLLOWUP, "validate", *small], *nothing, 14, rounds=11, why=_MODELS),
        Row("start: version", "`--version`", [FOLLOWUP, "--version"], *nothing, 5, rounds=FIRST),
        Row("start: completion", "completion of an id", [FOLLOWUP, "__complete", "show", *small, "2"], *nothing, 7, rounds=11),
        Row("validate", "`validate`, 100,000", validate[1], *scan, 7, rounds=3),
        Row("validate: relaid", "the same, as PyYAML lays it out", [FOLLOWUP, "validate", "--data", str(BUILD / "relaid")], *scan_other, 7, rounds=3, why=_EVENTS),
        Row("peer: check-jsonschema", "`check-jsonschema`, 30,000", [str(BIN / "check-jsonschema"), *schema, file], *same, 30, at_least=True, rounds=1),
        Row("peer: yamale", "`yamale`, 30,000", [str(BIN / "yamale"), "-s", str(ROOT / "benchmarks/plan.yamale.yaml"), file], *same, 8, at_least=True, rounds=1),
        Row("peer: hledger", "`hledger check`, 30,000", ["hledger", "-f", str(BUILD / "journal"), "check", "accounts"], *same, 2.5, at_least=True, rounds=3),
        Row("memory", "`validate`, 100,000, memory at its peak (MiB)", validate[1], "1 MiB", [], 400, rounds=3, by=lambda r: r.megabytes),
        Row("mistakes", "20 mistakes in 100,000, all at line and column", [FOLLOWUP, "validate", "--data", str(BUILD / "mistakes")], *validate, 1.3, rounds=3, ends=1),
        Row("twice", "200,000", [FOLLOWUP, "validate", *twice], *validate, 2.1, rounds=3),
        Row("query: count", "`count --by agency`, 100,000, second run", [FOLLOWUP, "count", "--by", "agency", *large], *agencies, 1, rounds=9),
        Row("query: list", "`list --agency A07 --due 2025`, 100,000, second run", [FOLLOWUP, "list", "--agency", "A07", "--due", "2025", *large], *some, 1, rounds=9),
        Row("report", "`report`, 100,000", [FOLLOWUP, "report", *large], *validate, 2, rounds=3, warm=False),
    ]  # fmt: skip


_TYPER = "the import of Typer is most of it; less would need a second reader of the command line, kept equal to the first"
_MODELS = "pydantic and Typer are most of it; the deadline grammar and the rules are the rest"
_EVENTS = "libyaml's events cost five times its scan before anything is done with them"
_PER_AGENCY = "select unnest(string_split(agencies, '; ')) agency, count(*), count(distinct activity) from {csv} group by 1"
_FILTERED = (
    "select * from {csv} where list_contains(string_split(agencies, '; '), 'A07') and due between '2025-01-01' and "
    "'2025-12-31'"
)
_PHRASES = """
import json, sys, time
from followup_cli.deadlines import read
phrases = json.load(open(sys.argv[1]))
def seconds(read):
    start = time.perf_counter()
    for phrase in phrases:
        read(phrase, lang="en")
    return time.perf_counter() - start
print(seconds(read) / len(phrases) * 1e6, seconds(read) / len(phrases) * 1e6)
"""
_PEER_PHRASES = """
import json, sys, time, dateparser
phrases = json.load(open(sys.argv[1]))[:300]
start = time.perf_counter()
for phrase in phrases:
    dateparser.parse(phrase, languages=["en"], settings={"PREFER_DAY_OF_MONTH": "last"})
print((time.perf_counter() - start) / len(phrases) * 1e6)
"""


def measured(row: Row) -> tuple[float, Run, Run | None]:
    """Run a row and its peer in turn; give the median ratio, and the median run of each."""
    if row.rounds > 1:
        run(row.command, cache=row.warm, ends=row.ends)
    runs, peers, ratios = [], [], []
    for _ in range(row.rounds):
        runs.append(run(row.command, cache=row.warm, ends=row.ends))
        if row.peer:
            peers.append(run(row.peer))
        ratios.append(row.by(runs[-1]) / (row.by(peers[-1]) if peers else 1))
    middle = [Run(*map(statistics.median, zip(*each, strict=True))) for each in (runs, peers) if each]
    return statistics.median(ratios), middle[0], middle[1] if peers else None


def phrases() -> Iterator[list[str]]:
    """Measure the deadline reader beside dateparser, in process."""
    text = (BUILD / str(LARGE) / "activities.yaml").read_text(encoding="utf-8")
    distinct = sorted({line.partition("deadline: ")[2] for line in text.splitlines() if "deadline: " in line})
    (BUILD / "phrases.json").write_text(json.dumps(distinct))
    figures = []
    for program in (_PHRASES, _PEER_PHRASES):
        command = [PYTHON, "-c", program, str(BUILD / "phrases.json")]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        figures += map(float, answer.split())
    first, again, peer = figures
    ratio, goal = first / peer, 0.1
    medians = f"{first:.0f} µs / {peer:.0f} µs"
    yield ["a deadline phrase", f"{ratio:.2g} ×", "dateparser", medians, f"≤ {goal} ×", _met(ratio <= goal)]
    ratio, goal = again / first, 0.02
    medians = f"{again:.2f} µs / {first:.0f} µs"
    yield ["the same again", f"{ratio:.2g} ×", "the first time", medians, f"≤ {goal} ×", _met(ratio <= goal)]


def _met(met: bool) -> str:  # noqa: FBT001
    return "met" if met else "**not met**"


def lines(only: str) -> Iterator[list[str]]:
    """Measure the rows whose names have a word in them; behind the cells comes why a goal is not met."""
    for row in rows():
        if only not in row.name:
            continue
        sign, unit = "≥" if row.at_least else "≤", " ×" if row.peer else ""
        if shutil.which(row.command[0]) is None:
            yield [row.what, "not installed", row.against, "", f"{sign} {row.goal:g}{unit}", "", ""]
            continue
        ratio, own, peer = measured(row)
        met = ratio >= row.goal if row.at_least else ratio <= row.goal
        yield [
            row.what,
            f"{ratio:.0f}" if not row.peer else f"{ratio:.3g} ×",
            row.against if row.peer else "",
            f"{own.seconds:.3f} s" + (f" / {peer.seconds:.3f} s" if peer else ""),
            f"{sign} {row.goal:g}{unit}",
            _met(met),
            "" if met else row.why,
        ]
    if only in "deadlines":
        yield from ([*cells, ""] for cells in phrases())


def machine() -> str:
    """Say on what the figures were taken."""
    model = platform.processor() or platform.machine()
    with_name = Path("/proc/cpuinfo")
    if with_name.exists():
        names = [
            line.partition(": ")[2] for line in with_name.read_text().splitlines() if "model name" in line
        ]
        model = names[0] if names else model
    version = subprocess.run([PYTHON, "-V"], capture_output=True, text=True, check=True).stdout.strip()
    day = dt.datetime.now(dt.UTC).date()
    return f"{day}, {model}, {os.cpu_count()} cores, {platform.system()}, {version}"


def main() -> None:
    """Measure, print, and write the page if everything was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="WORD", help="rows with this in their name")
    only = parser.parse_args().only
    prepare()
    table = ["| what | measured | against | medians | goal | |", "|---|---:|---|---|---|---|"]
    print(*table, sep="\n", flush=True)
    reasons = {}
    for *cells, why in lines(only):
        table.append(f"| {' | '.join(cells)} |")
        print(table[-1], flush=True)
        if why:
            reasons[cells[0]] = f"- {cells[0]}: {why}."
    if not only:
        page = ROOT / "docs" / "reference" / "performance.md"
        head, mark, _ = page.read_text(encoding="utf-8").partition("<!-- figures -->\n")
        unmet = ["\nWhat is not met, and why:\n", *reasons.values()] if reasons else []
        text = "\n".join([f"{head}{mark}", f"{machine()}\n", *table, *unmet, ""])
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
