"""Write a dataset of any size in the shipped format: the same bytes for the same size, on any machine.

python benchmarks/generate.py 1000 FOLDER
"""

import random
import sys
from pathlib import Path

SECTIONS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
AGENCIES = 40
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ENGLISH = (
    "improve the legislation on", "develop proposals for", "update the procedure of", "introduce amendments to",
    "the protection of", "the rights of persons with disabilities", "public councils", "state bodies", "the list of",
    "consultative structures", "local executive bodies", "labor conflict resolution", "the penitentiary system",
)  # fmt: skip
RUSSIAN = (
    "разработка предложений", "по совершенствованию", "законодательства", "в сфере защиты прав", "человека",
    "повышение эффективности", "государственных органов", "создание условий", "для лиц с инвалидностью",
)  # fmt: skip
OUTCOMES = (
    "Proposal to the Presidential Administration",
    "Draft Law",
    "Order",
    "Information to the Government",
)


def deadline(rng: random.Random) -> str:
    """Make a phrase such as plans write."""
    year = rng.randint(2022, 2040)
    return rng.choice(
        (
            f"By the end of {year}",
            f"{rng.choice(MONTHS)} {year}",
            f"{year}",
            f"{year}-{year + rng.randint(1, 4)}",
            f"First half of {year}",
            f"by {rng.randint(1, 28)} {rng.choice(MONTHS)} {year}",
            f"Q{rng.randint(1, 4)} {year}",
        )
    )


def title(rng: random.Random) -> str:
    """Make a title; one in six is in Russian."""
    words = RUSSIAN if rng.random() < 1 / 6 else ENGLISH
    return " ".join(rng.choice(words) for _ in range(rng.randint(2, 5))).capitalize()


def activity(rng: random.Random, number: int, size: int) -> str:
    """Write one activity; one in ten has two deliverables, one in fifty an update."""
    lines = [
        f"  - id: {number}",
        f"    section: {SECTIONS[(number - 1) * len(SECTIONS) // size]}",
        f"    title: {title(rng)}",
        "    deliverables:",
    ]
    for _ in range(2 if rng.random() < 0.1 else 1):
        lines += [f"      - outcome: {rng.choice(OUTCOMES)}", f"        deadline: {deadline(rng)}"]
        if rng.random() < 0.02:
            lines += [
                "        updates:",
                f"          - date: {rng.randint(2022, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                "            status: in-progress",
                "            note: Work has begun.",
            ]
    codes = rng.sample(range(AGENCIES), rng.randint(1, 6))
    marked = ", ".join(f"A{code:02}{' (as agreed)' if rng.random() < 0.12 else ''}" for code in codes)
    lines.append(f"    agencies: [{marked}]")
    return "\n".join(lines) + "\n\n"


def write(size: int, folder: Path) -> None:
    """Write `activities.yaml` and `agencies.yaml` for a number of activities."""
    rng = random.Random(258)
    folder.mkdir(parents=True, exist_ok=True)
    sections = "".join(f"  - id: {name}\n    title: Section {name}\n" for name in SECTIONS)
    head = (
        "schema: 1\nversion: 1.0.0\n\nplan:\n  id: benchmark\n  title: Benchmark plan\n  act: Act No. 1\n"
        f"  adopted: 2022-01-01\n  language: en\n  timezone: UTC\n\nsections:\n{sections}\nactivities:\n"
    )
    with (folder / "activities.yaml").open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(head)
        stream.writelines(activity(rng, number, size) for number in range(1, size + 1))
    bodies = "".join(f"  - code: A{code:02}\n    name: Agency {code:02}\n" for code in range(AGENCIES))
    (folder / "agencies.yaml").write_text(f"agencies:\n{bodies}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
