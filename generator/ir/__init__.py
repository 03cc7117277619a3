"""The frozen form of a checked program: all that a backend may see.

    types.py        the closed set of types
    values.py       evaluated constants
    decls.py        const, enum, struct, union
    calls.py        channels and interfaces
    program.py      modules and the program that holds them, with look-up by reference
    patterns.py     the regular expressions of constraints
    digest.py       a hash of everything about channels that reaches the wire
    backend.py      what a backend has to offer

Everything here is a frozen dataclass that compares by value. Spans are carried for diagnostics
only: they take no part in comparison, and a backend prints none of them.
"""

from generator.ir.backend import Backend, Options
from generator.ir.calls import (
    ASK_DEADLINE_MS,
    Channels,
    Interface,
    Member,
    Method,
    Params,
    Response,
    Result,
    Verb,
)
from generator.ir.decls import (
    Alias,
    Attribute,
    Const,
    Decl,
    Enum,
    EnumValue,
    Feature,
    Field,
    Reserved,
    Struct,
    Union,
)
from generator.ir.digest import channels_digest, channels_text
from generator.ir.program import Import, Module, Program
from generator.ir.types import (
    Any,
    Array,
    Bytes,
    Constraints,
    EnumRef,
    Handle,
    HandleKind,
    Map,
    Nullable,
    Pending,
    PendingKind,
    Primitive,
    PrimitiveKind,
    Ref,
    String,
    StructRef,
    Type,
    UnionRef,
    children,
)
from generator.ir.values import DefaultConstructed, EnumConstant, Opaque, Scalar, Value
