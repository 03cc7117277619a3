"""The list of names that every page searches.

It is a script that sets one variable, because a page that was opened from the disk may load
scripts that lie beside it and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.docs.links import local, members, page
from generator.ir import Channels, Decl, Enum, Interface, Member, Module, Program

FILE = "search-index.js"


def search_index(program: Program) -> str:
    """`names` holds [name, kind, page, words]; words are found too: wire names."""
    modules = sorted(program.modules, key=lambda module: module.path)
    pages = [[page(module), module.name or module.path] for module in modules]
    names = [
        [name, kind, at, also]
        for at, module in enumerate(modules)
        for name, kind, also in _names(module)
    ]
    lines = ",\n".join(json.dumps(name, separators=(",", ":")) for name in names)
    # "<" so that the text is harmless wherever it is pasted.
    text = f'{{"pages":{json.dumps(pages, separators=(",", ":"))},\n"names":[\n{lines}\n]}}'
    return f"var ipcSearchIndex = {text};\n".replace("<", "\\u003c")


def _names(module: Module) -> Iterator[tuple[str, str, str]]:
    for decl in module.walk():
        yield local(decl.full_name, module), _kind(decl), ""
        for member in members(decl):
            name = local(f"{decl.full_name}.{member.name}", module)
            yield name, _member_kind(decl, member), getattr(member, "wire_name", "")


def _kind(decl: Decl) -> str:
    kind = type(decl).__name__.lower()
    return "type" if kind == "alias" else kind


def _member_kind(decl: Decl, member: object) -> str:
    match decl:
        case Channels():
            assert isinstance(member, Member)
            return member.verb.value
        case Interface():
            return "method"
        case Enum():
            return "value"
        case _:
            return "field"
