"""Two things of a program that C++ would call by one name: errors, for nothing could be compiled.

What channels derive for every language is checked by the front end (sema/derived_names.py). Here
are the names that only C++ has: of stubs, of types taken out of structs, of words that C++ keeps
for itself and that get an underscore.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.backends import words
from generator.backends.cpp import names
from generator.backends.cpp.spelling import Spelling
from generator.backends.cpp.stubs import Stub, Stubs, hearing, is_untyped, stubs
from generator.backends.support import Support
from generator.ir import (
    Channels,
    Const,
    Decl,
    Enum,
    Field,
    Interface,
    Member,
    Module,
    Params,
    Program,
    Struct,
    Union,
)
from generator.source.diagnostic import Diagnostic, Label, error
from generator.source.file import Span


@dataclass(frozen=True)
class Name:
    """What something is called in C++; `said` is what it is, `where` None for what we add."""

    cpp: str
    said: str
    where: Span | None


def collisions(program: Program, module: Module) -> list[Diagnostic]:
    """An error for each name that the file, with all that it includes, would declare twice."""
    found = doubled(at_namespace(program, module), tuple(of_others(program, module)))
    support, spelling = Support(program), Spelling.of(program, module)
    for decl in module.walk():
        for scope in _inside(decl, support, spelling):
            found += doubled(scope)
    return found


def doubled(scope: Iterable[Name], taken: Iterable[Name] = ()) -> list[Diagnostic]:
    known = {name.cpp: name for name in taken}
    found = []
    for name in scope:
        first = known.setdefault(name.cpp, name)
        if first is not name:
            found.append(_refuse(*((first, name) if name.where else (name, first))))
    return found


def _refuse(first: Name, name: Name) -> Diagnostic:
    labels = (Label(first.where, first.said),) if first.where else ()
    return error(
        "IPC0111",
        name.where,
        f"in C++ `{name.cpp}` would be both {first.said} and {name.said}",
        labels=labels,
        help="rename one of them" if first.where else f"rename {name.said}",
    )


# Names at the scope of a namespace.


def at_namespace(program: Program, module: Module) -> Iterator[Name]:
    support, spelling = Support(program), Spelling.of(program, module)
    for decl in module.walk():
        match decl:
            case Enum() | Struct() | Union() if support.of(decl):
                yield Name(spelling.name(decl), _said(decl), decl.where)
            case Const() if decl in module.consts:
                cpp = names.at_namespace(decl.name, module.name)
                yield Name(cpp, _said(decl), decl.where)
            case Channels() | Interface() if decl.consts or decl.enums or _structs(decl):
                yield Name(names.at_namespace(decl.name, module.name), _said(decl), decl.where)
    for channels in module.channels:
        yield from _of_stubs(stubs(channels, support.members(channels), spelling))


def _of_stubs(stubs: Stubs) -> Iterator[Name]:
    channels, made = stubs.channels, [f"{stubs.channels.name}Schema"]
    if stubs.bound:
        made += (stubs.main, f"Bind{channels.name}")
    if stubs.towards:
        made.append(stubs.web_contents)
    if stubs.members:
        made.append(stubs.renderer)
    if stubs.hosted:
        made.append(stubs.web_view)
    for cpp in made:
        yield Name(cpp, f"a stub of channels `{channels.name}`", channels.where)
    for member in (stub.member for stub in stubs.members):
        owner, said = f"{channels.name}{words.camel(member.name)}", f"`{member.name}`"
        yield Name(f"k{owner}", f"the constant of {said}", member.where)
        if not is_untyped(member):
            yield Name(f"{owner}Params", f"the struct of {said}", member.where)
        if isinstance(member.response, Params) and member.response.fields:
            yield Name(f"{owner}Response", f"the answer of {said}", member.where)


def of_others(program: Program, module: Module) -> Iterator[Name]:
    """What included files declare in the same namespace, and namespaces inside of that."""
    space = names.namespace(module.name)
    inner = f"{space}::" if space else ""
    for other in _included(program, module):
        theirs = names.namespace(other.name)
        if theirs == space:
            yield from at_namespace(program, other)
        elif theirs.startswith(inner):
            part = theirs.removeprefix(inner).split("::")[0]
            yield Name(part, f"the namespace of {other.path}", None)


def _included(program: Program, module: Module) -> Iterator[Module]:
    seen, waiting = {module.path}, [module]
    while waiting:
        for one in waiting.pop().imports:
            if one.path not in seen:
                seen.add(one.path)
                waiting.append(program.module(one.path))
                yield waiting[-1]


# Names inside of classes and functions.


def _inside(decl: Decl, support: Support, spelling: Spelling) -> Iterator[list[Name]]:
    """The scopes that a declaration opens."""
    match decl:
        case Enum():
            yield [_named(value, f"value `{value.name}`") for value in decl.values]
        case Struct():
            yield [*_nested(decl), *_fields(decl.fields, decl.name)]
        case Channels():
            yield list(_nested(decl))
            yield from _of_classes(stubs(decl, support.members(decl), spelling))
        case Interface():
            yield list(_nested(decl))


def _nested(decl: Struct | Channels | Interface) -> Iterator[Name]:
    yield Name(names.identifier(decl.name), _said(decl), decl.where)
    for one in (*decl.enums, *decl.consts, *_structs(decl)):
        yield _named(one, _said(one))


def _of_classes(stubs: Stubs) -> Iterator[list[Name]]:
    yield [_own(stubs.main), *_calls(stubs.bound)]
    yield [_own(stubs.web_contents), _own("contents_"), *_calls(stubs.towards)]
    yield [_own(stubs.renderer), _own("ipc_"), *_calls(stubs.said), *_hearing(stubs.heard)]
    yield [_own(stubs.web_view), _own("view_"), *_hearing(stubs.hosted)]
    for member in (stub.member for stub in stubs.members):
        owner = f"{stubs.channels.name}{words.camel(member.name)}"
        used = (f"k{owner}", f"{owner}Params")
        yield [*(Name(cpp, "a name in the stubs", None) for cpp in used), *_arguments(member)]
        yield list(_fields(member.params.fields, f"{owner}Params"))
        if isinstance(member.response, Params):
            yield list(_fields(member.response.fields, f"{owner}Response"))


def _calls(stubs: tuple[Stub, ...]) -> Iterator[Name]:
    for stub in stubs:
        yield _named(stub.member, f"channel `{stub.member.name}`")


def _hearing(stubs: tuple[Stub, ...]) -> Iterator[Name]:
    for member in (stub.member for stub in stubs):
        for cpp in hearing(member):
            yield Name(cpp, f"what listens for `{member.name}`", member.where)


def _arguments(member: Member) -> Iterator[Name]:
    for field in member.params.fields:
        yield Name(names.parameter(field.name), f"parameter `{field.name}`", field.where)


def _fields(fields: tuple[Field, ...], owner: str) -> Iterator[Name]:
    for field in fields:
        yield Name(names.field(field.name, owner), f"field `{field.name}`", field.where)


def _named(one, said: str) -> Name:
    return Name(names.identifier(one.name), said, one.where)


def _own(cpp: str) -> Name:
    return Name(cpp, "a part of every stub", None)


def _structs(decl: Struct | Channels | Interface) -> tuple[Struct, ...]:
    return decl.structs if isinstance(decl, Channels) else ()


def _said(decl: Decl) -> str:
    kinds = {Const: "constant", Channels: "channels"}
    return f"{kinds.get(type(decl), type(decl).__name__.lower())} `{decl.name}`"
