"""What this backend leaves out, in warnings, and what it cannot do, in errors."""

from __future__ import annotations

from generator.backends.cpp.collisions import collisions
from generator.backends.support import left_out
from generator.ir import Module, Program
from generator.source.diagnostic import Diagnostic


def unsupported(program: Program, module: Module) -> list[Diagnostic]:
    return [
        *left_out(program, module, "cpp"),
        *collisions(program, module),
    ]
