"""The grammar of types."""

from __future__ import annotations

from generator.source.diagnostic import error
from generator.syntax import ast
from generator.syntax.atoms import number_value, parse_constant
from generator.syntax.cursor import Cursor, Mistake
from generator.syntax.elsewhere import type_here
from generator.syntax.lexer import END, NAME, NUMBER

# Deeper types are refused; nothing that walks a type has to fear for its stack.
MAX_TYPE_DEPTH = 32

_PENDING = (
    "pending_remote",
    "pending_receiver",
    "pending_associated_remote",
    "pending_associated_receiver",
)
# mojom's old words before an interface's name: what they, and with a `&`, are now.
_LEGACY = {
    "associated": ("pending_associated_remote", "pending_associated_receiver"),
    "interface": ("pending_remote", "pending_receiver"),
}
_NOT_IN_ARGUMENTS = frozenset((";", "{", "}", "(", ")", END))
_AFTER_INTERFACE = (NAME, "&", "?", ".", ">", ",")


def parse_type(cursor: Cursor, depth: int = 1) -> ast.TypeNode:
    """A type, with its constraints and its `?`."""
    at = cursor.at
    start = cursor.starts[at]
    if depth > MAX_TYPE_DEPTH:
        _refuse_depth(cursor)
    following = cursor.kinds[at + 1] if cursor.kinds[at] == NAME else "."
    if following == "<":
        node = _with_arguments(cursor, depth)
    elif following == ".":
        path = cursor.path("a type")
        node = ast.NamedType(path.text, path.start, path.end)
    else:
        node = _plain(cursor)
    kind = cursor.kind
    if kind == "&":
        return _legacy_request(cursor, node, start, "pending_receiver")
    if kind == "[" and cursor.ahead(1) in ("]", NUMBER):
        node = refuse_brackets(cursor, node)
        kind = cursor.kind
    if kind == "(":
        node = ast.ConstrainedType(node, _constraints(cursor), start, cursor.end)
        kind = cursor.kind
    return _nullable(cursor, node, start) if kind == "?" else node


def _nullable(cursor: Cursor, inner: ast.TypeNode, start: int) -> ast.TypeNode:
    cursor.at += 1
    node = ast.NullableType(inner, start, cursor.end)
    if cursor.kind == "?":
        where = cursor.span_here()
        message = "this type is already nullable"
        cursor.report(error("IPC0041", where, message, help="remove one `?`"))
        cursor.at += 1
    elif cursor.kind == "&":
        return _legacy_request(cursor, inner, start, "pending_receiver", "?")
    elif cursor.kind == "(":
        cursor.refuse("a name", "constraints come before the `?`: `string(max_bytes=9)?`")
    return node


def _plain(cursor: Cursor) -> ast.TypeNode:
    """A single word, or mojom's old `associated Foo` and `interface Foo`."""
    text, start = cursor.text, cursor.start
    if text in _LEGACY and cursor.ahead(1) == NAME and cursor.ahead(2) in _AFTER_INTERFACE:
        return _legacy_words(cursor, *_LEGACY[text])
    cursor.at += 1
    end = start + len(text)
    if text == "handle":
        return ast.HandleType(None, start, end)
    return ast.NamedType(text, start, end)


def _with_arguments(cursor: Cursor, depth: int) -> ast.TypeNode:
    word, start = cursor.text, cursor.start
    cursor.at += 2
    if word == "array":
        return _array(cursor, start, depth)
    if word == "map":
        key = parse_type(cursor, depth + 1)
        cursor.expect(",", "between a map's key and value")
        value = parse_type(cursor, depth + 1)
        cursor.expect(">", "after a map's value")
        return ast.MapType(key, value, start, cursor.end)
    if word == "handle":
        kind = cursor.name("a kind of handle")
        cursor.expect(">", "after a kind of handle")
        return ast.HandleType(kind, start, cursor.end)
    if word in _PENDING:
        interface = cursor.path("an interface")
        cursor.expect(">", "after an interface")
        return ast.PendingType(word, interface, start, cursor.end)
    if word == "stream":
        return _stream(cursor, start, depth)
    if word == "result":
        return _misplaced_result(cursor, start, depth)
    return _foreign(cursor, word, start)


def _array(cursor: Cursor, start: int, depth: int) -> ast.ArrayType:
    element = parse_type(cursor, depth + 1)
    size: ast.Literal | None = None
    if cursor.accept(","):
        if cursor.kind != NUMBER:
            cursor.refuse("a number of elements", "an array's size is written as a number")
        size = ast.Literal(number_value(cursor.text), cursor.start, cursor.start + len(cursor.text))
        cursor.at += 1
    cursor.expect(">", "after an array's element" if size is None else "after an array's size")
    return ast.ArrayType(element, size, start, cursor.end)


