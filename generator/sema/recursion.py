"""Types that contain themselves: warned of where that never ends, else held by pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from generator.ir.types import Array, Map, Nullable, StructRef, Type, UnionRef
from generator.sema.compilation import Compilation, Symbol
from generator.sema.graph import strongly_connected
from generator.sema.references import reference
from generator.source.diagnostic import Label
from generator.syntax import ast


def break_recursion(compilation: Compilation) -> None:
    """Marks the references through which a type would hold itself by value."""
    holders = [
        compilation.scopes[node]
        for kind in (ast.Struct, ast.Union)
        for _, node in compilation.definitions(kind)
    ]
    groups = strongly_connected(holders, lambda symbol: held(compilation, symbol, by_value))
    for group in groups:
        circle = set(group)
        for symbol in group:
            for field in symbol.node.fields:
                type = compilation.types.get(field.type)
                if type is not None:
                    compilation.types[field.type] = _box(compilation, type, circle)
                    _check_default(compilation, symbol, field)
    _refuse_endless(compilation, holders)


def by_value(type: Type) -> Iterable[Type]:
    """The types that a C++ value of a type holds inside of itself."""
    yield type
    if isinstance(type, Nullable) or (isinstance(type, Array) and type.size is not None):
        yield from by_value(type.inner if isinstance(type, Nullable) else type.element)


def _always(type: Type) -> Iterable[Type]:
    """The types of which every value of a type needs a value."""
    yield type
    match type:
        case Array() if type.size or type.constraints.min:
            yield from _always(type.element)
        case Map() if type.constraints.min:
            yield from _always(type.key)
            yield from _always(type.value)


def held(
    compilation: Compilation, symbol: Symbol, inside: Callable[[Type], Iterable[Type]]
) -> list[Symbol]:
    found: list[Symbol] = []
    for field in symbol.node.fields:
        type = compilation.types.get(field.type)
        for part in inside(type) if type is not None else ():
            if isinstance(part, (StructRef, UnionRef)):
                found.append(reference(compilation, part))
    return found


def _box(compilation: Compilation, type: Type, circle: set[Symbol]) -> Type:
    match type:
        case StructRef() | UnionRef():
            return replace(type, boxed=reference(compilation, type) in circle)
        case Nullable():
            return Nullable(_box(compilation, type.inner, circle))
        case Array() if type.size is not None:
            return replace(type, element=_box(compilation, type.element, circle))
        case _:
            return type


def _check_default(compilation: Compilation, symbol: Symbol, field: ast.Field) -> None:
    """What may hold itself by way of a `?` has no default: each would begin with another one."""
    type = compilation.types[field.type]
    inner = type.inner if isinstance(type, Nullable) else None
    if field.default is not None and isinstance(inner, StructRef) and inner.boxed:
        compilation.report(
            "IPC0066",
            symbol.unit.span(field.default),
            f"a `{symbol.node.name.text}` would begin with another `{inner.name.split('.')[-1]}`",
            labels=(Label(symbol.unit.span(field.type), "these hold each other"),),
            help="remove the default: the field begins with null",
        )


def _refuse_endless(compilation: Compilation, holders: list[Symbol]) -> None:
    """A struct is endless when a field needs an endless one; a union when every field does."""
    finite: set[Symbol] = set()
    users: dict[Symbol, list[Symbol]] = {}
    for symbol in holders:
        for needed in held(compilation, symbol, _always):
            users.setdefault(needed, []).append(symbol)
    waiting = list(holders)
    while waiting:
        symbol = waiting.pop()
        if symbol not in finite and _is_finite(compilation, symbol, finite):
            finite.add(symbol)
            waiting += users.get(symbol, ())
    endless = [symbol for symbol in holders if symbol not in finite]
    groups = strongly_connected(
        endless,
        lambda symbol: [
            other for other in held(compilation, symbol, _always) if other not in finite
        ],
    )
    for group in groups:
        first = min(group, key=lambda symbol: (symbol.unit.path, symbol.node.name.start))
        others = [symbol for symbol in group if symbol is not first]
        compilation.warn(
            "IPC0056",
            first.unit.span(first.node.name),
            f"every `{first.node.name.text}` holds another one, without end",
            labels=tuple(
                Label(other.unit.span(other.node.name), "by way of this") for other in others
            ),
            help="make one of the fields nullable with `?`",
        )


def _is_finite(compilation: Compilation, symbol: Symbol, finite: set[Symbol]) -> bool:
    fine = []
    for field in symbol.node.fields:
        type = compilation.types.get(field.type)
        needed = [
            reference(compilation, part)
            for part in (_always(type) if type is not None else ())
            if isinstance(part, (StructRef, UnionRef))
        ]
        fine.append(all(other in finite for other in needed))
    if symbol.kind == "union":
        return any(fine) or not fine
    return all(fine)
