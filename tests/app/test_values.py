"""What is typed after an option: read the same, and refused in the same words, with every Typer."""

import pytest

from tests.conftest import Followup


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("list", "--soon", "x"), "error: `--soon` takes a whole number from 0 to 3660, not `x`\n"),
        (("list", "--soon", "3.5"), "error: `--soon` takes a whole number from 0 to 3660, not `3.5`\n"),
        (("list", "--soon", "-1"), "error: `--soon` takes a whole number from 0 to 3660, not `-1`\n"),
        (("list", "--soon", "99999"), "error: `--soon` takes a whole number from 0 to 3660, not `99999`\n"),
        (
            ("sql", "--timeout", "nan", "x"),
            "error: `--timeout` takes a number from 0.01 to 86400, not `nan`\n",
        ),
        (("list", "--color", "mauve"), "error: there is no color `mauve`\n"),
    ],
)
def test_a_value_that_an_option_cannot_take(followup: Followup, args: tuple[str, ...], said: str) -> None:
    result = followup(*args)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(said)


def test_values_are_read_from_variables_too(followup: Followup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_AS_OF", "2022-12-01")
    monkeypatch.setenv("FOLLOWUP_FORMAT", "json")

    assert '"days_left": 30' in followup("list").out


@pytest.mark.parametrize(("args", "what"), [(("history",), "`ID`"), (("list", "--soon"), "`--soon`")])
def test_what_is_missing_is_named(followup: Followup, args: tuple[str, ...], what: str) -> None:
    result = followup(*args)

    assert result.code == 2
    assert what in result.err.splitlines()[0]
