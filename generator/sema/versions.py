"""What lets old and new programs understand each other: [MinVersion] and [Stable]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.ir.types import (
    EnumRef,
    Handle,
    Pending,
    StructRef,
    Type,
    UnionRef,
    children,
)
from generator.sema.compilation import (
    Compilation,
    Symbol,
    Unit,
    field_groups,
    has_flag,
    methods,
    number,
    walk,
)
from generator.sema.references import reference
from generator.source.diagnostic import Label
from generator.syntax import ast


def check_versions(compilation: Compilation) -> None:
    """Newer fields come later and can be absent."""
    for unit in compilation.units:
        for node in walk(unit.tree):
            if isinstance(node, ast.Union):
                continue
            for group in field_groups(node):
                _check_order(compilation, unit, group)
                for field in group:
                    if (number(field, "MinVersion") or 0) > 0:
                        _check_absence(compilation, unit, field)


def _check_order(compilation: Compilation, unit: Unit, fields: Sequence[ast.Field]) -> None:
    if any(field not in compilation.ordinals for field in fields):
        return
    before: ast.Field | None = None
    for field in sorted(fields, key=lambda field: compilation.ordinals[field]):
        version = number(field, "MinVersion") or 0
        last = (number(before, "MinVersion") or 0) if before else 0
        if before and version < last:
            compilation.report(
                "IPC0045",
                unit.span(field.name),
                f"`{field.name.text}` is of version {version} and follows one of version {last}",
                labels=(Label(unit.span(before.name), f"version {last}"),),
                help=f"write [MinVersion={last}] or more",
            )
            return
        before = field


def _check_absence(compilation: Compilation, unit: Unit, field: ast.Field) -> None:
    type = compilation.types.get(field.type)
    if type is None or field.default is not None:
        return
    needed = isinstance(type, (StructRef, UnionRef, Handle, Pending))
    if isinstance(type, EnumRef):
        enum = reference(compilation, type).node
        numbers = [compilation.values.get(value) for value in enum.values]
        needed = bool(enum.body) and all(
            value is not None and value.scalar.number != 0 for value in numbers
        )
    if needed:
        compilation.report(
            "IPC0046",
            unit.span(field.type),
            f"an older sender leaves `{field.name.text}` out, and it has to be there",
            help=f"write `{unit.span(field.type).text}?`",
        )


def check_stable(compilation: Compilation) -> None:
    """What is [Stable] uses only what is [Stable]."""
    for unit in compilation.units:
        for node in walk(unit.tree):
            if has_flag(node, "Stable"):
                for type_node in _type_nodes(node):
                    type = compilation.types.get(type_node)
                    if type is not None:
                        _check_uses(compilation, unit, node, type_node, type)


def _type_nodes(node: ast.Definition) -> Iterator[ast.TypeNode]:
    for group in field_groups(node):
        for field in group:
            yield field.type
    for method in methods(node):
        if method.response and method.response.ok:
            yield method.response.ok
            yield method.response.err


def _check_uses(
    compilation: Compilation, unit: Unit, node: ast.Definition, place: ast.TypeNode, type: Type
) -> None:
    if isinstance(type, (EnumRef, StructRef, UnionRef, Pending)):
        symbol: Symbol = reference(compilation, type)
        if not has_flag(symbol.node, "Stable"):
            compilation.report(
                "IPC0057",
                unit.span(place),
                f"`{node.name.text}` is stable and `{symbol.node.name.text}` is not",
                labels=(Label(symbol.unit.span(symbol.node.name), "declared here"),),
                help=f"put [Stable] before `{symbol.node.name.text}` too",
            )
    for inner in children(type):
        _check_uses(compilation, unit, node, place, inner)
