"""What formatting would change, for people and for `git apply`."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff


def difference(path: str, old: str, new: str) -> str:
    """A unified diff; nothing where the texts are equal."""
    lines = unified_diff(_lines(old), _lines(new), f"a/{path}", f"b/{path}")
    return "".join(_ended(lines))


def _lines(text: str) -> list[str]:
    """With their ends. Only a line feed ends one, as other tools count lines."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    return lines if lines[-1] else lines[:-1]


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
