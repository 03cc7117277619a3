"""Types: shapes that are easy to get wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ir.types import Array, Map, Nullable, Primitive, Type, children
from generator.lint.input import pieces
from generator.lint.rule import Finding, rule
from generator.lint.subject import Subject
from generator.sema.compilation import has_flag
from generator.source import Label
from generator.syntax import ast

_MOST_PARAMETERS = 8
_MOST_NESTED = 2
_MONEY = re.compile(
    r"(?:\w+_)?(?:price|money|salary|fee|payment|(?:in_)?(?:cents|dollars|euros))", re.IGNORECASE
)
_LASTING = re.compile(r"(?:\w+_)?(?:timeout|duration|delay|interval)")


@rule
def bool_parameters(subject: Subject) -> Iterator[Finding]:
    """two bool parameters in a row

    `Open(note, true, false)` does not say what is true, and the two change places unnoticed. An
    enum's value names itself, and a third case finds room.
    """
    for params in subject.parameters():
        for one, two in zip(params, params[1:]):
            if _is_bool(subject, one) and _is_bool(subject, two):
                yield Finding(
                    subject.span(two.name),
                    f"calls of this will read `true, false`, and say nothing of `{two.name.text}`",
                    "use enums, or a struct with a field for each",
                    (Label(subject.span(one.name), "a bool too"),),
                )
                break


def _is_bool(subject: Subject, field: ast.Field) -> bool:
    type = subject.type(field.type)
    return isinstance(type, Primitive) and type.kind.value == "bool"


@rule
def many_parameters(subject: Subject) -> Iterator[Finding]:
    """a call with more than eight parameters

    JSON passes arguments by position, and in C++ too they are told apart by their place alone. A
    struct names them, gives them defaults, and can grow.
    """
    for call in subject.calls():
        if len(call.params) > _MOST_PARAMETERS:
            yield Finding(
                subject.span(call.name),
                f"`{call.name.text}` has {len(call.params)} parameters",
                "put those that belong together into a struct",
            )


@rule
def float_map_key(subject: Subject) -> Iterator[Finding]:
    """a map with floating point keys

    0.1 + 0.2 is not 0.3: a key that was computed finds nothing, and JSON rounds keys again on the
    way. NaN is refused on receipt.
    """
    for type in _written_types(subject):
        for place, _ in pieces(subject.compilation, type):
            while isinstance(place, ast.ConstrainedType):
                place = place.inner
            if isinstance(place, ast.MapType) and _is_float(subject.type(place.key)):
                yield Finding(
                    subject.span(place.key),
                    "computed numbers rarely meet a key of floating point",
                    "use an integer (micrometres, hundredths) or a string",
                )


def _written_types(subject: Subject) -> Iterator[ast.TypeNode]:
    yield from (alias.type for alias in subject.all(ast.Alias))
    yield from (field.type for field in subject.fields())


@rule
def float_money(subject: Subject) -> Iterator[Finding]:
    """money as floating point

    Sums of amounts in floating point are off by a cent sooner or later.
    """
    for field in subject.fields():
        type = subject.type(field.type)
        if isinstance(type, Nullable):
            type = type.inner
        if _is_float(type) and _MONEY.fullmatch(field.name.text):
            yield Finding(
                subject.span(field.type),
                f"`{field.name.text}` in floating point is off by a cent sooner or later",
                "count the smallest unit in an int64",
            )


def _is_float(type: Type) -> bool:
    return isinstance(type, Primitive) and type.kind.is_float


@rule
def missing_unit(subject: Subject) -> Iterator[Finding]:
    """a length of time whose name does not say in what

    `timeout = 5` is five seconds to one side and five milliseconds to the other, and no compiler
    notices. A name that ends in its unit, or a type of its own, does not leave that open.
    """
    for field in subject.fields():
        type = subject.type(field.type)
        if isinstance(type, Nullable):
            type = type.inner
        number = isinstance(type, Primitive) and type.kind.value != "bool"
        if number and _LASTING.fullmatch(field.name.text):
            yield Finding(
                subject.span(field.name),
                f"`{field.name.text}` does not say in what it is counted",
                f"name the unit, `{field.name.text}_ms`",
            )


@rule
def union_of_one(subject: Subject) -> Iterator[Finding]:
    """a union with one field that cannot get a second

    It is its field, in a wrapper. A union that is meant to grow is [Extensible], so that older
    receivers take what is added.
    """
    for node in subject.all(ast.Union):
        if len(node.fields) == 1 and not has_flag(node, "Extensible"):
            yield Finding(
                subject.span(node.name),
                f"`{node.name.text}` has one field, and older receivers refuse a second",
                f"use the type of `{node.fields[0].name.text}`, or make the union [Extensible]",
            )


@rule
def nested_collections(subject: Subject) -> Iterator[Finding]:
    """arrays and maps more than two deep

    `map<string, array<array<Note>>>` has no names for its middle, nor room for a second thing
    there, and each level is a message of its own on the wire.
    """
    for field in subject.fields():
        type = subject.type(field.type)
        if _levels(type) > _MOST_NESTED:
            yield Finding(
                subject.span(field.type),
                f"`{field.name.text}` nests {_levels(type)} collections",
                "give the inner ones a name: a struct",
            )


def _levels(type: Type) -> int:
    """Collections on the longest way into a type; bytes are one value."""
    inner = max(map(_levels, children(type)), default=0)
    return inner + isinstance(type, (Array, Map))


RULES = (
    bool_parameters,
    many_parameters,
    float_map_key,
    float_money,
    missing_unit,
    union_of_one,
    nested_collections,
)
