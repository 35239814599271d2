"""Long work shows a bar to a person at a terminal, and nothing to anyone else."""

import io
import sys
import threading
import time

import pytest

from followup_cli.app import waiting
from tests.conftest import Followup


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_what_is_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")

    with waiting.waiting("reading [data]"):
        patience = time.monotonic() + 10
        while "reading [data]" not in screen.getvalue() and time.monotonic() < patience:
            time.sleep(0.01)

    assert "reading [data]" in screen.getvalue()


def test_a_pipe_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    before = threading.active_count()

    with waiting.waiting("reading"):
        assert threading.active_count() == before

    assert stream.getvalue() == ""


def test_an_interruption_is_answered_with_130(followup: Followup, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("followup_cli.commands.validate.check", interrupted)

    result = followup("validate", terminal=80)

    assert (result.code, result.out) == (130, "")
