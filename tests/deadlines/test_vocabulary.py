"""A language is literals, and every form of it is found."""

import ast
from pathlib import Path

import pytest

from followup_cli.deadlines import LANGUAGES
from followup_cli.deadlines import vocabulary as package
from followup_cli.deadlines.vocabulary import forms, vocabulary

FOLDER = Path(package.__file__).parent


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_is_literals(lang: str) -> None:
    tree = ast.parse((FOLDER / f"{lang}.py").read_text(encoding="utf-8"))
    for node in tree.body[1:]:
        assert isinstance(node, ast.Assign), ast.unparse(node)
        ast.literal_eval(node.value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_says_the_same_things(lang: str) -> None:
    language, english = LANGUAGES[lang], LANGUAGES["en"]
    for name in ("PERIODS", "POINTS", "SAY", "CYCLES"):
        assert getattr(language, name).keys() == getattr(english, name).keys()
    for text in (*language.PERIODS.values(), *language.POINTS.values()):
        assert forms(text, lang).keys() == language.CASES.keys()


@pytest.mark.parametrize(
    ("lang", "word", "entry"),
    [
        ("en", "years", ("unit", "year", "plural")),
        ("ru", "году", ("unit", "year", "loc")),
        ("ru", "двухмесячный", ("dur", (2, "month"), "")),
        ("kk", "наурыздан", ("mon", 3, "abl")),
        ("kk", "шілденің", ("mon", 7, "")),
    ],
)
def test_a_form_says_its_class_value_and_case(lang: str, word: str, entry: tuple[object, ...]) -> None:
    assert vocabulary(lang).words[word] == entry
