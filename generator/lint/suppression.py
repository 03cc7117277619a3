"""Comments that tell lint what to leave alone, and why.

    // ipclint: allow(sync-call) the splash screen cannot be drawn without it
    sync Theme() => (Theme theme);

    string title;  // ipclint: allow(unbounded-string, claimed-identity) both reasons

Above a declaration, such a comment covers the declaration and all that is in it; at the end of a
line, the line; with `allow-file` and above the first definition, the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.sema.compilation import Unit, field_groups, methods, walk
from generator.source import Span
from generator.syntax import ast, tokenize
from generator.syntax.comments import alone_on_line, is_for_lint

_ALLOW = re.compile(r"//\s*ipclint:\s*(allow|allow-file)\(([^()]*)\)\s*:?(.*)")
_ID = re.compile(r"[^\s,]+")


@dataclass(eq=False)
class Suppression:
    """One comment.

    `ids` are the rules that it names, each with its place. It covers what starts from `first` up
    to, not including, `last`. `reason` is "" when there is none. `well_formed` is False when
    nothing in it was understood. `used` are the ids that it suppressed a finding of.
    """

    span: Span
    ids: dict[str, Span] = field(default_factory=dict)
    reason: str = ""
    first: int = 0
    last: int = 0
    well_formed: bool = True
    used: set[str] = field(default_factory=set)

    def covers(self, id: str, span: Span) -> bool:
        """Whether it suppresses a finding; remembers that it did."""
        covered = id in self.ids and self.first <= span.start < self.last
        if covered:
            self.used.add(id)
        return covered


def suppressions(unit: Unit) -> list[Suppression]:
    """The comments of a file that are meant for lint, in the order of its text."""
    if "ipclint:" not in unit.source.text:
        return []
    tokens = tokenize(unit.source)
    ends = {node.start: node.end for node in _declarations(unit.tree)}
    return [
        _suppression(unit, Span(unit.source, *place), tokens.starts[following], ends)
        for following, places in sorted(tokens.comments.items())
        for place in places
        if is_for_lint(unit.source.text[slice(*place)])
    ]


def _suppression(unit: Unit, span: Span, following: int, ends: dict[int, int]) -> Suppression:
    said = _ALLOW.fullmatch(span.text)
    found = Suppression(span, well_formed=said is not None)
    if said is None:
        return found
    found.reason = said[3].strip()
    for id in _ID.finditer(said[2]):
        at = span.start + said.start(2)
        found.ids[id[0]] = Span(unit.source, at + id.start(), at + id.end())
    text = unit.source.text
    if said[1] == "allow-file":
        head = min((node.start for node in unit.tree.definitions), default=len(text))
        found.last = len(text) + 1 if span.start < head else 0
    elif alone_on_line(text, span.start):
        found.first, found.last = following, ends.get(following, following)
    else:
        found.first, found.last = text.rfind("\n", 0, span.start) + 1, span.start
    return found


def _declarations(
    tree: ast.File,
) -> Iterator[ast.Module | ast.Import | ast.Definition | ast.EnumValue | ast.Method | ast.Field]:
    """Everything that a comment may stand above; no two of them start at the same place."""
    if tree.module:
        yield tree.module
    yield from tree.imports
    for node in walk(tree):
        yield node
        yield from methods(node)
        if isinstance(node, ast.Enum):
            yield from node.values
        for group in field_groups(node):
            yield from group
