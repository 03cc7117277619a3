"""C++ for the tests of applications: a fake of each side of channels, on top of what cpp generates.

    fakes.py        what is faked, and what its parts are called
    classes.py      views of the classes, and what their functions do
    files.py        the header and the source file
    collisions.py   two things that would have one name: errors
    templates/      order and blank lines
"""

from __future__ import annotations

from generator.backends.cpp_fakes import files
from generator.backends.cpp_fakes.collisions import collisions
from generator.ir import Module, Options, Program
from generator.source.diagnostic import Diagnostic

__all__ = ["generate", "unsupported"]


def generate(program: Program, module: Module, options: Options) -> dict[str, str]:
    """`<path>.fakes.h` and `<path>.fakes.cc`, which need what cpp generates beside them."""
    return files.generate(program, module)


def unsupported(program: Program, module: Module) -> list[Diagnostic]:
    """Names that clash; what is left out, cpp says."""
    return collisions(program, module)
