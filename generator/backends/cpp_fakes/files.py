"""The two files of one module, put together."""

from __future__ import annotations

from pathlib import Path

from generator.backends import comments
from generator.backends.cpp import includes, layout, names
from generator.backends.cpp.render import render
from generator.backends.cpp.views import FileView
from generator.backends.cpp_fakes.classes import bodies, fake_class
from generator.backends.cpp_fakes.fakes import Fake, faked, fakes, header_path, source_path
from generator.backends.templates import environment
from generator.ir import Module, Program

_TEMPLATES = environment(Path(__file__).parent / "templates")


def generate(program: Program, module: Module) -> dict[str, str]:
    made = tuple(fake for stubs in faked(program, module) for fake in fakes(stubs))
    header = _header(module, made)
    return {header_path(module.path): header, source_path(module.path): _source(module, made, header)}


def _header(module: Module, made: tuple[Fake, ...]) -> str:
    template = _TEMPLATES.get_template("fake.h.j2")
    inside = tuple(
        layout.guarded(template.render(view=fake_class(fake)).strip("\n")) for fake in made
    )
    code, own = "\n".join(inside), names.header_path(module.path)
    view = FileView(
        origin=module.path,
        comment=comments.comment(f"For tests: fakes of both sides of the channels in {module.path}."),
        includes=_blocks(includes.standard(code), includes.libraries(code, (own,))),
        before=(),
        namespace=names.namespace(module.name) if inside else "",
        inside=inside,
        after=(),
    )
    return render("header.h.j2", view) + "\n"


def _source(module: Module, made: tuple[Fake, ...], header: str) -> str:
    inside = tuple(
        layout.guarded("\n".join(body)) for fake in made for body in bodies(fake)
    )
    code = "\n".join(inside)
    already = tuple(line for line in header.splitlines() if line.startswith("#include"))
    view = FileView(
        origin=module.path,
        comment=(),
        includes=_blocks(
            (f'#include "{header_path(module.path)}"',),
            includes.standard(code, without=already),
            includes.libraries(code, without=already),
        ),
        before=(),
        namespace=names.namespace(module.name),
        inside=inside,
        after=(),
    )
    return render("source.cc.j2", view) + "\n"


def _blocks(*blocks: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(block for block in blocks if block)
