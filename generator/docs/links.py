"""Where each declaration stands: pages, anchors, and links between them.

An anchor is the declaration's name within its module (`Note.title`, `Notes.Read`), so links from
elsewhere last as long as the name does. Ids of the page itself hold a `-`, which no name can.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import quote

from generator.backends.ipc_text import Name, Words
from generator.docs.views import Line, Part
from generator.ir import Channels, Decl, Enum, Interface, Module, Program, Struct, Union

INDEX = "index.html"

# Full names by file: of declarations, their fields, values, channels and methods.
Declared = dict[str, frozenset[str]]


def page(module: Module) -> str:
    return f"{module.path}.html"


def local(full_name: str, module: Module) -> str:
    return full_name.removeprefix(f"{module.name}.") if module.name else full_name


def members(decl: Decl) -> tuple:
    """What a declaration is made of and other than a declaration itself."""
    match decl:
        case Enum():
            return decl.values
        case Struct() | Union():
            return decl.fields
        case Channels():
            return decl.members
        case Interface():
            return decl.methods
        case _:
            return ()


def declared(program: Program) -> Declared:
    return {module.path: frozenset(_names(module)) for module in program.modules}


def _names(module: Module) -> Iterator[str]:
    for decl in module.walk():
        yield decl.full_name
        for member in members(decl):
            yield f"{decl.full_name}.{member.name}"


class Links:
    """Of one page, that of a module or (None) the index."""

    def __init__(self, program: Program, names: Declared, module: Module | None):
        self._program = program
        self._declared = names
        self._module = module
        self._from = page(module) if module else INDEX

    def page(self, path: str) -> str:
        """The way to another file of the site."""
        here = posixpath.dirname(self._from) or "."
        return quote(posixpath.relpath(path, here))

    def to(self, name: Name) -> str:
        """The way to a declaration or a part of one, "" when the site has none."""
        path, full_name = name
        if full_name not in self._declared.get(path, ()):
            return ""
        module = self._program.module(path)
        start = "" if module is self._module else self.page(page(module))
        return f"{start}#{quote(local(full_name, module))}"

    def line(self, words: Words) -> Line:
        return tuple(Part(word.text, self.to(word.name) if word.name else "") for word in words)

    def mentioned(self, scope: str, text: str) -> str:
        """The way to what `text` names, said inside of `scope` (a full name), or ""."""
        for name in self._meanings(scope, text.removesuffix("()")):
            if found := self.to(name):
                return found
        return ""

    def _meanings(self, scope: str, text: str) -> Iterator[Name]:
        if self._module is None:
            return
        while scope:
            yield self._module.path, f"{scope}.{text}"
            scope = scope.rpartition(".")[0]
        yield self._module.path, text
        alias, _, rest = text.partition(".")
        for imported in self._module.imports:
            yield imported.path, text
            if rest and imported.alias == alias and imported.path in self._declared:
                name = self._program.module(imported.path).name
                yield imported.path, f"{name}.{rest}" if name else rest
