"""Evolution: what makes the next version hard, or breaks it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.lint.rule import Finding, rule
from generator.lint.subject import Subject
from generator.sema.compilation import Attributed, attribute, field_groups, has_flag, methods
from generator.source import Label
from generator.syntax import ast


@rule
def stable_explicit_ordinals(subject: Subject) -> Iterator[Finding]:
    """a [Stable] struct or union without ordinals

    The ordinal is what travels. Where it is not written, the order of the lines decides, and a
    field that is moved, or added in the middle, changes the meaning of what older programs send.
    """
    for node in subject.all(ast.Struct, ast.Union):
        if has_flag(node, "Stable") and node.fields and node.fields[0].ordinal is None:
            first = node.fields[0]
            yield Finding(
                subject.span(first.name),
                f"`{node.name.text}` is [Stable] and its fields have no ordinals",
                f"number them: `{first.name.text}@0` and so on",
                (Label(subject.span(node.name), "promises that nothing changes"),),
            )


@rule
def stable_explicit_numbers(subject: Subject) -> Iterator[Finding]:
    """a [Stable] enum whose values count by themselves

    A value that is added in the middle renumbers all that follow it, and older programs take one
    for another. Written numbers stay.
    """
    for node in subject.all(ast.Enum):
        counted = next((value for value in node.values if value.value is None), None)
        if has_flag(node, "Stable") and counted is not None:
            yield Finding(
                subject.span(counted.name),
                f"`{node.name.text}` is [Stable] and `{counted.name.text}` has no number",
                f"write `{counted.name.text} = {_number(subject, counted)}`",
            )


@rule
def stable_extensible(subject: Subject) -> Iterator[Finding]:
    """a [Stable] enum or union that cannot grow

    A receiver refuses a whole message for one value that it does not know. What is [Stable] lives
    with older receivers, so an enum or union that is not [Extensible] can never get a new value.
    Say by a suppression where that is meant.
    """
    for node in subject.all(ast.Enum, ast.Union):
        if has_flag(node, "Stable") and not has_flag(node, "Extensible"):
            yield Finding(
                subject.span(node.name),
                f"`{node.name.text}` is [Stable] and can never grow",
                "make it [Extensible] and mark what stands for the unknown with [Default]",
            )


@rule
def extensible_default(subject: Subject) -> Iterator[Finding]:
    """an [Extensible] enum without a [Default] value

    A receiver then keeps a number that has no name, and every `switch` over the enum meets a case
    that nobody wrote.
    """
    for node in subject.all(ast.Enum):
        if has_flag(node, "Extensible") and not any(
            has_flag(value, "Default") for value in node.values
        ):
            yield Finding(
                subject.span(node.name),
                f"`{node.name.text}` has no value for numbers that it does not know",
                "put [Default] before the value that stands for them",
            )


@rule
def enum_zero(subject: Subject) -> Iterator[Finding]:
    """an enum in which no value is 0

    In protobuf an absent field is 0. An enum without a zero cannot be left out of a message, and a
    later field of that type has to be nullable.
    """
    for node in subject.all(ast.Enum):
        numbers = [_number(subject, value) for value in node.values]
        if numbers and 0 not in numbers:
            yield Finding(
                subject.span(node.name),
                f"no value of `{node.name.text}` is 0",
                "give 0 to the value that is meant when nothing is said",
            )


@rule
def shared_number(subject: Subject) -> Iterator[Finding]:
    """two values of an enum that share a number by accident

    The wire carries the number: a receiver cannot tell which of the two was meant. A value that
    is declared as another one, `kLast = kAudio`, is a second name on purpose.
    """
    for node in subject.all(ast.Enum):
        seen: dict[int, ast.EnumValue] = {}
        for value in node.values:
            number = _number(subject, value)
            if isinstance(value.value, ast.Path):
                continue
            first = seen.setdefault(number, value)
            if first is not value:
                yield Finding(
                    subject.span(value.name),
                    f"`{value.name.text}` has the number of `{first.name.text}`, {number}",
                    f"give it another, or write `{value.name.text} = {first.name.text}`",
                    (Label(subject.span(first.name), f"{number} already"),),
                )


def _number(subject: Subject, value: ast.EnumValue) -> int:
    """What a value of an enum comes to."""
    return subject.compilation.values[value].scalar.number


@rule
def deprecated_note(subject: Subject) -> Iterator[Finding]:
    """something deprecated without a word on what to use instead

    [Note="..."] reaches whoever still uses it: lint, the reference pages, the editor.
    """
    for node in _attributed(subject):
        if has_flag(node, "Deprecated") and attribute(node, "Note") is None:
            yield Finding(
                subject.span(attribute(node, "Deprecated").name),
                f"`{node.name.text}` is deprecated in favour of nothing",
                'write `[Deprecated, Note="use ..."]`',
            )


@rule
def deprecated_use(subject: Subject) -> Iterator[Finding]:
    """a use of something deprecated

    What is deprecated may go in the next version. What is deprecated itself may use it.
    """
    old = [node for node in _attributed(subject) if has_flag(node, "Deprecated")]
    for occurrence in subject.occurrences:
        node = occurrence.target.node
        if occurrence.declares or not isinstance(node, ast.Definition | ast.EnumValue):
            continue
        if not has_flag(node, "Deprecated"):
            continue
        if any(user.start <= occurrence.start < user.end for user in old):
            continue
        note = attribute(node, "Note")
        text = str(note.value.value) if note and isinstance(note.value, ast.Literal) else ""
        yield Finding(
            subject.unit.span(occurrence),
            f"`{node.name.text}` is deprecated",
            text.rstrip(".") or "see its documentation for what to use instead",
            (Label(occurrence.target.unit.span(node.name), "declared here"),),
        )


def _attributed(subject: Subject) -> Iterator[Attributed]:
    """Everything that can be deprecated."""
    for node in subject.definitions:
        yield node
        yield from methods(node)
        if isinstance(node, ast.Enum):
            yield from node.values
        for group in field_groups(node):
            yield from group


RULES = (
    stable_explicit_ordinals,
    stable_explicit_numbers,
    stable_extensible,
    extensible_default,
    enum_zero,
    shared_number,
    deprecated_note,
    deprecated_use,
)
