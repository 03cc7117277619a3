"""Comments of the generated languages that have //."""

from __future__ import annotations

WIDTH = 100

Lines = tuple[str, ...]


def comment(text: str, indent: int = 0) -> Lines:
    """`text` as // lines: as the author broke it, and wrapped where it is too wide."""
    start = " " * indent + "//"
    lines: list[str] = []
    for written in text.expandtabs(2).splitlines():
        lines += _wrap(start, written.rstrip())
    return tuple(lines)


def _wrap(start: str, written: str) -> list[str]:
    if not written:
        return [start]
    if written.endswith("\\"):
        written += "."  # a backslash at the end would continue the comment
    lines = []
    line = f"{start} {written}"
    while len(line) > WIDTH and (cut := _last_space(line, len(start) + 1)):
        lines.append(line[:cut].rstrip())
        line = f"{start} {line[cut + 1 :].lstrip()}"
    return lines + [line]


def _last_space(line: str, start: int) -> int:
    """The last space that leaves a line short enough, else the first one there is, else 0."""
    words = start + len(line[start:]) - len(line[start:].lstrip())
    return max(line.rfind(" ", words, WIDTH + 1), 0) or max(line.find(" ", words), 0)
