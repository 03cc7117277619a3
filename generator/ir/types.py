"""The closed set of types. A backend that handles every class here handles every type.

`array<uint8>` is Bytes, never Array. Nullable wraps a type and never another Nullable. Named
types are references; Program resolves them. Aliases are gone: a use is the aliased type. What an
import that is not there declares is Opaque, which ipcgen itself allows to no backend.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from generator.ir.values import Opaque


@dataclass(frozen=True, slots=True)
class Constraints:
    """Bounds that a receiver checks. None: no bound.

    `min` and `max` bound a number's value, or the count of an array's elements or a map's
    entries; `min_bytes` and `max_bytes` the size of a string's UTF-8 or an any's JSON text;
    `pattern` is an ECMAScript regular expression that the whole string has to match.
    """

    min: int | float | None = None
    max: int | float | None = None
    min_bytes: int | None = None
    max_bytes: int | None = None
    pattern: str | None = None


NO_CONSTRAINTS = Constraints()


class PrimitiveKind(Enum):
    BOOL = "bool"
    INT8 = "int8"
    INT16 = "int16"
    INT32 = "int32"
    INT64 = "int64"
    UINT8 = "uint8"
    UINT16 = "uint16"
    UINT32 = "uint32"
    UINT64 = "uint64"
    FLOAT = "float"
    DOUBLE = "double"

    @property
    def is_integer(self) -> bool:
        return "int" in self.value

    @property
    def is_float(self) -> bool:
        return self in (PrimitiveKind.FLOAT, PrimitiveKind.DOUBLE)

    @property
    def bits(self) -> int:
        """Width of an integer kind."""
        return int(self.value.removeprefix("u").removeprefix("int"))

    @property
    def range(self) -> tuple[int, int]:
        """Smallest and largest value of an integer kind."""
        if self.value.startswith("u"):
            return 0, 2**self.bits - 1
        return -(2 ** (self.bits - 1)), 2 ** (self.bits - 1) - 1


@dataclass(frozen=True, slots=True)
class Primitive:
    """bool, an integer or a floating point number."""

    kind: PrimitiveKind
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class String:
    """UTF-8 text."""

    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class Bytes:
    """array<uint8>, or array<uint8, size>."""

    size: int | None = None
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class Array:
    """array<element>, or array<element, size>."""

    element: Type
    size: int | None = None
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class Map:
    """map<key, value>; the key is a Primitive, a String or an EnumRef, rarely a struct or union."""

    key: Primitive | String | EnumRef | StructRef | UnionRef
    value: Type
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class Nullable:
    """inner?, where inner is not Nullable itself."""

    inner: Type


@dataclass(frozen=True, slots=True)
class EnumRef:
    """An enum, by the file that declares it and its full name (`notes.Note.Kind`)."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class StructRef:
    """A struct, by file and full name.

    `boxed`: holding it by value here would make a type contain itself; hold it by pointer.
    """

    module: str
    name: str
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class UnionRef:
    """A union, by file and full name. `boxed` as for StructRef."""

    module: str
    name: str
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Any:
    """JSON of any shape."""

    constraints: Constraints = NO_CONSTRAINTS


class HandleKind(Enum):
    GENERIC = ""
    MESSAGE_PIPE = "message_pipe"
    DATA_PIPE_CONSUMER = "data_pipe_consumer"
    DATA_PIPE_PRODUCER = "data_pipe_producer"
    SHARED_BUFFER = "shared_buffer"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Handle:
    """handle, or handle<kind>."""

    kind: HandleKind


class PendingKind(Enum):
    REMOTE = "pending_remote"
    RECEIVER = "pending_receiver"
    ASSOCIATED_REMOTE = "pending_associated_remote"
    ASSOCIATED_RECEIVER = "pending_associated_receiver"


@dataclass(frozen=True, slots=True)
class Pending:
    """pending_remote<interface> and its three relatives; the interface by file and full name."""

    kind: PendingKind
    module: str
    interface: str


Ref = EnumRef | StructRef | UnionRef

Type = (
    Primitive
    | String
    | Bytes
    | Array
    | Map
    | Nullable
    | EnumRef
    | StructRef
    | UnionRef
    | Any
    | Handle
    | Pending
    | Opaque
)


def children(type: Type) -> tuple[Type, ...]:
    """The types that a type is directly made of."""
    match type:
        case Array():
            return (type.element,)
        case Map():
            return (type.key, type.value)
        case Nullable():
            return (type.inner,)
        case _:
            return ()
