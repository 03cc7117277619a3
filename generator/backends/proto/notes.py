"""What a field's proto type does not say about it, in a few words."""

from __future__ import annotations

from generator.backends.support import is_zero
from generator.ir import (
    Any,
    Array,
    Bytes,
    DefaultConstructed,
    EnumConstant,
    EnumRef,
    Field,
    Map,
    Nullable,
    Primitive,
    PrimitiveKind,
    Program,
    StructRef,
    Type,
    UnionRef,
    Value,
)

_NARROW = (PrimitiveKind.INT8, PrimitiveKind.INT16, PrimitiveKind.UINT8, PrimitiveKind.UINT16)


def note(one: Field, program: Program) -> str:
    if one.default is None or isinstance(one.type, Nullable):  # absent is null
        words = [_presence(one.type, program)]
    else:
        words = [] if is_zero(one.default) else [_default(one.default)]
    return ", ".join(word for word in (*words, type_note(one.type)) if word)


def type_note(type: Type) -> str:
    """What a receiver checks; of what stands in a message of its own, that says it."""
    match type:
        case Nullable(inner=Array() | Map()):
            return ""
        case Nullable():
            return type_note(type.inner)
        case Primitive(kind=kind) if kind in _NARROW:
            low, high = kind.range
            return f"{low} to {high}"
        case Any():
            return "JSON text"
        case Bytes(size=int()):
            return f"exactly {type.size} bytes"
        case Array():
            count = f"exactly {type.size}" if type.size is not None else ""
            return ", ".join(filter(None, (count, _part("each", type.element))))
        case Map():
            return ", ".join(filter(None, (_part("keys", type.key), _part("values", type.value))))
        case _:
            return ""


def part_note(type: Type) -> str:
    """Of a type that is part of another; one that needs a message around it is said there."""
    return "" if isinstance(type, Nullable | Array | Map) else type_note(type)


def _part(what: str, type: Type) -> str:
    said = part_note(type)
    return f"{what} {said}" if said else ""


def _default(value: Value) -> str:
    match value.scalar:
        case EnumConstant(name=name):
            said = name
        case DefaultConstructed():
            said = "empty"
        case bool():
            said = "true" if value.scalar else "false"
        case str():
            said = f'"{value.scalar}"' if value.scalar.isprintable() else "a default"
        case scalar:
            said = repr(scalar)
    return f"{said} when absent"


def _presence(type: Type, program: Program) -> str:
    match type:
        case StructRef() | UnionRef():
            return "required"
        case EnumRef() if not program.enum(type).has_zero:
            return "required"
        case _:
            return ""
