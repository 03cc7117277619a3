"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc

from generator.lint.subject import Subject
from generator.source import Diagnostic, Label, Severity, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about a place, in the style of a Diagnostic."""

    span: Span
    message: str
    help: str
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """`title` names the flaw, `explanation` says in a paragraph why it is one and what to do."""

    id: str
    category: str
    title: str
    explanation: str
    check: Callable[[Subject], Iterator[Finding]]

    def diagnostics(self, subject: Subject) -> Iterator[Diagnostic]:
        """What the rule finds in a file."""
        for found in self.check(subject):
            yield Diagnostic(
                self.id,
                Severity.WARNING,
                found.span,
                found.message,
                labels=found.labels,
                help=found.help,
            )


def rule(check: Callable[[Subject], Iterator[Finding]]) -> Rule:
    """A rule out of a function: its name, its module and its docstring say the rest."""
    title, _, paragraph = cleandoc(check.__doc__ or "").partition("\n\n")
    return Rule(
        id=check.__name__.replace("_", "-"),
        category=check.__module__.rpartition(".")[2],
        title=title,
        explanation=" ".join(paragraph.split()),
        check=check,
    )
