"""What can travel as bytes, and what a backend has to say about the rest."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ir import (
    Channels,
    DefaultConstructed,
    Enum,
    EnumConstant,
    EnumRef,
    Feature,
    Field,
    Handle,
    Interface,
    Member,
    Module,
    Params,
    Pending,
    Program,
    Result,
    Struct,
    StructRef,
    Type,
    Union,
    UnionRef,
    Value,
    children,
)
from generator.source.diagnostic import Diagnostic, warning


class Support:
    """Tells the declarations that bytes can carry from those that hold what bytes cannot."""

    def __init__(self, program: Program):
        self._program = program
        self._clear: set[tuple[str, str]] = set()  # declarations without an obstacle

    def of(self, decl: Enum | Struct | Union | Member) -> bool:
        return self.obstacle(decl) is None

    def members(self, channels: Channels) -> tuple[Member, ...]:
        """Those of the channels whose messages can be carried."""
        return tuple(member for member in channels.members if self.of(member))

    def obstacle(self, decl: Enum | Struct | Union | Member) -> str | None:
        """The number of the diagnostic that says why not, or None when all is well."""
        seen: set[tuple[str, str]] = set()
        pending: list[Enum | Struct | Union | Member] = [decl]
        while pending:
            holder = pending.pop()
            if getattr(holder, "native", False):
                return "IPC0107"
            for type in held(holder):
                match type:
                    case Handle() | Pending():
                        return "IPC0106"
                    case EnumRef() | StructRef() | UnionRef():
                        key = (type.module, type.name)
                        if key not in seen and key not in self._clear:
                            seen.add(key)
                            pending.append(self._resolve(type))
        self._clear |= seen
        return None

    def _resolve(self, ref: EnumRef | StructRef | UnionRef) -> Enum | Struct | Union:
        match ref:
            case EnumRef():
                return self._program.enum(ref)
            case StructRef():
                return self._program.struct(ref)
            case UnionRef():
                return self._program.union(ref)


def is_zero(value: Value) -> bool:
    """Whether a default is what its type starts with anyway."""
    match value.scalar:
        case EnumConstant():
            return value.scalar.number == 0
        case DefaultConstructed():
            return False
        case float():
            return str(value.scalar) == "0.0"  # -0.0 is another number
        case scalar:
            return not scalar


def left_out(program: Program, module: Module, backend: str) -> list[Diagnostic]:
    """A warning for each declaration that no backend of messages can generate."""
    support = Support(program)
    found: list[Diagnostic] = []
    for decl in module.walk():
        match decl:
            case Interface():
                found.append(_warning("IPC0105", decl, f"interface `{decl.name}`", backend))
            case Feature():
                found.append(_warning("IPC0108", decl, f"feature `{decl.name}`", backend))
            case Enum() | Struct() | Union() if id := support.obstacle(decl):
                kind = type(decl).__name__.lower()
                found.append(_warning(id, decl, f"{kind} `{decl.name}`", backend))
    for channels in module.channels:
        for member in channels.members:
            if id := support.obstacle(member):
                found.append(_warning(id, member, f"`{member.verb.value} {member.name}`", backend))
    return found


def _warning(id: str, decl, what: str, backend: str) -> Diagnostic:
    reason = {
        "IPC0105": "interfaces are not generated",
        "IPC0106": "it holds a handle, which bytes cannot carry",
        "IPC0107": "it is a native type or holds one",
        "IPC0108": "features are not generated",
    }[id]
    return warning(id, decl.where, f"the {backend} backend leaves out {what}: {reason}")


def fields_of(member: Member) -> tuple[Field, ...]:
    """Parameters and, where the response has names, those of the response."""
    response = member.response
    return member.params.fields + (response.fields if isinstance(response, Params) else ())


def types_in(type: Type) -> Iterator[Type]:
    """The type and all that it is made of; a reference is not followed."""
    yield type
    for inner in children(type):
        yield from types_in(inner)


def held(holder: Enum | Struct | Union | Member) -> Iterator[Type]:
    """Every type that a declaration writes, and what these are made of."""
    match holder:
        case Struct() | Union():
            for field in holder.fields:
                yield from types_in(field.type)
        case Member():
            for field in fields_of(holder):
                yield from types_in(field.type)
            if isinstance(holder.response, Result):
                yield from types_in(holder.response.ok)
                yield from types_in(holder.response.err)
