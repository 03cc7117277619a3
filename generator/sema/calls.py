"""Channels: answers, deadlines, names on the wire, and what may travel in them."""

from __future__ import annotations

from generator.ir.types import Handle, Pending, StructRef, Type, UnionRef
from generator.sema.compilation import (
    Compilation,
    Unit,
    attribute,
    field_groups,
    has_flag,
    methods,
    number,
    walk,
)
from generator.sema.references import parts, reference
from generator.source.diagnostic import Label
from generator.source.file import Span
from generator.syntax import ast

ANSWERED = ("invoke", "sync", "ask")
_TO_MAIN = ("send", "invoke", "sync")
_MAX_NAME = 128
_MAX_DEADLINE = 2**31 - 1
_MAX_MESSAGE = 64 * 2**20  # of every message, on every pipe


def check_answers(compilation: Compilation) -> None:
    """Calls have answers, messages have none, and `any...` and limits are where they belong."""
    for unit in compilation.units:
        for node in walk(unit.tree):
            in_channels = isinstance(node, ast.Channels)
            for method in methods(node):
                _check_answer(compilation, unit, method)
                _check_variadic(compilation, unit, method, in_channels)
                _check_deadline(compilation, unit, method)
                _check_max_bytes(compilation, unit, method)


def _check_answer(compilation: Compilation, unit: Unit, method: ast.Method) -> None:
    name, verb = method.name, method.verb
    answered = verb is not None and verb.text in ANSWERED
    sync = verb is None and has_flag(method, "Sync")
    if (answered or sync) and method.response is None:
        what = f"`{verb.text}` is a call" if answered else "[Sync] makes a call"
        compilation.report(
            "IPC0048",
            unit.span(name),
            f"{what}, and `{name.text}` has no answer",
            help="write `=> ()` when there is nothing to say",
        )
    elif verb is not None and not answered and method.response is not None:
        to_main = verb.text in _TO_MAIN
        compilation.report(
            "IPC0049",
            unit.span(method.response),
            f"nobody waits for the answer of `{verb.text}`",
            labels=(Label(unit.span(verb), "this is a message"),),
            help=f"write `{'invoke' if to_main else 'ask'}` instead of `{verb.text}`"
            if verb.text in ("send", "emit")
            else "remove the answer",
        )


def _check_variadic(
    compilation: Compilation, unit: Unit, method: ast.Method, in_channels: bool
) -> None:
    answers = method.response.params if method.response else ()
    allowed = method.params[-1] if in_channels and method.params else None
    for field in (*method.params, *answers):
        if not field.variadic or field is allowed:
            continue
        misplaced = in_channels and field in method.params
        compilation.report(
            "IPC0016",
            unit.span(field),
            "nothing can follow `any...`"
            if misplaced
            else "only the parameters of a channel end with `any...`",
            help="make it the last parameter" if misplaced else "write `any` or an array",
        )


def _check_deadline(compilation: Compilation, unit: Unit, method: ast.Method) -> None:
    deadline = attribute(method, "DeadlineMs")
    if deadline is None or method.verb is None:
        return
    value = deadline.value.value if isinstance(deadline.value, ast.Literal) else None
    if method.verb.text not in ANSWERED:
        compilation.report(
            "IPC0052",
            unit.span(deadline),
            f"nobody waits for an answer of `{method.verb.text}`",
            help="remove the deadline",
        )
    elif isinstance(value, int) and value is not True and not 1 <= value <= _MAX_DEADLINE:
        if value >= 0:
            compilation.report(
                "IPC0052",
                unit.span(deadline.value),
                f"a deadline has 1 to {_MAX_DEADLINE} milliseconds",
                help="remove it when there is none",
            )


def _check_max_bytes(compilation: Compilation, unit: Unit, method: ast.Method) -> None:
    most = number(method, "MaxBytes")
    if most is not None and most >= 0 and not 1 <= most <= _MAX_MESSAGE:
        compilation.report(
            "IPC0065",
            unit.span(attribute(method, "MaxBytes").value),
            f"a message has 1 to {_MAX_MESSAGE} bytes",
            help="remove it: every message is bounded already" if most else "give it some room",
        )


