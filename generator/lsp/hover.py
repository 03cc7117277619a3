"""What is shown about the name under the cursor: how it is declared, its docs, what travels."""

from __future__ import annotations

import textwrap

from generator.lsp.snapshot import Snapshot
from generator.lsp.wire import VERBS, facts
from generator.sema.attributes import ATTRIBUTES
from generator.sema.compilation import Unit
from generator.sema.index import Target
from generator.syntax import ast

_BUILTIN = {
    "bool": "true or false",
    "float": "a floating point number of 32 bits",
    "double": "a floating point number of 64 bits",
    "string": "UTF-8 text; `(min_bytes, max_bytes, pattern)` bound it",
    "any": "JSON of any shape; `(min_bytes, max_bytes)` bound it",
}


def hover(snapshot: Snapshot, unit: Unit, offset: int) -> dict | None:
    """The answer for an offset, None where nothing is named."""
    found = snapshot.at(unit, offset)
    if found is None:
        return None
    return {
        "contents": {"kind": "markdown", "value": about(snapshot, found.target)},
        "range": snapshot.lines(unit.source).range(found.start, found.end),
    }


def about(snapshot: Snapshot, target: Target) -> str:
    """Markdown."""
    match target.kind:
        case "attribute":
            return _attribute(target.name.text)
        case "verb":
            return f"`{target.name.text}`: {VERBS[target.name.text]}"
        case "builtin":
            return f"`{target.name.path}`: {_builtin(target.name.path)}"
        case "file":
            return _file(target.unit)
        case "alias":
            return f'```ipc\nimport "{target.node.path.value}" as {target.node.alias.text};\n```'
        case "module":
            docs = target.node.docs
            return f"```ipc\nmodule {target.node.name.text};\n```" + (f"\n\n{docs}" if docs else "")
    parts = [f"```ipc\n{_declaration(target)}\n```"]
    if target.node.docs:
        parts.append(target.node.docs)
    lines = [f"- {fact}" for fact in facts(snapshot, target)]
    where = _where(target)
    parts.append("\n".join([*lines, f"- {where}"] if where else lines))
    return "\n\n".join(part for part in parts if part)


def _declaration(target: Target) -> str:
    """A declaration as written, without its attributes, and without its body."""
    node, text = target.node, target.unit.source.text
    match node:
        case ast.Field():
            return text[node.type.start : node.end].rstrip(";, \n")
        case ast.Method():
            first = node.verb or node.name
            return textwrap.dedent(" " * _column(text, first.start) + text[first.start : node.end])
        case ast.EnumValue():
            return text[node.name.start : node.end]
        case ast.Const():
            return f"const {text[node.type.start : node.end]}"
        case ast.Alias():
            return f"type {text[node.name.start : node.end]}"
    return f"{target.kind} {target.symbol.full_name}"


def _column(text: str, offset: int) -> int:
    return offset - (text.rfind("\n", 0, offset) + 1)


def _where(target: Target) -> str:
    """What holds a declaration, and the file."""
    holder = target.symbol
    if holder is not None and holder.node is target.node:
        holder = holder.parent
    inside = f"{holder.kind} `{holder.full_name}`, " if holder else ""
    return f"in {inside}{target.unit.path}"


def _attribute(name: str) -> str:
    if name not in ATTRIBUTES:
        return f"`{name}`: not an attribute"
    targets, takes = ATTRIBUTES[name]
    return f"`[{name}]` takes {takes}; it belongs on: {', '.join(targets.split())}"


def _builtin(name: str) -> str:
    if name in _BUILTIN:
        return _BUILTIN[name]
    signed = "an unsigned" if name.startswith("u") else "a signed"
    return f"{signed} integer of {name.lstrip('uint')} bits; `(min, max)` bound it"


def _file(unit: Unit) -> str:
    docs = unit.tree.module.docs if unit.tree.module else ""
    head = f"`{unit.path}`" + (f", module `{unit.module}`" if unit.module else "")
    return f"{head}\n\n{docs}" if docs else head
