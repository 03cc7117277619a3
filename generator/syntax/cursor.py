"""Where the parser is, and how it says that something else was expected."""

from __future__ import annotations

from typing import NoReturn

from generator.source.diagnostic import Diagnostic, error
from generator.source.file import Span
from generator.syntax import ast
from generator.syntax.lexer import END, KINDS, NAME, Tokens


class Mistake(Exception):
    """Unwinds to the loop over members or definitions; what was wrong is already reported."""


class Cursor:
    """A position in the tokens of a file, the diagnostics so far, and `broken`: the names of
    definitions that were given up.

    The parser never goes back: it looks at most three tokens ahead and then decides.
    """

    __slots__ = (
        "tokens",
        "kinds",
        "texts",
        "starts",
        "at",
        "diagnostics",
        "broken",
        "_reported_at",
    )

    def __init__(self, tokens: Tokens):
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.texts = tokens.texts
        self.starts = tokens.starts
        self.at = 0
        self.diagnostics: list[Diagnostic] = list(tokens.diagnostics)
        self.broken: set[str] = set()
        self._reported_at = -1

    # Looking.

    @property
    def kind(self) -> str:
        return self.kinds[self.at]

    @property
    def text(self) -> str:
        return self.texts[self.at]

    @property
    def start(self) -> int:
        """Offset of the current token."""
        return self.starts[self.at]

    @property
    def end(self) -> int:
        """Offset behind the token that was taken last."""
        return self.starts[self.at - 1] + len(self.texts[self.at - 1]) if self.at else 0

    def ahead(self, count: int) -> str:
        """The kind of the token `count` after the current one."""
        at = self.at + count
        return self.kinds[at] if at < len(self.kinds) else END

    def column(self, at: int) -> int:
        """Column of a token, from 0."""
        start = self.starts[at]
        return start - (self.tokens.file.text.rfind("\n", 0, start) + 1)

    def on_new_line(self, at: int) -> bool:
        """Whether a token is the first of its line."""
        if at == 0:
            return True
        before = self.starts[at - 1] + len(self.texts[at - 1])
        return self.tokens.file.text.find("\n", before, self.starts[at]) >= 0

    # Taking.

    def accept(self, kind: str) -> bool:
        if self.kinds[self.at] == kind:
            self.at += 1
            return True
        return False

    def expect(self, kind: str, where: str) -> None:
        if self.kinds[self.at] == kind:
            self.at += 1
            return
        if self.on_new_line(self.at):
            self.refuse(f"`{kind}` {where}", f"put a `{kind}` here", self._after_last())
        is_word = self.kinds[self.at] in KINDS and self.kinds[self.at] != END
        self.refuse(f"`{kind}` {where}", f"put a `{kind}` before `{self.text}`" if is_word else "")

    def name(self, what: str) -> ast.Name:
        at = self.at
        if self.kinds[at] != NAME:
            self.refuse(what)
        self.at = at + 1
        text, start = self.texts[at], self.starts[at]
        return ast.Name(text, start, start + len(text))

    def path(self, what: str) -> ast.Path:
        """Names joined by dots."""
        at = self.at
        kinds, texts = self.kinds, self.texts
        if kinds[at] != NAME:
            self.refuse(what)
        start = self.starts[at]
        text = texts[at]
        at += 1
        while kinds[at] == ".":
            if kinds[at + 1] != NAME:
                self.at = at + 1
                self.refuse("a name after `.`")
            text += "." + texts[at + 1]
            at += 2
        self.at = at
        return ast.Path(text, start, self.end)

    def separator(self, mark: str, where: str) -> None:
        """Takes the `;` or `,` that ends something.

        One that is missing at the end of a line costs only that: parsing goes on as if it were
        there. So does the other separator in its place.
        """
        kind = self.kinds[self.at]
        if kind == mark:
            self.at += 1
            return
        span = self._after_last()
        if kind in (";", ","):
            span = self.span_here()
        self.report(
            error("IPC0010", span, f"expected `{mark}` {where}", help=f"put a `{mark}` here")
        )
        if kind in (";", ","):
            self.at += 1
        elif kind not in ("}", END) and not self.on_new_line(self.at):
            raise Mistake

    # Complaining.

    def span(self, start: int, end: int) -> Span:
        return Span(self.tokens.file, start, end)

    def span_here(self) -> Span:
        return self.span(self.start, self.start + len(self.text))

    def report(self, diagnostic: Diagnostic) -> None:
        """One complaint a token: the next one about the same place follows from the first.

        None behind a string that runs to the end of its line: what is missing is inside of it.
        """
        last = self.texts[self.at - 1] if self.at else ""
        cut = last[:1] in ('"', "'") and (len(last) == 1 or last[-1] != last[0])
        if self._reported_at != self.at and not cut:
            self._reported_at = self.at
            self.diagnostics.append(diagnostic)

    def refuse(self, expected: str, help: str = "", span: Span | None = None) -> NoReturn:
        """Reports that `expected` should stand here, and gives up on what is being parsed."""
        at_end = self.kind == END
        found = "the file ends" if at_end else f"found `{self.text}`"
        span = span or (self._after_last() if at_end else self.span_here())
        message = f"expected {expected}, {found}"
        self.report(error("IPC0010", span, message, help=help))
        raise Mistake

    def _after_last(self) -> Span:
        return self.span(self.end, self.end + 1)

    # Recovering.

    def skip_member(self, first: int) -> None:
        """Moves to what follows the broken member that began at token `first`.

        That is behind its `;`, or before the `}` that ends the body, or where a line begins that
        is indented no more than the member was.
        """
        column = self.column(first)
        depth = self._depth(first)
        while (kind := self.kind) != END:
            if depth == 0:
                if kind == ";":
                    self.at += 1
                    return
                if kind == "}":
                    return
                if (
                    self.at > first
                    and kind in (NAME, "[")
                    and self.on_new_line(self.at)
                    and self.column(self.at) <= column
                ):
                    return
            if kind == "{":
                depth += 1
            elif kind == "}":
                depth -= 1
            self.at += 1

    def skip_definition(self, first: int) -> None:
        """Moves to what follows the broken definition that began at token `first`.

        That is behind its `}` or last `;`, or where a line begins that is indented no more.
        """
        column = self.column(first)
        depth = self._depth(first)
        while (kind := self.kind) != END:
            if self.at > first and kind in (NAME, "[") and self.on_new_line(self.at):
                if self.column(self.at) <= column:
                    return
            self.at += 1
            if kind == "{":
                depth += 1
            elif kind == "}":
                depth -= 1
            if depth <= 0 and kind == "}":
                self.accept(";")
                return
            if depth <= 0 and kind == ";" and not self._in_body(column):
                return

    def _in_body(self, column: int) -> bool:
        """Whether what follows looks like the body of a definition whose `{` is missing."""
        indented = self.on_new_line(self.at) and self.column(self.at) > column
        return self.kind == "}" or indented

    def _depth(self, first: int) -> int:
        """How many braces have been opened and not closed since token `first`."""
        passed = self.kinds[first : self.at]
        return passed.count("{") - passed.count("}")