def name_channels(compilation: Compilation) -> None:
    """Gives every channel its name on the wire, which no other may have on the same side."""
    known: dict[str, dict[tuple[str, str], tuple[Unit, ast.Method]]] = {}
    for unit in compilation.units:
        names: dict[tuple[str, str], tuple[Unit, ast.Method]] = {}
        for link in unit.links:
            names.update(known[link.unit.path])
        for node in unit.tree.definitions:
            for member in node.members if isinstance(node, ast.Channels) else ():
                _name(compilation, unit, node, member, names)
        known[unit.path] = names


def _name(
    compilation: Compilation,
    unit: Unit,
    node: ast.Channels,
    member: ast.Method,
    names: dict[tuple[str, str], tuple[Unit, ast.Method]],
) -> None:
    written = attribute(member, "Channel")
    if written and isinstance(written.value, ast.Literal) and isinstance(written.value.value, str):
        name, span = written.value.value, unit.span(written.value)
    else:
        name, span = f"{channel_prefix(unit, node)}.{member.name.text}", unit.span(member.name)
    compilation.wire_names[member] = name
    size = len(name.encode("utf-8", "replace"))
    if not 1 <= size <= _MAX_NAME:
        compilation.report(
            "IPC0051",
            span,
            f"a channel's name has 1 to {_MAX_NAME} bytes, this one {size}",
            help='give it a shorter one with [Channel="..."]' if size else "write a name",
        )
    if member.verb is None:
        return
    side = "main" if member.verb.text in _TO_MAIN else "renderer"
    first_unit, first = names.setdefault((side, name), (unit, member))
    doubled = first_unit is unit and first.name.text == member.name.text and not written
    if first is not member and not doubled:  # a member declared twice is reported already
        _refuse_name(compilation, span, name, first_unit, first)


def channel_prefix(unit: Unit, node: ast.Channels) -> str:
    """What the names of channels begin with, before the dot."""
    if node.prefix is not None:
        return str(node.prefix.value)
    return f"{unit.module}.{node.name.text}" if unit.module else node.name.text


def _refuse_name(
    compilation: Compilation, span: Span, name: str, first_unit: Unit, first: ast.Method
) -> None:
    compilation.report(
        "IPC0050",
        span,
        f"channel `{name}` is taken",
        labels=(Label(first_unit.span(first.name), "by this one"),),
        help='give one of them another name with [Channel="..."]',
    )


def check_handles(compilation: Compilation) -> None:
    """Refuses channels whose messages would have to carry a handle or an interface."""
    carries = _Carries(compilation)
    for unit in compilation.units:
        for node in unit.tree.definitions:
            if not isinstance(node, ast.Channels):
                continue
            places = [field.type for group in field_groups(node) for field in group]
            for method in node.members:
                if method.response and method.response.ok:
                    places += [method.response.ok, method.response.err]
            for place in places:
                type = compilation.types.get(place)
                found = carries.find(type) if type is not None else None
                if found:
                    _refuse_handle(compilation, unit, place, found)


class _Carries:
    """Finds handles inside of types, looking at every named type once."""

    def __init__(self, compilation: Compilation):
        self._compilation = compilation
        self._clean: set[tuple[str, str]] = set()

    def find(self, type: Type) -> tuple[Unit, ast.Field] | bool:
        """The field that holds a handle; True when the type is one; False when there is none."""
        seen: set[tuple[str, str]] = set()
        waiting: list[tuple[Type, tuple[Unit, ast.Field] | bool]] = [(type, True)]
        while waiting:
            next_type, holder = waiting.pop()
            for part in parts(next_type):
                if isinstance(part, (Handle, Pending)):
                    return holder
                if not isinstance(part, (StructRef, UnionRef)):
                    continue
                key = (part.module, part.name)
                if key in self._clean or key in seen:
                    continue
                seen.add(key)
                symbol = reference(self._compilation, part)
                for field in symbol.node.fields:
                    inner = self._compilation.types.get(field.type)
                    if inner is not None:
                        waiting.append((inner, (symbol.unit, field)))
        self._clean |= seen
        return False


def _refuse_handle(
    compilation: Compilation,
    unit: Unit,
    place: ast.TypeNode,
    found: tuple[Unit, ast.Field] | bool,
) -> None:
    labels = ()
    if not isinstance(found, bool):
        labels = (Label(found[0].span(found[1].name), "the handle is here"),)
    compilation.report(
        "IPC0055",
        unit.span(place),
        "channels carry no handles and no interfaces",
        labels=labels,
        help="send data, and name what the handle would have stood for",
    )
