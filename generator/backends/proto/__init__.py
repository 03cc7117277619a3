"""proto3: the messages of a module, for other languages and for people.

    names.py      names of files, types, values, fields
    messages.py   fields, and the small messages around what proto3 has no field for
    notes.py      what a field's type does not say
    reserved.py   reserved ordinals as field numbers
    files.py      one file's views
    templates/    order and blank lines
"""

from __future__ import annotations

from generator.backends.proto import files, names
from generator.backends.support import left_out
from generator.ir import Module, Options, Program
from generator.source.diagnostic import Diagnostic

__all__ = ["generate", "unsupported"]


def generate(program: Program, module: Module, options: Options) -> dict[str, str]:
    return {names.proto_path(module.path): files.proto_file(program, module)}


def unsupported(program: Program, module: Module) -> list[Diagnostic]:
    return left_out(program, module, "proto")
