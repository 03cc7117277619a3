"""Views of messages: what a list of fields is in proto3."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.backends import words
from generator.backends.comments import WIDTH, Lines, comment
from generator.backends.proto import names
from generator.backends.proto.notes import note, part_note, type_note
from generator.backends.proto.views import Block
from generator.backends.support import is_zero
from generator.ir import (
    Any,
    Array,
    Bytes,
    EnumRef,
    Field,
    Map,
    Module,
    Nullable,
    Primitive,
    PrimitiveKind,
    Program,
    Result,
    String,
    StructRef,
    Type,
    UnionRef,
)

_WIDE = {8: 32, 16: 32}  # protobuf's integers begin at 32 bits


@dataclass
class Scope:
    """Where fields stand: the module, the message around them, and what that holds already.

    `nested` are types of the message, `beside` those of the module.

    A type that proto3 has no field for (a list in a list, a list that may be null) gets a small
    message around it, `{ ... v = 1; }`, which is added to `wrappers`.
    """

    program: Program
    module: Module
    message: str = ""
    depth: int = 0  # of the message's fields
    beside: frozenset[str] = frozenset()
    nested: frozenset[str] = frozenset()
    wrappers: list[Block] = field(default_factory=list)
    taken: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.taken = {*self.beside, *self.nested}

    def field_lines(self, fields: tuple[Field, ...], rest: Field | None = None) -> Lines:
        """The fields of a message, with their comments. `rest` is the one that is `any...`."""
        numbered = [(one.name, one.number) for one in fields]
        lines: list[str] = []
        for one, name in zip(fields, names.field_names(numbered)):
            label, type = ("repeated", "bytes") if one is rest else self._field_type(one)
            line = _line(label, type, name, one.number)
            said = "each JSON text" if one is rest else note(one, self.program)
            lines += self._field_lines(one.docs, line, said)
        return tuple(lines)

    def oneof_lines(self, fields: tuple[Field, ...]) -> Lines:
        """The members of a union, inside of its oneof."""
        numbered = [(one.name, one.number) for one in fields]
        lines: list[str] = []
        for one, name in zip(fields, names.field_names(numbered)):
            type = self._element(one.type, f"{words.camel(one.name)}Value")
            said = part_note(one.type)
            lines += self._field_lines(one.docs, _line("", type, name, one.number), said)
        return tuple(lines)

    def result_lines(self, result: Result) -> Lines:
        ok, err = self._element(result.ok, "OkValue"), self._element(result.err, "ErrValue")
        return (
            _line("", ok, "ok", 1, part_note(result.ok)),
            _line("", err, "err", 2, part_note(result.err)),
        )

    def _field_lines(self, docs: str, line: str, said: str) -> list[str]:
        """A field; what is said about it stands behind it, or above where that is too far."""
        whole = f"{line}  // {said}" if said else line
        if said and len(whole) + 2 * self.depth > WIDTH:
            docs, whole = f"{docs}\n{said}".strip(), line
        indent = 2 * self.depth
        return [*(text[indent:] for text in comment(docs, indent)), whole]

    def _field_type(self, one: Field) -> tuple[str, str]:
        label, type = self._labelled(one.type, words.camel(one.name))
        has_default = one.default is not None and not is_zero(one.default)
        if has_default and not label and not isinstance(one.type, Map):
            label = "optional"
        return label, type

    def _labelled(self, type: Type, name: str) -> tuple[str, str]:
        """`repeated`, `optional` or nothing, and a type's name."""
        match type:
            case Nullable(inner=Array() as inner):
                return "optional", self._wrapper(inner, f"{name}List")
            case Nullable(inner=Map() as inner):
                return "optional", self._wrapper(inner, f"{name}Map")
            case Nullable():
                return "optional", self._single(type.inner)
            case Array():
                return "repeated", self._element(type.element, f"{name}Item")
            case Map() if _is_proto_key(type.key):
                value = self._element(type.value, f"{name}Value")
                return "", f"map<{self._single(type.key)}, {value}>"
            case Map():
                return "repeated", self._entry(type, name)
            case _:
                return "", self._single(type)

    def _element(self, type: Type, name: str) -> str:
        """A type where proto3 takes neither `repeated` nor `optional`."""
        if isinstance(type, Nullable | Array | Map):
            return self._wrapper(type, name)
        return self._single(type)

    def _wrapper(self, type: Type, wanted: str) -> str:
        name, place = self._begin(wanted)
        label, spelled = self._labelled(type, name)
        self._end(name, place, _line(label, spelled, "v", 1, type_note(type)))
        return name

    def _entry(self, type: Map, wanted: str) -> str:
        """As an entry of a proto map, where key and value are always there, zeros too."""
        name, place = self._begin(f"{wanted}Entry")
        key, value = self._single(type.key), self._element(type.value, f"{name}Value")
        self._end(
            name,
            place,
            _line("optional", key, "key", 1, part_note(type.key)),
            _line("optional", value, "value", 2, part_note(type.value)),
        )
        return name

    def _begin(self, wanted: str) -> tuple[str, int]:
        """A name for a wrapper, and its place: in front of those that it needs itself."""
        return names.unique(wanted, "_", self.taken), len(self.wrappers)

    def _end(self, name: str, place: int, *lines: str) -> None:
        self.wrappers.insert(place, Block((), f"message {name} {{", (lines,)))

    def _single(self, type: Type) -> str:
        match type:
            case Primitive():
                return _scalar(type.kind)
            case String():
                return "string"
            case Bytes() | Any():
                return "bytes"
            case EnumRef():
                return self._name(self.program.enum(type))
            case StructRef():
                return self._name(self.program.struct(type))
            case UnionRef():
                return self._name(self.program.union(type))
        raise ValueError(f"{type} has no proto type")

    def _name(self, decl) -> str:
        package = self.module.name
        return names.type_name(
            self.program, decl, package, self.message, self.nested, self.beside
        )


def _line(label: str, type: str, name: str, number: int, said: str = "") -> str:
    line = f"{label} {type} {name} = {number};".lstrip()
    return f"{line}  // {said}" if said else line


def _scalar(kind: PrimitiveKind) -> str:
    if not kind.is_integer:
        return kind.value
    bits = _WIDE.get(kind.bits, kind.bits)
    return f"uint{bits}" if kind.value.startswith("u") else f"int{bits}"


def _is_proto_key(key: Type) -> bool:
    return isinstance(key, String) or (isinstance(key, Primitive) and not key.kind.is_float)
