"""RULES: the checks. Each is one generator over a Draft, and its docstring is its manual.

What a rule yields becomes a finding with the rule's code, name and severity. No rule reads the clock, and
none stumbles over what another has already reported: one mistake, one message.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.findings import Finding, RuleFacts, Severity, in_order
from followup_cli.plan.draft import Draft
from followup_cli.rules import (
    amendments,
    changes,
    deadlines,
    evidence,
    references,
    second_texts,
    shape,
    text,
    updates,
)
from followup_cli.rules.manual import Manual, docstring, read_manual
from followup_cli.rules.walks import Mistakes


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its stable code; codes never change meaning and are never used again.

    In a file of format 1 what it finds is an error, as it was, where it is `strict_once`.
    """

    code: str
    check: Callable[[Draft], Mistakes]
    severity: Severity = Severity.ERROR
    strict_once: bool = False

    def severity_in(self, draft: Draft) -> Severity:
        """Give the severity of what it finds in a draft."""
        return Severity.ERROR if self.strict_once and draft.is_format_1 else self.severity

    @property
    def name(self) -> str:
        """Give the name, as findings spell it."""
        return self.check.__name__.replace("_", "-")

    @property
    def manual(self) -> Manual:
        """Read the manual from the check's docstring."""
        return read_manual(docstring(self.check))


WARNING = Severity.WARNING
RULES: tuple[Rule, ...] = (
    Rule("FU101", text.unreadable_file),
    Rule("FU102", text.encoding),
    Rule("FU103", text.syntax),
    Rule("FU104", text.invisible_character),
    Rule("FU105", text.duplicate_key),
    Rule("FU106", text.alias),
    Rule("FU107", text.tag),
    Rule("FU108", text.second_document),
    Rule("FU109", text.key),
    Rule("FU110", text.too_large),
    Rule("FU111", text.odd_space, WARNING),
    Rule("FU112", text.mixed_alphabets, WARNING),
    Rule("FU113", text.comment_in_text, WARNING),
    Rule("FU201", shape.unknown_key),
    Rule("FU202", shape.missing_key),
    Rule("FU203", shape.wrong_value),
    Rule("FU204", shape.unknown_word),
    Rule("FU205", shape.format_version),
    Rule("FU206", shape.unexpected_count),
    Rule("FU207", shape.unknown_timezone),
    Rule("FU208", shape.lost_key, WARNING),
    Rule("FU209", shape.unknown_column),
    Rule("FU210", second_texts.second_text),
    Rule("FU211", second_texts.contradicted_text, WARNING),
    Rule("FU301", references.unknown_agency),
    Rule("FU302", references.unknown_section),
    Rule("FU303", references.duplicate_id),
    Rule("FU304", references.agency_twice),
    Rule("FU305", references.unused_agency, WARNING),
    Rule("FU306", references.unknown_mark),
    Rule("FU307", references.ambiguous_name),
    Rule("FU308", references.number_left_out, WARNING),
    Rule("FU309", references.section_within_itself),
    Rule("FU401", deadlines.unreadable_deadline, WARNING, strict_once=True),
    Rule("FU402", deadlines.reversed_deadline, WARNING, strict_once=True),
    Rule("FU403", deadlines.deadline_before_adoption, WARNING),
    Rule("FU404", deadlines.adoption_too_late),
    Rule("FU405", deadlines.contradicted_reading, WARNING),
    Rule("FU501", evidence.delivered_without_evidence),
    Rule("FU502", updates.updates_out_of_order),
    Rule("FU503", evidence.act_without_number),
    Rule("FU504", evidence.address),
    Rule("FU505", evidence.evidence_before_plan, WARNING),
    Rule("FU506", updates.update_before_plan, WARNING),
    Rule("FU507", updates.empty_update, WARNING),
    Rule("FU508", updates.said_twice),
    Rule("FU509", evidence.read_too_early),
    Rule("FU510", updates.unexplained_early_update),
    Rule("FU511", updates.period_of_update),
    Rule("FU512", updates.contradicted_status),
    Rule("FU513", updates.early_retraction),
    Rule("FU514", updates.undone_delivery, WARNING),
    Rule("FU601", changes.unaccounted_change),
    Rule("FU602", changes.rewritten_record),
    Rule("FU603", amendments.wrong_amendment),
    Rule("FU604", amendments.amendments_out_of_order),
    Rule("FU605", changes.outdated_text, WARNING),
)


def check(draft: Draft, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Run rules over a draft and give all they find, in the order of the text."""
    findings = []
    mistakes = [(rule, mistake) for rule in rules for mistake in rule.check(draft)]
    told = {(each.instead_of, each.file, each.at) for _, each in mistakes if each.instead_of}
    for rule, mistake in mistakes:
        if (mistake.rule, mistake.file, mistake.at) not in told:
            place, fix = draft.locate(mistake)
            name = draft.documents[mistake.file].file
            record = draft.record(mistake.file, mistake.path)
            message, hint = mistake.message, mistake.hint
            findings.append(
                Finding(
                    rule.code, rule.name, rule.severity_in(draft), name, place, message, hint, record, fix
                )
            )
    return in_order(findings)


def facts(rules: Iterable[Rule]) -> tuple[RuleFacts, ...]:
    """Tell what reports say of rules."""
    return tuple(
        RuleFacts(rule.code, rule.name, rule.severity, rule.manual.summary, rule.manual.why) for rule in rules
    )


def chosen(select: Iterable[str], ignore: Iterable[str]) -> list[Rule]:
    """Choose rules by code, name or the beginning of a code; without a selection all are in.

    Raises:
        FollowupError: if a word means no rule.
    """
    selected = [rule for word in select for rule in rules_named(word)] or list(RULES)
    ignored = [rule for word in ignore for rule in rules_named(word)]
    return [rule for rule in RULES if rule in selected and rule not in ignored]


def rules_named(word: str) -> list[Rule]:
    """Find the rules that a code, a name or the beginning of a code means.

    Raises:
        FollowupError: if there is none.
    """
    sought = word.strip()
    found = [
        rule
        for rule in RULES
        if rule.name == sought.casefold().replace("_", "-")
        or (len(sought) > 2 and rule.code.startswith(sought.upper()))
        or sought.upper() == "FU"
    ]
    if found:
        return found
    meant = nearest(sought, [name for rule in RULES for name in (rule.code, rule.name)])
    hint = f"did you mean `{meant}`?" if meant else "`followup rule --all` lists them"
    raise FollowupError(f"there is no rule `{sought[:60]}`", hint)
