"""FU1xx: the files as text. In the examples ‹CF› stands for a byte and ‹U+200B› for a character."""

import re
from collections.abc import Iterator, Mapping

from followup_cli.choosing import LOOK_ALIKES, foreign_letters, letters_named
from followup_cli.findings import Fix, Mistake, Position, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import shown
from followup_cli.rules.walks import (
    ACTIVITIES,
    AGENCIES,
    DELIVERABLES,
    EVIDENCE,
    PLAN,
    UPDATES,
    Mistakes,
    runs,
    walk,
)
from followup_cli.text.characters import ODD_SPACE
from followup_cli.text.document import NULLS, LineCounter, Node


def unreadable_file(draft: Draft) -> Mistakes:
    """Report a file that cannot be read at all.

    A dataset is a folder with two regular files of at most 64 MiB.

    Bad:
        data/activities.yaml

    Good:
        data/activities.yaml
        data/agencies.yaml
    """
    return draft.mistakes_of("unreadable-file")


def encoding(draft: Draft) -> Mistakes:
    """Report bytes that are not UTF-8.

    Any other encoding turns Cyrillic letters and dashes into noise on the next machine. In an editor,
    choose "Save with encoding" and UTF-8.

    Bad:
        title: ‹C2›‹EE›‹E4›‹E0›

    Good:
        title: Вода
    """
    found = runs(draft.mistakes_of("encoding"), lambda a, b: a.file is b.file and a.place[2:] == b.place[:2])
    for first, *others in found:
        if others:
            message = f"{len(others) + 1} bytes are not UTF-8"
            yield first._replace(at=Position(*first.place[:2], *others[-1].place[2:]), message=message)
        else:
            yield first


def syntax(draft: Draft) -> Mistakes:
    """Report text that is not YAML.

    Usually it is a `: ` inside a text without quotes, a quote that is not closed, a tab, or a line that is
    indented otherwise than its neighbours. The entry around it is left out, and the rest is checked.

    Bad:
        title: Law: the testing of river water

    Good:
        title: "Law: the testing of river water"
    """
    return draft.mistakes_of("syntax")


def invisible_character(draft: Draft) -> Mistakes:
    """Report control, bidirectional and other invisible characters.

    They make a text read otherwise than it is written, break searches, and shift line numbers in some
    editors. They come along when text is pasted from a web page or a PDF.

    Bad:
        outcome: Draft‹U+200B› Law

    Good:
        outcome: Draft Law
    """
    return draft.mistakes_of("invisible-character")


def duplicate_key(draft: Draft) -> Mistakes:
    """Report a key that is given twice in one record.

    YAML readers silently keep the last of the two; here nobody has to know which one counts. The items of a
    list whose key is given twice are all read, and belong under one key.

    Bad:
        deadline: By the end of 2022
        deadline: By the end of 2023

    Good:
        deadline: By the end of 2022
    """
    mistakes = list(draft.mistakes_of("duplicate-key"))
    texts = {file: draft.documents[file].text.split("\n") for file in {each.file for each in mistakes}}
    for run in runs(mistakes, lambda a, b: _in_one_record(texts, a, b)):
        if len(run) == 1:
            yield run[0]
            continue
        lines = texts[run[0].file]
        keys = [lines[each.place.line - 1][each.place.column - 1 : each.place.end_column - 1] for each in run]
        message = f"the keys {', '.join(f'`{shown(key)}`' for key in keys[:-1])} and `{shown(keys[-1])}` are given twice"
        hint = f"write `- ` before the first `{shown(keys[0])}` here if another item begins; else keep one of each"
        yield run[0]._replace(message=message, hint=hint)


def _in_one_record(texts: Mapping[PlanFile, list[str]], a: Mistake, b: Mistake) -> bool:
    """Tell whether two keys begin lines of one record: nothing between them is indented less."""
    if a.file is not b.file or a.place.column != b.place.column or a.place.line >= b.place.line:
        return False
    between = texts[a.file][a.place.line : b.place.line]
    return all(
        not line.strip() or len(line) - len(line.lstrip(" ")) >= a.place.column - 1 for line in between
    )


