"""Constraints as rows of C++: `OnField<1>(MaxBytes(120))`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.backends.comments import Lines
from generator.backends.cpp import literals
from generator.ir import Any, Array, Bytes, Field, Map, Nullable, Primitive, String, Type
from generator.ir.patterns import to_re2

_INDENT = " " * 6


def rows(fields: Iterable[Field]) -> Iterator[Lines]:
    """A row for each field that has constraints; one that is too long stays on its line."""
    for index, field in enumerate(fields):
        if checks := ", ".join(_checks(field.type)):
            yield (f"{_INDENT}OnField<{index}>({checks}),",)


def _checks(type: Type) -> Iterator[str]:
    match type:
        case Nullable():
            yield from _checks(type.inner)
        case Primitive():
            yield from _limits("AtLeast", type.constraints.min, "AtMost", type.constraints.max, type)
        case String() | Any():
            bounds = type.constraints
            yield from _limits("MinBytes", bounds.min_bytes, "MaxBytes", bounds.max_bytes)
            if bounds.pattern is not None:
                yield f"Matches<{literals.quoted(to_re2(bounds.pattern))}>()"
        case Bytes():
            yield from _limits("MinCount", type.constraints.min, "MaxCount", type.constraints.max)
        case Array():
            yield from _limits("MinCount", type.constraints.min, "MaxCount", type.constraints.max)
            yield from _inside("Each", type.element)
        case Map():
            yield from _limits("MinCount", type.constraints.min, "MaxCount", type.constraints.max)
            yield from _inside("Keys", type.key)
            yield from _inside("Values", type.value)


def _limits(
    least: str,
    low: int | float | None,
    most: str,
    high: int | float | None,
    type: Primitive | None = None,
) -> Iterator[str]:
    for name, bound in ((least, low), (most, high)):
        if bound is not None:
            yield f"{name}({_number(bound, type)})"


def _number(bound: int | float, type: Primitive | None) -> str:
    if type is not None and type.kind.is_float:
        return literals.floating(bound, type.kind)
    return literals.integer(bound)


def _inside(word: str, type: Type) -> Iterator[str]:
    if checks := ", ".join(_checks(type)):
        yield f"{word}({checks})"
