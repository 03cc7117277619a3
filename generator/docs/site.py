"""All files of a site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2

from generator.backends.ipc_text import Writer
from generator.docs.calls import DIRECTIONS, Calls
from generator.docs.data import Views, badges
from generator.docs.links import INDEX, Declared, Links, declared, page
from generator.docs.prose import summary
from generator.docs.search import FILE, search_index
from generator.docs.usage import Usage, usage
from generator.docs.views import (
    ChannelEntry,
    DeclView,
    Fact,
    Frame,
    IndexPage,
    ModuleEntry,
    ModulePage,
    Part,
    Section,
)
from generator.docs.wire import WireFacts
from generator.ir import (
    Alias,
    Channels,
    Const,
    Decl,
    Enum,
    Interface,
    Module,
    Program,
    Struct,
    Union,
)

_TITLES = {
    "channels": "Channels",
    "interface": "Interfaces",
    "struct": "Structs",
    "union": "Unions",
    "enum": "Enums",
    "type": "Types",
    "const": "Constants",
    "feature": "Features",
}


def site(program: Program, title: str) -> dict[str, str]:
    """Texts by path: a page for every module of the program, so that every name has a place."""
    names, users = declared(program), usage(program)
    files = {page(one): _module(program, names, users, one, title) for one in program.modules}
    files[INDEX] = _index(program, names, title)
    files[FILE] = search_index(program)
    return files


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )


def _render(template: str, view: ModulePage | IndexPage) -> str:
    return _environment().get_template(template).render(view=view)


def _frame(links: Links, title: str, page_title: str) -> Frame:
    up = links.page(INDEX).removesuffix(INDEX)
    return Frame(title, page_title, links.page(INDEX), links.page(FILE), up)


def _module(
    program: Program, names: Declared, users: Usage, module: Module, title: str
) -> str:
    links, writer = Links(program, names, module), Writer(program, module)
    views = Views(links, writer, WireFacts(program, module), users)
    calls = Calls(program, views)
    name = module.name or module.path
    view = ModulePage(
        frame=_frame(links, title, f"{name} - {title}" if title else name),
        name=name,
        path=module.path,
        badges=badges(module.attributes),
        docs=views.docs(module.docs, module.name),
        facts=(*_neighbours(program, links, module), *views.notes(module.attributes, module.name)),
        sections=tuple(_sections(module, calls)),
    )
    return _render("module.html.j2", view)


def _neighbours(program: Program, links: Links, module: Module) -> Iterator[Fact]:
    imported = [one.path for one in module.imports]
    importers = sorted(
        one.path for one in program.modules if any(i.path == module.path for i in one.imports)
    )
    for label, paths in (("Imports", imported), ("Imported by", importers)):
        parts: list[Part] = []
        for path in paths:
            href = links.page(page(program.module(path)))
            parts += [Part(", ")] * bool(parts) + [Part(path, href, code=True)]
        if parts:
            yield Fact(label, tuple(parts))


def _sections(module: Module, calls: Calls) -> Iterator[Section]:
    found: dict[str, list[DeclView]] = {kind: [] for kind in _TITLES}
    for decl in module.walk():
        view = _view(decl, calls)
        found[view.kind].append(view)
    for kind, views in found.items():
        if views:
            yield Section(f"all-{kind}", _TITLES[kind], tuple(views))


def _view(decl: Decl, calls: Calls) -> DeclView:
    match decl:
        case Channels():
            return calls.channels(decl)
        case Interface():
            return calls.interface(decl)
        case _:
            return calls.views.data(decl)


def _index(program: Program, names: Declared, title: str) -> str:
    links = Links(program, names, None)
    modules = sorted(program.modules, key=lambda module: (module.name, module.path))
    view = IndexPage(
        frame=_frame(links, title, title),
        modules=tuple(_module_entry(links, module) for module in modules),
        channels=tuple(entry for module in modules for entry in _channel_entries(links, module)),
    )
    return _render("index.html.j2", view)


def _module_entry(links: Links, module: Module) -> ModuleEntry:
    counts = {
        "channel": sum(len(one.members) for one in module.channels),
        "interface": len(module.interfaces),
        "type": sum(isinstance(one, Enum | Struct | Union | Alias) for one in module.walk()),
        "constant": sum(isinstance(one, Const) for one in module.walk()),
    }
    holds = [f"{count} {what}{'s' * (count > 1)}" for what, count in counts.items() if count]
    return ModuleEntry(
        href=links.page(page(module)),
        name=module.name or module.path,
        path=module.path,
        summary=summary(module.docs, lambda text: ""),
        holds=", ".join(holds),
    )


def _channel_entries(links: Links, module: Module) -> Iterator[ChannelEntry]:
    for channels in module.channels:
        for member in channels.members:
            yield ChannelEntry(
                href=links.to((module.path, f"{channels.full_name}.{member.name}")),
                verb=member.verb.value,
                wire_name=member.wire_name,
                direction=DIRECTIONS[member.verb],
                where=channels.full_name,
                summary=summary(member.docs, lambda text: ""),
            )
