"""What renderers send: data that a hostile one chooses, down to the last field.

The receivers of `send`, `invoke`, `sync`, `relay` and `host` take a renderer's parameters; main,
which asks by `ask`, takes a renderer's answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.ir.types import StructRef, Type, UnionRef, children
from generator.sema import Compilation
from generator.sema.compilation import Unit, attribute
from generator.sema.references import parts, reference
from generator.syntax import ast

_SENT = ("send", "invoke", "sync", "relay", "host")


@dataclass(frozen=True, slots=True)
class Input:
    """Something that a renderer sends: its field, None for a side of a result<>, and by what.

    `channel` is the first that carries it, `Notes.Save`. `limited`: every one that does bounds
    its messages by [MaxBytes].
    """

    unit: Unit
    field: ast.Field | None
    channel: str
    limited: bool

    @property
    def name(self) -> str:
        return f"`{self.field.name.text}`" if self.field else "the answer"


def renderer_input(compilation: Compilation) -> dict[ast.TypeNode, Input]:
    """Everything that renderers send, by its type as it is written."""
    found: dict[ast.TypeNode, Input] = {}
    channels = [
        (unit, f"{node.name.text}.{member.name.text}", member)
        for unit, node in compilation.definitions(ast.Channels)
        for member in node.members
    ]
    channels.sort(key=lambda channel: _limited(channel[2]))
    for unit, name, member in channels:
        waiting = [
            (type, Input(unit, field, name, _limited(member)))
            for type, field in _sent_directly(member)
        ]
        for type, sent in waiting:  # which grows
            if type not in found:
                found[type] = sent
                waiting += _held(compilation, type, sent)
    return found


def _limited(member: ast.Method) -> bool:
    """Whether [MaxBytes] bounds what the renderer sends; it says nothing of answers."""
    return attribute(member, "MaxBytes") is not None and member.verb.text != "ask"


def _sent_directly(member: ast.Method) -> Iterator[tuple[ast.TypeNode, ast.Field | None]]:
    answer = member.response if member.verb.text == "ask" else None
    fields = member.params if member.verb.text in _SENT else answer.params if answer else ()
    for field in fields:
        yield field.type, field
    if answer and answer.ok:
        yield answer.ok, None
        yield answer.err, None


def _held(
    compilation: Compilation, node: ast.TypeNode, sent: Input
) -> Iterator[tuple[ast.TypeNode, Input]]:
    """The fields of every struct and union that a type names."""
    type = compilation.types.get(node)
    for part in parts(type) if type else ():
        if isinstance(part, (StructRef, UnionRef)):
            symbol = reference(compilation, part)
            for field in symbol.node.fields:
                yield field.type, replace(sent, unit=symbol.unit, field=field)


def pieces(
    compilation: Compilation, node: ast.TypeNode
) -> Iterator[tuple[ast.TypeNode, Type]]:
    """A type and those it is made of, each with the place where it is written.

    What an alias stands for has the place of the alias's name.
    """
    type = compilation.types[node]
    inner = node.inner if isinstance(node, ast.ConstrainedType) else node
    match inner:
        case ast.NullableType():
            yield from pieces(compilation, inner.inner)
            return
        case ast.NamedType():
            yield node, type
            for part in children(type):
                yield from ((inner, deeper) for deeper in parts(part))
            return
    yield node, type
    match inner:
        case ast.ArrayType():
            yield from pieces(compilation, inner.element)
        case ast.MapType():
            yield from pieces(compilation, inner.key)
            yield from pieces(compilation, inner.value)
