"""The grammar of what stands between braces: const, enum, struct, union, and their members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.source.diagnostic import error
from generator.syntax import ast
from generator.syntax.atoms import (
    number_value,
    parse_attributes,
    parse_constant,
    parse_ordinal,
    parse_string,
)
from generator.syntax.comments import docs_above, docs_after
from generator.syntax.cursor import Cursor, Mistake
from generator.syntax.lexer import END, NAME, NUMBER, ORDINAL, STRING
from generator.syntax.types import parse_type, refuse_brackets

_HOLDERS = frozenset(("struct", "union", "interface", "channels", "feature"))


class Head:
    """What comes before a declaration's first own word: where it begins, docs, attributes."""

    __slots__ = ("first", "docs", "attributes", "start")

    def __init__(self, cursor: Cursor):
        self.first = cursor.at
        self.start = cursor.start
        self.attributes = parse_attributes(cursor)
        self.docs = docs_above(cursor.tokens, self.first)
        if not self.docs and self.attributes:
            self.docs = docs_above(cursor.tokens, cursor.at)

    def docs_or_after(self, cursor: Cursor) -> str:
        """The docs, those at the end of the line when there are none above."""
        return self.docs or docs_after(cursor.tokens, cursor.at - 1)


def parse_body(cursor: Cursor, owner: str, member: Callable[[Cursor, Head], None]) -> None:
    """`{ members } ;` where each member is parsed, and recovers, on its own."""
    cursor.expect("{", f"after the name of {owner}")
    while cursor.kind not in ("}", END):
        first = cursor.at
        if _is_outer_definition(cursor):
            cursor.report(
                error(
                    "IPC0010",
                    cursor.span_here(),
                    f"expected `}}` at the end of {owner}, found `{cursor.text}`",
                    help="close it with `};` before the next definition",
                )
            )
            return
        try:
            member(cursor, Head(cursor))
        except Mistake:
            cursor.skip_member(first)
            if cursor.at == first:
                cursor.at += 1
    cursor.expect("}", f"at the end of {owner}")
    cursor.separator(";", f"after {owner}")


def _is_outer_definition(cursor: Cursor) -> bool:
    """A definition that begins in the first column of its line while a body is still open."""
    return (
        cursor.text in _HOLDERS
        and cursor.ahead(1) == NAME
        and cursor.ahead(2) in ("{", "=")
        and cursor.column(cursor.at) == 0
    )


def parse_const(cursor: Cursor, head: Head) -> ast.Const:
    cursor.at += 1
    type = parse_type(cursor)
    name = cursor.name("a constant's name")
    cursor.expect("=", f"after `{name.text}`")
    value = parse_constant(cursor)
    cursor.separator(";", f"after constant `{name.text}`")
    docs = head.docs_or_after(cursor)
    return ast.Const(docs, head.attributes, type, name, value, head.start, cursor.end)


def parse_enum(cursor: Cursor, head: Head) -> ast.Enum:
    cursor.at += 1
    name = cursor.name("an enum's name")
    values: list[ast.EnumValue] = []
    reserved: list[ast.Reserved] = []
    if cursor.accept(";"):
        return ast.Enum(head.docs, head.attributes, name, False, (), (), head.start, cursor.end)

    def member(cursor: Cursor, inner: Head) -> None:
        if is_reserved(cursor):
            reserved.append(parse_reserved(cursor))
        else:
            values.append(_enum_value(cursor, inner))

    parse_body(cursor, f"enum `{name.text}`", member)
    return ast.Enum(
        head.docs,
        head.attributes,
        name,
        True,
        tuple(values),
        tuple(reserved),
        head.start,
        cursor.end,
    )


def _enum_value(cursor: Cursor, head: Head) -> ast.EnumValue:
    name = cursor.name("an enum value's name")
    value = parse_constant(cursor) if cursor.accept("=") else None
    end = cursor.end
    if cursor.kind != "}":
        cursor.separator(",", f"after enum value `{name.text}`")
    docs = head.docs_or_after(cursor)
    return ast.EnumValue(docs, head.attributes, name, value, head.start, end)


def parse_struct(cursor: Cursor, head: Head) -> ast.Struct:
    cursor.at += 1
    name = cursor.name("a struct's name")
    fields: list[ast.Field] = []
    consts: list[ast.Const] = []
    enums: list[ast.Enum] = []
    reserved: list[ast.Reserved] = []

    def member(cursor: Cursor, inner: Head) -> None:
        if is_const(cursor):
            consts.append(parse_const(cursor, inner))
        elif is_definition(cursor, "enum"):
            enums.append(parse_enum(cursor, inner))
        elif is_reserved(cursor):
            reserved.append(parse_reserved(cursor))
        elif cursor.text in _HOLDERS and is_definition(cursor, cursor.text):
            refuse_nested(cursor, f"struct `{name.text}`")
        else:
            fields.append(_field(cursor, inner))

    body = not cursor.accept(";")
    if body:
        parse_body(cursor, f"struct `{name.text}`", member)
    return ast.Struct(
        head.docs,
        head.attributes,
        name,
        body,
        tuple(fields),
        tuple(consts),
        tuple(enums),
        tuple(reserved),
        head.start,
        cursor.end,
    )


def parse_union(cursor: Cursor, head: Head) -> ast.Union:
    cursor.at += 1
    name = cursor.name("a union's name")
    fields: list[ast.Field] = []
    reserved: list[ast.Reserved] = []

    def member(cursor: Cursor, inner: Head) -> None:
        if is_reserved(cursor):
            reserved.append(parse_reserved(cursor))
        elif cursor.text in (*_HOLDERS, "enum") and is_definition(cursor, cursor.text):
            refuse_nested(cursor, f"union `{name.text}`")
        else:
            fields.append(_union_field(cursor, inner))

    parse_body(cursor, f"union `{name.text}`", member)
    return ast.Union(
        head.docs, head.attributes, name, tuple(fields), tuple(reserved), head.start, cursor.end
    )


