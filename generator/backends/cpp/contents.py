"""What of a module is generated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.backends.cpp.data import Record, record
from generator.backends.cpp.spelling import Spelling
from generator.backends.cpp.stubs import GENERATED_VERBS, Stubs, records, stubs
from generator.backends.support import Support, types_in
from generator.ir import (
    Channels,
    Const,
    Enum,
    Interface,
    Map,
    Module,
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
            place
            for index, one in enumerate(self.data)
            for field in one.fields
            for place in self._behind(field.type, index)
        }
        return tuple(self.data[index] for index in sorted(needed))

    @cached_property
    def compared_late(self) -> tuple[Record | Union, ...]:
        """Data that holds maps of what is defined behind it.

        clang looks into a map already where == is defaulted: there that has to wait.
        """
        return tuple(
            one
            for index, one in enumerate(self.data)
            if any(
                isinstance(type, Map) and any(self._behind(type, index))
                for field in one.fields
                for type in types_in(field.type)
            )
        )

    def _behind(self, type: Type, index: int) -> Iterator[int]:
        """The places, behind `index`, of the data that a type is made of."""
        for part in types_in(type):
            if isinstance(part, StructRef | UnionRef):
                if (place := self._places.get(part.name, -1)) > index:
                    yield place

    @cached_property
    def _places(self) -> dict[str, int]:
        return {one.full_name: index for index, one in enumerate(self.data)}


def contents(program: Program, module: Module) -> Contents:
    support, spelling = Support(program), Spelling(program, module)
    served = tuple(
        stubs(
            channels,
            tuple(
                member
                for member in channels.members
                if member.verb in GENERATED_VERBS and support.of(member)
            ),
            spelling,
        )
        for channels in module.channels
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
