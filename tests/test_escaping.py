"""The quick way to write a harmless text in Markdown writes what the careful way writes."""

from hypothesis import example, given
from hypothesis import strategies as st

from followup_cli.formats.markdown import _escaped, escape


@given(st.text(st.sampled_from("aZж09 ,()-_#+.:/w@&*\n"), max_size=12))
@example("A07 (as agreed) ")
@example("- a")
@example("")
def test_harmless_texts_are_written_as_all_others(text: str) -> None:
    assert escape(text) == _escaped(text)
