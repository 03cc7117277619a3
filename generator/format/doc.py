"""Text that knows where it may be broken, and the printer that decides where it is.

A document is a list of pieces. A Group is printed on one line when it fits there, else every Line
that stands directly in it becomes the end of a line; the groups inside decide for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 100


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
class Indent:
    by: int
    parts: Doc


Piece = str | Line | Hard | Remark | Group | Indent
Doc = list[Piece]

LINE = Line(" ")
SOFT = Line("")
HARD = Hard()


def print_doc(doc: Doc, indent: int) -> list[str]:
    """The lines of a document of which nothing has to stay on the line it begins on."""
    return _Printer(indent).run(doc)


class _Printer:
    def __init__(self, indent: int):
        self.lines: list[str] = []
        self.line = ""
        self.margin = indent

    def run(self, doc: Doc) -> list[str]:
        # What is left to print, the next one last: (indent, flat, piece).
        rest = [(self.margin, False, piece) for piece in reversed(doc)]
        while rest:
            indent, flat, piece = rest.pop()
            match piece:
                case str():
                    self._put(piece, indent)
                case Remark():
                    self._put(piece.text, indent)
                case Line() if flat:
                    self._put(piece.flat, indent)
                case Line():
                    self._end_line()
                case Hard():
                    self._end_line()
                    if piece.blank and self.lines:
                        self.lines.append("")
                case Group():
                    room = WIDTH - (len(self.line) if self.line else indent)
                    flat = flat or _fits(piece.parts, rest, room)
                    rest += [(indent, flat, part) for part in reversed(piece.parts)]
                case Indent():
                    rest += [(indent + piece.by, flat, part) for part in reversed(piece.parts)]
        self._end_line()
        return self.lines

    def _put(self, text: str, indent: int) -> None:
        if not self.line:
            text = text.lstrip(" ")
            self.line = " " * indent if text else ""
        self.line += text

    def _end_line(self) -> None:
        if self.line:
            self.lines.append(self.line.rstrip())
            self.line = ""


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
            case Group() | Indent():
                queue += [(flat, part) for part in reversed(piece.parts)]
    return False
