"""Modules, and the program that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from generator.ir.calls import Channels, Interface
from generator.ir.decls import (
    Alias,
    Attribute,
    Const,
    Decl,
    Enum,
    Feature,
    Struct,
    Union,
)
from generator.ir.types import EnumRef, Pending, StructRef, UnionRef
from generator.source.file import Span


@dataclass(frozen=True, slots=True)
class Import:
    """`import "path" as alias;`: path relative to its root, alias "" when none is given."""

    path: str
    alias: str


@dataclass(frozen=True, kw_only=True)
class Module:
    """One file.

    `path`      relative to its import root, with forward slashes
    `name`      what follows `module`, dotted; "" when the file names none
    `decls`     everything at the top of the file, in the order of declaration
    `data`      structs and unions (those nested in channels too) ordered so that whatever one
                holds by value stands before it: the order in which C++ can define them
    """

    path: str
    name: str
    docs: str
    attributes: tuple[Attribute, ...]
    imports: tuple[Import, ...]
    decls: tuple[Decl, ...]
    data: tuple[Struct | Union, ...]
    where: Span = field(compare=False, repr=False)

    @cached_property
    def consts(self) -> tuple[Const, ...]:
        return self._of(Const)

    @cached_property
    def enums(self) -> tuple[Enum, ...]:
        return self._of(Enum)

    @cached_property
    def structs(self) -> tuple[Struct, ...]:
        return self._of(Struct)

    @cached_property
    def unions(self) -> tuple[Union, ...]:
        return self._of(Union)

    @cached_property
    def channels(self) -> tuple[Channels, ...]:
        return self._of(Channels)

    @cached_property
    def interfaces(self) -> tuple[Interface, ...]:
        return self._of(Interface)

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        return self._of(Feature)

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        return self._of(Alias)

    @cached_property
    def all_enums(self) -> tuple[Enum, ...]:
        """Enums of the file, nested ones included, outer before inner."""
        return tuple(decl for decl in self.walk() if isinstance(decl, Enum))

    def walk(self) -> Iterator[Decl]:
        """Every declaration, nested ones included, each after the one that holds it."""
        for decl in self.decls:
            yield decl
            for group in ("consts", "enums", "structs"):
                for inner in getattr(decl, group, ()):
                    yield inner
                    if isinstance(inner, Struct):
                        yield from inner.consts
                        yield from inner.enums

    def _of(self, kind: type) -> tuple:
        return tuple(decl for decl in self.decls if isinstance(decl, kind))


@dataclass(frozen=True)
class Program:
    """All modules of one run, each after those it imports.

    `roots` are the paths that the run was asked for; the others were imported.
    """

    modules: tuple[Module, ...]
    roots: tuple[str, ...]

    def module(self, path: str) -> Module:
        return self._modules[path]

    def enum(self, ref: EnumRef) -> Enum:
        return self._decls[ref.module, ref.name]

    def struct(self, ref: StructRef) -> Struct:
        return self._decls[ref.module, ref.name]

    def union(self, ref: UnionRef) -> Union:
        return self._decls[ref.module, ref.name]

    def interface(self, ref: Pending) -> Interface:
        return self._decls[ref.module, ref.interface]

    def const(self, module: str, full_name: str) -> Const:
        return self._decls[module, full_name]

    @cached_property
    def packages(self) -> frozenset[str]:
        """What the names of modules begin with: `a` and `a.b` of `a.b`."""
        names = (module.name.split(".") for module in self.modules)
        return frozenset(".".join(parts[:end]) for parts in names for end in range(1, len(parts) + 1))

    @cached_property
    def _modules(self) -> dict[str, Module]:
        return {module.path: module for module in self.modules}

    @cached_property
    def _decls(self) -> dict[tuple[str, str], Decl]:
        return {
            (module.path, decl.full_name): decl
            for module in self.modules
            for decl in module.walk()
        }
