"""Types: from how they are written to what they are."""

from __future__ import annotations

from difflib import get_close_matches

from generator.ir.types import (
    Any,
    Array,
    Bytes,
    EnumRef,
    Handle,
    HandleKind,
    Map,
    Nullable,
    Pending,
    PendingKind,
    Primitive,
    PrimitiveKind,
    String,
    StructRef,
    Type,
    UnionRef,
    children,
)
from generator.ir.values import Opaque
from generator.sema import constants, constraints
from generator.sema.compilation import (
    Compilation,
    Symbol,
    Unit,
    field_groups,
    methods,
    walk,
)
from generator.sema.names import find, look_up
from generator.syntax import ast
from generator.syntax.types import MAX_TYPE_DEPTH

_BUILTIN: dict[str, Type] = {kind.value: Primitive(kind) for kind in PrimitiveKind}
_BUILTIN["string"] = String()
_TYPE_KINDS = ("enum", "struct", "union", "type", "interface")
_KEYS = (Primitive, String, EnumRef, StructRef, UnionRef, Opaque)
_MAX_ARRAY = 2**24


def resolve_types(compilation: Compilation) -> None:
    """Gives every field, parameter, answer, constant and alias its type."""
    evaluator = constants.Evaluator(compilation)
    resolver = Resolver(compilation, evaluator)
    for unit in compilation.units:
        for node in walk(unit.tree):
            symbol = compilation.scopes[node]
            if isinstance(node, ast.Alias):
                resolver.alias(symbol)
            for group in field_groups(node):
                for field in group:
                    resolver.type(unit, symbol, field.type)
            for method in methods(node):
                if method.response and method.response.ok:
                    resolver.type(unit, symbol, method.response.ok)
                    resolver.type(unit, symbol, method.response.err)