def _field(cursor: Cursor, head: Head) -> ast.Field:
    type = parse_type(cursor)
    name = cursor.name("a field's name")
    if cursor.kind == "[" and cursor.ahead(1) in ("]", NUMBER):
        type = refuse_brackets(cursor, type)
    if cursor.kind == "(" and cursor.ahead(2) != "=":
        cursor.refuse("`;`", "calls stand in channels: `channels Name { ... };`")
    _refuse_constraints(cursor, "`;`", name)
    ordinal = parse_ordinal(cursor)
    default = parse_constant(cursor) if cursor.accept("=") else None
    cursor.separator(";", f"after field `{name.text}`")
    docs = head.docs_or_after(cursor)
    return ast.Field(
        docs, head.attributes, type, False, name, ordinal, default, head.start, cursor.end
    )


def _union_field(cursor: Cursor, head: Head) -> ast.Field:
    field = _field(cursor, head)
    if field.default is None:
        return field
    _refuse_default(cursor, "a union's field", field.default)
    return replace(field, default=None)


def parse_params(cursor: Cursor) -> tuple[ast.Field, ...]:
    """`(type name, ...)`, of a call or of its answer."""
    cursor.expect("(", "before parameters")
    params: list[ast.Field] = []
    if cursor.accept(")"):
        return ()
    params.append(_param(cursor))
    while cursor.accept(","):
        params.append(_param(cursor))
    cursor.expect(")", "or `,` after a parameter")
    return tuple(params)


def _param(cursor: Cursor) -> ast.Field:
    head = Head(cursor)
    type = parse_type(cursor)
    variadic = cursor.kind == "..."
    if cursor.kind in (")", ",") and not isinstance(type, ast.WrongType):
        written = cursor.span(type.start, type.end).text
        cursor.refuse("a parameter's name", f"a parameter has a type and a name: `{written} name`")
    if variadic:
        if not (isinstance(type, ast.NamedType) and type.path == "any"):
            cursor.report(
                error(
                    "IPC0016",
                    cursor.span(type.start, cursor.start + 3),
                    "only `any` can stand for a variable number of arguments",
                    help="write `any... args`, or an array",
                )
            )
        cursor.at += 1
    name = cursor.name("a parameter's name")
    _refuse_constraints(cursor, "`)` or `,`", name)
    ordinal = parse_ordinal(cursor)
    if cursor.accept("="):
        _refuse_default(cursor, "a parameter", parse_constant(cursor))
    return ast.Field(
        head.docs, head.attributes, type, variadic, name, ordinal, None, head.start, cursor.end
    )


def _refuse_constraints(cursor: Cursor, expected: str, name: ast.Name) -> None:
    if cursor.kind == "(":
        help = f"constraints stand behind the type: `string(max_bytes=9) {name.text}`"
        cursor.refuse(expected, help)


def _refuse_default(cursor: Cursor, what: str, default: ast.Constant) -> None:
    cursor.diagnostics.append(
        error(
            "IPC0017",
            cursor.span(default.start, default.end),
            f"{what} has no default value",
            help="remove it: only the fields of structs have defaults",
        )
    )


def parse_reserved(cursor: Cursor) -> ast.Reserved:
    """`reserved @1, @3..@5, "name";` (in an enum also plain numbers)."""
    start = cursor.start
    cursor.at += 1
    ranges: list[ast.ReservedRange] = []
    names: list[ast.Literal] = []
    while True:
        if cursor.kind == STRING:
            names.append(parse_string(cursor, "a name"))
        else:
            ranges.append(_reserved_range(cursor))
        if not cursor.accept(","):
            break
    cursor.separator(";", "after `reserved`")
    return ast.Reserved(tuple(ranges), tuple(names), start, cursor.end)


def _reserved_range(cursor: Cursor) -> ast.ReservedRange:
    start = cursor.start
    first = last = _reserved_number(cursor)
    if cursor.accept(".."):
        last = _reserved_number(cursor)
    return ast.ReservedRange(first, last, start, cursor.end)


def _reserved_number(cursor: Cursor) -> int:
    if cursor.kind not in (ORDINAL, NUMBER):
        cursor.refuse(
            "an ordinal or a name in quotes", 'write `reserved @3;` or `reserved "name";`'
        )
    value = number_value(cursor.text.removeprefix("@"))
    cursor.at += 1
    return int(value)


def refuse_nested(cursor: Cursor, owner: str) -> None:
    """A definition where none may stand: said once, and passed over with its body."""
    cursor.report(
        error(
            "IPC0010",
            cursor.span_here(),
            f"{owner} cannot hold a definition of this kind",
            help=f"move `{cursor.texts[cursor.at + 1]}` out of it",
        )
    )
    cursor.broken.add(cursor.texts[cursor.at + 1])
    raise Mistake


def is_const(cursor: Cursor) -> bool:
    return cursor.text == "const" and cursor.ahead(1) == NAME


def is_definition(cursor: Cursor, word: str) -> bool:
    """Whether `word Name {` or `word Name ;` begins here. A field of a type that is called `enum`
    would read the same with `;`: as in mojom, it is the definition."""
    if cursor.text != word or cursor.ahead(1) != NAME:
        return False
    return cursor.ahead(2) == "{" or (word == "enum" and cursor.ahead(2) == ";")


def is_reserved(cursor: Cursor) -> bool:
    return cursor.text == "reserved" and cursor.ahead(1) in (ORDINAL, NUMBER, STRING)
