"""The views of one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.backends import words
from generator.backends.comments import Lines, comment
from generator.backends.proto import names
from generator.backends.proto.messages import Scope
from generator.backends.proto.reserved import reserved_fields, reserved_values
from generator.backends.proto.views import Block, FileView
from generator.backends.support import Support, held
from generator.backends.templates import environment
from generator.ir import (
    Channels,
    Enum,
    EnumRef,
    Interface,
    Member,
    Module,
    Params,
    Program,
    Result,
    Struct,
    StructRef,
    Union,
    UnionRef,
)

_TEMPLATES = Path(__file__).parent / "templates"


def proto_file(program: Program, module: Module) -> str:
    view = FileView(
        origin=module.path,
        comment=comment(module.docs),
        package=module.name,
        imports=_imports(program, module),
        blocks=tuple(_File(program, module).blocks()),
    )
    template = environment(_TEMPLATES).get_template("file.proto.j2")
    return template.render(view=view).rstrip("\n") + "\n"


class _File:
    """Walks a module's declarations."""

    def __init__(self, program: Program, module: Module):
        self._program = program
        self._module = module
        self._support = Support(program)
        self._values: set[str] = set()  # names of enum values at the top

    def blocks(self) -> Iterator[Block]:
        for decl in self._module.decls:
            match decl:
                case Enum() | Struct() | Union() if not self._support.of(decl):
                    continue
                case Enum():
                    yield self._enum(decl, self._values)
                case Struct():
                    yield self._struct(decl)
                case Union():
                    yield self._union(decl)
                case Channels():
                    yield from self._channels(decl)
                case Interface():
                    yield from self._enums(decl.enums, self._values)

    def _enums(self, enums: tuple[Enum, ...], taken: set[str], depth: int = 0) -> Iterator[Block]:
        for enum in enums:
            if self._support.of(enum):
                yield self._enum(enum, taken, depth)

    def _enum(self, enum: Enum, taken: set[str], depth: int = 0) -> Block:
        name = self._local(enum).rpartition(".")[2]
        indent = 2 * (depth + 1)
        values: list[str] = []
        pairs = list(zip(enum.values, names.value_names(enum, name, taken)))
        if not enum.has_zero:
            zero = names.unique(f"{names.upper_snake(name)}_UNSPECIFIED", "_0", taken)
            values.append(f"{zero} = 0;  // not a value: refused on receipt")
        for value, said in sorted(pairs, key=lambda pair: pair[0].number != 0):
            values += (line[indent:] for line in comment(value.docs, indent))
            values.append(f"{said} = {value.number};")
        numbers = [value.number for value in enum.values]
        alias = ("option allow_alias = true;",) if len(set(numbers)) < len(numbers) else ()
        prefix = names.upper_snake(name)
        gone = tuple(f"{prefix}_{names.upper_snake(one)}" for one in enum.reserved.names)
        return Block(
            comment=_outer(enum.docs, depth),
            head=f"enum {name} {{",
            groups=_groups(alias, reserved_values(enum.reserved, gone), tuple(values)),
        )

    def _struct(self, struct: Struct) -> Block:
        name = self._local(struct)
        enums = tuple(self._enums(struct.enums, set(), 1))
        scope = self._scope(name, {enum.name for enum in struct.enums})
        fields = scope.field_lines(struct.by_number)
        reserved = reserved_fields(struct.reserved)
        return _message(struct.docs, name, (*enums, *scope.wrappers), (reserved, fields))

    def _union(self, union: Union) -> Block:
        name = self._local(union)
        scope = self._scope(name, set(), depth=2)
        oneof = Block((), "oneof member {", _groups(scope.oneof_lines(union.by_number)))
        reserved = reserved_fields(union.reserved)
        return _message(union.docs, name, tuple(scope.wrappers), (reserved,), (oneof,))

    def _channels(self, channels: Channels) -> Iterator[Block]:
        yield from self._enums(channels.enums, self._values)
        for struct in channels.structs:
            if self._support.of(struct):
                yield self._struct(struct)
        for member in channels.members:
            if self._support.of(member):
                yield from self._member(channels, member)

    def _member(self, channels: Channels, member: Member) -> Iterator[Block]:
        owner = f"{channels.name}{words.camel(member.name)}"
        said = f'{member.verb.value} {channels.name}.{member.name}, "{member.wire_name}"'
        if member.max_bytes is not None:
            said = f"{said}, at most {member.max_bytes} bytes"
        rest = member.params.fields[-1] if member.variadic else None
        if rest and len(member.params.fields) == 1:
            yield Block(comment(_joined(f"{said}: any JSON arguments, no message.", member.docs)))
        else:
            scope = self._scope(f"{owner}Params")
            fields = scope.field_lines(member.params.by_number, rest)
            docs = _joined(f"{said}.", member.docs)
            yield _message(docs, f"{owner}Params", tuple(scope.wrappers), (fields,))
        if member.response is not None:
            asked = f"{channels.name}.{member.name}"
            yield self._response(asked, f"{owner}Response", member.response)

    def _response(self, said: str, name: str, response: Params | Result) -> Block:
        docs = f"The answer to {said}."
        if isinstance(response, Params):
            scope = self._scope(name)
            fields = scope.field_lines(response.by_number)
            return _message(docs, name, tuple(scope.wrappers), (fields,))
        scope = self._scope(name, depth=2)
        oneof = Block((), "oneof outcome {", (scope.result_lines(response),))
        return _message(docs, name, tuple(scope.wrappers), (), (oneof,))

    def _scope(self, name: str, nested: Iterable[str] = (), depth: int = 1) -> Scope:
        """What is inside of a message; its wrappers must not hide a type of the file."""
        types = frozenset(decl.name for decl in self._module.walk())
        return Scope(self._program, self._module, name, depth, types, frozenset(nested))

    def _local(self, decl: Enum | Struct | Union) -> str:
        return names.local_name(decl, self._module)


def _message(
    docs: str,
    name: str,
    before: tuple[Block, ...],
    groups: tuple[Lines, ...],
    after: tuple[Block, ...] = (),
) -> Block:
    return Block(_outer(docs, 0), f"message {name} {{", _groups(*groups), before, after)


def _groups(*groups: Lines) -> tuple[Lines, ...]:
    return tuple(group for group in groups if group)


def _outer(docs: str, depth: int) -> Lines:
    return tuple(line[2 * depth :] for line in comment(docs, 2 * depth))


def _joined(first: str, docs: str) -> str:
    return f"{first}\n{docs}" if docs else first


def _imports(program: Program, module: Module) -> Lines:
    """The files whose types are used: protoc warns of others."""
    support = Support(program)
    members = (member for channels in module.channels for member in channels.members)
    holders = (decl for decl in module.walk() if isinstance(decl, Struct | Union))
    used = {
        type.module
        for holder in (*holders, *members)
        if support.of(holder)
        for type in held(holder)
        if isinstance(type, EnumRef | StructRef | UnionRef)
    }
    paths = sorted(names.proto_path(path) for path in used - {module.path})
    return tuple(f'import "{path}";' for path in paths)