def alias(draft: Draft) -> Mistakes:
    """Report YAML anchors (`&name`) and aliases (`*name`).

    The text is the truth: a value stands where it is read, and a change in one place changes one place.

    Bad:
        outcome: &law Draft Law

    Good:
        outcome: Draft Law
    """
    return draft.mistakes_of("alias")


def tag(draft: Draft) -> Mistakes:
    """Report YAML tags (`!!int`).

    Every value is text, and the format gives it its type.

    Bad:
        activities: !!int 3

    Good:
        activities: 3
    """
    return draft.mistakes_of("tag")


def second_document(draft: Draft) -> Mistakes:
    """Report a second YAML document in one file.

    Nothing after it would be read.

    Bad:
        version: 1.0.0
        ---

    Good:
        version: 1.0.0
    """
    return draft.mistakes_of("second-document")


def key(draft: Draft) -> Mistakes:
    """Report a key that is not a plain word.

    Bad:
        [status]: in-progress

    Good:
        status: in-progress
    """
    return draft.mistakes_of("key")


def too_large(draft: Draft) -> Mistakes:
    """Report a text or a nesting far beyond what a plan can need.

    A text may have 100,000 characters, and a file may be nested 32 deep.

    Bad:
        title: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[Clean water]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

    Good:
        title: Clean water
    """
    return draft.mistakes_of("too-large")


def odd_space(draft: Draft) -> Mistakes:
    """Warn of a space that is not the usual one, such as the non-breaking U+00A0.

    It is read as a space, but searches do not find it, and nobody sees why.

    Bad:
        deadline: By the end of‹U+00A0›2022

    Good:
        deadline: By the end of 2022
    """
    mistakes = list(draft.mistakes_of("odd-space"))
    pasted = {(each.file, each.place.line) for each in mistakes if each.place.column == 1}

    def in_one_paste(a: Mistake, b: Mistake) -> bool:
        lines = {(a.file, a.place.line), (b.file, b.place.line)}
        return a.place[2:] == b.place[:2] or (lines <= pasted and 0 <= b.place.line - a.place.line <= 1)

    for run in runs(mistakes, lambda a, b: a.file is b.file and in_one_paste(a, b)):
        first, last = run[0], run[-1]
        if len(run) == 1 or not isinstance(first.fix, Fix) or not isinstance(last.fix, Fix):
            yield from run
            continue
        where = "here"
        if last.place.line > first.place.line:
            where = f"on lines {first.place.line} to {last.place.line}"
        message = first.message.replace("the space here is", f"{len(run)} spaces {where} are")
        text = ODD_SPACE.sub(" ", draft.documents[first.file].text[first.fix.start : last.fix.end])
        yield first._replace(
            at=Position(*first.place[:2], *last.place[2:]),
            message=message.replace("one but", "ones but"),
            hint="type spaces in their place",
            fix=Fix(first.fix.start, last.fix.end, text),
        )


def comment_in_text(draft: Draft) -> Mistakes:
    """Warn of a `#` that cuts a text short.

    After a space, `#` begins a comment, and the rest of the line is not read. A comment stands two spaces
    behind a text and has a space after its `#`; any other was most likely meant as a part of the text.

    Bad:
        note: A working group #2 was set up.

    Good:
        note: A working group was set up.
    """
    for file, document in draft.documents.items():
        lines = LineCounter(document.text)
        for cut in _BEGUN.finditer(document.text):
            start = document.text.rfind("\n", 0, cut.start()) + 1
            match = _CUT.match(document.text, start)
            if (
                match
                and match.end("gap") == cut.end()
                and _is_cut(match)
                and _ends_plain_text(document.root, match.end("text"))
            ):
                line = lines.before(start) + 1
                column = match.end("gap") - match.start() + 1
                place = Position(line, column, line, column + 1)
                message = f"`{shown(match['rest'])}` is a comment here: the text ends before it"
                hint = "put the whole text in double quotes; or, for a comment, write two spaces before `#` and one behind"
                yield Mistake("comment-in-text", place, message, hint, file=file)


