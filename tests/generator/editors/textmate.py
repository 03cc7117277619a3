"""As much of an editor's TextMate engine as the grammar needs: text in, scopes of its pieces out.

Python's expressions stand in for Oniguruma's: the grammar keeps to what both understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

_compile = cache(re.compile)


@dataclass(frozen=True)
class Piece:
    """A part of a text; `scope` is the innermost one that it has."""

    start: int
    end: int
    scope: str


@dataclass
class Grammar:
    """A grammar as its JSON has it."""

    rules: dict
    _flat: dict[int, list[dict]] = field(default_factory=dict)

    def pieces(self, text: str) -> list[Piece]:
        """Every character of the text, in order, once."""
        found: list[Piece] = []
        stack = [self.rules]
        start = 0
        for line in text.split("\n"):
            found += self._line(line, start, stack)
            start += len(line) + 1
        return found

    def _line(self, line: str, offset: int, stack: list[dict]) -> Iterator[Piece]:
        """Takes the first match again and again; of two in the same place the first of the list."""
        at = 0
        while True:
            match, rule = self._next(line, at, stack[-1])
            until = match.start() if match else len(line)
            if at < until:
                yield Piece(offset + at, offset + until, _scope(stack[-1]))
            if match is None:
                return
            inside = _scope(rule or {}) or _scope(stack[-1])
            yield from _captured(match, rule or {}, inside, offset)
            at = match.end()
            if rule is None:
                stack.pop()
            elif "begin" in rule:
                stack.append(rule)

    def _next(self, line: str, at: int, current: dict) -> tuple[re.Match | None, dict | None]:
        """The next match and its rule; without one it is the end of the current rule."""
        best, chosen = None, None
        if "end" in current:
            best = _compile(current["end"]).search(line, at)
        for rule in self._patterns(current):
            match = _compile(rule.get("match") or rule["begin"]).search(line, at)
            if match and (best is None or match.start() < best.start()):
                best, chosen = match, rule
        return best, chosen

    def _patterns(self, rule: dict) -> list[dict]:
        """The rules of a rule, those that it includes in their place."""
        if id(rule) not in self._flat:
            found = []
            for inner in rule.get("patterns", ()):
                if "include" in inner:
                    inner = self.rules["repository"][inner["include"].removeprefix("#")]
                is_rule = "match" in inner or "begin" in inner
                found += [inner] if is_rule else self._patterns(inner)
            self._flat[id(rule)] = found
        return self._flat[id(rule)]


def _scope(rule: dict) -> str:
    return rule.get("scopeName") or rule.get("name", "")


def _captured(match: re.Match, rule: dict, scope: str, offset: int) -> Iterator[Piece]:
    """A match, cut into its captures and what is between them."""
    at = match.start()
    for number, capture in sorted(rule.get("captures", {}).items()):
        start, end = match.span(int(number))
        if at < start:
            yield Piece(offset + at, offset + start, scope)
        yield Piece(offset + start, offset + end, capture["name"])
        at = end
    if at < match.end():
        yield Piece(offset + at, offset + match.end(), scope)
