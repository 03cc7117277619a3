"""Which comments document what.

The comment above a declaration, with no blank line between, is its documentation; else one that
ends its last line. Of a block that mixes `///` (or `/**`) with `//`, only the former are meant
for readers of the generated code. A comment that tells lint something documents nothing.
"""

from __future__ import annotations

import re

from generator.syntax.lexer import Tokens

_FOR_LINT = re.compile(r"//\s*ipclint:")


def docs_above(tokens: Tokens, first: int) -> str:
    """Text of the comments that end on the line above token `first`."""
    comments = tokens.comments.get(first)
    if comments is None:
        return ""
    source = tokens.file.text
    taken: list[str] = []
    below = tokens.starts[first]
    for start, end in reversed(comments):
        if source.count("\n", end, below) > 1 or not alone_on_line(source, start):
            break
        taken.insert(0, source[start:end])
        below = start
    return _text(taken)


def docs_after(tokens: Tokens, last: int) -> str:
    """Text of a comment on the same line as token `last`, where nothing else follows on it."""
    comments = tokens.comments.get(last + 1)
    if comments is None:
        return ""
    source = tokens.file.text
    start, end = comments[0]
    if source.count("\n", tokens.starts[last], start) or source.count("\n", start, end):
        return ""
    following = tokens.starts[last + 1]
    if following < len(source) and not source.count("\n", end, following):
        return ""
    return _text([source[start:end]])


def is_for_lint(comment: str) -> bool:
    """Whether a comment says what lint should leave alone (lint/suppression.py)."""
    return _FOR_LINT.match(comment) is not None


def alone_on_line(source: str, start: int) -> bool:
    """Whether nothing stands before an offset on its line."""
    return not source[source.rfind("\n", 0, start) + 1 : start].strip()


def _text(comments: list[str]) -> str:
    comments = [comment for comment in comments if not is_for_lint(comment)]
    if not comments:
        return ""
    marked = [comment for comment in comments if comment.startswith(("///", "/**"))]
    lines: list[str] = []
    for comment in marked or comments:
        lines += _block(comment) if comment.startswith("/*") else [_line(comment)]
    return "\n".join(lines).strip("\n")


def _line(comment: str) -> str:
    return comment.removeprefix("//").removeprefix("/").removeprefix(" ").rstrip()


def _block(comment: str) -> list[str]:
    lines = comment.removeprefix("/*").removesuffix("*/").removeprefix("*").split("\n")
    text = [lines[0].strip()]
    for line in lines[1:]:
        stripped = line.strip()
        starred = stripped.startswith("*")
        text.append(stripped[1:].removeprefix(" ") if starred else stripped)
    return text
