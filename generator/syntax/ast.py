"""The tree of one file, exactly as written: nothing resolved, nothing evaluated.

Every node knows its characters: `start` up to, not including, `end`. Nodes compare by identity,
so that later passes can keep what they learn about a node in tables.
"""

from __future__ import annotations

from dataclasses import dataclass

_node = dataclass(frozen=True, slots=True, eq=False)


@_node
class Name:
    text: str
    start: int
    end: int


@_node
class Path:
    """Names joined by dots: `std.Time`, `NoteKind.kText`, `double.INFINITY`."""

    text: str
    start: int
    end: int


@_node
class Literal:
    """`value` is a bool, int, float, str, or None for the word `default`."""

    value: bool | int | float | str | None
    start: int
    end: int


@_node
class Choice:
    """`a|b|c` or `a&b`, as an attribute's value: the names, and which of the two it is."""

    names: tuple[Name, ...]
    all: bool
    start: int
    end: int


Constant = Literal | Path


@_node
class Ordinal:
    value: int
    start: int
    end: int


@_node
class Attribute:
    name: Name
    value: Constant | Choice | None
    start: int
    end: int


# Types.


@_node
class NamedType:
    """A builtin's name or a declared one's: which, the resolver decides."""

    path: str
    start: int
    end: int


@_node
class ArrayType:
    element: TypeNode
    size: Literal | None
    start: int
    end: int


@_node
class MapType:
    key: TypeNode
    value: TypeNode
    start: int
    end: int


@_node
class NullableType:
    inner: TypeNode
    start: int
    end: int


@_node
class Constraint:
    name: Name
    value: Constant
    start: int
    end: int


@_node
class ConstrainedType:
    inner: TypeNode
    constraints: tuple[Constraint, ...]
    start: int
    end: int


@_node
class HandleType:
    kind: Name | None
    start: int
    end: int


@_node
class PendingType:
    """`kind` is the word before the bracket: pending_remote and so on."""

    kind: str
    interface: Path
    start: int
    end: int


@_node
class WrongType:
    """Stands for a type that was understood and refused: nobody else complains about it."""

    start: int
    end: int


TypeNode = (
    NamedType
    | ArrayType
    | MapType
    | NullableType
    | ConstrainedType
    | HandleType
    | PendingType
    | WrongType
)


# Declarations. `start` and `end` enclose the attributes and the last token.


@_node
class ReservedRange:
    first: int
    last: int
    start: int
    end: int


@_node
class Reserved:
    ranges: tuple[ReservedRange, ...]
    names: tuple[Literal, ...]
    start: int
    end: int


@_node
class Const:
    docs: str
    attributes: tuple[Attribute, ...]
    type: TypeNode
    name: Name
    value: Constant
    start: int
    end: int


@_node
class EnumValue:
    docs: str
    attributes: tuple[Attribute, ...]
    name: Name
    value: Constant | None
    start: int
    end: int


@_node
class Enum:
    """`body` is False for `enum Foo;`, a type that is defined somewhere else."""

    docs: str
    attributes: tuple[Attribute, ...]
    name: Name
    body: bool
    values: tuple[EnumValue, ...]
    reserved: tuple[Reserved, ...]
    start: int
    end: int


@_node
class Field:
    """Of a struct or a union, or a parameter (then `variadic` says that it is `any...`)."""

    docs: str
    attributes: tuple[Attribute, ...]
    type: TypeNode
    variadic: bool
    name: Name
    ordinal: Ordinal | None
    default: Constant | None
    start: int
    end: int


@_node
class Struct:
    """`body` is False for `struct Foo;`, a type that is defined somewhere else."""

    docs: str
    attributes: tuple[Attribute, ...]
    name: Name
    body: bool
    fields: tuple[Field, ...]
    consts: tuple[Const, ...]
    enums: tuple[Enum, ...]
    reserved: tuple[Reserved, ...]
    start: int
    end: int


@_node
class Union:
    docs: str
    attributes: tuple[Attribute, ...]
    name: Name
    fields: tuple[Field, ...]
    reserved: tuple[Reserved, ...]
    start: int
    end: int


@_node
class Response:
    """`=> (params)`, or `=> result<ok, err>` when `ok` is set."""

    params: tuple[Field, ...]
    ok: TypeNode | None
    err: TypeNode | None
    start: int
    end: int


@_node
class Method:
    """Of an interface (`verb` is None) or a member of channels."""

    docs: str
    attributes: tuple[Attribute, ...]
    verb: Name | None
    name: Name
    ordinal: Ordinal | None
    params: tuple[Field, ...]
    response: Response | None
    start: int
    end: int


@_node
class Interface:
    docs: str
    attributes: tuple[Attribute, ...]
    name: Name
    methods: tuple[Method, ...]
    consts: tuple[Const, ...]
    enums: tuple[Enum, ...]
    start: int
    end: int


@_node
class Channels:
    docs: str
    attributes: tuple[Attribute, ...]
    name: Name
    prefix: Literal | None
    members: tuple[Method, ...]
    consts: tuple[Const, ...]
    enums: tuple[Enum, ...]
    structs: tuple[Struct, ...]
    reserved: tuple[Reserved, ...]
    start: int
    end: int


@_node
class Feature:
    docs: str
    attributes: tuple[Attribute, ...]
    name: Name
    consts: tuple[Const, ...]
    start: int
    end: int


@_node
class Alias:
    docs: str
    attributes: tuple[Attribute, ...]
    name: Name
    type: TypeNode
    start: int
    end: int


Definition = Const | Enum | Struct | Union | Interface | Channels | Feature | Alias


@_node
class Import:
    attributes: tuple[Attribute, ...]
    path: Literal
    alias: Name | None
    start: int
    end: int


@_node
class Module:
    docs: str
    attributes: tuple[Attribute, ...]
    name: Path
    start: int
    end: int


@_node
class File:
    """`broken`: names of definitions that could not be understood; they are not unknown."""

    module: Module | None
    imports: tuple[Import, ...]
    definitions: tuple[Definition, ...]
    broken: frozenset[str]
    start: int
    end: int
