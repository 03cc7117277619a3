"""The two files of one module, put together."""

from __future__ import annotations

from generator.backends import comments
from generator.backends.comments import Lines
from generator.backends.cpp import data, includes, layout, names, stub_bodies, stub_classes
from generator.backends.cpp.contents import Contents
from generator.backends.cpp.data import Record
from generator.backends.cpp.render import render
from generator.backends.cpp.stubs import channel_constant
from generator.backends.cpp.views import FileView, TableView
from generator.ir import Module, Program, Union, channels_digest


def header(module: Module, contents: Contents, tables: tuple[TableView, ...]) -> str:
    inside = (*_types(contents), *_stubs(contents))
    instances = _instances("extern template", tables)
    code = "\n".join((*inside, instances))
    imported = tuple(names.header_path(one.path) for one in module.imports)
    view = FileView(
        origin=module.path,
        comment=comments.comment(module.docs),
        includes=_blocks(includes.standard(code), includes.libraries(code, imported)),
        before=(),
        namespace=names.namespace(module.name),
        inside=inside,
        after=_present(instances),
    )
    return render("header.h.j2", view) + "\n"


def source(
    program: Program,
    module: Module,
    contents: Contents,
    tables: tuple[TableView, ...],
    header: str,
) -> str:
    tables_text = _present(*(render("table.cc.j2", view) for view in tables))
    instances = _instances("template", tables)
    inside = _definitions(program, contents)
    code = "\n".join((*tables_text, instances, *inside))
    already = tuple(line for line in header.splitlines() if line.startswith("#include"))
    view = FileView(
        origin=module.path,
        comment=(),
        includes=_blocks(
            (f'#include "{names.header_path(module.path)}"',),
            includes.standard(code, without=already),
            includes.libraries(code, without=already),
        ),
        before=(*tables_text, *_present(instances)),
        namespace=names.namespace(module.name),
        inside=inside,
        after=(),
    )
    return render("source.cc.j2", view) + "\n"


def _types(contents: Contents) -> tuple[str, ...]:
    """Everything but channels, a paragraph each."""
    spelling = contents.spelling
    scopes = (data.scope_view(holder, spelling) for holder in contents.scopes)
    return _present(
        *(render("enum.h.j2", data.enum_view(enum, spelling)) for enum in contents.enums),
        _text(*(data.const_lines(const, spelling) for const in contents.consts)),
        _text(*(_forward(one, contents) for one in contents.forward)),
        *(_data(one, contents) for one in contents.data),
        *(render("scope.h.j2", scope) for scope in scopes if scope),
    )


def _name(one: Record | Union, contents: Contents) -> str:
    return contents.spelling.name(one) if isinstance(one, Union) else one.name


def _is_late(one: Record | Union, contents: Contents) -> bool:
    return any(one is late for late in contents.compared_late)


def _forward(one: Record | Union, contents: Contents) -> Lines:
    return (f"{'class' if isinstance(one, Union) else 'struct'} {_name(one, contents)};",)


def _data(one: Record | Union, contents: Contents) -> str:
    equality = data.declared_equality if _is_late(one, contents) else data.equality
    lines = equality(_name(one, contents))
    if isinstance(one, Union):
        return render("union.h.j2", data.union_view(one, contents.spelling, lines))
    return render("struct.h.j2", data.struct_view(one, contents.spelling, lines))


def _stubs(contents: Contents) -> tuple[str, ...]:
    parts = [_data(message, contents) for message in contents.messages]
    for one in contents.channels:
        if one.bound:
            parts.append(render("abstract.h.j2", stub_classes.main_class(one)))
            parts.append(render("function.h.j2", stub_classes.bind_function(one)))
        if one.towards:
            parts.append(render("stub.h.j2", stub_classes.web_contents_class(one)))
        if one.members:
            parts.append(render("stub.h.j2", stub_classes.renderer_class(one)))
        if one.hosted:
            parts.append(render("stub.h.j2", stub_classes.web_view_class(one)))
        parts.append(render("function.h.j2", stub_classes.schema_function(one)))
    return _present(*parts)


def _definitions(program: Program, contents: Contents) -> tuple[str, ...]:
    """What the functions of the header do, a paragraph each."""
    spelling = contents.spelling
    functions: list[Lines] = []
    for enum in contents.enums:
        functions += data.enum_definitions(enum, spelling)
    for one in (*contents.data, *contents.messages):
        is_union = isinstance(one, Union)
        name = _name(one, contents)
        if is_union:
            functions += data.union_makers(one, spelling)
        if _is_late(one, contents):
            equal = "a.value_ == b.value_" if is_union else "ipc::EqualFields(a, b)"
            functions.append(data.equality_definition(name, equal))
        functions.append(data.print_definition(name))
    stubs = (stub for one in contents.channels for stub in one.members)
    constants = _text(*(channel_constant(stub) for stub in stubs))
    if constants:
        functions.append(("namespace {", "", constants, "", "}  // namespace"))
    for one in contents.channels:
        if one.bound:
            functions.append(stub_bodies.bind_body(one))
        if one.towards:
            functions += stub_bodies.web_contents_bodies(one)
        if one.members:
            functions += stub_bodies.renderer_bodies(one)
        if one.hosted:
            functions += stub_bodies.web_view_bodies(one)
        functions.append(stub_bodies.schema_body(one, channels_digest(program, one.channels)))
    return _present(*("\n".join(lines) for lines in functions))


def _instances(what: str, views: tuple[TableView, ...]) -> str:
    lines = (
        layout.template_argument(f"{what} struct ipc::{one.codec}", one.name, ";") for one in views
    )
    return _text(*lines)


def _text(*groups: Lines) -> str:
    return "\n".join(line for group in groups for line in group)


def _present(*paragraphs: str) -> tuple[str, ...]:
    return tuple(layout.guarded(paragraph) for paragraph in paragraphs if paragraph)


def _blocks(*blocks: Lines) -> tuple[Lines, ...]:
    return tuple(block for block in blocks if block)
