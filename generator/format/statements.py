"""One statement, or the head of a definition, as lines."""

from __future__ import annotations

from generator.format.doc import HARD, LINE, SOFT, WIDTH, Doc, Group, Hard, Indent, Remark, print_doc
from generator.format.gaps import Gap, gap_before
from generator.format.spacing import is_spaced
from generator.syntax import ast
from generator.syntax.lexer import Tokens

CONTINUATION = 4
_CLOSER = {"(": ")", "[": "]", "<": ">"}

Statement = (
    ast.Module
    | ast.Import
    | ast.Definition
    | ast.Method
    | ast.Field
    | ast.EnumValue
    | ast.Reserved
)
# Attributes stand above these, and before the others as long as there is room.
_ATTRIBUTES_ABOVE = (
    ast.Module,
    ast.Import,
    ast.Enum,
    ast.Struct,
    ast.Union,
    ast.Interface,
    ast.Channels,
    ast.Feature,
    ast.Method,
)


def has_attributes_above(node: Statement) -> bool:
    return bool(getattr(node, "attributes", ())) and isinstance(node, _ATTRIBUTES_ABOVE)


def flat_text(tokens: Tokens, first: int, last: int) -> str:
    """Tokens `first` up to, not including, `last` on one line, their comments left out."""
    parts = [tokens.texts[first]]
    open_brackets = [tokens.kinds[first]] if tokens.kinds[first] in _CLOSER else []
    for at in range(first + 1, last):
        kind = tokens.kinds[at]
        if kind in ")]>" and open_brackets:
            open_brackets.pop()
        inside = open_brackets[-1] if open_brackets else ""
        if _spaced(tokens, first, at, inside):
            parts.append(" ")
        parts.append(tokens.texts[at])
        if kind in _CLOSER:
            open_brackets.append(kind)
    return "".join(parts)


def statement_lines(
    tokens: Tokens, node: Statement, first: int, last: int, indent: int, end: str = ""
) -> list[str]:
    """Tokens `first` up to, not including, `last`, and then `end`, as lines that are indented."""
    return _Layout(tokens, node, first, last, indent, end).lines()


