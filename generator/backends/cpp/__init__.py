"""C++: plain structs with their codec's tables, and the stubs of channels.

    names.py        identifiers, namespaces, file names
    platform.py     what the headers of C call macros, or have at the top
    collisions.py   two things that would have one name: errors
    spelling.py     types and constants of the IR as one module says them
    literals.py     numbers and strings
    layout.py       where long lines break
    contents.py     what of a module is generated
    data.py         views of consts, enums, structs, unions
    bounds.py       constraints, for tables.py
    tables.py       views of the tables that the codec walks
    stubs.py        channels in C++ terms
    stub_classes.py views of their classes, stub_bodies.py of what these do
    includes.py     headers, by the names that the text says
    files.py        the header and the source file
    templates/      order and blank lines
"""

from __future__ import annotations

from generator.backends.cpp import files, names
from generator.backends.cpp.contents import contents
from generator.backends.cpp.missing import unsupported
from generator.backends.cpp.tables import tables
from generator.ir import Module, Options, Program

__all__ = ["generate", "unsupported"]


def generate(program: Program, module: Module, options: Options) -> dict[str, str]:
    """`<path>.h` and `<path>.cc`; a file without channels has no stubs."""
    what = contents(program, module)
    rows = tables(what)
    header = files.header(module, what, rows)
    return {
        names.header_path(module.path): header,
        names.source_path(module.path): files.source(program, module, what, rows, header),
    }
