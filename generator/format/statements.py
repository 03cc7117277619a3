"""One statement, or the head of a definition, as lines."""

from __future__ import annotations

from dataclasses import dataclass

from generator.format.doc import (
    HARD,
    LINE,
    WIDTH,
    Doc,
    Elements,
    Group,
    Hard,
    Indent,
    Line,
    Remark,
    print_doc,
)
from generator.format.gaps import Gap, gap_before
from generator.format.spacing import is_spaced
from generator.syntax import ast
from generator.syntax.lexer import ORDINAL, Tokens

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
# Attributes stand above these; above or before the others, as their author chose.
_ATTRIBUTES_ABOVE = (
    ast.Module,
    ast.Import,
    ast.Enum,
    ast.Struct,
    ast.Union,
    ast.Interface,
    ast.Channels,
    ast.Feature,
)


def has_attributes_above(tokens: Tokens, node: Statement, first: int) -> bool:
    """Whether the attributes with which a statement begins have lines of their own."""
    if tokens.kinds[first] != "[":
        return False
    closer = tokens.kinds.index("]", first)
    behind = tokens.file.text[tokens.starts[closer] : tokens.starts[closer + 1]]
    return isinstance(node, _ATTRIBUTES_ABOVE) or "\n" in behind


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `first` up to, not including, `last`: of a statement, or of a part of it.

    `end` is printed behind them. `verb_width` is what the verb takes if it begins a line and no
    comment follows.
    """

    node: Statement
    first: int
    last: int
    end: str = ""
    verb_width: int = 0


def statement_lines(tokens: Tokens, stretch: Stretch, indent: int) -> list[str]:
    """A stretch with its comments, as lines that are indented."""
    first, last = stretch.first, stretch.last
    plain = not any(at in tokens.comments for at in range(first + 1, last))
    if plain and not has_attributes_above(tokens, stretch.node, first):
        text = flat_text(tokens, first, last, stretch.verb_width)
        line = " " * indent + text + stretch.end
        if len(line) <= WIDTH:
            return [line]
    return print_doc(_Builder(tokens, stretch).doc(), indent)


def flat_text(tokens: Tokens, first: int, last: int, verb_width: int = 0) -> str:
    """Tokens `first` up to, not including, `last` on one line, their comments left out."""
    begin = tokens.texts[first]
    parts = [begin if begin == "[" else begin.ljust(verb_width)]
    open_brackets = [tokens.kinds[first]] if tokens.kinds[first] in _CLOSER else []
    for at in range(first + 1, last):
        kind = tokens.kinds[at]
        if kind in ")]>" and open_brackets:
            open_brackets.pop()
        inside = open_brackets[-1] if open_brackets else ""
        if _spaced(tokens, at, inside):
            parts.append(" ")
        parts.append(tokens.texts[at])
        if kind in _CLOSER:
            open_brackets.append(kind)
    return "".join(parts)


class _Builder:
    """Makes a document of a stretch, from its first token to its last; `at` is the next one."""

    def __init__(self, tokens: Tokens, stretch: Stretch):
        self.tokens = tokens
        self.node = stretch.node
        self.last = stretch.last
        self.end = stretch.end
        self.verb_width = stretch.verb_width
        self.at = stretch.first
        self.begun = False  # whether there is something behind the attributes
        self.open: list[str] = []

    def doc(self) -> Doc:
        above: Doc = []
        if self._kind == "[":
            is_above = has_attributes_above(self.tokens, self.node, self.at)
            # A call that needs several lines begins the first of them.
            is_above = is_above or isinstance(self.node, ast.Method)
            above = [*self._bracket(), *self._gap_doc(HARD if is_above else LINE)]
        rest = self._named() if isinstance(self.node, (ast.Field, ast.Const)) else self._to_end()
        return [Group([*above, Group([*rest, self.end])])]

    def _named(self) -> Doc:
        """`type name = value`: the name goes to the next line, or the value, where one has to."""
        name = self.node.name.start
        doc: Doc = []
        while self.tokens.starts[self.at] < name:
            doc += self._piece()
        doc.append(Indent([*self._gap_doc(LINE), *self._token()]))
        return [Group(doc), *self._to_end()]

    def _to_end(self) -> Doc:
        """What is left, each list broken on its own; a value or an answer goes to the next line
        where it has to."""
        doc: Doc = []
        if isinstance(self.node, ast.Method) and not self.begun:
            width = 0 if self.at + 1 in self.tokens.comments else self.verb_width
            doc.append(self._token()[0].ljust(width))
        listed = isinstance(self.node, ast.Reserved)
        while self.at < self.last:
            after = self.tokens.kinds[self.at - 1] if self.begun else ""
            if after == "=" or (after == "," and listed):
                doc.append(Group([Indent(self._up_to_separator())]))
            elif self._kind == "=>":
                doc.append(Indent(self._up_to_separator()))
            else:
                doc += self._piece()
        return doc

    def _up_to_separator(self) -> Doc:
        """The next tokens, on a line of their own if the group around them is broken."""
        doc = self._gap_doc(LINE) + self._token()
        while self.at < self.last and self._kind not in (";", ","):
            doc += self._piece()
        return doc

    # The pieces.

    @property
    def _kind(self) -> str:
        return self.tokens.kinds[self.at]

    def _piece(self) -> Doc:
        """The next token with the gap before it; a whole list if it opens one."""
        gap = self._gap_doc(None) if self.begun else []
        self.begun = True
        return gap + (self._bracket() if self._kind in _CLOSER else self._token())

    def _token(self) -> Doc:
        self.begun = True
        text = self.tokens.texts[self.at]
        self.at += 1
        return [text]

    def _bracket(self) -> Doc:
        """A list in brackets."""
        opener = self.tokens.kinds[self.at]
        self.at += 1
        self.open.append(opener)
        elements: Doc = []
        while self._kind != _CLOSER[opener]:
            if not elements:
                elements += self._first_gap_doc()
            elif self.tokens.kinds[self.at - 1] == ",":
                elements += self._gap_doc(LINE)
            else:
                elements += self._gap_doc(None)
            if self._kind in _CLOSER:
                elements += self._bracket()
            else:
                elements.append(self.tokens.texts[self.at])
                self.at += 1
        elements += self._comment_doc(keep_blank=False)
        self.open.pop()
        closer = self.tokens.texts[self.at]
        self.at += 1
        return [opener, Elements(elements), closer] if elements else [opener, closer]

    # The gaps between them.

    def _gap_doc(self, line: Line | Hard | None) -> Doc:
        """The gap before the next token: its comments, then `line`, or else the space it needs."""
        if self.at not in self.tokens.comments:
            inside = self.open[-1] if self.open else ""
            spaced = _spaced(self.tokens, self.at, inside)
            return [line or (" " if spaced else "")]
        doc = self._comment_doc(keep_blank=True)
        if isinstance(doc[-1], Hard):
            return doc
        # Behind a comment there is a space even where there would be none between tokens.
        return [*doc, line or ("" if self._kind in (",", ";") else " ")]

    def _first_gap_doc(self) -> Doc:
        """The gap between an opening bracket and what is in it."""
        doc = self._comment_doc(keep_blank=True)
        return doc if not doc or isinstance(doc[-1], Hard) else [*doc, " "]

    def _comment_doc(self, keep_blank: bool) -> Doc:
        """The comments before the next token."""
        if self.at not in self.tokens.comments:
            return []
        gap = gap_before(self.tokens, self.at)
        return _comment_doc(gap, self.tokens.kinds[self.at - 1] in _CLOSER, keep_blank)


def _spaced(tokens: Tokens, at: int, inside: str) -> bool:
    before, kind = tokens.kinds[at - 1], tokens.kinds[at]
    if kind == ORDINAL and tokens.texts[at - 1] == "reserved":
        # The word begins a statement here, elsewhere it is the name that an ordinal belongs to.
        return at == 1 or tokens.kinds[at - 2] in ("{", ";", ",", "]")
    return is_spaced(before, kind, inside)


def _comment_doc(gap: Gap, opened: bool, keep_blank: bool) -> Doc:
    """The comments of a gap inside of a statement; `opened`: an opening bracket is before them."""
    doc: Doc = []
    if gap.trailing:
        text = " ".join(gap.trailing.texts)
        space = "  " if gap.ends_line else "" if opened else " "
        doc += [Remark(space + text), *([HARD] if gap.ends_line else [])]
    for line in gap.lines:
        doc += [Hard(line.blank and bool(doc)), Remark(" ".join(line.texts)), HARD]
    if gap.lines and gap.blank and keep_blank:
        doc[-1] = Hard(blank=True)
    return doc
