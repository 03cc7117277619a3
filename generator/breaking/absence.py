"""What it means that a field is not there, as the runtime's codec sees it.

A zero, an empty list and null are not written; what has another default, and what has to be
there, always is.
"""

from __future__ import annotations

from generator import ir
from generator.breaking import bounds

# What a receiver makes of an absent field; a value stands for itself.
REFUSED = "refused"
NULL = "null"
ZERO = "zero"
Meaning = str | tuple[str, object]


def meaning(program: ir.Program, field: ir.Field) -> Meaning:
    """REFUSED, NULL, ZERO, or ("default", value)."""
    if isinstance(field.type, ir.Nullable):
        return NULL
    if field.default is not None and not _is_zero(field.default):
        return ("default", _plain(field.default))
    match field.type:
        case ir.StructRef() | ir.UnionRef():
            return REFUSED
        case ir.EnumRef() if field.default is None and not program.enum(field.type).has_zero:
            return REFUSED
        case ir.Array() if field.type.size:
            return REFUSED
        case _:
            return ZERO


def omitted(program: ir.Program, field: ir.Field) -> str | None:
    """What a sender leaves out: NULL, ZERO, or None when the field is always written."""
    if isinstance(field.type, ir.Nullable):
        return NULL
    if meaning(program, field) != ZERO or not bounds.admits_zero(field.type):
        return None
    return None if isinstance(field.type, ir.Bytes) and field.type.size else ZERO


def in_words(meaning: Meaning) -> str:
    """As what an absent field is read."""
    match meaning:
        case (_, value):
            return f"its default, {value}"
        case "null":
            return "nothing"
        case _:
            return "zero or empty"


def as_value(meaning: Meaning) -> str:
    """An absent field's value alone."""
    return str(meaning[1]) if isinstance(meaning, tuple) else in_words(meaning)


def may_lack_bytes(program: ir.Program, field: ir.Field) -> str:
    """Why a receiver refuses bytes without the field; "" when it does not."""
    absent = meaning(program, field)
    if absent == REFUSED:
        return "it has to be there"
    if absent == ZERO and not bounds.admits_zero(field.type):
        return "what it is without being sent is outside of its bounds"
    if isinstance(absent, tuple) and not _matches_pattern(field):
        return "its default does not match its pattern"
    return ""


def may_lack_json(field: ir.Field) -> bool:
    """Whether an object, or the end of the arguments, may go without it."""
    if isinstance(field.type, ir.Nullable):
        return True
    return field.default is not None and not _is_zero(field.default)


def _matches_pattern(field: ir.Field) -> bool:
    type = field.type.inner if isinstance(field.type, ir.Nullable) else field.type
    return not isinstance(type, ir.String) or bounds.matches(type, str(field.default.scalar))


def _is_zero(value: ir.Value) -> bool:
    match value.scalar:
        case ir.EnumConstant():
            return value.scalar.number == 0
        case ir.DefaultConstructed():
            return False
        case float():
            return repr(value.scalar) == "0.0"
        case scalar:
            return not scalar


def _plain(value: ir.Value) -> object:
    match value.scalar:
        case ir.EnumConstant():
            return value.scalar.number
        case ir.DefaultConstructed():
            return "default"
        case bool():
            return str(value.scalar).lower()
        case scalar:
            return repr(scalar)
