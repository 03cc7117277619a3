"""Text that knows where it may be broken, and the printer that decides where it is.

A document is a list of pieces. A Group is printed on one line when it fits there, else every Line
that stands directly in it becomes the end of a line; the groups inside decide for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 100
CONTINUATION = 4


@dataclass(frozen=True, slots=True)
class Line:
    """The end of a line, or `flat` where its group fits on one."""

    flat: str


@dataclass(frozen=True, slots=True)
class Hard:
    """The end of a line, always; `blank`: and an empty one. Nothing at the beginning of a line."""

    blank: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment. Its width counts for nothing: it is never a reason to break code."""

    text: str


@dataclass(frozen=True, slots=True)
class Group:
    parts: Doc


@dataclass(frozen=True, slots=True)
class Elements:
    """What stands behind an opening bracket, up to the last element: a group whose lines, if it
    has to be broken, begin below its first element; or, where that is too far to the right, all
    on lines of their own."""

    parts: Doc


@dataclass(frozen=True, slots=True)
class Indent:
    """Lines inside begin further to the right than those around."""

    parts: Doc


Piece = str | Line | Hard | Remark | Group | Elements | Indent
Doc = list[Piece]

LINE = Line(" ")
HARD = Hard()


def print_doc(doc: Doc, indent: int) -> list[str]:
    """The lines of a document of which nothing has to stay on the line it begins on."""
    return _Printer(indent).run(doc)


class _Printer:
    def __init__(self, indent: int):
        self.lines: list[str] = []
        self.line = ""
        self.margin = indent
        # What is left to print, the next one last: (indent, flat, piece).
        self.rest: list[tuple[int, bool, Piece]] = []

    def run(self, doc: Doc) -> list[str]:
        self._push(doc, self.margin, False)
        while self.rest:
            indent, flat, piece = self.rest.pop()
            match piece:
                case str():
                    self._put(piece, indent)
                case Remark():
                    self._remark(piece.text, indent)
                case Line() if flat:
                    self._put(piece.flat, indent)
                case Line():
                    self._end_line()
                case Hard():
                    self._end_line()
                    if piece.blank and self.lines:
                        self.lines.append("")
                case Group():
                    flat = flat or self._fits(piece.parts, self._column(indent))
                    self._push(piece.parts, indent, flat)
                case Elements():
                    self._elements(piece.parts, indent, flat)
                case Indent():
                    self._push(piece.parts, indent + CONTINUATION, flat)
        self._end_line()
        return self.lines

    def _elements(self, parts: Doc, indent: int, flat: bool) -> None:
        column = self._column(indent)
        below = indent + CONTINUATION
        if flat or self._fits(parts, column):
            self._push(parts, indent, True)
        elif _begins_below(parts):
            self._push(parts, below, False)
        elif column <= below or isinstance(parts[0], Remark) or self._fits_broken(parts, column):
            self._push(parts, column, False)
        else:
            self._push([HARD, *parts], below, False)

    def _push(self, parts: Doc, indent: int, flat: bool) -> None:
        self.rest += [(indent, flat, part) for part in reversed(parts)]

    def _column(self, indent: int) -> int:
        return len(self.line) or indent

    def _put(self, text: str, indent: int) -> None:
        if not self.line:
            text = text.lstrip(" ")
            self.line = " " * indent if text else ""
        self.line += text

    def _remark(self, text: str, indent: int) -> None:
        first, *rows = text.split("\n")
        self._put(first, indent)
        for row in rows:
            self.lines.append(self.line)
            self.line = row

    def _end_line(self) -> None:
        if self.line:
            self.lines.append(self.line.rstrip())
            self.line = ""

    def _fits_broken(self, parts: Doc, column: int) -> bool:
        """Whether each line fits when the lines begin in a column and are broken nowhere else."""
        while parts:
            end = next((at for at, part in enumerate(parts) if isinstance(part, (Line, Hard))), None)
            if end is None:
                return self._fits(parts, column)
            if not _fits(parts[:end], [], WIDTH - column):
                return False
            parts = parts[end + 1 :]
        return True

    def _fits(self, parts: Doc, column: int) -> bool:
        return _fits(parts, self.rest, WIDTH - column)


def _begins_below(parts: Doc) -> bool:
    """Whether comments end the line before the first element."""
    return isinstance(next((part for part in parts if not isinstance(part, Remark)), HARD), Hard)


def _fits(parts: Doc, rest: list[tuple[int, bool, Piece]], room: int) -> bool:
    """Whether a group fits on one line together with what follows up to the next place where the
    line can end."""
    queue = [(True, part) for part in reversed(parts)]
    later = len(rest)
    while room >= 0:
        if queue:
            flat, piece = queue.pop()
        elif later:
            later -= 1
            _, flat, piece = rest[later]
        else:
            return True
        match piece:
            case str():
                room -= len(piece)
            case Line() if flat:
                room -= len(piece.flat)
            case Line():
                return True
            case Hard():
                return not flat
            case Group() | Elements() | Indent():
                queue += [(flat, part) for part in reversed(piece.parts)]
    return False
