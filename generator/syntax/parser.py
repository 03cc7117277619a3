"""The parser of whole files: hand-written, one token after the other, never back.

It reports every mistake of a file. A mistake costs as little as possible: a missing `;` at the
end of a line nothing but itself, any other the member or the definition it stands in.
"""

from __future__ import annotations

from difflib import get_close_matches

from generator.source.diagnostic import Diagnostic, error
from generator.source.file import SourceFile, Span
from generator.syntax import ast
from generator.syntax.atoms import parse_string
from generator.syntax.bodies import (
    Head,
    parse_body,
    parse_const,
    parse_enum,
    parse_struct,
    parse_union,
)
from generator.syntax.calls import parse_channels, parse_interface, refuse_later
from generator.syntax.cursor import Cursor, Mistake
from generator.syntax.lexer import END, NAME, tokenize
from generator.syntax.types import parse_type


def parse(file: SourceFile) -> tuple[ast.File, list[Diagnostic]]:
    """The tree of a file and everything that is wrong with its form.

    The tree is whole even when there are mistakes; what could not be understood is missing from
    it, and the names that it would have declared are in `broken`.
    """
    cursor = Cursor(tokenize(file))
    parts = _Parts(cursor)
    while cursor.kind != END:
        first = cursor.at
        try:
            head = Head(cursor)
            parts.statement(cursor.text, head)
        except Mistake:
            cursor.at = max(cursor.at, first)
            _note_broken_name(cursor, first)
            cursor.skip_definition(first)
    tree = ast.File(
        parts.module,
        tuple(parts.imports),
        tuple(parts.definitions),
        frozenset(cursor.broken),
        0,
        len(file.text),
    )
    return tree, cursor.diagnostics


class _Parts:
    """What has been found in a file so far."""

    def __init__(self, cursor: Cursor):
        self.cursor = cursor
        self.module: ast.Module | None = None
        self.imports: list[ast.Import] = []
        self.definitions: list[ast.Definition] = []

    def statement(self, word: str, head: Head) -> None:
        """A statement as if its first word were `word`."""
        cursor = self.cursor
        if word in _DEFINITIONS:
            self.definitions.append(_DEFINITIONS[word](cursor, head))
        elif word == "import":
            self._import(head)
        elif word == "module":
            self._module(head)
        else:
            if word in ("policy", "streams"):
                refuse_later(cursor)
            close = get_close_matches(word, [*_DEFINITIONS, "import", "module"], 1)
            if cursor.kind != NAME or cursor.ahead(1) != NAME or not close:
                cursor.refuse(
                    "a definition",
                    "a file holds module, import, const, enum, struct, union, channels, type, "
                    "interface and feature",
                )
            cursor.report(
                error(
                    "IPC0010",
                    cursor.span_here(),
                    f"expected a definition, found `{word}`",
                    help=f"did you mean `{close[0]}`?",
                )
            )
            self.statement(close[0], head)

    def _module(self, head: Head) -> None:
        cursor = self.cursor
        keyword = cursor.span_here()
        cursor.at += 1
        name = cursor.path("a module's name")
        cursor.separator(";", f"after module `{name.text}`")
        module = ast.Module(head.docs, head.attributes, name, head.start, cursor.end)
        if self.module is not None:
            self._misplaced(keyword, "a file has one module", "remove the second `module` line")
        elif self.imports or self.definitions:
            self._misplaced(
                keyword, "`module` comes before everything else", "move it to the top of the file"
            )
        self.module = self.module or module

    def _misplaced(self, keyword: Span, message: str, help: str) -> None:
        self.cursor.diagnostics.append(error("IPC0012", keyword, message, help=help))

    def _import(self, head: Head) -> None:
        cursor = self.cursor
        keyword = cursor.span_here()
        cursor.at += 1
        path = parse_string(cursor, "a path in quotes")
        alias: ast.Name | None = None
        if cursor.text == "as":
            cursor.at += 1
            alias = cursor.name("a name after `as`")
        cursor.separator(";", "after an import")
        self.imports.append(ast.Import(head.attributes, path, alias, head.start, cursor.end))
        if self.definitions:
            cursor.diagnostics.append(
                error(
                    "IPC0013",
                    keyword,
                    "imports come before definitions",
                    help="move it up, below `module`",
                )
            )


def _feature(cursor: Cursor, head: Head) -> ast.Feature:
    cursor.at += 1
    name = cursor.name("a feature's name")
    consts: list[ast.Const] = []

    def member(cursor: Cursor, inner: Head) -> None:
        if cursor.text != "const":
            cursor.refuse("`const`", "a feature holds constants only")
        consts.append(parse_const(cursor, inner))

    parse_body(cursor, f"feature `{name.text}`", member)
    return ast.Feature(head.docs, head.attributes, name, tuple(consts), head.start, cursor.end)


def _alias(cursor: Cursor, head: Head) -> ast.Alias:
    cursor.at += 1
    name = cursor.name("a name for the type")
    cursor.expect("=", f"after `{name.text}`")
    type = parse_type(cursor)
    cursor.separator(";", f"after type `{name.text}`")
    docs = head.docs_or_after(cursor)
    return ast.Alias(docs, head.attributes, name, type, head.start, cursor.end)


_DEFINITIONS = {
    "const": parse_const,
    "enum": parse_enum,
    "struct": parse_struct,
    "union": parse_union,
    "interface": parse_interface,
    "channels": parse_channels,
    "feature": _feature,
    "type": _alias,
}


def _note_broken_name(cursor: Cursor, first: int) -> None:
    """Remembers the name that a broken definition would have declared."""
    at = first
    if cursor.kinds[at] == "[":
        while cursor.kinds[at] not in ("]", END):
            at += 1
        at += 1
    if cursor.kinds[at : at + 2] == [NAME, NAME]:
        cursor.broken.add(cursor.texts[at + 1])