_BEGUN = re.compile(r" (?=# *\w)")
_CUT = re.compile(
    r"(?P<text> *(?:- )?(?P<key>[a-z_]+): [^\n\"'#|>\[{][^\n#]*?)(?P<gap> +)(?P<rest># *\w[^\n]*)"
)
_PROSE = (
    "title",
    "outcome",
    "deadline",
    "others",
    "note",
    "name",
    "publisher",
    "quote",
    "act",
    "reported_as",
)


def _is_cut(match: "re.Match[str]") -> bool:
    """Tell whether a sign was meant as text: a word is right behind it, or it is one blank off in what people write."""
    return match["rest"][1] != " " or (match["gap"] == " " and match["key"] in _PROSE)


def _ends_plain_text(node: Node | None, end: int) -> bool:
    """Tell whether a text without quotes ends at an offset."""
    if node is None or not node.start <= end <= node.end:
        return False
    if node.kind == "scalar":
        return node.style == "" and node.end == end and node.value not in NULLS
    children = node.value if node.kind == "sequence" else [value for _, value in node.value]
    return any(_ends_plain_text(child, end) for child in children)


def mixed_alphabets(draft: Draft) -> Mistakes:
    """Warn of a word of Latin letters in which some only look Latin.

    Searches do not find it. In codes, keys and fixed words such letters are errors of their own, and in
    deadlines the reader judges.

    Bad:
        title: Clеan water

    Good:
        title: Clean water
    """
    for path, text in _suspicious_texts(draft):
        for match in _WORD.finditer(text):
            word = match.group()
            letters = foreign_letters(word)
            others = [letter for letter in word if ord(letter) not in LOOK_ALIKES]
            # A word with letters that are surely Cyrillic is not a Latin word gone wrong.
            is_latin = any(letter.isascii() for letter in others) and all(
                letter <= "\u024f" for letter in others
            )
            if letters and is_latin:
                right = word.translate(LOOK_ALIKES)
                message = f"in the word `{shown(word)}` {letters_named(letters)}"
                fix, hint = right, f"write `{shown(right)}` with Latin letters"
                if path[-1] in ("url", "archive"):
                    fix, hint = "", "copy the address from the browser, where it leads to what is meant"
                file = AGENCIES if path[0] == "agencies" else PLAN
                yield Mistake(
                    "mixed-alphabets", path, message, hint, fix or None, span=match.span(), file=file
                )


_WORD = re.compile(r"[^\W\d_]+")
# Wherever a word has letters of both sorts, two of them stand side by side.
_TOUCHING = re.compile("[^\x00-\x7f](?:(?<=[A-Za-z].)|(?=[A-Za-z]))")


_TEXTS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("plan",), ("title", "act")),
    (("sections", "*"), ("title",)),
    (ACTIVITIES, ("title", "others")),
    (DELIVERABLES, ("title", "outcome")),
    (UPDATES, ("note",)),
    (EVIDENCE, ("url", "archive", "publisher", "title")),
    (("agencies", "*"), ("name",)),
)


def _suspicious_texts(draft: Draft) -> Iterator[tuple[Steps, str]]:
    """Find texts, of those that people write, with letters of two alphabets side by side, each with its path."""
    # Only an escape can hide in the file what is in its data.
    if not any("\\" in each.text or _TOUCHING.search(each.text) for each in draft.documents.values()):
        return
    for steps, keys in _TEXTS:
        for path, record in walk(draft, *steps):
            texts = [((*path, key), record.get(key)) for key in keys]
            texts += [((*path, "points", i), point) for i, point in enumerate(record.get("points") or ())]
            for where, text in texts:
                if text and not text.isascii() and _TOUCHING.search(text):
                    yield where, text
