"""The IR as .ipc files write it, in words that know which declaration they name.

Not the author's own text: aliases are resolved, constants in constraints are numbers, a name from
another module is a full name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from generator.ir import (
    Any,
    Array,
    Bytes,
    Constraints,
    DefaultConstructed,
    EnumConstant,
    EnumRef,
    Field,
    Handle,
    Map,
    Member,
    Method,
    Module,
    Nullable,
    Opaque,
    Params,
    Pending,
    Primitive,
    PrimitiveKind,
    Program,
    Response,
    Result,
    String,
    StructRef,
    Type,
    UnionRef,
    Value,
)

# A declaration, or a value of an enum: its file and full name.
Name = tuple[str, str]

_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Word:
    """Some text; `name` is what it refers to."""

    text: str
    name: Name | None = None


Words = tuple[Word, ...]


def plain(words: Words) -> str:
    return "".join(word.text for word in words)


@dataclass(frozen=True)
class Writer:
    """Writes as it would stand in the file of `module`; with full names for None."""

    program: Program
    module: Module | None

    def type(self, type: Type) -> Words:
        return tuple(self._type(type))

    def value(self, value: Value, type: Type | None = None) -> Words:
        """A constant: the name that was written, else its value. `type` tells float from double."""
        if value.const_name:
            return (self._named(value.const_module, value.const_name),)
        return (self._scalar(value, type),)

    def field(self, field: Field, variadic: bool = False) -> Words:
        """A field or parameter, without an ordinal: `uint32 count = 1`."""
        dots = "..." if variadic else ""
        words = [*self._type(field.type), Word(f"{dots} {field.name}")]
        if field.default is not None:
            words += [Word(" = "), *self.value(field.default, field.type)]
        return tuple(words)

    def response(self, response: Response) -> Words:
        return tuple(self._response(response))

    def signature(self, call: Member | Method) -> Words:
        """A channel or a method, a parameter a line where that is too long for one line."""
        words = tuple(self._signature(call, "", ", "))
        if len(plain(words)) <= _WIDTH or len(call.params.fields) < 2:
            return words
        return tuple(self._signature(call, "\n    ", ",\n    "))

    def _signature(self, call: Member | Method, before: str, between: str) -> Iterator[Word]:
        if isinstance(call, Member):
            yield Word(f"{call.verb.value} ")
        variadic = isinstance(call, Member) and call.variadic
        yield Word(f"{call.name}(")
        yield from self._params(call.params, variadic, before, between)
        yield Word(")")
        if call.response is not None:
            yield Word(" => ")
            yield from self._response(call.response)
        yield Word(";")

    def _params(
        self, params: Params, variadic: bool, before: str = "", between: str = ", "
    ) -> Iterator[Word]:
        for at, field in enumerate(params.fields):
            yield Word(between if at else before)
            yield from self.field(field, variadic and field is params.fields[-1])

    def _response(self, response: Response) -> Iterator[Word]:
        match response:
            case Result():
                yield Word("result<")
                yield from self._type(response.ok)
                yield Word(", ")
                yield from self._type(response.err)
                yield Word(">")
            case Params():
                yield Word("(")
                yield from self._params(response, False)
                yield Word(")")

    def _type(self, type: Type) -> Iterator[Word]:
        match type:
            case Primitive():
                yield Word(type.kind.value + _constraints(type.constraints))
            case String():
                yield Word("string" + _constraints(type.constraints))
            case Any():
                yield Word("any" + _constraints(type.constraints))
            case Bytes():
                yield Word(f"array<uint8{_size(type.size)}>{_constraints(type.constraints)}")
            case Array():
                yield Word("array<")
                yield from self._type(type.element)
                yield Word(f"{_size(type.size)}>{_constraints(type.constraints)}")
            case Map():
                yield Word("map<")
                yield from self._type(type.key)
                yield Word(", ")
                yield from self._type(type.value)
                yield Word(f">{_constraints(type.constraints)}")
            case Nullable():
                yield from self._type(type.inner)
                yield Word("?")
            case EnumRef() | StructRef() | UnionRef():
                yield self._named(type.module, type.name)
            case Handle():
                yield Word(f"handle<{type.kind.value}>" if type.kind.value else "handle")
            case Pending():
                yield Word(f"{type.kind.value}<")
                yield self._named(type.module, type.interface)
                yield Word(">")
            case Opaque():
                yield Word(type.name)

    def _named(self, path: str, full_name: str) -> Word:
        module = self.program.module(path).name
        is_own = self.module and module and module == self.module.name
        text = full_name.removeprefix(f"{module}.") if is_own else full_name
        return Word(text, (path, full_name))

    def _scalar(self, value: Value, type: Type | None) -> Word:
        match value.scalar:
            case EnumConstant() as constant:
                enum = self._named(constant.module, constant.enum)
                name = f"{constant.enum}.{constant.name}"
                return Word(f"{enum.text}.{constant.name}", (constant.module, name))
            case DefaultConstructed():
                return Word("default")
            case Opaque():
                return Word(value.scalar.name)
            case bool():
                return Word("true" if value.scalar else "false")
            case str():
                return Word(quoted(value.scalar))
            case float():
                return Word(_floating(value.scalar, type))
            case scalar:
                return Word(str(scalar))


def quoted(text: str) -> str:
    """A string literal."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(char) or _character(char) for char in text) + '"'


def _character(char: str) -> str:
    is_shown = char.isprintable() or ord(char) > 0xFFFF  # for which there is no escape
    return char if is_shown else f"\\u{ord(char):04x}"


def _floating(value: float, type: Type | None) -> str:
    kind = "float" if type == Primitive(PrimitiveKind.FLOAT) else "double"
    if math.isnan(value):
        return f"{kind}.NAN"
    if math.isinf(value):
        return f"{kind}.INFINITY" if value > 0 else f"{kind}.NEGATIVE_INFINITY"
    return repr(value)


def _size(size: int | None) -> str:
    return "" if size is None else f", {size}"


def _constraints(constraints: Constraints) -> str:
    parts = [
        f"{name}={quoted(value) if isinstance(value, str) else value}"
        for name in ("min", "max", "min_bytes", "max_bytes", "pattern")
        if (value := getattr(constraints, name)) is not None
    ]
    return f"({', '.join(parts)})" if parts else ""
