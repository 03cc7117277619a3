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
    if one.default is None:
        words = [_presence(one.type, program)]
    else:
        words = [] if is_zero(one.default) else [_default(one.default)]
    words.append(_type(one.type.inner if isinstance(one.type, Nullable) else one.type))
    return ", ".join(word for word in words if word)


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


def _type(type: Type) -> str:
    match type:
        case Primitive(kind=kind) if kind in _NARROW:
            low, high = kind.range
            return f"{low} to {high}"
        case Any():
            return "JSON text"
        case Bytes(size=int()):
            return f"exactly {type.size} bytes"
        case Array(size=int()):
            return f"exactly {type.size}"
        case _:
            return ""
