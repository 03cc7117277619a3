"""Names that only the fakes have, and that something else has already: errors."""

from __future__ import annotations

from collections.abc import Iterator

from generator.backends.cpp import names
from generator.backends.cpp.collisions import Name, at_namespace, doubled, of_others
from generator.backends.cpp.stubs import Stubs, hearing
from generator.backends.cpp_fakes.fakes import OWN, Fake, accessor, faked, fakes, part_names
from generator.ir import Module, Program
from generator.source.diagnostic import Diagnostic


def collisions(program: Program, module: Module) -> list[Diagnostic]:
    served = faked(program, module)
    added = [name for stubs in served for name in _at_namespace(stubs)]
    taken = (*of_others(program, module), *at_namespace(program, module))
    found = doubled(added, taken)
    for stubs in served:
        for fake in fakes(stubs):
            for scope in _inside(fake):
                found += doubled(scope)
    return found


def _at_namespace(stubs: Stubs) -> Iterator[Name]:
    for fake in fakes(stubs):
        channels = stubs.channels
        yield Name(fake.name, f"a fake of channels `{channels.name}`", channels.where)


def _inside(fake: Fake) -> Iterator[list[Name]]:
    own = [Name(cpp, "a part of every fake", None) for cpp in (fake.name, *OWN)]
    yield [*own, *_functions(fake), *_parts(fake)]
    for stub in fake.parts:
        used = Name(f"{accessor(stub.member)}_", "a name in the fakes", None)
        params = (
            Name(names.parameter(field.name), f"parameter `{field.name}`", field.where)
            for field in stub.member.params.fields
        )
        yield [used, *params]


def _functions(fake: Fake) -> Iterator[Name]:
    """What the class that is faked has."""
    for stub in fake.said:
        yield Name(stub.name, f"channel `{stub.member.name}`", stub.member.where)
    for stub in fake.parts:
        member = stub.member
        for cpp in hearing(member) if fake.param else (stub.name,):
            yield Name(cpp, f"channel `{member.name}`", member.where)


def _parts(fake: Fake) -> Iterator[Name]:
    for member in (stub.member for stub in fake.parts):
        for cpp in part_names(member):
            yield Name(cpp, f"the fake of `{member.name}`", member.where)
