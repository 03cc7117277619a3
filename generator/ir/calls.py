"""Declarations of calls: channels with their members, mojom interfaces with their methods."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum as PyEnum

from generator.ir.decls import Attribute, Const, Decl, Enum, Field, Reserved, Struct
from generator.ir.types import Type
from generator.source.file import Span


# Main never waits for a renderer without end: the deadline of an `ask` that names none.
ASK_DEADLINE_MS = 30_000


class Verb(PyEnum):
    """Which way a member's messages go and whether they are answered; value: as written."""

    SEND = "send"  # renderer to main
    INVOKE = "invoke"  # renderer to main, answered
    SYNC = "sync"  # renderer to main, the caller blocks for the answer
    EMIT = "emit"  # main to renderer
    ASK = "ask"  # main to renderer, answered
    RELAY = "relay"  # renderer to renderer, through main
    HOST = "host"  # guest to its embedder

    @property
    def answered(self) -> bool:
        return self in (Verb.INVOKE, Verb.SYNC, Verb.ASK)


@dataclass(frozen=True, slots=True)
class Params:
    """Parameters, in the order of declaration: on the wire, a message like a struct's."""

    fields: tuple[Field, ...]

    @property
    def by_number(self) -> tuple[Field, ...]:
        return tuple(sorted(self.fields, key=lambda field: field.number))


@dataclass(frozen=True, slots=True)
class Result:
    """result<ok, err>: on the wire, oneof { ok = 1; err = 2 }."""

    ok: Type
    err: Type


Response = Params | Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One channel.

    `wire_name` is what travels. `variadic`: the last parameter is `any...`; its Field has type
    Any and stands for all the remaining arguments (payload kind JSON). `response` is None
    exactly when the verb has no answer; `()` is Params with no fields. `deadline_ms` is None
    when the channel leaves it to the call, which an `ask` never does. `max_bytes` bounds the
    parameters as they travel, typed or JSON; None: only what bounds every message.
    """

    name: str
    verb: Verb
    wire_name: str
    ordinal: int
    params: Params
    variadic: bool
    response: Response | None
    deadline_ms: int | None
    max_bytes: int | None
    docs: str
    attributes: tuple[Attribute, ...]
    where: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels(Decl):
    """`channels Name = "prefix" { ... };` members in the order of declaration."""

    prefix: str
    members: tuple[Member, ...]
    consts: tuple[Const, ...]
    enums: tuple[Enum, ...]
    structs: tuple[Struct, ...]
    reserved: Reserved


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method of a mojom interface; ordinals may have gaps, as mojom allows."""

    name: str
    ordinal: int
    params: Params
    response: Response | None
    sync: bool
    min_version: int
    docs: str
    attributes: tuple[Attribute, ...]
    where: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface(Decl):
    methods: tuple[Method, ...]
    consts: tuple[Const, ...]
    enums: tuple[Enum, ...]
    stable: bool
