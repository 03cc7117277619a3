"""One channels definition as fakes: which classes there are, and what is inside."""

from __future__ import annotations

from dataclasses import dataclass

from generator.backends import words
from generator.backends.comments import Lines
from generator.backends.cpp import names
from generator.backends.cpp.spelling import Spelling
from generator.backends.cpp.stubs import Stub, Stubs, stubs
from generator.backends.support import Support
from generator.ir import Channels, Member, Module, Program

CALLS = "calls"
OWN = (CALLS, f"{CALLS}_")  # what every fake has inside


@dataclass(frozen=True)
class Fake:
    """One class. `parts` are the channels that it hears and answers."""

    name: str
    base: str
    played: str  # what it stands for
    param: str  # of the constructor, handed to the base; "" where there is none
    parts: tuple[Stub, ...]
    said: tuple[Stub, ...]  # what it can say itself, as its base


def part_type(member: Member) -> str:
    return f"{words.camel(member.name)}Fake"


def accessor(member: Member) -> str:
    return f"on_{words.snake(member.name)}"


def part_names(member: Member) -> Lines:
    return (part_type(member), accessor(member), f"{accessor(member)}_")


def faked(program: Program, module: Module) -> tuple[Stubs, ...]:
    support, spelling = Support(program), Spelling.of(program, module)
    return tuple(_stubs(one, support.members(one), spelling) for one in module.channels)


def _stubs(channels: Channels, members: tuple[Member, ...], spelling: Spelling) -> Stubs:
    hidden = {*OWN, *(name for member in members for name in part_names(member))}
    return stubs(channels, members, spelling, hidden)


def fakes(stubs: Stubs) -> tuple[Fake, ...]:
    """Those that have something to hear."""
    every = (
        Fake(f"Fake{stubs.main}", stubs.main, "main", "", stubs.bound, ()),
        Fake(
            f"Fake{stubs.renderer}",
            stubs.renderer,
            "a renderer",
            "ipc::IpcRenderer& ipc_renderer",
            stubs.heard,
            stubs.said,
        ),
        Fake(
            f"Fake{stubs.web_view}",
            stubs.web_view,
            "the embedder of a guest",
            "ipc::WebView& web_view",
            stubs.hosted,
            (),
        ),
    )
    return tuple(fake for fake in every if fake.parts)


def header_path(module_path: str) -> str:
    return names.header_path(f"{module_path}.fakes")


def source_path(module_path: str) -> str:
    return names.source_path(f"{module_path}.fakes")
