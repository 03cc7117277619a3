"""A diagnostic as text.

    samples/notes/notes.ipc:9:14: error: ordinal @1 is already used by `title` [IPC0031]
    7 |   string title@1;
      |               -- first used here
    9 |   string body@1;
      |              ^^ used again here
      = help: give `body` the next free ordinal, @2
"""

from __future__ import annotations

import unicodedata

from generator.source.diagnostic import Diagnostic
from generator.source.file import SourceFile, Span

_WIDEST_LINE = 240  # characters


def render(diagnostic: Diagnostic) -> str:
    """Several lines, the last one ended too."""
    said = f"{diagnostic.severity.value}: {diagnostic.message} [{diagnostic.id}]"
    head = _printable(f"{diagnostic.span}: {said}") + "\n"
    marks = _marks(diagnostic)
    gutter = max(len(str(span.line)) for span, _, _ in marks)
    body = "".join(_excerpt(marks, diagnostic.span.file, gutter))
    help = _printable(f"{'':{gutter}} = help: {diagnostic.help}") + "\n" if diagnostic.help else ""
    return head + body + help


def _marks(diagnostic: Diagnostic) -> list[tuple[Span, str, str]]:
    """Places to underline, with what and why: file by file, the main file last, then by line."""
    marks = [(label.span, "-", label.text) for label in diagnostic.labels]
    marks.append((diagnostic.span, "^", diagnostic.note))
    here = diagnostic.span.file
    marks.sort(key=lambda mark: (mark[0].file is here, mark[0].file.path, mark[0].start))
    return marks


def _excerpt(marks: list[tuple[Span, str, str]], here: SourceFile, gutter: int) -> list[str]:
    lines: list[str] = []
    file = here if all(mark[0].file is here for mark in marks) else None
    shown = (0, 0)
    for span, mark, text in marks:
        if span.file is not file:
            file, shown = span.file, (0, 0)
            lines.append(_printable(f"{'':{gutter}}--> {span}") + "\n")
        number, column = span.file.position(span.start)
        line, first = _window(span.file.line(number), column)
        if (number, first) != shown:
            shown = number, first
            lines.append(f"{number:>{gutter}} | {_printable(line)}".rstrip() + "\n")
        underlined = f"{_underline(line, column - first, span, mark)} {_printable(text)}"
        lines.append(f"{'':{gutter}} | {underlined}".rstrip() + "\n")
    return lines


def _window(line: str, column: int) -> tuple[str, int]:
    """What is shown of a line, and how many characters in front of that are not.

    Of a line that no terminal could show, that is what stands around the column, between dots.
    """
    if len(line) <= _WIDEST_LINE:
        return line, 0
    first = max(0, min(column - 1, len(line)) - _WIDEST_LINE // 2)
    shown = line[first : first + _WIDEST_LINE]
    before, after = "..." if first else "", "..." if first + len(shown) < len(line) else ""
    return before + shown[len(before) : len(shown) - len(after)] + after, first


def _underline(line: str, column: int, span: Span, mark: str) -> str:
    """Marks below a span's characters, at least one, on its first line only."""
    before = line[: column - 1]
    covered = line[column - 1 : column - 1 + span.end - span.start]
    indent = "".join("\t" if char == "\t" else " " * _width(char) for char in before)
    return indent + mark * max(1, sum(map(_width, covered)))


def _printable(line: str) -> str:
    """The text, with what would move a terminal's cursor replaced: names may hold anything."""
    if line.isprintable():
        return line
    return "".join(char if char == "\t" or char.isprintable() else "\ufffd" for char in line)


def _width(char: str) -> int:
    """Terminal cells of a character."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
