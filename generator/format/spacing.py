"""Whether a space parts two tokens of a line."""

from __future__ import annotations

from generator.syntax.lexer import NAME, ORDINAL

_NEVER_BEFORE = frozenset((";", ",", ")", "]", ">", "?", ".", "..", "...", "|", "&", "<"))
_NEVER_BEHIND = frozenset(("(", "[", "<", ".", "..", "|", "&"))


def is_spaced(before: str, kind: str, inside: str) -> bool:
    """Of a token's kind and the one before it; `inside` is the innermost open bracket, or "".

    Values of attributes and constraints cling to their `=`.
    """
    if kind in _NEVER_BEFORE or before in _NEVER_BEHIND:
        return False
    if kind == "(":
        return before == "=>"
    if kind == "=" or before == "=":
        return inside not in ("[", "(")
    return kind != ORDINAL or before != NAME
