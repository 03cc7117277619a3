"""The outline of a file."""

from __future__ import annotations

from collections.abc import Iterator

from generator.lsp.snapshot import Snapshot
from generator.sema.compilation import Unit
from generator.syntax import ast

# SymbolKind of LSP: Module 2, Class 5, Method 6, Property 7, Field 8, Enum 10, Interface 11,
# Constant 14, EnumMember 22, Struct 23, Event 24, TypeParameter 26.
_KINDS = {
    ast.Const: 14,
    ast.Enum: 10,
    ast.EnumValue: 22,
    ast.Struct: 23,
    ast.Union: 23,
    ast.Field: 8,
    ast.Interface: 11,
    ast.Method: 6,
    ast.Channels: 5,
    ast.Feature: 2,
    ast.Alias: 26,
}
_MEMBERS = ("consts", "enums", "structs", "fields", "values", "methods", "members")


def document_symbols(snapshot: Snapshot, unit: Unit) -> list[dict]:
    """Declarations in the order of the file, each with those inside of it."""
    return [_symbol(snapshot, unit, node) for node in unit.tree.definitions]


def _symbol(snapshot: Snapshot, unit: Unit, node: ast.Definition | ast.Field | ast.Method) -> dict:
    lines = snapshot.lines(unit.source)
    children = sorted(_inside(node), key=lambda inner: inner.start)
    return {
        "name": node.name.text,
        "detail": _detail(unit, node),
        "kind": _KINDS[type(node)],
        "range": lines.range(node.start, node.end),
        "selectionRange": lines.range(node.name.start, node.name.end),
        "children": [_symbol(snapshot, unit, inner) for inner in children],
    }


def _inside(node: ast.Definition | ast.Field | ast.Method) -> Iterator:
    for group in _MEMBERS:
        yield from getattr(node, group, ())


def _detail(unit: Unit, node: ast.Definition | ast.Field | ast.Method) -> str:
    match node:
        case ast.Field() | ast.Const() | ast.Alias():
            return unit.span(node.type).text
        case ast.Method():
            return node.verb.text if node.verb else "method"
        case ast.EnumValue():
            return unit.span(node.value).text if node.value is not None else ""
    return type(node).__name__.lower()