def _constraints(cursor: Cursor) -> tuple[ast.Constraint, ...]:
    cursor.at += 1
    constraints = [_constraint(cursor)]
    while cursor.accept(","):
        constraints.append(_constraint(cursor))
    cursor.expect(")", "or `,` after a constraint")
    return tuple(constraints)


def _constraint(cursor: Cursor) -> ast.Constraint:
    name = cursor.name("a constraint (min, max, min_bytes, max_bytes or pattern)")
    cursor.expect("=", f"after `{name.text}`")
    value = parse_constant(cursor)
    return ast.Constraint(name, value, name.start, cursor.end)


# What is understood and refused.


def _refuse_depth(cursor: Cursor) -> None:
    cursor.report(
        error(
            "IPC0014",
            cursor.span_here(),
            f"this type is nested more than {MAX_TYPE_DEPTH} deep",
            help="give the inner part a name: a struct of its own",
        )
    )
    raise Mistake


def _stream(cursor: Cursor, start: int, depth: int) -> ast.WrongType:
    parse_type(cursor, depth + 1)
    cursor.expect(">", "after a stream's element")
    cursor.diagnostics.append(
        error(
            "IPC0015",
            cursor.span(start, cursor.end),
            "streams are not part of the language yet",
            help="send the elements one by one with a `send` or `emit` member",
        )
    )
    return ast.WrongType(start, cursor.end)


def _misplaced_result(cursor: Cursor, start: int, depth: int) -> ast.WrongType:
    parse_type(cursor, depth + 1)
    cursor.expect(",", "between the types of a result")
    parse_type(cursor, depth + 1)
    cursor.expect(">", "after the types of a result")
    cursor.diagnostics.append(
        error(
            "IPC0060",
            cursor.span(start, cursor.end),
            "`result` is an answer, not a type",
            help="write it after `=>`, or declare a union",
        )
    )
    return ast.WrongType(start, cursor.end)


def refuse_brackets(cursor: Cursor, element: ast.TypeNode) -> ast.WrongType:
    """`[]` and `[3]` behind a type, or behind what is of that type."""
    start = cursor.start
    cursor.at += 1
    size = "" if cursor.kind == "]" else f", {cursor.text}"
    cursor.accept(NUMBER)
    cursor.expect("]", "after an array's size")
    written = cursor.tokens.file.text[element.start : element.end]
    cursor.report(
        error(
            "IPC0010",
            cursor.span(start, cursor.end),
            "an array is not written with brackets",
            help=f"write `array<{type_here(written) or written}{size}>`",
        )
    )
    return ast.WrongType(element.start, cursor.end)


def _foreign(cursor: Cursor, word: str, start: int) -> ast.WrongType:
    """`vector<int32>` and the like: passed over up to its `>`, and said once."""
    depth = 1
    while depth:
        if cursor.kind in _NOT_IN_ARGUMENTS:
            cursor.refuse(f"`>` after the arguments of `{word}`")
        depth += (cursor.kind == "<") - (cursor.kind == ">")
        cursor.at += 1
    written = cursor.tokens.file.text[start : cursor.end]
    known = type_here(written)
    if "::" not in written:  # the lexer has refused that
        cursor.diagnostics.append(
            error(
                "IPC0010",
                cursor.span(start, start + len(word)),
                f"`{word}` takes no arguments",
                help=f"write `{known}`" if known else "array, map, handle and pending_* take some",
            )
        )
    return ast.WrongType(start, cursor.end)


def _legacy_words(cursor: Cursor, remote: str, receiver: str) -> ast.TypeNode:
    start = cursor.start
    cursor.at += 1
    interface = cursor.path("an interface")
    if cursor.kind == "&":
        return _legacy_request(cursor, interface, start, receiver)
    return _legacy(cursor, start, f"{remote}<{interface.text}>")


def _legacy_request(
    cursor: Cursor, node: ast.TypeNode | ast.Path, start: int, modern: str, mark: str = ""
) -> ast.TypeNode:
    """`Foo&`; `mark` is a `?` that stood before the `&`."""
    cursor.at += 1
    name = cursor.tokens.file.text[node.start : node.end]
    wrong = _legacy(cursor, start, f"{modern}<{name}>{mark}")
    if cursor.accept("?"):
        return ast.NullableType(wrong, start, cursor.end)
    return wrong


def _legacy(cursor: Cursor, start: int, modern: str) -> ast.WrongType:
    end = cursor.end
    old = cursor.tokens.file.text[start:end]
    message = f"`{old}` is a form that mojom gave up"
    cursor.diagnostics.append(
        error("IPC0011", cursor.span(start, end), message, help=f"write `{modern}`")
    )
    return ast.WrongType(start, end)
