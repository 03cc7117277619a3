"""The grammar of interfaces and channels."""

from __future__ import annotations

from difflib import get_close_matches

from generator.source.diagnostic import error
from generator.syntax import ast
from generator.syntax.atoms import parse_ordinal, parse_string
from generator.syntax.bodies import (
    Head,
    is_const,
    is_definition,
    is_reserved,
    parse_body,
    parse_const,
    parse_enum,
    parse_params,
    parse_reserved,
    parse_struct,
    refuse_nested,
)
from generator.syntax.cursor import Cursor, Mistake
from generator.syntax.lexer import NAME, ORDINAL
from generator.syntax.types import parse_type

_NOT_HERE = ("union", "interface", "channels", "feature")
VERBS = ("send", "invoke", "sync", "emit", "ask", "relay", "host")


def parse_interface(cursor: Cursor, head: Head) -> ast.Interface:
    cursor.at += 1
    name = cursor.name("an interface's name")
    methods: list[ast.Method] = []
    consts: list[ast.Const] = []
    enums: list[ast.Enum] = []

    def member(cursor: Cursor, inner: Head) -> None:
        if is_const(cursor):
            consts.append(parse_const(cursor, inner))
        elif is_definition(cursor, "enum"):
            enums.append(parse_enum(cursor, inner))
        elif is_reserved(cursor):
            cursor.refuse("a method", "leave the ordinal out: those of methods may have gaps")
        else:
            methods.append(_call(cursor, inner, None, "method"))

    parse_body(cursor, f"interface `{name.text}`", member)
    return ast.Interface(
        head.docs,
        head.attributes,
        name,
        tuple(methods),
        tuple(consts),
        tuple(enums),
        head.start,
        cursor.end,
    )


def parse_channels(cursor: Cursor, head: Head) -> ast.Channels:
    cursor.at += 1
    name = cursor.name("a name for these channels")
    prefix: ast.Literal | None = None
    if cursor.accept("="):
        prefix = parse_string(cursor, "a prefix in quotes")
    members: list[ast.Method] = []
    consts: list[ast.Const] = []
    enums: list[ast.Enum] = []
    structs: list[ast.Struct] = []
    reserved: list[ast.Reserved] = []

    def member(cursor: Cursor, inner: Head) -> None:
        if is_const(cursor):
            consts.append(parse_const(cursor, inner))
        elif is_definition(cursor, "enum"):
            enums.append(parse_enum(cursor, inner))
        elif cursor.text == "struct" and cursor.ahead(1) == NAME and cursor.ahead(2) in ("{", ";"):
            structs.append(parse_struct(cursor, inner))
        elif is_reserved(cursor):
            reserved.append(parse_reserved(cursor))
        elif cursor.text in _NOT_HERE and is_definition(cursor, cursor.text):
            refuse_nested(cursor, f"channels `{name.text}`")
        else:
            members.append(_member(cursor, inner))

    parse_body(cursor, f"channels `{name.text}`", member)
    return ast.Channels(
        head.docs,
        head.attributes,
        name,
        prefix,
        tuple(members),
        tuple(consts),
        tuple(enums),
        tuple(structs),
        tuple(reserved),
        head.start,
        cursor.end,
    )


def _member(cursor: Cursor, head: Head) -> ast.Method:
    if cursor.text in ("stream", "policy", "streams"):
        refuse_later(cursor)
    verb = cursor.name(f"a verb ({', '.join(VERBS)})")
    if verb.text in VERBS and cursor.kind != "(":
        return _call(cursor, head, verb, "channel")
    close = get_close_matches(verb.text, VERBS, 1) if cursor.kind == NAME else []
    cursor.at -= 1
    if close:
        message, help = f"`{verb.text}` is no verb", f"did you mean `{close[0]}`?"
    else:
        message = f"expected a verb, found `{verb.text}`"
        help = f"a channel begins with one of {', '.join(VERBS)}"
    cursor.report(error("IPC0018", cursor.span_here(), message, help=help))
    # What is left still reads as a channel; which verb it takes decides nothing that is checked.
    cursor.at += 1 if cursor.ahead(1) == NAME else 0
    return _call(cursor, head, None, "channel")


def _call(cursor: Cursor, head: Head, verb: ast.Name | None, what: str) -> ast.Method:
    name = cursor.name(f"a {what}'s name")
    ordinal = parse_ordinal(cursor)
    params = parse_params(cursor)
    response = _response(cursor) if _accept_arrow(cursor) else None
    cursor.separator(";", f"after {what} `{name.text}`")
    docs = head.docs_or_after(cursor)
    return ast.Method(
        docs, head.attributes, verb, name, ordinal, params, response, head.start, cursor.end
    )


def _accept_arrow(cursor: Cursor) -> bool:
    """Whether an answer follows; one behind `->`, or behind no arrow, is refused and taken."""
    if cursor.accept("=>"):
        return True
    thin = cursor.kind == "-" and cursor.ahead(1) == ">"
    if not thin and cursor.kind != "(":
        return False
    found, help = ("->", "write `=>`") if thin else ("(", "put `=>` before it")
    where = cursor.span(cursor.start, cursor.start + len(found))
    message = f"expected `=>` before an answer, found `{found}`"
    cursor.report(error("IPC0010", where, message, help=help))
    cursor.at += 2 if thin else 0
    return True


def _response(cursor: Cursor) -> ast.Response:
    start = cursor.start
    if cursor.text == "stream" and cursor.ahead(1) == "<":
        parse_type(cursor)  # which refuses it
        return ast.Response((), None, None, start, cursor.end)
    if cursor.text != "result" or cursor.ahead(1) != "<":
        if cursor.kind != "(":
            cursor.refuse("an answer", "write `=> (type name, ...)`, `=> ()` or `=> result<T, E>`")
        params = parse_params(cursor)
        return ast.Response(params, None, None, start, cursor.end)
    cursor.at += 2
    ok = parse_type(cursor)
    if cursor.kind == ">":
        written = cursor.span(ok.start, ok.end).text
        help = f"a result has two types, the value and the error: `result<{written}, E>`"
        cursor.refuse("`,` between the types of a result", help)
    cursor.expect(",", "between the types of a result")
    err = parse_type(cursor)
    cursor.expect(">", "after the types of a result")
    return ast.Response((), ok, err, start, cursor.end)


def refuse_later(cursor: Cursor) -> None:
    """Words that are kept for what the language will have, with whatever follows them."""
    word = cursor.text
    if cursor.ahead(1) != NAME or cursor.ahead(2) not in ("{", "(", "=", ORDINAL):
        return
    cursor.report(
        error(
            "IPC0015",
            cursor.span_here(),
            f"`{word}` is not part of the language yet",
            help="declare what you can with `channels`",
        )
    )
    cursor.broken.add(cursor.texts[cursor.at + 1])
    raise Mistake
