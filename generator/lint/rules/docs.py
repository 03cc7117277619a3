"""Documentation: what callers have to be told."""

from __future__ import annotations

from collections.abc import Iterator

from generator.lint.rule import Finding, rule
from generator.lint.subject import Subject
from generator.syntax import ast


@rule
def undocumented_channel(subject: Subject) -> Iterator[Finding]:
    """channels, or one of them, without documentation

    A channel is the contract between two programs, often of two teams: when it is sent, what the
    receiver does, what an answer means. The comment above it reaches the generated code and the
    pages of `ipcgen docs`.
    """
    for node in subject.all(ast.Channels):
        for declared in (node, *node.members):
            if not declared.docs:
                yield Finding(
                    subject.span(declared.name),
                    f"`{declared.name.text}` has no documentation",
                    "say what it is for in a `///` comment above it",
                )


RULES = (undocumented_channel,)
