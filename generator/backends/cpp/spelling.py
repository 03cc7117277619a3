"""How types and constants of the IR are spelled in one module's C++."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.backends.cpp import literals, names
from generator.ir import (
    Any,
    Array,
    Bytes,
    Const,
    DefaultConstructed,
    Enum,
    EnumConstant,
    EnumRef,
    EnumValue,
    Field,
    Map,
    Module,
    Nullable,
    Primitive,
    PrimitiveKind,
    Program,
    String,
    Struct,
    StructRef,
    Type,
    Union,
    UnionRef,
    Value,
)

_PRIMITIVES = {
    PrimitiveKind.BOOL: "bool",
    PrimitiveKind.FLOAT: "float",
    PrimitiveKind.DOUBLE: "double",
}


@dataclass(frozen=True)
class Spelling:
    """Spells for code inside of the namespace of `module`.

    `scope` is the full name of the struct that the code stands in, or "": what is nested there
    needs no prefix. `members` are names of a class around the code: a type of the same name is
    hidden by them, and is spelled with its namespace. `types` are those of the module, which hide
    namespaces.
    """

    program: Program
    module: Module
    types: frozenset[str]
    scope: str = ""
    members: frozenset[str] = frozenset()

    @staticmethod
    def of(program: Program, module: Module) -> Spelling:
        types = (names.flat(decl.full_name, module.name) for decl in module.walk())
        return Spelling(program, module, frozenset(types))

    def inside(self, scope: str, members: Iterable[str] = ()) -> Spelling:
        return replace(self, scope=scope, members=frozenset(members))

    def type(self, type: Type) -> str:
        match type:
            case Primitive():
                return _PRIMITIVES.get(type.kind, f"{type.kind.value}_t")
            case String():
                return "std::string"
            case Bytes():
                return _sequence("uint8_t", type.size)
            case Array():
                return _sequence(self.type(type.element), type.size)
            case Map(key=StructRef() | UnionRef()):
                return f"std::map<{self.type(type.key)}, {self.type(type.value)}, ipc::KeyOrder>"
            case Map():
                return f"std::map<{self.type(type.key)}, {self.type(type.value)}>"
            case Nullable(inner=StructRef(boxed=True) | UnionRef(boxed=True)):
                return self.type(type.inner)
            case Nullable():
                return f"std::optional<{self.type(type.inner)}>"
            case EnumRef():
                return self.name(self.program.enum(type))
            case StructRef():
                return _boxed(self.name(self.program.struct(type)), type.boxed)
            case UnionRef():
                return _boxed(self.name(self.program.union(type)), type.boxed)
            case Any():
                return "ipc::Value"
        raise ValueError(f"{type} has no C++ type")

    def name(self, decl: Enum | Struct | Union) -> str:
        """A type's name; `Kind` in the struct that declares it, `Note_Kind` elsewhere."""
        if self.scope and decl.full_name == f"{self.scope}.{decl.name}":
            return names.identifier(decl.name)
        module = self.program.module(decl.module).name
        prefix, flat = self._prefix(module), names.flat(decl.full_name, module)
        if isinstance(decl, Union):
            flat = names.union_class(flat)
        return self.outside(flat) if not prefix and flat in self.members else prefix + flat

    def outside(self, name: str) -> str:
        """A name of this module, outside of any namespace.

        There the tables of the library look into its own namespace first, where classes are.
        """
        space = names.namespace(self.module.name)
        is_hidden = space[:1].isupper() or self._is_type(space.split("::")[0])
        return f"::{space}::{name}" if space and is_hidden else f"{space}::{name}"

    def initialiser(self, field: Field) -> str:
        """What a data member starts with, "" when its type's constructor says it."""
        if field.default is not None:
            return self.constant(field.default, field.type)
        match field.type:
            case Primitive(kind=PrimitiveKind.BOOL):
                return "false"
            case Primitive():
                return "0"
            case EnumRef():
                enum = self.program.enum(field.type)
                if not enum.values:
                    return "{}"
                return self._enumerator(enum, initial_value(enum))
            case Bytes(size=int()) | Array(size=int()):
                return "{}"
        return ""

    def constant(self, value: Value, type: Type) -> str:
        """The constant's name where one was written and can be seen from here, else its value."""
        visible = self._visible(value) if value.const_name else ""
        if visible and isinstance(value.scalar, str):  # whose constant is a std::string_view
            return f"std::string({visible})"
        return visible or self.literal(value, type)

    def literal(self, value: Value, type: Type) -> str:
        type = type.inner if isinstance(type, Nullable) else type
        match value.scalar:
            case bool():
                return "true" if value.scalar else "false"
            case int():
                return literals.integer(value.scalar)
            case float():
                return literals.floating(value.scalar, type.kind)
            case str():
                return literals.string(value.scalar, "std::string")
            case EnumConstant(module, name):
                enum = self.program.enum(EnumRef(module, name))
                chosen = next(one for one in enum.values if one.name == value.scalar.name)
                return self._enumerator(enum, chosen)
            case DefaultConstructed():
                return f"{self.type(type)}()"
        raise ValueError(f"{value} has no C++ literal")

    def _enumerator(self, enum: Enum, value: EnumValue) -> str:
        return f"{self.name(enum)}::{names.identifier(value.name)}"

    def _visible(self, value: Value) -> str:
        const: Const = self.program.const(value.const_module, value.const_name)
        module = self.program.module(const.module).name
        local = const.full_name.removeprefix(f"{module}.") if module else const.full_name
        if "." not in local:
            return self._prefix(module) + names.at_namespace(local, module)
        in_scope = const.full_name == f"{self.scope}.{const.name}"
        return names.identifier(const.name) if in_scope else ""

    def _prefix(self, module: str) -> str:
        """The namespace of another module, from the root where a nearer one would hide it."""
        if module == self.module.name:
            return ""
        target = names.namespace(module)
        own, first = self.module.name.split("."), module.partition(".")[0]
        nearer = (".".join((*own[:depth], first)) for depth in range(1, len(own) + 1))
        is_hidden = self._is_type(target.split("::")[0]) or any(
            near in self.program.packages for near in nearer
        )
        return f"::{target}::" if is_hidden else f"{target}::" if target else "::"

    def _is_type(self, name: str) -> bool:
        """Whether a name would mean a type of this module, or a member of the class around."""
        return name in self.types or name in self.members


def initial_value(enum: Enum) -> EnumValue:
    """What stands for nothing: the value of number 0, else the first one."""
    return next((value for value in enum.values if value.number == 0), enum.values[0])


def is_moved(type: Type) -> bool:
    """Whether a parameter of the type is worth a std::move."""
    type = type.inner if isinstance(type, Nullable) else type
    return not isinstance(type, Primitive | EnumRef)


def _sequence(element: str, size: int | None) -> str:
    return f"std::vector<{element}>" if size is None else f"std::array<{element}, {size}>"


def _boxed(name: str, boxed: bool) -> str:
    return f"ipc::Box<{name}>" if boxed else name
