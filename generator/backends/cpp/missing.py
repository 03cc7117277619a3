"""What this backend leaves out, in warnings."""

from __future__ import annotations

from collections.abc import Iterator

from generator.backends.support import fields_of, left_out, types_in
from generator.ir import Member, Module, Program, Result, Struct, Type, Union, Verb
from generator.ir.types import NO_CONSTRAINTS
from generator.source.diagnostic import Diagnostic, warning
from generator.source.file import Span

_VERBS = {Verb.ASK: "IPC0101", Verb.RELAY: "IPC0102", Verb.HOST: "IPC0103"}


def unsupported(program: Program, module: Module) -> list[Diagnostic]:
    return [*left_out(program, module, "cpp"), *_verbs(module), *_constraints(module)]


def _verbs(module: Module) -> Iterator[Diagnostic]:
    for channels in module.channels:
        for member in channels.members:
            if id := _VERBS.get(member.verb):
                yield warning(
                    id,
                    member.where,
                    f"the cpp backend has no stubs for `{member.verb.value}` yet: "
                    f"`{member.name}` is left out",
                )


def _constraints(module: Module) -> Iterator[Diagnostic]:
    """One for the file, at the first place: a warning a field would hide the others."""
    places = [where for type, where in _types(module) if _is_constrained(type)]
    if places:
        others = f", nor {len(places) - 1} other in this file" if len(places) > 1 else ""
        yield warning(
            "IPC0104",
            places[0],
            f"the cpp backend does not check these constraints yet{others}",
            help="check the bounds in the handler",
        )


def _is_constrained(type: Type) -> bool:
    return any(
        getattr(part, "constraints", NO_CONSTRAINTS) != NO_CONSTRAINTS for part in types_in(type)
    )


def _types(module: Module) -> Iterator[tuple[Type, Span]]:
    """Every type that a declaration writes, and the name it stands beside."""
    for decl in module.walk():
        match decl:
            case Struct() | Union():
                for field in decl.fields:
                    yield field.type, field.where
    for channels in module.channels:
        for member in channels.members:
            yield from _member_types(member)


def _member_types(member: Member) -> Iterator[tuple[Type, Span]]:
    for field in fields_of(member):
        yield field.type, field.where
    if isinstance(member.response, Result):
        yield member.response.ok, member.where
        yield member.response.err, member.where
