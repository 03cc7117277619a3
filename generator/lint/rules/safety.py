"""Safety: what main believes of a renderer, which may be hostile or taken over.

The rules follow the data: a struct's field counts when some channel lets renderers send the
struct, and is reported where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.ir.types import Any, Array, Bytes, Map, String
from generator.lint.input import Input, pieces
from generator.lint.rule import Finding, rule
from generator.lint.subject import Subject
from generator.syntax import ast

_CLAIMS = frozenset(
    "sender sender_id sender_frame process_id pid renderer_id origin is_admin is_trusted "
    "is_privileged".split()
)


@rule
def unbounded_string(subject: Subject) -> Iterator[Finding]:
    """a string of any length that renderers send

    Without `max_bytes` a renderer may send as much as a message holds, 64 MiB, again and again,
    and whoever stores or shows the text has to cope with that. A bound is checked before the
    handler runs. A `pattern` counts as one, and so does [MaxBytes] on every channel that carries
    it: somebody has thought about it.
    """
    for node, sent in _without_limit(subject):
        for place, type in pieces(subject.compilation, node):
            if not isinstance(type, String):
                continue
            bounds = type.constraints
            if bounds.max_bytes is None and bounds.pattern is None:
                yield _unbounded(subject, place, sent, "of any length", "max_bytes=256")


@rule
def unbounded_list(subject: Subject) -> Iterator[Finding]:
    """an array or map of any size that renderers send

    Without `max` a renderer decides how many elements main has to hold and to walk through. The
    message limit bounds bytes, not work: millions of empty elements fit. `array<T, N>` has its
    bound in its type; [MaxBytes] on every channel that carries the list counts as one.
    """
    for node, sent in _without_limit(subject):
        for place, type in pieces(subject.compilation, node):
            if not isinstance(type, (Array, Bytes, Map)):
                continue
            if getattr(type, "size", None) is None and type.constraints.max is None:
                yield _unbounded(subject, place, sent, "of any size", "max=100")


def _without_limit(subject: Subject) -> Iterator[tuple[ast.TypeNode, Input]]:
    return ((node, sent) for node, sent in subject.input() if not sent.limited)


def _unbounded(
    subject: Subject, place: ast.TypeNode, sent: Input, how: str, bound: str
) -> Finding:
    text = " ".join(subject.span(place).text.split())
    written = f"{text}({bound})"
    if isinstance(place, ast.ConstrainedType):
        written = f"{text.removesuffix(')')}, {bound})"
    return Finding(
        subject.span(place),
        f"{sent.name} may be {how}, and a renderer sends it through `{sent.channel}`",
        f"give it a bound, such as `{written}`",
    )


@rule
def untyped_input(subject: Subject) -> Iterator[Finding]:
    """data of any shape that renderers send

    `any` and `any...` let a renderer choose the shape of what main works on, and main's own code
    has to check every step into it. Types are checked before the handler runs. An `any` with
    `max_bytes` is left alone: somebody has thought about it.
    """
    for node, sent in subject.input():
        for place, type in pieces(subject.compilation, node):
            if isinstance(type, Any) and type.constraints.max_bytes is None:
                rest = sent.field is not None and sent.field.variadic
                yield Finding(
                    subject.span(place),
                    f"{sent.name} may be anything, and a renderer sends it through "
                    f"`{sent.channel}`",
                    "declare the parameters with their types"
                    if rest
                    else "give it a type, or a bound, `any(max_bytes=4096)`",
                )


@rule
def claimed_identity(subject: Subject) -> Iterator[Finding]:
    """a renderer that says who it is, or what it may do

    Main knows which process and frame a message came from: the event says so, and nobody can
    forge it. What a message says about its sender is only a claim, and sooner or later somebody
    believes it.
    """
    for _, sent in subject.input():
        if sent.field and sent.field.name.text in _CLAIMS:
            yield Finding(
                subject.span(sent.field.name),
                f"{sent.name} is what a renderer claims about itself through `{sent.channel}`",
                "leave it out and ask the event: its sender, process and frame are main's own",
            )


RULES = (unbounded_string, unbounded_list, untyped_input, claimed_identity)
