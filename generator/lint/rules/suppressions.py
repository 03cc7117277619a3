"""Suppressions: comments that switch rules off have to say which, why, and be needed.

These rules come last: by then the suppressions know what they suppressed. Nothing suppresses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from generator.lint.rule import Finding, rule
from generator.lint.subject import Subject


@rule
def suppression_form(subject: Subject) -> Iterator[Finding]:
    """a comment for lint that it does not understand

    The forms are `// ipclint: allow(rule-id) why`, above a declaration or at the end of a line,
    and `// ipclint: allow-file(rule-id) why` above the first definition. Several rules are parted
    by commas.
    """
    for found in subject.suppressions:
        if not found.well_formed or not found.ids:
            yield Finding(
                found.span,
                "this comment suppresses no rule",
                "write `// ipclint: allow(rule-id) why`, or `allow-file` for the whole file",
            )


@rule
def suppression_reason(subject: Subject) -> Iterator[Finding]:
    """a suppression that does not say why

    Who reads it later has to be able to judge whether the reason still holds.
    """
    for found in subject.suppressions:
        if found.ids and not found.reason:
            yield Finding(
                found.span, "this suppression has no reason", "say why after the bracket"
            )


@rule
def suppression_unknown(subject: Subject) -> Iterator[Finding]:
    """a suppression of a rule that does not exist

    It suppresses nothing, and the finding that it was meant for is reported.
    """
    for found in subject.suppressions:
        for id, span in found.ids.items():
            if id not in subject.known:
                close = get_close_matches(id, subject.known, 1)
                yield Finding(
                    span,
                    f"there is no rule `{id}`",
                    f"did you mean `{close[0]}`?" if close else "`ipcgen lint --list` has them all",
                )


@rule
def suppression_unused(subject: Subject) -> Iterator[Finding]:
    """a suppression that suppresses nothing

    What it allowed is gone, or it never stood at the right place. Left behind, it would hide the
    next finding. A file with EnableIf is not judged: another build may need it.
    """
    if subject.conditional:
        return
    for found in subject.suppressions:
        for id, span in found.ids.items():
            if id in subject.chosen and id not in found.used:
                yield Finding(span, f"nothing here needs `{id}` suppressed", "remove it")


RULES = (suppression_form, suppression_reason, suppression_unknown, suppression_unused)
