"""One line of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """`title` is lowercase without a full stop; `explanation` a paragraph, on one line."""

    id: str
    title: str
    explanation: str


def entry(id: str, title: str, paragraph: str) -> Entry:
    """An entry whose paragraph is written over as many lines as it takes."""
    return Entry(id, title, " ".join(paragraph.split()))
