"""The lines of a file while it is written, and the comments at their ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.format.doc import WIDTH
from generator.format.gaps import CommentLine, comment_rows

_SPACE = 2


@dataclass(slots=True)
class _Row:
    """`code`, or a comment that has the line for itself; `remark`: a comment at the end, or below
    the one above if it `continues` that."""

    code: str
    is_comment: bool = False
    remark: CommentLine | None = None
    continues: bool = False

    @property
    def remark_width(self) -> int:
        """Of its first row; the others are indented as that one is."""
        return len(" ".join(self.remark.texts).split("\n")[0])

    @property
    def is_edge(self) -> bool:
        """Whether remarks above and below belong to different groups."""
        return self.is_comment or not (self.code or self.continues)

    @property
    def is_wall(self) -> bool:
        """Whether remarks above and below have nothing to do with each other at all."""
        return not self.is_comment and (self.code[-1:] == "{" or self.code.lstrip()[:1] == "}")


class Rows:
    """Takes lines from top to bottom."""

    def __init__(self) -> None:
        self._rows: list[_Row] = []

    def add(self, lines: list[str]) -> None:
        self._rows += [_Row(line) for line in lines]

    def comment(self, rows: list[str], indent: int) -> None:
        """A comment's rows, of which only the first is not indented yet."""
        self._rows += [_Row(row, True) for row in [" " * indent + rows[0], *rows[1:]]]

    def blank(self) -> None:
        if self._rows and (self._rows[-1].code or self._rows[-1].remark):
            self._rows.append(_Row(""))

    def remark(self, line: CommentLine) -> None:
        """A comment at the end of the last line."""
        self._rows[-1].remark = line

    def continue_remark(self, line: CommentLine) -> None:
        """A comment on a line of its own that goes on with the remark above."""
        self._rows.append(_Row("", remark=line, continues=True))

    def text(self) -> str:
        """All of it. Remarks of neighbouring lines stand below each other, if all fit so."""
        columns = self._columns()
        lines: list[str] = []
        for row, column in zip(self._rows, columns):
            if row.remark is None:
                lines.append(row.code)
                continue
            first, *rest = comment_rows(row.remark, column)
            lines += [row.code.ljust(column) + first, *rest]
        return "".join(f"{line}\n" for line in lines)

    def _columns(self) -> list[int]:
        """Of each row, where its remark begins."""
        columns = [len(row.code) + _SPACE for row in self._rows]
        for groups in self._families():
            if not self._align(columns, [at for group in groups for at in group]):
                for group in groups:
                    self._align(columns, group)
        for at, row in enumerate(self._rows):
            if row.continues:
                columns[at] = columns[at - 1]
        return columns

    def _align(self, columns: list[int], group: list[int]) -> bool:
        """Puts remarks below each other, if all fit so."""
        column = max(columns[at] for at in group)
        if any(column + self._rows[at].remark_width > WIDTH for at in group):
            return False
        for at in group:
            columns[at] = column
        return True

    def _families(self) -> Iterable[list[list[int]]]:
        """Groups of remarks: neighbours of a body are together where their author had put all of
        them into one column."""
        for body in self._bodies():
            family: list[list[int]] = []
            column = None
            for group in filter(None, body):
                found = {self._rows[at].remark.column for at in group}
                if family and found != {column}:
                    yield family
                    family = []
                family.append(group)
                column = found.pop() if len(found) == 1 else None
            if family:
                yield family

    def _bodies(self) -> list[list[list[int]]]:
        """The rows with a remark, by body, and by blank lines and comments in it."""
        bodies: list[list[list[int]]] = [[[]]]
        for at, row in enumerate(self._rows):
            if row.is_wall:
                bodies.append([[]])
            elif row.is_edge:
                bodies[-1].append([])
            elif row.remark and not row.continues:
                bodies[-1][-1].append(at)
        return bodies
