"""What of a module is generated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.backends.cpp.data import Record, record
from generator.backends.cpp.spelling import Spelling
from generator.backends.cpp.stubs import Stubs, records, stubs
from generator.backends.support import Support, types_in
from generator.ir import (
    Array,
    Channels,
    Const,
    Enum,
    Interface,
    Map,
    Module,
    Nullable,
    Program,
    Struct,
    StructRef,
    Type,
    Union,
    UnionRef,
)


@dataclass(frozen=True)
class Contents:
    """All parts in the order in which C++ can have them."""

    spelling: Spelling
    enums: tuple[Enum, ...]
    consts: tuple[Const, ...]
    scopes: tuple[Channels | Interface, ...]  # whose own declarations are names to C++
    data: tuple[Record | Union, ...]
    messages: tuple[Record, ...]  # of the channels
    channels: tuple[Stubs, ...]

    @property
    def forward(self) -> tuple[Record | Union, ...]:
        """Data that is referred to in front of its definition."""
        needed = {
            place for index, places in enumerate(self._held) for place in places if place > index
        }
        return tuple(self.data[index] for index in sorted(needed))

    @cached_property
    def compared_late(self) -> tuple[Record | Union, ...]:
        """Data whose == is not defaulted but defined in the source file, behind all types.

        Where == is defaulted, clang looks into maps, optionals and arrays already, and remembers of
        what is not yet defined (the class around it, too) that it can be neither made nor compared.
        """
        return tuple(
            one
            for index, one in enumerate(self.data)
            if any(
                self._last[place] >= index
                for field in one.fields
                for type in types_in(field.type)
                if _is_looked_into(type)
                for place in self._places(type)
            )
        )

    @cached_property
    def _last(self) -> list[int]:
        """For each of the data the last place that it leads to, through however many others."""
        before: list[int] = []
        last = list(range(len(self.data)))
        while last != before:
            before = last
            last = [
                max([last[index], *(last[place] for place in held)])
                for index, held in enumerate(self._held)
            ]
        return last

    @cached_property
    def _held(self) -> list[set[int]]:
        """For each of the data the places of those that its fields are made of."""
        return [
            {place for field in one.fields for place in self._places(field.type)}
            for one in self.data
        ]

    def _places(self, type: Type) -> Iterator[int]:
        """Where the data stands that a type is made of."""
        for part in types_in(type):
            if isinstance(part, StructRef | UnionRef) and part.name in self._place:
                yield self._place[part.name]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {one.full_name: index for index, one in enumerate(self.data)}


def _is_looked_into(type: Type) -> bool:
    match type:
        case Nullable(inner=StructRef(boxed=True) | UnionRef(boxed=True)):
            return False
        case Map() | Nullable() | Array(size=int()):
            return True
    return False


def contents(program: Program, module: Module) -> Contents:
    support, spelling = Support(program), Spelling.of(program, module)
    served = tuple(
        stubs(channels, support.members(channels), spelling) for channels in module.channels
    )
    return Contents(
        spelling=spelling,
        enums=tuple(enum for enum in module.all_enums if support.of(enum)),
        consts=module.consts,
        scopes=module.channels + module.interfaces,
        data=tuple(
            record(decl, spelling) if isinstance(decl, Struct) else decl
            for decl in module.data
            if support.of(decl)
        ),
        messages=tuple(
            message
            for one in served
            for stub in one.members
            for message in records(one.channels, stub.member)
        ),
        channels=served,
    )
