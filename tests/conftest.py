"""What the tests share: the program run in this process, and a copy of the plan to edit."""

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from followup_cli.__main__ import main

ROOT = Path(__file__).parents[1]

# Nothing is judged by the time it takes. Before a change lands the same examples are tried each time: one
# that fails anywhere becomes a case of its own.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@dataclass(frozen=True)
class Result:
    """What a run of the program left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Followup = Callable[..., Result]


def interruptible() -> None:
    """Let a process be interrupted (as its `preexec_fn`), even where whoever runs the tests ignores that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class _Stream(io.TextIOWrapper):
    """A pipe, or a terminal, that keeps what is written to it."""

    def __init__(self, content: bytes = b"", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", newline="\n")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined,no-any-return]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "NO_COLOR",
        "FORCE_COLOR",
        "CI",
        "GITHUB_ACTIONS",
        "GITHUB_STEP_SUMMARY",
        "COLUMNS",
        "PAGER",
    ):
        monkeypatch.delenv(name, raising=False)
    for name in ("DATA", "AS_OF", "FORMAT", "DEBUG"):
        monkeypatch.delenv(f"FOLLOWUP_{name}", raising=False)
    # Nothing is kept between runs, but by the tests of the cache.
    monkeypatch.setenv("FOLLOWUP_CACHE", "")


@pytest.fixture
def followup(monkeypatch: pytest.MonkeyPatch) -> Followup:
    """Run the program in this process, in the repository's folder unless told otherwise.

    `followup("list", "--count")` gives a Result; `terminal=80` makes standard output a terminal of that
    width.
    """

    def run(*args: str, cwd: Path = ROOT, stdin: str | bytes = "", terminal: int | None = None) -> Result:
        out, err = _Stream(terminal=terminal is not None), _Stream(terminal=terminal is not None)
        content = stdin.encode() if isinstance(stdin, str) else stdin
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            patch.setattr(sys, "argv", ["followup", *args])
            patch.setattr(sys, "stdin", _Stream(content))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            if terminal is not None:
                patch.setenv("COLUMNS", str(terminal))
                patch.setenv("LINES", "50")
            with pytest.raises(SystemExit) as stop:
                main()
        code = stop.value.code
        return Result(code if isinstance(code, int) else 0, out.text(), err.text())

    return run


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Copy the plan's dataset to a folder of its own: edit `plan / "activities.yaml"` at will."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("activities.yaml", "agencies.yaml"):
        shutil.copy(ROOT / "data" / name, folder / name)
    return folder


FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start one headless Chromium for all tests of the page."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium drives the browser")
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("there is no chromium with its chromedriver on this machine")
    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.binary_location = browser
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield started
    started.quit()