class Resolver:
    """Resolves type nodes and remembers what each one is."""

    def __init__(self, compilation: Compilation, evaluator: constants.Evaluator):
        self._compilation = compilation
        self._evaluator = evaluator
        self._open: list[Symbol] = []

    def type(self, unit: Unit, scope: Symbol | None, node: ast.TypeNode) -> Type | None:
        """The type that a node stands for; None when it was refused, now or before."""
        if isinstance(node, ast.NamedType):
            type = _BUILTIN.get(node.path) or self._named(unit, scope, node)
        else:
            type = self._composite(unit, scope, node)
        if type is not None:
            self._compilation.types[node] = type
        return type

    def alias(self, symbol: Symbol) -> Type | None:
        """The type behind a `type Name = ...`."""
        node = symbol.node.type
        known = self._compilation.types.get(node)
        if known is not None:
            return known
        refused = self._compilation.refused
        if symbol in refused:
            return None
        if symbol in self._open or len(self._open) >= MAX_TYPE_DEPTH:
            self._refuse_chain(symbol)
            refused.update(self._open)
            return None
        self._open.append(symbol)
        type = self.type(symbol.unit, symbol.parent, node)
        self._open.pop()
        if type is None:
            refused.add(symbol)
        return type

    def _refuse_chain(self, symbol: Symbol) -> None:
        circle = symbol in self._open
        first = symbol if circle else self._open[0]
        name = first.node.name
        self._compilation.report(
            "IPC0026" if circle else "IPC0014",
            first.unit.span(name),
            f"type `{name.text}` is defined through itself"
            if circle
            else f"type `{name.text}` is more than {MAX_TYPE_DEPTH} names away from what it is",
            help="write the type itself",
        )

    def _named(self, unit: Unit, scope: Symbol | None, node: ast.NamedType) -> Type | None:
        if node.path == "any" and not any(
            symbol.kind in _TYPE_KINDS for symbol in look_up(unit, scope, "any")
        ):
            return Any()
        symbol = find(self._compilation, unit, scope, node, node.path, _TYPE_KINDS, "a type")
        if symbol is None or isinstance(symbol, Opaque):
            return symbol
        name = symbol.full_name
        match symbol.kind:
            case "enum":
                return EnumRef(symbol.unit.path, name)
            case "struct":
                return StructRef(symbol.unit.path, name)
            case "union":
                return UnionRef(symbol.unit.path, name)
            case "type":
                return self.alias(symbol)
        self._compilation.report(
            "IPC0054",
            unit.span(node),
            f"`{node.path}` is an interface, which is not a value",
            help=f"write `pending_remote<{node.path}>` or `pending_receiver<{node.path}>`",
        )
        return None

    def _composite(self, unit: Unit, scope: Symbol | None, node: ast.TypeNode) -> Type | None:
        match node:
            case ast.ArrayType():
                type = self._array(unit, scope, node)
            case ast.MapType():
                type = self._map(unit, scope, node)
            case ast.NullableType():
                type = self._nullable(unit, scope, node)
            case ast.ConstrainedType():
                inner = self.type(unit, scope, node.inner)
                return inner and constraints.constrain(
                    self._compilation, self._evaluator, unit, scope, node, inner
                )
            case ast.HandleType():
                return self._handle(unit, node)
            case ast.PendingType():
                return self._pending(unit, scope, node)
            case _:
                return None
        if type is not None and _depth(type) > MAX_TYPE_DEPTH:
            self._compilation.report(
                "IPC0014",
                unit.span(node),
                f"this type is nested more than {MAX_TYPE_DEPTH} deep",
                help="give the inner part a name: a struct of its own",
            )
            return None
        return type

    def _array(self, unit: Unit, scope: Symbol | None, node: ast.ArrayType) -> Type | None:
        element = self.type(unit, scope, node.element)
        size = node.size.value if node.size else None
        if size is not None and not (isinstance(size, int) and 1 <= size <= _MAX_ARRAY):
            self._compilation.report(
                "IPC0042",
                unit.span(node.size),
                f"an array cannot have {unit.span(node.size).text} elements",
                help=f"sizes go from 1 to {_MAX_ARRAY}",
            )
            return None
        if element is None:
            return None
        return Bytes(size) if element == _BUILTIN["uint8"] else Array(element, size)

    def _map(self, unit: Unit, scope: Symbol | None, node: ast.MapType) -> Type | None:
        key = self.type(unit, scope, node.key)
        value = self.type(unit, scope, node.value)
        if key is not None and not isinstance(key, _KEYS):
            self._compilation.report(
                "IPC0040",
                unit.span(node.key),
                "this type cannot be a map's key",
                help="a key is a bool, a number, a string, an enum, a struct or a union",
            )
            return None
        return Map(key, value) if key is not None and value is not None else None

    def _nullable(self, unit: Unit, scope: Symbol | None, node: ast.NullableType) -> Type | None:
        inner = self.type(unit, scope, node.inner)
        if isinstance(inner, (Nullable, Any)):
            already = isinstance(inner, Nullable)
            self._compilation.report(
                "IPC0041",
                unit.span(node),
                "this type is already nullable" if already else "`any` has null among its values",
                help="remove the `?`",
            )
            return None
        return inner and Nullable(inner)

    def _handle(self, unit: Unit, node: ast.HandleType) -> Type | None:
        kinds = {kind.value: kind for kind in HandleKind}
        name = node.kind.text if node.kind else ""
        if name in kinds:
            return Handle(kinds[name])
        close = get_close_matches(name, kinds, 1)
        self._compilation.report(
            "IPC0053",
            unit.span(node.kind),
            f"there is no handle of kind `{name}`",
            help=f"did you mean `{close[0]}`?"
            if close
            else f"the kinds are {', '.join(kind for kind in kinds if kind)}",
        )
        return None

    def _pending(self, unit: Unit, scope: Symbol | None, node: ast.PendingType) -> Type | None:
        path = node.interface
        symbol = find(
            self._compilation, unit, scope, path, path.text, ("interface",), "an interface"
        )
        if isinstance(symbol, Opaque):
            return Opaque(f"{node.kind}<{path.text}>")
        if symbol is None:
            return None
        return Pending(PendingKind(node.kind), symbol.unit.path, symbol.full_name)


def _depth(type: Type) -> int:
    return 1 + max((_depth(inner) for inner in children(type)), default=0)
