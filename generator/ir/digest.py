"""A hash of one channels definition: equal when both sides speak exactly the same.

The text that is hashed holds everything about the definition and the types it reaches that a
peer could notice: verbs, wire names, parameters, field numbers and names (JSON uses them), types,
constraints, defaults. It leaves out docs, spans, file paths, the order of declaration, deadlines
and attributes. The text is a format of its own: changing it changes every digest.
"""

from __future__ import annotations

import hashlib

from generator.ir.calls import Channels, Member, Params, Result
from generator.ir.decls import Enum, Field, Struct, Union
from generator.ir.program import Program
from generator.ir.types import (
    Any,
    Array,
    Bytes,
    Constraints,
    EnumRef,
    Handle,
    Map,
    Nullable,
    Pending,
    Primitive,
    String,
    StructRef,
    Type,
    UnionRef,
)
from generator.ir.values import DefaultConstructed, EnumConstant, Value


def channels_digest(program: Program, channels: Channels) -> int:
    """An unsigned 64-bit hash of channels_text()."""
    text = channels_text(program, channels).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big")


def channels_text(program: Program, channels: Channels) -> str:
    """The canonical text, a line per channel and per type that it reaches."""
    writer = _Writer(program)
    lines = sorted(writer.member(member) for member in channels.members)
    return "\n".join(lines + writer.reached_types()) + "\n"


class _Writer:
    """Writes definitions and remembers which types they name."""

    def __init__(self, program: Program):
        self._program = program
        self._pending: list[EnumRef | StructRef | UnionRef] = []

    def member(self, member: Member) -> str:
        dots = "..." if member.variadic else ""
        line = f"{member.verb.value} {_quote(member.wire_name)} {self._params(member.params)}{dots}"
        match member.response:
            case Params():
                return f"{line} => {self._params(member.response)}"
            case Result():
                ok, err = self._type(member.response.ok), self._type(member.response.err)
                return f"{line} => {ok} | {err}"
            case _:
                return line

    def reached_types(self) -> list[str]:
        written: dict[tuple[str, str], str] = {}
        while self._pending:
            ref = self._pending.pop()
            key = (ref.module, ref.name)
            if key not in written:
                written[key] = ""
                written[key] = self._definition(ref)
        return sorted(written.values())

    def _definition(self, ref: EnumRef | StructRef | UnionRef) -> str:
        match ref:
            case EnumRef():
                return self._enum(self._program.enum(ref))
            case StructRef():
                struct: Struct = self._program.struct(ref)
                return f"struct {struct.full_name} {self._fields(struct.by_number)}"
            case UnionRef():
                union: Union = self._program.union(ref)
                fields = self._fields(union.by_number)
                return f"union {union.full_name} {fields}{_unknown(union)}"

    def _enum(self, enum: Enum) -> str:
        values = ", ".join(
            f"{value.name}={value.number}"
            for value in sorted(enum.values, key=lambda value: (value.number, value.name))
        )
        return f"enum {enum.full_name} {{{values}}}{_unknown(enum)}"

    def _params(self, params: Params) -> str:
        return self._fields(params.by_number)

    def _fields(self, fields: tuple[Field, ...]) -> str:
        return "{" + ", ".join(self._field(field) for field in fields) + "}"

    def _field(self, field: Field) -> str:
        default = f" = {_scalar(field.default)}" if field.default else ""
        return f"{field.number} {field.name}: {self._type(field.type)}{default}"

    def _type(self, type: Type) -> str:
        match type:
            case Primitive():
                return type.kind.value + _constraints(type.constraints)
            case String():
                return "string" + _constraints(type.constraints)
            case Any():
                return "any" + _constraints(type.constraints)
            case Bytes():
                return f"bytes{_size(type.size)}" + _constraints(type.constraints)
            case Array():
                element = self._type(type.element)
                return f"array<{element}>{_size(type.size)}" + _constraints(type.constraints)
            case Map():
                entry = f"{self._type(type.key)}, {self._type(type.value)}"
                return f"map<{entry}>" + _constraints(type.constraints)
            case Nullable():
                return self._type(type.inner) + "?"
            case EnumRef() | StructRef() | UnionRef():
                self._pending.append(type)
                return type.name
            case Handle():
                return f"handle<{type.kind.value}>"
            case Pending():
                return f"{type.kind.value}<{self._program.interface(type).full_name}>"


def _unknown(decl: Enum | Union) -> str:
    """What becomes of values that the receiver does not know."""
    if not decl.extensible:
        return ""
    return f" else {decl.default.number}" if decl.default else " else kept"


def _size(size: int | None) -> str:
    return "" if size is None else f"[{size}]"


def _constraints(constraints: Constraints) -> str:
    parts = [
        f"{name}={_quote(value) if isinstance(value, str) else repr(value)}"
        for name in ("min", "max", "min_bytes", "max_bytes", "pattern")
        if (value := getattr(constraints, name)) is not None
    ]
    return f"({', '.join(parts)})" if parts else ""


def _scalar(value: Value) -> str:
    match value.scalar:
        case EnumConstant():
            return str(value.scalar.number)
        case DefaultConstructed():
            return "default"
        case str():
            return _quote(value.scalar)
        case bool():
            return "true" if value.scalar else "false"
        case scalar:
            return repr(scalar)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
