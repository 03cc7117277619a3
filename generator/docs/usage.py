"""Who uses a declaration."""

from __future__ import annotations

from collections.abc import Iterator

from generator.backends.ipc_text import Name
from generator.backends.support import types_in
from generator.docs.links import local, members
from generator.ir import (
    Alias,
    Const,
    Decl,
    EnumConstant,
    EnumRef,
    Field,
    Member,
    Method,
    Params,
    Pending,
    Program,
    Result,
    StructRef,
    Type,
    UnionRef,
    Value,
)

# From a declaration to those that name it: each a place of the site, and how it is called there.
Usage = dict[Name, dict[Name, str]]


def usage(program: Program) -> Usage:
    """In the order of files and of declarations; nobody is said to use itself."""
    found: Usage = {}
    for module in sorted(program.modules, key=lambda module: module.path):
        for decl in module.walk():
            for user, used in _uses(decl):
                if used != (decl.module, decl.full_name):
                    users = found.setdefault(used, {})
                    users[module.path, user] = local(user, module)
    return found


def _uses(decl: Decl) -> Iterator[tuple[str, Name]]:
    match decl:
        case Alias():
            yield from ((decl.full_name, name) for name in _in_type(decl.type))
        case Const():
            yield from ((decl.full_name, name) for name in _in_type(decl.type))
            yield from ((decl.full_name, name) for name in _in_value(decl.value))
    for member in members(decl):
        user = f"{decl.full_name}.{member.name}"
        match member:
            case Field():
                yield from ((user, name) for name in _in_field(member))
            case Member() | Method():
                yield from ((user, name) for name in _in_call(member))


def _in_call(call: Member | Method) -> Iterator[Name]:
    for field in call.params.fields:
        yield from _in_field(field)
    match call.response:
        case Params(fields):
            for field in fields:
                yield from _in_field(field)
        case Result(ok, err):
            yield from _in_type(ok)
            yield from _in_type(err)


def _in_field(field: Field) -> Iterator[Name]:
    yield from _in_type(field.type)
    if field.default is not None:
        yield from _in_value(field.default)


def _in_type(type: Type) -> Iterator[Name]:
    for part in types_in(type):
        match part:
            case EnumRef() | StructRef() | UnionRef():
                yield part.module, part.name
            case Pending():
                yield part.module, part.interface


def _in_value(value: Value) -> Iterator[Name]:
    if value.const_name:
        yield value.const_module, value.const_name
    elif isinstance(value.scalar, EnumConstant):
        yield value.scalar.module, value.scalar.enum
