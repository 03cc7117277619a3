"""The canonical form of a file, as edits of the lines that differ from it."""

from __future__ import annotations

from difflib import SequenceMatcher

from generator.format import format_source
from generator.lsp.positions import Lines
from generator.source import SourceFile


def formatting(text: str) -> list[dict]:
    """The edits; none where the text is not understood, which diagnostics tell already."""
    formatted, _ = format_source(SourceFile("", text))
    if formatted is None or formatted == text:
        return []
    old, new = text.splitlines(keepends=True), formatted.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    lines = Lines(text)
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        {"range": lines.range(starts[first], starts[last]), "newText": "".join(new[start:end])}
        for change, first, last, start, end in changes
        if change != "equal"
    ]
