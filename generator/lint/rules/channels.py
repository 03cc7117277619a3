"""Channels: verbs, deadlines, answers, names on the wire."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.lint.rule import Finding, rule
from generator.lint.subject import Subject
from generator.sema.calls import ANSWERED, channel_prefix
from generator.sema.compilation import attribute
from generator.source import Label
from generator.syntax import ast

_QUESTION = re.compile(r"(?:Get|Fetch|Query|Find|Lookup)(?:[A-Z0-9]\w*)?")
_FLAG = re.compile(r"(?:is_|was_|has_)?(?:ok|success|successful|succeeded|failed)")
_FAILURE = re.compile(r"(?:\w+_)?(?:error|failure)(?:_(?:code|message|reason|text))?")
# What Electron's own processes call their channels, and what Node's emitters give a meaning.
_INTERNAL = re.compile(
    r"(?:ELECTRON|ATOM|CHROME|GUEST_VIEW)_\w*"
    r"|(?:electron|chrome|chromium|devtools|mojo)[.:/-].*"
    r"|__.*|error|newListener|removeListener|ipc-message|ipc-message-sync"
)


@rule
def sync_call(subject: Subject) -> Iterator[Finding]:
    """a call that blocks its renderer

    While a renderer waits for the answer of a `sync` call it draws nothing, hears nothing and
    handles no input, and main may be busy. `invoke` does the same without stopping anybody.
    """
    for member in subject.members("sync"):
        yield Finding(
            subject.span(member.verb),
            f"the renderer stands still until `{member.name.text}` is answered",
            "use `invoke`",
        )


@rule
def missing_deadline(subject: Subject) -> Iterator[Finding]:
    """an invoke that may wait for ever

    `sync` and `ask` end after 30 seconds unless the channel says otherwise; `invoke` has no such
    end, for it may wait for a person. Where it does not, a deadline turns a handler that hangs
    into an error that the caller sees.
    """
    for member in subject.members("invoke"):
        if attribute(member, "DeadlineMs") is None:
            yield Finding(
                subject.span(member.name),
                f"`{member.name.text}` has no deadline",
                "write `[DeadlineMs=5000]`, or whatever it may take",
            )


@rule
def success_flag(subject: Subject) -> Iterator[Finding]:
    """an answer that says by a flag whether the rest of it counts

    `(bool success, Note? note)` has two shapes that mean nothing, and callers forget to look.
    `result<Note, NoteError>` is one or the other, and the caller gets an error as an error.
    """
    for call in subject.calls():
        params = call.response.params if call.response else ()
        for param in params:
            if len(params) > 1 and _tells_of_failure(param):
                yield Finding(
                    subject.span(param.name),
                    f"`{param.name.text}` says whether the rest of the answer counts",
                    "answer with `result<T, E>`",
                )
                break


def _tells_of_failure(param: ast.Field) -> bool:
    if isinstance(param.type, ast.NamedType) and param.type.path == "bool":
        return _FLAG.fullmatch(param.name.text) is not None
    return (
        isinstance(param.type, ast.NullableType)
        and _FAILURE.fullmatch(param.name.text) is not None
    )


@rule
def unanswered_question(subject: Subject) -> Iterator[Finding]:
    """a message whose name asks for an answer

    `send GetNote(...)` goes one way: nothing comes back. Electron's users then answer by a second
    channel, and have to match the two by hand.
    """
    for member in subject.members():
        if member.verb.text not in ANSWERED and _QUESTION.fullmatch(member.name.text):
            better = {"send": "invoke", "emit": "ask"}.get(member.verb.text)
            yield Finding(
                subject.span(member.name),
                f"`{member.name.text}` sounds like a question, and `{member.verb.text}` has no "
                "answer",
                f"use `{better}`, or a name that tells" if better else "use a name that tells",
            )


@rule
def shared_prefix(subject: Subject) -> Iterator[Finding]:
    """two channels definitions that share a prefix

    The prefix is the first part of every name on the wire. Two definitions with one prefix are
    one namespace in two places, and the day both declare a member of the same name, one is in the
    way of the other.
    """
    here = {node: channel_prefix(subject.unit, node) for node in subject.all(ast.Channels)}
    seen: dict[str, Label] = {}
    for link in subject.unit.links:
        for node in link.unit.tree.definitions:
            if isinstance(node, ast.Channels):
                place = link.unit.span(node.prefix or node.name)
                seen.setdefault(channel_prefix(link.unit, node), Label(place, "used here"))
    for node, prefix in here.items():
        place = subject.span(node.prefix or node.name)
        if prefix in seen:
            yield Finding(
                place,
                f"the prefix `{prefix}` belongs to other channels",
                "give each definition a prefix of its own",
                (seen[prefix],),
            )
        seen.setdefault(prefix, Label(place, "used here"))


@rule
def internal_wire_name(subject: Subject) -> Iterator[Finding]:
    """a name on the wire that looks like a framework's own

    Electron and Chromium name their inner channels like that, tools hide them, and Node's emitters
    treat `error`, `newListener` and `removeListener` as events of their own. An application whose
    renderers are ever ported, or inspected, is better off with names of its own.
    """
    for member in subject.members():
        name = subject.compilation.wire_names.get(member, "")
        if _INTERNAL.fullmatch(name):
            yield Finding(
                subject.span(_where_named(member)),
                f"`{name}` looks like a framework's own channel",
                "give it a name of your own, `app:theme`",
            )


@rule
def odd_wire_name(subject: Subject) -> Iterator[Finding]:
    """a name on the wire with spaces at its ends, or with what cannot be seen

    Two names that look the same in a log are two channels, and nobody listens to one of them.
    """
    for member in subject.members():
        name = subject.compilation.wire_names.get(member, "")
        if name != name.strip() or not name.isprintable():
            yield Finding(
                subject.span(_where_named(member)),
                "this name does not show all of its characters",
                "remove the blanks around it, and what is not printable",
            )


@rule
def redundant_wire_name(subject: Subject) -> Iterator[Finding]:
    """[Channel] that says what would be anyway

    It stays behind when the member or the prefix gets another name.
    """
    for node in subject.all(ast.Channels):
        for member in node.members:
            given = attribute(member, "Channel")
            usual = f"{channel_prefix(subject.unit, node)}.{member.name.text}"
            if given and isinstance(given.value, ast.Literal) and given.value.value == usual:
                yield Finding(
                    subject.span(given),
                    f"`{member.name.text}` is called `{usual}` without it",
                    "remove [Channel]",
                )


def _where_named(member: ast.Method) -> ast.Name | ast.Literal:
    given = attribute(member, "Channel")
    return given.value if given and isinstance(given.value, ast.Literal) else member.name


@rule
def empty_channels(subject: Subject) -> Iterator[Finding]:
    """channels without a member

    They cost three generated classes and do nothing.
    """
    for node in subject.all(ast.Channels):
        if not node.members:
            yield Finding(
                subject.span(node.name),
                f"`{node.name.text}` has no members",
                "remove it, or declare what it is for",
            )


RULES = (
    sync_call,
    missing_deadline,
    success_flag,
    unanswered_question,
    shared_prefix,
    internal_wire_name,
    odd_wire_name,
    redundant_wire_name,
    empty_channels,
)
