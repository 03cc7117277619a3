"""What stands between two tokens: comments, by the lines they are on, and blank lines.

Where a comment stands says what it documents (generator/syntax/comments.py): one that begins on
the line of the token before stays with that token, one that begins a line goes on doing so, and
those that share a line share it afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.syntax.lexer import END, Tokens


@dataclass(frozen=True, slots=True)
class CommentLine:
    """Comments that share a line; `blank`: a blank line stands above."""

    texts: tuple[str, ...]
    column: int
    blank: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Between a token and the one before it.

    `trailing` comments begin on the line of the token before, `lines` are below; `joined`: the
    token follows `trailing` on the same line; `blank`: a blank line stands right above the token.
    """

    trailing: CommentLine | None = None
    lines: tuple[CommentLine, ...] = ()
    joined: bool = False
    blank: bool = False

    @property
    def ends_line(self) -> bool:
        """Whether nothing may follow the trailing comments on their line."""
        last = self.trailing.texts[-1] if self.trailing else ""
        return last.startswith("//") or "\n" in last


def gap_before(tokens: Tokens, at: int) -> Gap:
    """The gap above or left of a token."""
    source = tokens.file.text
    before = tokens.starts[at - 1] + len(tokens.texts[at - 1]) if at else 0
    lines: list[CommentLine] = []
    trailing: CommentLine | None = None
    newlines = 0
    for start, end in tokens.comments.get(at, ()):
        newlines = source.count("\n", before, start)
        text = _without_trailing_space(source[start:end])
        if at and trailing is None and not lines and not newlines:
            trailing = CommentLine((text,), _column(source, start), False)
        elif newlines or not (lines or trailing):
            lines.append(CommentLine((text,), _column(source, start), newlines > 1))
        elif lines:
            lines[-1] = _joined(lines[-1], text)
        else:
            trailing = _joined(trailing, text)
        before = end
    newlines = source.count("\n", before, tokens.starts[at])
    joined = bool(trailing) and not lines and not newlines and tokens.kinds[at] != END
    return Gap(trailing, tuple(lines), joined, newlines > 1)


def comment_rows(line: CommentLine, column: int) -> list[str]:
    """The rows of a line of comments that is moved to a column, the first one not indented.

    Rows that begin with a star stand below the first one; all others keep their distance to it.
    """
    first, *rest = " ".join(line.texts).split("\n")
    starred = all(row.lstrip().startswith("*") for row in rest)
    rows = [first]
    for row in rest:
        text = row.lstrip()
        indent = len(row.expandtabs()) - len(text.expandtabs())
        indent = column + 1 if starred else max(0, indent + column - line.column)
        rows.append(" " * indent + text if text else "")
    return rows


def _joined(line: CommentLine, text: str) -> CommentLine:
    return CommentLine((*line.texts, text), line.column, line.blank)


def _column(source: str, start: int) -> int:
    return len(source[source.rfind("\n", 0, start) + 1 : start].expandtabs())


def _without_trailing_space(comment: str) -> str:
    return "\n".join(row.rstrip() for row in comment.split("\n"))
