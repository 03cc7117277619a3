"""What travels for a declaration, in a few words each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.backends.ipc_text import Writer, plain
from generator.ir.calls import ASK_DEADLINE_MS, Verb
from generator.ir.digest import channels_digest
from generator.ir.types import (
    Any,
    Array,
    Bytes,
    EnumRef,
    Handle,
    Map,
    Nullable,
    Pending,
    Primitive,
    PrimitiveKind,
    String,
    StructRef,
    Type,
    UnionRef,
)
from generator.ir.values import EnumConstant
from generator.lsp.snapshot import Snapshot
from generator.sema.calls import channel_prefix
from generator.sema.compilation import Compilation, Unit, has_flag, number
from generator.sema.index import Target
from generator.sema.ordinals import field_number
from generator.syntax import ast

VERBS = {
    "send": "renderer → main, not answered (`ipcRenderer.send` → `ipcMain.on`)",
    "invoke": "renderer → main, answered (`ipcRenderer.invoke` → `ipcMain.handle`)",
    "sync": "renderer → main, the caller blocks (`ipcRenderer.sendSync` → `event.returnValue`)",
    "emit": "main → renderer, not answered (`webContents.send` → `ipcRenderer.on`)",
    "ask": "main → renderer, answered (`webContents.invoke` → `ipcRenderer.handle`)",
    "relay": "renderer → renderer, through main (`ipcRenderer.sendTo` → `ipcRenderer.on`)",
    "host": "guest → its embedder (`ipcRenderer.sendToHost` → `ipc-message`)",
}


@dataclass(frozen=True)
class _Modules:
    """As much of a program as the writer of types asks for, of files that may have errors."""

    compilation: Compilation

    def module(self, path: str) -> _Module:
        return _Module(self.compilation.units_by_path[path].module)


@dataclass(frozen=True)
class _Module:
    name: str


def type_text(snapshot: Snapshot, unit: Unit, type: Type) -> str:
    """A resolved type, as it would be written in a file."""
    return plain(Writer(_Modules(snapshot.compilation), _Module(unit.module)).type(type))


def facts(snapshot: Snapshot, target: Target) -> Iterator[str]:
    """Markdown, a line each."""
    compilation = snapshot.compilation
    match target.kind:
        case "field" | "parameter":
            yield from _field(snapshot, target.unit, target.node)
        case "call":
            yield from _call(compilation, target)
        case "channels":
            yield from _channels(snapshot, target)
        case "struct":
            count = len(target.node.fields)
            yield f"a message with {count} field{'' if count == 1 else 's'}"
        case "union":
            yield f"a message with one of {len(target.node.fields)} fields set"
            yield _unknown(target.node, target.node.fields)
        case "enum":
            yield "a varint"
            yield _unknown(target.node, target.node.values)
        case "value" | "const":
            yield from _value(compilation, target)
        case "type":
            type = compilation.types.get(target.node.type)
            if type is not None:
                yield f"stands for `{type_text(snapshot, target.unit, type)}`"
                yield f"on the wire {encoding(type)}"
    if has_flag(target.node, "Stable") if hasattr(target.node, "attributes") else False:
        yield "stable: old and new versions understand each other"


def encoding(type: Type) -> str:
    """How a value of the type is written."""
    match type:
        case Nullable(inner=Array() | Map() as inner):
            return f"{encoding(inner)}, in an optional wrapper message"
        case Nullable():
            return f"{encoding(type.inner)}, left out when null"
        case Primitive(kind=PrimitiveKind.FLOAT):
            return "4 bytes"
        case Primitive(kind=PrimitiveKind.DOUBLE):
            return "8 bytes"
        case Primitive() | EnumRef():
            return "a varint"
        case String():
            return "UTF-8 text with its length"
        case Bytes():
            return "bytes with their length"
        case Any():
            return "JSON text with its length"
        case Array(element=Primitive() | EnumRef()):
            return f"packed, each {encoding(type.element)}"
        case Array():
            return "a repeated field"
        case Map():
            return "an entry message a key"
        case StructRef() | UnionRef():
            return "a message with its length"
        case Handle() | Pending():
            return "nothing: messages carry no handles"


def _field(snapshot: Snapshot, unit: Unit, node: ast.Field) -> Iterator[str]:
    compilation = snapshot.compilation
    type = compilation.types.get(node.type)
    if type is not None:
        resolved = type_text(snapshot, unit, type)
        if resolved != unit.span(node.type).text:
            yield f"type `{resolved}`"
    ordinal = compilation.ordinals.get(node)
    if ordinal is not None and not node.variadic:
        written = f", {encoding(type)}" if type is not None else ""
        yield f"field number {field_number(ordinal)} (ordinal @{ordinal}){written}"
    version = number(node, "MinVersion")
    if version is not None:
        yield f"since version {version}"


def _call(compilation: Compilation, target: Target) -> Iterator[str]:
    node = target.node
    name = compilation.wire_names.get(node)
    if name is not None:
        yield f"channel `{name}`"
    if node.verb:
        yield VERBS[node.verb.text]
    is_ask = node.verb is not None and node.verb.text == Verb.ASK.value
    deadline = number(node, "DeadlineMs") or (ASK_DEADLINE_MS if is_ask else None)
    if deadline is not None:
        yield f"answered within {deadline} ms, or the caller gets an error"
    most = number(node, "MaxBytes")
    if most is not None:
        yield f"the parameters have at most {most} bytes"


def _channels(snapshot: Snapshot, target: Target) -> Iterator[str]:
    yield f"prefix `{channel_prefix(target.unit, target.node)}`"
    if snapshot.program:
        for channels in snapshot.program.module(target.unit.path).channels:
            if channels.full_name == target.symbol.full_name:
                yield f"digest `{channels_digest(snapshot.program, channels):016x}`"


def _unknown(
    node: ast.Enum | ast.Union, items: tuple[ast.EnumValue, ...] | tuple[ast.Field, ...]
) -> str:
    """What becomes of what a receiver does not know."""
    if not has_flag(node, "Extensible"):
        return "an unknown one is refused"
    default = next((item.name.text for item in items if has_flag(item, "Default")), None)
    return f"an unknown one becomes `{default}`" if default else "an unknown one is kept"


def _value(compilation: Compilation, target: Target) -> Iterator[str]:
    value = compilation.values.get(target.node)
    if value is None:
        return
    scalar = value.scalar
    if isinstance(scalar, EnumConstant):
        yield f"number {scalar.number}"
    elif value.const_name:
        yield f"value `{scalar}`, from `{value.const_name}`"
