"""What this backend leaves out, in warnings, and what it cannot do, in errors."""

from __future__ import annotations

from collections.abc import Iterator

from generator.backends.cpp.collisions import collisions
from generator.backends.support import left_out
from generator.ir import Module, Program, Verb
from generator.source.diagnostic import Diagnostic, warning

_VERBS = {Verb.ASK: "IPC0101", Verb.RELAY: "IPC0102", Verb.HOST: "IPC0103"}


def unsupported(program: Program, module: Module) -> list[Diagnostic]:
    return [
        *left_out(program, module, "cpp"),
        *_verbs(module),
        *collisions(program, module),
    ]


def _verbs(module: Module) -> Iterator[Diagnostic]:
    for channels in module.channels:
        for member in channels.members:
            if id := _VERBS.get(member.verb):
                yield warning(
                    id,
                    member.where,
                    f"the cpp backend has no stubs for `{member.verb.value}` yet: "
                    f"`{member.name}` is left out",
                )
