"""What is allowed and regretted later: `ipcgen lint`.

    rules/           the rules, a file for each category; RULES is the table
    rule.py          what a rule is
    subject.py       a file as rules look at it
    input.py         which data renderers send
    suppression.py   comments that allow something, with a reason
    choice.py        which rules a run wants
    text.py          the table as people read it

A file is judged when it and all that it imports are free of errors: then everything about it is
known. Every finding is a warning under the rule's id.
"""

from __future__ import annotations

from generator.lint.choice import UnknownRule, choose, settings_choice
from generator.lint.rules import RULES
from generator.lint.subject import Facts, Subject
from generator.lint.text import render_rules
from generator.sema import Compilation
from generator.sema.compilation import Unit
from generator.source import Diagnostic, Severity
from generator.source.catalogue import Entry

__all__ = ["RULES", "UnknownRule", "choose", "find", "lint", "render_rules", "settings_choice"]


def lint(compilation: Compilation, chosen: frozenset[str] = frozenset(RULES)) -> list[Diagnostic]:
    """What the chosen rules find in the files of the run, imported ones aside, file by file."""
    facts = Facts(compilation)
    return [
        found
        for unit in _sound(compilation)
        if unit.path in compilation.paths
        for found in _judge(Subject(unit, facts, frozenset(RULES), chosen))
    ]


def find(id: str) -> Entry | None:
    """What `ipcgen explain` says of a rule."""
    rule = RULES.get(id)
    return Entry(rule.id, rule.title, rule.explanation) if rule else None


def _judge(subject: Subject) -> list[Diagnostic]:
    """The findings of a file that no comment allows, in the order of its text."""
    found = [
        diagnostic
        for rule in RULES.values()
        if rule.id in subject.chosen
        for diagnostic in rule.diagnostics(subject)
        if not _allowed(subject, diagnostic)
    ]
    return sorted(found, key=lambda diagnostic: diagnostic.span.start)


def _allowed(subject: Subject, diagnostic: Diagnostic) -> bool:
    """Whether a comment allows a finding; every one that does has been good for something."""
    if RULES[diagnostic.id].category == "suppressions":
        return False
    allowing = [one.covers(diagnostic.id, diagnostic.span) for one in subject.suppressions]
    return any(allowing)


def _sound(compilation: Compilation) -> list[Unit]:
    """The files without errors, in themselves and in whatever they import."""
    broken = {
        found.span.file for found in compilation.diagnostics if found.severity is Severity.ERROR
    }
    sound: list[Unit] = []
    for unit in compilation.units:  # each after those that it imports
        if any(link.unit.source in broken for link in unit.links):
            broken.add(unit.source)
        if unit.source not in broken:
            sound.append(unit)
    return sound
