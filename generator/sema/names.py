"""Declares names and finds what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.ir.types import PrimitiveKind
from generator.ir.values import Opaque
from generator.sema.compilation import Compilation, Symbol, Unit, inner_definitions, methods
from generator.sema.suggestions import suggest
from generator.source.diagnostic import Label
from generator.syntax import ast

_KINDS = {
    ast.Const: "const",
    ast.Enum: "enum",
    ast.Struct: "struct",
    ast.Union: "union",
    ast.Interface: "interface",
    ast.Channels: "channels",
    ast.Feature: "feature",
    ast.Alias: "type",
}
# How messages call a symbol of a kind.
KIND_WORDS = {
    "const": "a constant",
    "enum": "an enum",
    "value": "an enum's value",
    "struct": "a struct",
    "union": "a union",
    "interface": "an interface",
    "channels": "channels",
    "feature": "a feature",
    "type": "a type",
}


_TYPES = ("enum", "struct", "union", "interface", "type")
# Types that no declaration can hide: what has such a name could not be referred to. `any` is one
# only where nothing is called that.
_BUILTIN = frozenset((*(kind.value for kind in PrimitiveKind), "string", "handle"))


# What to write where something of another kind was named.
_WAYS_OUT = {
    "a type": "write one of the language's types, or a struct, union or enum",
    "a value": "write a literal, a constant or an enum's value",
    "an interface": "write the name of an interface",
    "an enum's value": "write the full name of an enum's value",
    "a feature": "write the name of a feature",
}


def declare_names(compilation: Compilation) -> None:
    """Enters every declared name into its scope and refuses those declared twice."""
    for unit in compilation.units:
        seen: dict[str, ast.Name] = {}
        for node in unit.tree.definitions:
            _check_unique(compilation, unit, seen, [node.name])
            _declare(compilation, unit, node, None)
        _check_aliases(compilation, unit, seen)
    for unit in compilation.units:
        _check_across_files(compilation, unit)


def _declare(
    compilation: Compilation, unit: Unit, node: ast.Definition, parent: Symbol | None
) -> None:
    scope = parent.full_name if parent else unit.module
    symbol = Symbol(_KINDS[type(node)], node, _join(scope, node.name.text), unit, parent)
    unit.symbols.setdefault(symbol.full_name, symbol)
    compilation.scopes[node] = symbol
    if symbol.kind in _TYPES and node.name.text in _BUILTIN:
        compilation.report(
            "IPC0063",
            unit.span(node.name),
            f"`{node.name.text}` is the name of a built-in type",
            help="choose another name: this type could not be referred to",
        )
    if isinstance(node, ast.Enum):
        for value in node.values:
            full_name = _join(symbol.full_name, value.name.text)
            entry = Symbol("value", value, full_name, unit, symbol)
            unit.symbols.setdefault(full_name, entry)
            compilation.scopes[value] = entry
    for inner in _directly_inside(node):
        _declare(compilation, unit, inner, symbol)
    _check_unique(compilation, unit, {}, _names_inside(node))
    for method in methods(node):
        _check_unique(compilation, unit, {}, (param.name for param in method.params))
        if method.response:
            _check_unique(compilation, unit, {}, (param.name for param in method.response.params))


def _directly_inside(node: ast.Definition) -> Iterator[ast.Definition]:
    inner = list(inner_definitions(node))
    deeper = {id(item) for outer in inner for item in inner_definitions(outer)}
    return (item for item in inner if id(item) not in deeper)


def _names_inside(node: ast.Definition) -> list[ast.Name]:
    """Names that share the scope which a definition opens, in the order of the file."""
    names = [inner.name for inner in _directly_inside(node)]
    names += [method.name for method in methods(node)]
    if isinstance(node, (ast.Struct, ast.Union)):
        names += [field.name for field in node.fields]
    if isinstance(node, ast.Enum):
        names += [value.name for value in node.values]
    return sorted(names, key=lambda name: name.start)


def _check_unique(
    compilation: Compilation, unit: Unit, seen: dict[str, ast.Name], names: Iterable[ast.Name]
) -> None:
    for name in names:
        first = seen.setdefault(name.text, name)
        if first is not name:
            compilation.report(
                "IPC0023",
                unit.span(name),
                f"`{name.text}` is declared already",
                note="declared again here",
                labels=(Label(unit.span(first), "first declared here"),),
                help="rename one of them",
            )


def _check_aliases(compilation: Compilation, unit: Unit, seen: dict[str, ast.Name]) -> None:
    for link in unit.links:
        name = link.node.alias
        if name and name.text in seen:
            compilation.report(
                "IPC0022",
                unit.span(name),
                f"`{name.text}` is declared in this file too",
                labels=(Label(unit.span(seen[name.text]), "declared here"),),
                help="choose another name",
            )


def _check_across_files(compilation: Compilation, unit: Unit) -> None:
    """A full name is declared by one of the files that are used together."""
    if not unit.links:
        return
    owners = {unit.module: [unit]}
    for link in unit.links:
        sharing = owners.setdefault(link.unit.module, [])
        if link.unit not in sharing:
            sharing.append(link.unit)
    for sharing in owners.values():
        for at, later in enumerate(sharing):
            for other in sharing[:at]:
                for name in later.symbols.keys() & other.symbols.keys():
                    if later.symbols[name].parent is None:
                        _refuse_shared(compilation, unit, later.symbols[name], other.symbols[name])


def _refuse_shared(compilation: Compilation, unit: Unit, one: Symbol, two: Symbol) -> None:
    here, there = (two, one) if one.unit is not unit else (one, two)
    compilation.report(
        "IPC0023",
        here.unit.span(here.node.name),
        f"`{here.full_name}` is declared in two files that are used together",
        labels=(Label(there.unit.span(there.node.name), "declared here too"),),
        help="rename one of them, or give the files different modules",
    )


def _join(scope: str, name: str) -> str:
    return f"{scope}.{name}" if scope else name


def look_up(unit: Unit, scope: Symbol | None, path: str) -> Iterator[Symbol]:
    """Everything that a path can mean at a place, innermost first."""
    for other, full_name in _meanings(unit, scope, path):
        found = other.symbols.get(full_name)
        if found:
            yield found


def _meanings(unit: Unit, scope: Symbol | None, path: str) -> Iterator[tuple[Unit, str]]:
    """The full names that a path may abbreviate at a place, each with the file to look in."""
    around = scope
    while around is not None:
        yield unit, f"{around.full_name}.{path}"
        around = around.parent
    first, _, rest = path.partition(".")
    if rest:
        for link in unit.links:
            if link.alias == first:
                yield link.unit, _join(link.unit.module, rest)
    for name in (_join(unit.module, path), path):
        yield unit, name
        for link in unit.links:
            if not link.alias:
                yield link.unit, name


def find(
    compilation: Compilation,
    unit: Unit,
    scope: Symbol | None,
    node: ast.NamedType | ast.Path,
    path: str,
    wanted: tuple[str, ...],
    what: str,
) -> Symbol | Opaque | None:
    """The symbol of a wanted kind that a path stands for; reports when there is none."""
    others = []
    for symbol in look_up(unit, scope, path):
        if symbol.kind in wanted:
            return symbol
        others.append(symbol)
    if others:
        other = others[0]
        compilation.report(
            "IPC0025",
            unit.span(node),
            f"`{path}` is {KIND_WORDS[other.kind]}, not {what}",
            labels=(Label(other.unit.span(other.node.name), "declared here"),),
            help=_WAYS_OUT[what],
        )
        return None
    ruled_out = _ruled_out(unit, scope, path)
    if compilation.opaque_imports and (unit.incomplete or ruled_out):
        return Opaque(path)
    if ruled_out:
        _refuse_ruled_out(compilation, unit, node, path, *ruled_out)
    elif not _excused(unit, path):
        compilation.report(
            "IPC0024",
            unit.span(node),
            f"nothing here is called `{path}`",
            help=suggest(compilation, unit, scope, path, wanted),
        )
    return None


def _ruled_out(
    unit: Unit, scope: Symbol | None, path: str
) -> tuple[Unit, ast.Attribute] | None:
    """The condition that keeps a name, or what it stands in, out of this build."""
    for other, name in _meanings(unit, scope, path):
        while name and other.dropped:
            if name in other.dropped:
                return other, other.dropped[name]
            name = name.rpartition(".")[0]
    return None


def _refuse_ruled_out(
    compilation: Compilation,
    unit: Unit,
    node: ast.NamedType | ast.Path,
    path: str,
    other: Unit,
    condition: ast.Attribute,
) -> None:
    compilation.report(
        "IPC0062",
        unit.span(node),
        f"`{path}` is not part of this build",
        labels=(Label(other.span(condition), "it exists on this condition only"),),
        help="give what uses it the same condition, or choose other features with --enable",
    )


def _excused(unit: Unit, path: str) -> bool:
    """Whether a name may be missing only because of a mistake that is already reported."""
    if unit.incomplete or "::" in path:
        return True
    parts = set(path.split("."))
    for other in (unit, *(link.unit for link in unit.links)):
        if parts & other.tree.broken:
            return True
        for symbol in other.symbols.values():
            holder = symbol.node.name.text in parts and not isinstance(symbol.node, ast.EnumValue)
            if holder and other.damaged(symbol.node):
                return True
    return False
