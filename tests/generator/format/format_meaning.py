"""What formatting has to leave alone: a file's comments, and what its tree says."""

from __future__ import annotations

import dataclasses

from generator.source import SourceFile
from generator.syntax import parse, tokenize


def comments(text: str) -> list[list[str]]:
    """Every comment's words, in order."""
    found = tokenize(SourceFile("", text)).comments
    return [text[start:end].split() for gap in found.values() for start, end in gap]


def tree(text: str) -> object:
    """What a file says, docs included, without where it says it; None where it has mistakes."""
    file, mistakes = parse(SourceFile("", text))
    return None if mistakes else _without_places(file)


def _without_places(node: object) -> object:
    if isinstance(node, tuple):
        return [_without_places(item) for item in node]
    if not dataclasses.is_dataclass(node):
        return (type(node).__name__, repr(node))
    values = {
        field.name: _without_places(getattr(node, field.name))
        for field in dataclasses.fields(node)
        if field.name not in ("start", "end")
    }
    return (type(node).__name__, values)
