"""Which declarations channels carry."""

from __future__ import annotations

from collections.abc import Iterator

from generator import ir

Key = tuple[str, str]


def key_of(decl: ir.Decl) -> Key:
    """What makes declarations of two versions the same one: its kind and its full name."""
    return type(decl).__name__, decl.full_name


def ref_of(decl: ir.Decl) -> ir.Ref | None:
    """A reference to a declaration of data; None for the others."""
    match decl:
        case ir.Enum():
            return ir.EnumRef(decl.module, decl.full_name)
        case ir.Struct():
            return ir.StructRef(decl.module, decl.full_name)
        case ir.Union():
            return ir.UnionRef(decl.module, decl.full_name)
        case _:
            return None


def is_stable(decl: ir.Decl) -> bool:
    """Whether it is data with a promise."""
    return ref_of(decl) is not None and decl.stable


def carried(program: ir.Program) -> set[Key]:
    """The data that some channel of the program can carry."""
    pending = [type for module in program.modules for type in _sent(module)]
    found: set[Key] = set()
    while pending:
        type = pending.pop()
        pending += ir.children(type)
        decl = _resolve(program, type)
        if decl is not None and key_of(decl) not in found:
            found.add(key_of(decl))
            pending += [field.type for field in getattr(decl, "fields", ())]
    return found


def _sent(module: ir.Module) -> Iterator[ir.Type]:
    for channels in module.channels:
        for member in channels.members:
            yield from (field.type for field in member.params.fields)
            match member.response:
                case ir.Params():
                    yield from (field.type for field in member.response.fields)
                case ir.Result():
                    yield from (member.response.ok, member.response.err)


def _resolve(program: ir.Program, type: ir.Type) -> ir.Enum | ir.Struct | ir.Union | None:
    match type:
        case ir.EnumRef():
            return program.enum(type)
        case ir.StructRef():
            return program.struct(type)
        case ir.UnionRef():
            return program.union(type)
        case _:
            return None
