"""Other layouts of a text: the same tokens with other blanks, or with comments between them.

What formatting leaves to the author stays: whether a body begins on a new line, whether attributes
have a line of their own, and what stands behind a verb.
"""

from __future__ import annotations

from random import Random

from generator.source import SourceFile
from generator.syntax import tokenize

_VERBS = frozenset(("send", "invoke", "sync", "emit", "ask", "relay", "host"))
_BLANKS = (" ", "  ", "\t", " \t ", "\f")
# Definitions that begin in the first column are taken for what follows a body without its end.
_NEW_LINES = ("\n ", "\n    ", " \n\t", "\r\n  ")
_COMMENTS = (
    "// line\n",
    " // behind a blank\n",
    "/* block */",
    "/**/",
    "/* two\n   lines */",
    "/*\n * stars\n */\n",
    "/// docs\n",
    "\n// on its own line\n",
    "\n\n// on its own line, far away\n\n",
    "\n/* block on its own line */\n",
    "/* two */ /* on a line */",
    "// one\n// below the other\n",
    "// é 世界\n",
)


def plain(text: str) -> str:
    """A text without comments and blank lines."""
    pieces = []
    for gap, token in _gaps(text):
        blanks = gap if not gap or gap.isspace() else " "
        pieces += (_NEW_LINES[0] if "\n" in gap else blanks, token)
    return "".join(pieces)


def relaid(text: str, random: Random) -> str:
    """A plain text with other blanks."""
    pieces: list[str] = []
    before = ""
    for gap, token in _gaps(text):
        if before in _VERBS:
            pieces.append(gap)
        elif before in ("{", "]"):
            pieces.append(random.choice(_NEW_LINES if "\n" in gap else _BLANKS))
        else:
            words = (before[-1:].isalnum() or before[-1:] == "_") and gap
            pieces.append(random.choice(_BLANKS + _NEW_LINES + (() if words else ("",))))
        pieces.append(token)
        before = token
    return "".join(pieces)


def commented(text: str, random: Random) -> str:
    """A text with comments in some of its gaps, and other blanks in others."""
    share = random.choice((0.02, 0.1, 0.5))
    pieces: list[str] = []
    for gap, token in _gaps(text):
        if random.random() < share:
            gap += random.choice(_COMMENTS) + random.choice(("", " ", "\n", "\n\n"))
        elif gap.isspace() and random.random() < share:
            gap = random.choice(_BLANKS + _NEW_LINES + ("\n\n\n ",))
        pieces += (gap, token)
    return "".join(pieces)


def _gaps(text: str) -> list[tuple[str, str]]:
    """Each token, the end of the file too, with what stands before it."""
    tokens = tokenize(SourceFile("", text))
    starts = [*tokens.starts[:-1], len(text)]
    ends = [0, *(start + len(token) for start, token in zip(starts, tokens.texts))]
    return [
        (text[end:start], token) for end, start, token in zip(ends, starts, tokens.texts)
    ]
