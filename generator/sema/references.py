"""From references in types back to what they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ir.types import EnumRef, Pending, StructRef, Type, UnionRef, children
from generator.sema.compilation import Compilation, Symbol


def reference(compilation: Compilation, type: EnumRef | StructRef | UnionRef | Pending) -> Symbol:
    """The symbol of a named type."""
    name = type.interface if isinstance(type, Pending) else type.name
    return compilation.units_by_path[type.module].symbols[name]


def parts(type: Type) -> Iterator[Type]:
    """The type and every type it is made of, without looking into named ones."""
    yield type
    for inner in children(type):
        yield from parts(inner)
