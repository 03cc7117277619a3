"""What the dataclasses of the IR say about their fields, for the codec and for the schema alike."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from functools import cache

from generator import ir

# Classes that share a place with others say in "node" which one they are.
TAGGED = (
    *(ir.Const, ir.Enum, ir.Struct, ir.Union, ir.Channels, ir.Interface, ir.Alias, ir.Feature),
    *typing.get_args(ir.Type),
    *(ir.Params, ir.Result, ir.EnumConstant, ir.DefaultConstructed),
)
FLOAT = "float"
TAG = "node"


def kind_of(cls: type) -> str:
    """`StructRef` is "struct_ref"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


# What a declaration in a module's list may be; the IR's annotation says only Decl.
_DECLS = ir.Const | ir.Enum | ir.Struct | ir.Union | ir.Channels | ir.Interface | ir.Alias | ir.Feature


@cache
def fields_of(cls: type) -> tuple[tuple[str, object], ...]:
    """Name and type of each field that a comparison sees, in the order of declaration."""
    hints = typing.get_type_hints(cls)
    if cls is ir.Module:
        hints["decls"] = tuple[_DECLS, ...]
        hints["data"] = tuple[str, ...]
    return tuple(
        (field.name, hints[field.name]) for field in dataclasses.fields(cls) if field.compare
    )


def alternatives(hint: object) -> tuple[object, ...]:
    """The types that a union is made of; of another type, itself."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return typing.get_args(hint)
    return (hint,)


def element_of(hint: object) -> object | None:
    """X of tuple[X, ...]."""
    arguments = typing.get_args(hint)
    return arguments[0] if typing.get_origin(hint) is tuple and arguments[1:] == (...,) else None


def is_pair(hint: object) -> bool:
    """tuple[int, int] or tuple[str, str]: a list of exactly two."""
    return typing.get_origin(hint) is tuple and element_of(hint) is None
