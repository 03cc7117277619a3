"""The small pieces: constants, ordinals, attributes."""

from __future__ import annotations

from generator.source.diagnostic import Label, error
from generator.syntax import ast
from generator.syntax.cursor import Cursor
from generator.syntax.lexer import NAME, NUMBER, ORDINAL, STRING

_WORDS = {"true": True, "false": False, "default": None}
_SIGNS = ("+", "-")  # tokens of their own where a blank follows, as mojom allows
_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "0": "\0",
    "\\": "\\",
    '"': '"',
    "'": "'",
    "?": "?",
}


def parse_constant(cursor: Cursor) -> ast.Constant:
    """A literal, or a name of something that has a value."""
    kind, text, start = cursor.kind, cursor.text, cursor.start
    if kind == NAME:
        if text in _WORDS and cursor.ahead(1) != ".":
            cursor.at += 1
            return ast.Literal(_WORDS[text], start, start + len(text))
        return cursor.path("a value")
    if kind == NUMBER:
        cursor.at += 1
        return ast.Literal(number_value(text), start, start + len(text))
    if kind == STRING:
        return parse_string(cursor, "a string")
    if kind in _SIGNS and cursor.ahead(1) == NUMBER and cursor.texts[cursor.at + 1][0] not in _SIGNS:
        cursor.at += 2
        return ast.Literal(number_value(text + cursor.texts[cursor.at - 1]), start, cursor.end)
    cursor.refuse("a value")


def parse_string(cursor: Cursor, what: str) -> ast.Literal:
    if cursor.kind != STRING:
        cursor.refuse(what, "put it in double quotes" if cursor.kind == NAME else "")
    text, start = cursor.text, cursor.start
    cursor.at += 1
    return ast.Literal(_unescape(cursor, text, start), start, start + len(text))


def number_value(text: str) -> int | float:
    """The value of a number; of one that the lexer refused, 0.

    Python reads no more than some thousand digits at once; the first 400 are too large for every
    type already.
    """
    try:
        if "x" in text or "X" in text:
            return int(text, 16)
        if text.lstrip("+-").isdigit():
            return int(text[:400])
        return float(text)
    except ValueError:
        return 0


def parse_ordinal(cursor: Cursor) -> ast.Ordinal | None:
    """`@3`, where there is one."""
    if cursor.kind != ORDINAL:
        return None
    start, text = cursor.start, cursor.text
    if text[1] == "0" and len(text) > 2:
        cursor.report(
            error(
                "IPC0005",
                cursor.span_here(),
                f"`{text}` is not an ordinal",
                help=f"write @{text[1:].lstrip('0') or '0'}: there are no octal numbers",
            )
        )
    cursor.at += 1
    return ast.Ordinal(int(text[1:41]), start, start + len(text))


def parse_attributes(cursor: Cursor) -> tuple[ast.Attribute, ...]:
    """`[A, B=1, C="text"]`, where there is one."""
    if cursor.kind != "[":
        return ()
    attributes: list[ast.Attribute] = []
    first = cursor.start
    _attribute_list(cursor, attributes)
    while cursor.kind == "[":
        second = cursor.start
        _attribute_list(cursor, attributes)
        written = ", ".join(cursor.span(one.start, one.end).text for one in attributes)
        cursor.report(
            error(
                "IPC0010",
                cursor.span(second, cursor.end),
                "attributes stand in one list",
                labels=(Label(cursor.span(first, first + 1), "it begins here"),),
                help=f"write `[{written}]`",
            )
        )
    return tuple(attributes)


def _attribute_list(cursor: Cursor, attributes: list[ast.Attribute]) -> None:
    cursor.at += 1
    if cursor.accept("]"):
        return
    attributes.append(_attribute(cursor))
    while cursor.accept(","):
        attributes.append(_attribute(cursor))
    cursor.expect("]", "or `,` after an attribute")


def _attribute(cursor: Cursor) -> ast.Attribute:
    name = cursor.name("an attribute's name")
    value: ast.Constant | ast.Choice | None = None
    if cursor.accept("="):
        value = parse_constant(cursor)
        if isinstance(value, ast.Path) and cursor.kind in ("|", "&"):
            value = _choice(cursor, value)
    return ast.Attribute(name, value, name.start, cursor.end)


def _choice(cursor: Cursor, first: ast.Path) -> ast.Choice:
    operator = cursor.kind
    names = [ast.Name(first.text, first.start, first.end)]
    while cursor.accept(operator):
        names.append(cursor.name(f"a name after `{operator}`"))
    return ast.Choice(tuple(names), operator == "&", first.start, cursor.end)


def _unescape(cursor: Cursor, text: str, start: int) -> str:
    body = text[1:-1] if len(text) > 1 and text[-1] == text[0] else text[1:]
    if "\\" not in body:
        return body
    out: list[str] = []
    at = 0
    while at < len(body):
        char = body[at]
        if char != "\\":
            out.append(char)
            at += 1
            continue
        follows = body[at + 1 : at + 2]
        digits = {"x": 2, "u": 4}.get(follows, 0)
        code = body[at + 2 : at + 2 + digits]
        if follows in _ESCAPES:
            out.append(_ESCAPES[follows])
        elif digits and len(code) == digits and _is_character(code):
            out.append(chr(int(code, 16)))
        else:
            where = start + 1 + at
            cursor.diagnostics.append(
                error(
                    "IPC0004",
                    cursor.span(where, where + 2 + len(code)),
                    f"`{body[at : at + 2 + len(code)]}` is no escape",
                    help=r"use \n, \t, \r, \\, \", \xHH or \uHHHH; a backslash itself is \\",
                )
            )
            digits = min(digits, len(code))
        at += 2 + digits
    return "".join(out)


def _is_character(code: str) -> bool:
    """Hexadecimal digits of a code point that may stand in UTF-8."""
    if not all(digit in "0123456789abcdefABCDEF" for digit in code):
        return False
    return not 0xD800 <= int(code, 16) <= 0xDFFF
