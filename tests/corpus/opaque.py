"""A program without what holds a name that an import does not declare: what backends can see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator import ir
from generator.backends.support import held

_REFERENCES = ir.EnumRef | ir.StructRef | ir.UnionRef


def without_opaque(program: ir.Program) -> ir.Program:
    gone = _gone(program)
    modules = (_without(module, gone) for module in program.modules)
    return ir.Program(tuple(modules), program.roots)


def _gone(program: ir.Program) -> set[tuple[str, str]]:
    """What holds such a name, and what holds that, by module and full name."""
    holders = {(decl.module, decl.full_name): decl for one in program.modules for decl in one.walk()}
    gone = {key for key, decl in holders.items() if _is_opaque(decl)}
    before = -1
    while before != len(gone):
        before = len(gone)
        gone |= {key for key, decl in holders.items() if any(ref in gone for ref in _refers(decl))}
    return gone


def _is_opaque(decl: ir.Decl) -> bool:
    """Interfaces and features are never generated; what is declared inside of them is."""
    match decl:
        case ir.Const():
            return isinstance(decl.type, ir.Opaque) or isinstance(decl.value.scalar, ir.Opaque)
        case ir.Struct() | ir.Union():
            types = any(isinstance(type, ir.Opaque) for type in held(decl))
            defaults = (field.default for field in decl.fields if field.default is not None)
            consts = getattr(decl, "consts", ())
            return (
                types
                or any(isinstance(value.scalar, ir.Opaque) for value in defaults)
                or any(_is_opaque(const) for const in consts)
            )
    return False


def _refers(decl: ir.Decl) -> Iterable[tuple[str, str]]:
    if isinstance(decl, ir.Struct | ir.Union):
        for type in held(decl):
            if isinstance(type, _REFERENCES):
                yield type.module, type.name


def _without(module: ir.Module, gone: set[tuple[str, str]]) -> ir.Module:
    return replace(
        module,
        decls=tuple(_inside(decl, gone) for decl in _kept(module.decls, gone)),
        data=_kept(module.data, gone),
    )


def _inside(decl: ir.Decl, gone: set[tuple[str, str]]) -> ir.Decl:
    if isinstance(decl, ir.Interface):
        return replace(decl, consts=_kept(decl.consts, gone))
    return decl


def _kept(decls: tuple, gone: set[tuple[str, str]]) -> tuple:
    return tuple(decl for decl in decls if (decl.module, decl.full_name) not in gone)
