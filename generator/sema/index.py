"""What every name in a file stands for: the facts behind definition, references, rename, hover.

Names are resolved by `look_up`, as in the passes: editors, lint and the compiler agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.ir.types import EnumRef, Nullable, PrimitiveKind, Type
from generator.sema.compilation import Compilation, Symbol, Unit, field_groups, methods, walk
from generator.sema.names import look_up
from generator.source.file import SourceFile
from generator.syntax import ast, tokenize
from generator.syntax.lexer import NAME

BUILTIN = (*(kind.value for kind in PrimitiveKind), "string")
TYPE_KINDS = ("enum", "struct", "union", "type", "interface")
VALUE_KINDS = ("const", "value")


@dataclass(eq=False, slots=True)
class Target:
    """What a name stands for.

    `kind` is that of a Symbol, or "field", "parameter", "call" (a channel or a method),
    "alias" (of an import), "module", "file" (that is imported), "attribute", "verb" or
    "builtin". `node` declares it, `name` is the part of it that gives the name. `symbol` is the
    symbol itself, of what is none the one that holds it.
    """

    kind: str
    unit: Unit
    node: object
    name: ast.Name | ast.Path | ast.Literal | ast.NamedType
    symbol: Symbol | None = None

    @property
    def key(self) -> tuple[str, str, int]:
        """Equal for the same declaration in any snapshot of the same text."""
        kind = self.kind if self.kind in ("module", "file") else ""
        return self.unit.source.disk_path, kind, self.name.start


@dataclass(eq=False, slots=True)
class Occurrence:
    """A place that names a target; `declares`: the place that gives the name."""

    start: int
    end: int
    target: Target
    declares: bool = False


def occurrences(compilation: Compilation, unit: Unit) -> list[Occurrence]:
    """Every name in a file that stands for something, in the order of the text."""
    indexer = _Indexer(compilation, unit)
    indexer.file()
    return sorted(indexer.found, key=lambda occurrence: (occurrence.start, occurrence.end))


def symbol_target(symbol: Symbol) -> Target:
    return Target(symbol.kind, symbol.unit, symbol.node, symbol.node.name, symbol)


class _Indexer:
    """Walks the tree of one file."""

    def __init__(self, compilation: Compilation, unit: Unit):
        self._compilation = compilation
        self._unit = unit
        self.found: list[Occurrence] = []

    def file(self) -> None:
        tree = self._unit.tree
        if tree.module:
            target = Target("module", self._unit, tree.module, tree.module.name)
            self._add(tree.module.name, target, declares=True)
            self._attributes(tree.module.attributes, None)
        for statement in tree.imports:
            self._import(statement)
        for node in walk(tree):
            self._definition(node)

    def _add(
        self, name: ast.Name | ast.Path | ast.Literal, target: Target, declares: bool = False
    ) -> None:
        self.found.append(Occurrence(name.start, name.end, target, declares))

    def _declare(self, kind: str, node: ast.Field | ast.Method, owner: Symbol) -> None:
        self._add(node.name, Target(kind, self._unit, node, node.name, owner), declares=True)

    def _import(self, statement: ast.Import) -> None:
        self._attributes(statement.attributes, None)
        imported = self._compilation.units_by_path.get(str(statement.path.value))
        if imported:
            top = ast.Path("", 0, 0)
            self._add(statement.path, Target("file", imported, imported.tree, top))
        if statement.alias:
            target = Target("alias", self._unit, statement, statement.alias)
            self._add(statement.alias, target, declares=True)

    def _definition(self, node: ast.Definition) -> None:
        symbol = self._compilation.scopes[node]
        self._add(node.name, symbol_target(symbol), declares=True)
        self._attributes(node.attributes, symbol)
        match node:
            case ast.Const():
                self._type(node.type, symbol.parent)
                self._value(node.value, symbol.parent, self._compilation.types.get(node.type))
            case ast.Alias():
                self._type(node.type, symbol.parent)
            case ast.Enum():
                for value in node.values:
                    self._enum_value(value, symbol)
        for group in field_groups(node):
            kind = "field" if isinstance(node, (ast.Struct, ast.Union)) else "parameter"
            for field in group:
                self._field(kind, field, symbol)
        for method in methods(node):
            self._method(method, symbol)

    def _enum_value(self, node: ast.EnumValue, enum: Symbol) -> None:
        symbol = self._compilation.scopes[node]
        self._add(node.name, symbol_target(symbol), declares=True)
        self._attributes(node.attributes, enum)
        if node.value is not None:
            self._value(node.value, enum, None)

    def _field(self, kind: str, node: ast.Field, owner: Symbol) -> None:
        self._declare(kind, node, owner)
        self._attributes(node.attributes, owner)
        self._type(node.type, owner)
        if node.default is not None:
            self._value(node.default, owner, self._compilation.types.get(node.type))

    def _method(self, node: ast.Method, owner: Symbol) -> None:
        self._declare("call", node, owner)
        self._attributes(node.attributes, owner)
        if node.verb:
            self._add(node.verb, Target("verb", self._unit, node, node.verb, owner))
        if node.response and node.response.ok:
            self._type(node.response.ok, owner)
            self._type(node.response.err, owner)

    def _attributes(self, attributes: tuple[ast.Attribute, ...], scope: Symbol | None) -> None:
        for attribute in attributes:
            target = Target("attribute", self._unit, attribute, attribute.name)
            self._add(attribute.name, target)
            if isinstance(attribute.value, ast.Path):
                self._path(attribute.value, attribute.value.text, scope, ("value", "feature"))

    def _type(self, node: ast.TypeNode, scope: Symbol | None) -> None:
        match node:
            case ast.NamedType():
                if node.path in BUILTIN:
                    self._builtin(node)
                elif not self._path(node, node.path, scope, TYPE_KINDS) and node.path == "any":
                    self._builtin(node)
            case ast.PendingType():
                self._path(node.interface, node.interface.text, scope, ("interface",))
            case ast.ArrayType():
                self._type(node.element, scope)
            case ast.MapType():
                self._type(node.key, scope)
                self._type(node.value, scope)
            case ast.NullableType():
                self._type(node.inner, scope)
            case ast.ConstrainedType():
                self._type(node.inner, scope)
                for constraint in node.constraints:
                    self._value(constraint.value, scope, None)

    def _builtin(self, node: ast.NamedType) -> None:
        self._add(node, Target("builtin", self._unit, node, node))

    def _value(self, node: ast.Constant, scope: Symbol | None, type: Type | None) -> None:
        """A name that stands for a value; one of an enum may go without the enum's name."""
        if not isinstance(node, ast.Path):
            return
        if isinstance(type, Nullable):
            type = type.inner
        if isinstance(type, EnumRef) and "." not in node.text:
            enum = self._compilation.units_by_path[type.module].symbols[type.name]
            inside = enum.unit.symbols.get(f"{enum.full_name}.{node.text}")
            if inside:
                self._add(node, symbol_target(inside))
                return
        self._path(node, node.text, scope, VALUE_KINDS)

    def _path(
        self,
        node: ast.NamedType | ast.Path,
        text: str,
        scope: Symbol | None,
        wanted: tuple[str, ...],
    ) -> bool:
        """Each name of a dotted path: the symbol, what it is nested in, an alias, a module."""
        candidates = look_up(self._unit, scope, text)
        symbol = next((found for found in candidates if found.kind in wanted), None)
        if symbol is None:
            return False
        target_unit, rest = symbol.unit, list(self._parts(node))
        around: Symbol | None = symbol
        while around and rest and rest[-1].text == around.node.name.text:
            self._add(rest.pop(), symbol_target(around))
            around = around.parent
        if not rest:
            return True
        prefix = ast.Path(".".join(name.text for name in rest), rest[0].start, rest[-1].end)
        for link in self._unit.links:
            if link.alias and link.alias == prefix.text and link.unit is target_unit:
                self._add(prefix, Target("alias", self._unit, link.node, link.node.alias))
                return True
        if target_unit.tree.module:
            module = target_unit.tree.module
            self._add(prefix, Target("module", target_unit, module, module.name))
        return True

    def _parts(self, node: ast.NamedType | ast.Path) -> Iterator[ast.Name]:
        """The names that dots join, each with its place; comments may stand between them."""
        tokens = tokenize(SourceFile("", self._unit.source.text[node.start : node.end]))
        for kind, text, at in zip(tokens.kinds, tokens.texts, tokens.starts):
            if kind == NAME:
                yield ast.Name(text, node.start + at, node.start + at + len(text))