class _Layout:
    def __init__(
        self, tokens: Tokens, node: Statement, first: int, last: int, indent: int, end: str
    ):
        self.tokens = tokens
        self.node = node
        self.first = first
        self.last = last
        self.indent = indent
        self.end = end
        self.at = first
        self.start = first  # what stands before it has been laid out
        self.open: list[str] = []

    def lines(self) -> list[str]:
        plain = not any(at in self.tokens.comments for at in range(self.first + 1, self.last))
        if plain and not has_attributes_above(self.node):
            line = " " * self.indent + flat_text(self.tokens, self.first, self.last) + self.end
            if len(line) <= WIDTH:
                return [line]
        doc: Doc = []
        if self._kind == "[":
            doc += self._bracket()
            doc += self._gap_doc(HARD if has_attributes_above(self.node) else LINE)
            self.start = self.at
        if isinstance(self.node, ast.Method):
            return self._call(doc, plain)
        rest = self._named() if isinstance(self.node, (ast.Field, ast.Const)) else self._to_end()
        return print_doc([Group([*doc, Group([*rest, self.end])])], self.indent)

    def _call(self, above: Doc, plain: bool) -> list[str]:
        """`name(params)`, and its answer on a line of its own when only that makes both fit; else
        the lists that do not fit take a line for each of their elements."""
        start = self.at
        doc = self._to_end()
        if not plain or not self.node.response:
            return print_doc([*above, *doc, self.end], self.indent)
        arrow = self.tokens.kinds.index("=>", start, self.last)
        call = " " * self.indent + flat_text(self.tokens, start, arrow)
        answer = flat_text(self.tokens, arrow, self.last) + self.end
        below = " " * (self.indent + CONTINUATION) + answer
        together = f"{call} {answer}"
        if len(together) > WIDTH and max(len(call), len(below)) <= WIDTH:
            return [*print_doc(above, self.indent), call, below]
        return print_doc([*above, *doc, self.end], self.indent)

    def _named(self) -> Doc:
        """`type name = value`: the name goes to the next line, or the value, where one has to."""
        name = self.node.name.start
        doc: Doc = []
        while self.tokens.starts[self.at] < name:
            doc += self._piece()
        doc = [Group([*doc, Indent(CONTINUATION, [*self._gap_doc(LINE), *self._token()])])]
        return doc + self._to_end()

    def _to_end(self) -> Doc:
        """What is left, each list broken on its own, a value below its `=`."""
        doc: Doc = []
        listed = isinstance(self.node, ast.Reserved)
        while self.at < self.last:
            after = self.tokens.kinds[self.at - 1] if self.at > self.start else ""
            if after == "=" and not self.open:
                value: Doc = self._gap_doc(LINE) + self._token()
                while self.at < self.last and self._kind not in (";", ","):
                    value += self._piece()
                doc.append(Group([Indent(CONTINUATION, value)]))
            elif after == "," and listed:
                item = self._gap_doc(LINE) + self._token()
                while self.at < self.last and self._kind not in (";", ","):
                    item += self._piece()
                doc.append(Group([Indent(CONTINUATION, item)]))
            else:
                doc += self._piece()
        return doc

    # The pieces.

    @property
    def _kind(self) -> str:
        return self.tokens.kinds[self.at]

    def _piece(self) -> Doc:
        """The next token with the gap before it; a whole list if it opens one."""
        gap = self._gap_doc(None) if self.at > self.start else []
        return gap + (self._bracket() if self._kind in _CLOSER else self._token())

    def _token(self) -> Doc:
        text = self.tokens.texts[self.at]
        self.at += 1
        return [text]

    def _bracket(self) -> Doc:
        """A list in brackets: all on one line, or a line for each element."""
        opener = self._kind
        doc: Doc = self._token()
        self.open.append(opener)
        inner: Doc = []
        while self._kind != _CLOSER[opener]:
            before = self.tokens.kinds[self.at - 1]
            if before == opener and not inner:
                inner += self._gap_doc(SOFT)
            elif before == ",":
                inner += self._gap_doc(LINE)
            else:
                inner += self._piece()
                continue
            inner += self._bracket() if self._kind in _CLOSER else self._token()
        if inner or self.at in self.tokens.comments:
            inner = [Indent(2, inner + self._comments_only()), SOFT]
        self.open.pop()
        return [Group(doc + inner + self._token())]

    def _comments_only(self) -> Doc:
        """The comments before a closing bracket: indented as what it holds."""
        gap = gap_before(self.tokens, self.at)
        return _comment_doc(gap, self.tokens.texts[self.at - 1], keep_blank=False)

    def _gap_doc(self, line: Doc | None) -> Doc:
        """The gap before the next token: its comments, then `line`, or else the space it needs."""
        inside = self.open[-1] if self.open else ""
        spaced = _spaced(self.tokens, self.first, self.at, inside)
        if self.at not in self.tokens.comments:
            return [line or (" " if spaced else "")]
        gap = gap_before(self.tokens, self.at)
        doc = _comment_doc(gap, self.tokens.texts[self.at - 1], keep_blank=True)
        if isinstance(doc[-1], Hard):
            return doc
        # Behind a comment there is a space even where there would be none.
        return [*doc, HARD if line is HARD else LINE if line else " "]


def _spaced(tokens: Tokens, first: int, at: int, inside: str) -> bool:
    first_of_reserved = at == first + 1 and tokens.texts[first] == "reserved"
    before = tokens.kinds[at - 1]
    return first_of_reserved or is_spaced(before, tokens.kinds[at], inside)


def _comment_doc(gap: Gap, before: str, keep_blank: bool) -> Doc:
    """The comments of a gap inside of a statement. `before` is the token before them."""
    doc: Doc = []
    if gap.trailing:
        text = " ".join(gap.trailing.texts)
        space = "  " if gap.ends_line else "" if before in _CLOSER else " "
        doc += [Remark(space + text), *([HARD] if gap.ends_line else [])]
    for line in gap.lines:
        doc += [Hard(line.blank and bool(doc)), Remark(" ".join(line.texts)), HARD]
    if gap.lines and gap.blank and keep_blank:
        doc[-1] = Hard(blank=True)
    return doc
