"""What the classes of fakes look like, and what their functions do: each hands over to a part."""

from __future__ import annotations

from dataclasses import dataclass

from generator.backends import comments
from generator.backends.comments import Lines
from generator.backends.cpp import layout, literals
from generator.backends.cpp.stub_classes import answer, heard
from generator.backends.cpp.stubs import Stub, hearing
from generator.backends.cpp_fakes.fakes import CALLS, Fake, accessor, part_type
from generator.ir import Verb

_PURPOSE = "It does what the test tells it to, and keeps what was said to it, and by whom."
_LIFE = "It and its {} live as long as there is something to hear."


@dataclass(frozen=True)
class FakeView:
    comment: Lines
    head: str  # class FakeNotesIpcMain final : public NotesIpcMain {
    constructor: Lines
    parts: tuple[Lines, ...]  # types and accessors
    functions: Lines  # what the base asks for
    calls: Lines
    data: Lines


def fake_class(fake: Fake) -> FakeView:
    what = f"Plays {fake.played} for a test. {_PURPOSE}"
    life = _LIFE.format(_object(fake)) if fake.param else ""
    return FakeView(
        comment=comments.comment(f"{what} {life}".rstrip()),
        head=f"class {fake.name} final : public {fake.base} {{",
        constructor=_declared_constructor(fake),
        parts=tuple(_part(stub) for stub in fake.parts),
        functions=() if fake.param else _overrides(fake),
        calls=(
            *comments.comment("All of it, in the order in which it came.", 2),
            f"  const ipc::testing::FakeCalls& {CALLS}() const {{ return {CALLS}_; }}",
        ),
        data=(f"  ipc::testing::FakeCalls {CALLS}_;", *map(_data, fake.parts)),
    )


def _object(fake: Fake) -> str:
    return fake.param.removeprefix("ipc::").partition("&")[0]


def _declared_constructor(fake: Fake) -> Lines:
    if not fake.param:
        return ()
    return layout.signature("explicit", fake.name, (fake.param,), ");", 2)


def _part(stub: Stub) -> Lines:
    type, get = part_type(stub.member), accessor(stub.member)
    kind, args = "FakeListener", (stub.params,)
    if stub.response:
        kind, args = "FakeHandler", (stub.params, stub.response)
    return (
        *layout.template_alias(f"using {type}", f"ipc::testing::{kind}", args, 2),
        f"  {type}& {get}() {{ return {get}_; }}",
    )


def _data(stub: Stub) -> str:
    member = stub.member
    return (
        f"  {part_type(member)} {accessor(member)}_{{{CALLS}_, {literals.quoted(member.name)}}};"
    )


def _overrides(fake: Fake) -> Lines:
    return tuple(
        line
        for stub in fake.parts
        for line in layout.signature(answer(stub), stub.name, heard(stub), ") override;", 2)
    )


def bodies(fake: Fake) -> tuple[Lines, ...]:
    if fake.param:
        return (_constructor(fake),)
    return tuple(_handed_over(fake, stub) for stub in fake.parts)


def _handed_over(fake: Fake, stub: Stub) -> Lines:
    part = f"{accessor(stub.member)}_"
    start = f"return {part}.Answer" if stub.response else f"{part}.Hear"
    call = layout.call(start, ("event", *stub.passed), ");", 2)
    name = f"{fake.name}::{stub.name}"
    body = tuple(line[2:] for line in call)
    return layout.function(answer(stub), name, heard(stub), body)


def _constructor(fake: Fake) -> Lines:
    passed = fake.param.rpartition(" ")[2]
    start, base = f"{fake.name}::{fake.name}({fake.param})", f"{fake.base}({passed}) {{"
    whole = f"{start} : {base}"
    return (
        *((whole,) if layout.fits(whole) else (start, f"    : {base}")),
        *(f"  {_listening(stub)}" for stub in fake.parts),
        "}",
    )


def _listening(stub: Stub) -> str:
    part, (_, take, *_) = f"{accessor(stub.member)}_", hearing(stub.member)
    if stub.member.verb is Verb.ASK:
        return f"ipc::testing::MustHandle({take}({part}.handler()));"
    return f"{take}({part}.listener());"
