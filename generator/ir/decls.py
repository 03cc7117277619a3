"""Declarations of data: const, enum, struct, union, and the pieces they share.

Common to all:
    name        as written, `Kind`
    full_name   with module and scope, `notes.Note.Kind`; `Kind` in a file without a module
    module      path of the declaring file relative to its import root, `samples/notes/notes.ipc`
    docs        the comment above (or at the end of the line), without its markers, or ""
    attributes  those written, in order; the ones with a meaning of their own have fields too
    where       the name's place, for diagnostics
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.ir.types import Type
from generator.ir.values import EnumConstant, Value
from generator.source.file import Span


@dataclass(frozen=True, slots=True)
class Attribute:
    """[name] has value True; [name=value] what was written, a resolved enum value as such.

    A name that means nothing to the compiler (`[EnableIf=is_linux]`) is its text.
    """

    name: str
    value: bool | int | float | str | EnumConstant


@dataclass(frozen=True, slots=True, kw_only=True)
class Decl:
    """What every declaration has."""

    name: str
    full_name: str
    module: str
    docs: str
    attributes: tuple[Attribute, ...]
    where: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reserved:
    """What must not be used again: inclusive ranges of ordinals (of an enum: of numbers), names."""

    ranges: tuple[tuple[int, int], ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Const(Decl):
    type: Type  # a Primitive, a String or an EnumRef
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumValue:
    name: str
    number: int  # of an int32
    min_version: int
    is_default: bool  # [Default]: stands for numbers unknown to the receiver
    docs: str
    attributes: tuple[Attribute, ...]
    where: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum(Decl):
    """Values in the order of declaration; several may share a number.

    An extensible enum replaces a number that it does not know by its `default`; without one, as
    some mojoms have it, it keeps the number. An enum may have no values at all.
    `native`: declared without a body, defined elsewhere.
    """

    values: tuple[EnumValue, ...]
    default: EnumValue | None
    extensible: bool
    stable: bool
    native: bool
    reserved: Reserved

    @property
    def has_zero(self) -> bool:
        return any(value.number == 0 for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a struct or union, or a parameter.

    `ordinal` is dense from 0, reserved ones counted; `number` is its protobuf field number.
    `default`: applied when absent; None when none was written (the type's zero then). A nullable
    field is null when absent, and begins with its default in a program that makes the struct.
    """

    name: str
    type: Type
    ordinal: int
    number: int
    default: Value | None
    min_version: int
    docs: str
    attributes: tuple[Attribute, ...]
    where: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Struct(Decl):
    """Fields in the order of declaration; `by_number` is the order on the wire."""

    fields: tuple[Field, ...]
    consts: tuple[Const, ...]
    enums: tuple[Enum, ...]
    stable: bool
    native: bool
    reserved: Reserved

    @property
    def by_number(self) -> tuple[Field, ...]:
        return tuple(sorted(self.fields, key=lambda field: field.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Union(Decl):
    """One of its fields. `default`: the field that stands for unknown ones, if extensible."""

    fields: tuple[Field, ...]
    default: Field | None
    extensible: bool
    stable: bool
    reserved: Reserved

    @property
    def by_number(self) -> tuple[Field, ...]:
        return tuple(sorted(self.fields, key=lambda field: field.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias(Decl):
    """`type Name = type;`, already replaced wherever it was used."""

    type: Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature(Decl):
    """mojom's feature: a named set of constants."""

    consts: tuple[Const, ...]
