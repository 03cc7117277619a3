"""A whole file: which statement stands where, and what stands between them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.format.doc import WIDTH
from generator.format.gaps import CommentLine, comment_rows, gap_before
from generator.format.rows import Rows
from generator.format.statements import (
    Statement,
    Stretch,
    flat_text,
    statement_lines,
)
from generator.source import Diagnostic, SourceFile
from generator.syntax import ast, parse, tokenize
from generator.syntax.lexer import Tokens

_INDENT = 2
_WITH_BODY = (ast.Enum, ast.Struct, ast.Union, ast.Interface, ast.Channels, ast.Feature)


def format_source(file: SourceFile) -> tuple[str | None, list[Diagnostic]]:
    """The text in its one layout, or None and what is wrong with its form.

    Lines end as the first one does.
    """
    tree, diagnostics = parse(file)
    if diagnostics:
        return None, diagnostics
    text = _Layout(tokenize(file)).text(tree)
    first_line, end, _ = file.text.partition("\n")
    return text.replace("\n", "\r\n") if end and first_line.endswith("\r") else text, []


def statements(node: ast.File | Statement) -> list[Statement]:
    """What a file or a body holds, in the order of the text."""
    if isinstance(node, ast.File):
        module = [node.module] if node.module else []
        return sorted([*module, *node.imports, *node.definitions], key=_start)
    groups = ("consts", "enums", "structs", "values", "fields", "methods", "members", "reserved")
    return sorted((inner for group in groups for inner in getattr(node, group, ())), key=_start)


def _start(node: Statement) -> int:
    return node.start


class _Layout:
    """Goes through the tokens once; `at` is the next one."""

    def __init__(self, tokens: Tokens):
        self.tokens = tokens
        self.at = 0
        self.rows = Rows()

    def text(self, tree: ast.File) -> str:
        self._block(statements(tree), 0)
        return self.rows.text()

    def _block(self, members: Sequence[Statement], indent: int, verb_width: int = 0) -> None:
        """The members of a file or a body, up to the token that ends it."""
        before: Statement | None = None
        before_spread = False
        for member in members:
            last = self._end_of(member)
            body = isinstance(member, _WITH_BODY) and getattr(member, "body", True)
            spread = body and not self._is_short(member, last, indent)
            apart = before is not None and (
                spread or before_spread or _chapter(before) != _chapter(member)
            )
            self._gap(indent, is_first=before is None, apart=apart)
            if spread:
                self._definition(member, indent)
            elif body:
                self._short(member, last, indent)
            elif isinstance(member, ast.EnumValue):
                self._enum_value(member, last, indent)
            else:
                width = verb_width if isinstance(member, ast.Method) else 0
                self._add(Stretch(member, self.at, last, verb_width=width), indent)
            before, before_spread = member, spread
        self._gap(indent, is_first=before is None, is_last=True)

    def _end_of(self, node: Statement) -> int:
        """The index behind the last token of a node that begins here."""
        at = self.at
        starts = self.tokens.starts
        while starts[at] < node.end and at < len(starts) - 1:
            at += 1
        return at

    # Statements.

    def _add(self, stretch: Stretch, indent: int) -> None:
        self.rows.add(statement_lines(self.tokens, stretch, indent))
        self.at = stretch.last

    def _enum_value(self, node: ast.EnumValue, last: int, indent: int) -> None:
        """With a comma, also where the last value has none."""
        if self.tokens.kinds[last] != ",":
            self._add(Stretch(node, self.at, last, ","), indent)
        elif last in self.tokens.comments:
            self._add(Stretch(node, self.at, last + 1), indent)
        else:
            self._add(Stretch(node, self.at, last, ","), indent)
            self.at = last + 1

    def _definition(self, node: Statement, indent: int) -> None:
        """A head, lines for each member, and the brace."""
        brace = self.tokens.kinds.index("{", self.at)
        self._add(Stretch(node, self.at, brace + 1), indent)
        width = self._verb_width(node.members) if isinstance(node, ast.Channels) else 0
        self._block(statements(node), indent + _INDENT, width)
        self._add(Stretch(node, self.at, self.at + 2), indent)

    def _verb_width(self, members: Sequence[ast.Method]) -> int:
        """The width of the longest verb if names are to stand below each other, else 0. They are
        where the author has put more than a space between any verb and its name."""
        source = self.tokens.file.text
        gaps = {member.verb: source[member.verb.end : member.name.start] for member in members}
        verbs = [verb for verb, gap in gaps.items() if gap.isspace()]
        if all(gaps[verb] == " " or "\n" in gaps[verb] for verb in verbs):
            return 0
        return max(len(verb.text) for verb in verbs)

    # Bodies on one line.

    def _is_short(self, node: Statement, last: int, indent: int) -> bool:
        """Whether a definition stays on one line: it was written on one, has no comments inside,
        and fits."""
        tokens = self.tokens
        if any(at in tokens.comments for at in range(self.at + 1, last)):
            return False
        brace = tokens.kinds.index("{", self.at)
        members = statements(node)
        if not members:
            return True
        on_new_line = "\n" in tokens.file.text[tokens.starts[brace] : tokens.starts[brace + 1]]
        if on_new_line or any(isinstance(member, _WITH_BODY) for member in members):
            return False
        first = self._first_of_head()
        return indent + len(self._short_text(first, last)) <= WIDTH

    def _short(self, node: Statement, last: int, indent: int) -> None:
        first = self._first_of_head()
        if first > self.at:
            self._add(Stretch(node, self.at, first), indent)
        self.rows.add([" " * indent + self._short_text(first, last)])
        self.at = last

    def _short_text(self, first: int, last: int) -> str:
        """Without the comma that may stand before the brace."""
        kinds = self.tokens.kinds
        brace = last - 2
        if kinds[brace] != "}" or kinds[brace - 1] not in (",", "{"):
            return flat_text(self.tokens, first, last)
        if kinds[brace - 1] == "{":
            return flat_text(self.tokens, first, brace) + "};"
        return flat_text(self.tokens, first, brace - 1) + " };"

    def _first_of_head(self) -> int:
        """The first token behind the attributes."""
        kinds = self.tokens.kinds
        return kinds.index("]", self.at) + 1 if kinds[self.at] == "[" else self.at

    # Between statements.

    def _gap(self, indent: int, is_first: bool, is_last: bool = False, apart: bool = False) -> None:
        """What stands between the statement (or brace) before and the next; `apart`: a blank line
        at least, wherever the author put it."""
        gap = gap_before(self.tokens, self.at)
        lines = list(gap.lines)
        blank = gap.blank
        if gap.trailing and gap.joined and not is_first:
            # Between two statements on one line it belongs to neither, and goes on doing so.
            lines = [CommentLine(gap.trailing.texts, gap.trailing.column, False)]
            blank = True
        elif gap.trailing:
            self.rows.remark(gap.trailing)
            while lines and _continues(gap.trailing, lines[0]):
                self.rows.continue_remark(lines.pop(0))
        missing = apart and not blank and not any(line.blank for line in lines)
        if missing:
            self.rows.blank()
        for at, line in enumerate(lines):
            if line.blank and not (is_first and at == 0):
                self.rows.blank()
            self.rows.comment(comment_rows(line, indent), indent)
        if blank and not is_last and (gap.lines or not is_first):
            self.rows.blank()


def _continues(remark: CommentLine, line: CommentLine) -> bool:
    """Whether a line of comments was written right below a remark, in the same column."""
    return not line.blank and line.column == remark.column


def _chapter(node: Statement) -> type:
    """A file has chapters, parted by a blank line: module, imports, definitions."""
    return type(node) if isinstance(node, (ast.Module, ast.Import)) else ast.File
