"""What the TextMate grammar says of every name is what the compiler knows of it."""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path

import pytest
from paths import ROOT
from textmate import Grammar

from generator.lsp.snapshot import Snapshot
from generator.syntax import tokenize
from generator.syntax.lexer import NUMBER, ORDINAL, STRING

GRAMMAR = ROOT / "generator/editors/vscode/syntaxes/ipc.tmLanguage.json"
SHOP = ROOT / "tests/generator/shop"
FILES = sorted(SHOP.glob("*.ipc"))

_TYPE = "entity.name.type"
# The colours that a name may have, by what it stands for: where it is declared, and elsewhere.
_DECLARED = {
    **dict.fromkeys(("enum", "struct", "union", "interface", "channels", "feature", "type"), _TYPE),
    **dict.fromkeys(("field", "parameter"), "variable.other.member"),
    **dict.fromkeys(("const", "value"), ("constant.other", "variable.other.member")),
    **dict.fromkeys(("module", "alias"), "entity.name.namespace"),
    "call": "entity.name.function",
}
_NAMED = {
    **dict.fromkeys(("struct", "union", "interface", "type", "alias", "module"), _TYPE),
    **dict.fromkeys(("const", "value", "feature"), "constant.other"),
    "enum": (_TYPE, "constant.other"),  # also before the dot of a value
    "attribute": "entity.other.attribute-name",
    "builtin": "support.type",
    "file": "string.quoted",
    "verb": "keyword.other.verb",
}
_TOKENS = {
    STRING: "string.quoted",
    NUMBER: "constant.numeric",
    ORDINAL: "constant.numeric.ordinal",
    "=>": "keyword.operator",
    "=": "keyword.operator",
}


class Coloured:
    """A file of the shop, as the grammar and as the compiler see it."""

    def __init__(self, path: Path):
        self.text = path.read_text("utf-8")
        self._pieces = Grammar(json.loads(GRAMMAR.read_text("utf-8"))).pieces(self.text)
        snapshot = Snapshot((path.name,), (SHOP,), frozenset(), lambda file: file.read_bytes())
        assert snapshot.program is not None
        self.unit = snapshot.units[path]
        self.occurrences = snapshot.occurrences(self.unit)

    def scope(self, offset: int) -> str:
        at = bisect_right(self._pieces, offset, key=lambda piece: piece.start) - 1
        return self._pieces[at].scope

    def at(self, offset: int) -> str:
        return f"{self.unit.source.position(offset)[0]}: {self.text[offset:offset + 30]!r}"


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.name)
def coloured(request: pytest.FixtureRequest) -> Coloured:
    return Coloured(request.param)


def test_names_have_the_colour_of_what_they_stand_for(coloured: Coloured) -> None:
    wrong = []
    for found in coloured.occurrences:
        expected = (_DECLARED if found.declares else _NAMED)[found.target.kind]
        scope = coloured.scope(found.start)
        if not scope.startswith(expected):
            wrong.append((coloured.at(found.start), found.target.kind, scope))

    assert not wrong
    assert coloured.occurrences


def test_numbers_and_strings_have_theirs(coloured: Coloured) -> None:
    tokens = tokenize(coloured.unit.source)
    wrong = [
        (coloured.at(start), coloured.scope(start))
        for kind, start in zip(tokens.kinds, tokens.starts)
        if kind in _TOKENS and not coloured.scope(start).startswith(_TOKENS[kind])
    ]

    assert not wrong


def test_comments_have_theirs(coloured: Coloured) -> None:
    comments = [span for spans in tokenize(coloured.unit.source).comments.values() for span in spans]

    for start, end in comments:
        scopes = {coloured.scope(start), coloured.scope(end - 1)}
        docs = coloured.text.startswith(("///", "/**"), start)
        assert all(scope.startswith("comment") for scope in scopes)
        assert all(("documentation" in scope) == docs for scope in scopes)


def test_every_character_is_coloured_once(coloured: Coloured) -> None:
    pieces = Grammar(json.loads(GRAMMAR.read_text("utf-8"))).pieces(coloured.text)

    together = "".join(coloured.text[piece.start : piece.end] for piece in pieces)

    assert together == coloured.text.replace("\n", "")
