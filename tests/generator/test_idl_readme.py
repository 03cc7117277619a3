"""idl/README.md says what is so: its grammar is the parser's, its attributes are the compiler's."""

from __future__ import annotations

import os
import random
import re
from dataclasses import dataclass

import pytest
from paths import ROOT

from generator.sema.attributes import ATTRIBUTES
from generator.source import SourceFile, render
from generator.syntax import parse

README = (ROOT / "idl/README.md").read_text(encoding="utf-8")
SEED = int(os.environ.get("IPC_TEST_SEED", "1"))
_FILES = 1000
_DEEP = 14  # rules inside of rules, from where on the shortest way out is taken

_TERMINALS = {
    "name": ("Note", "kSize", "_x1", "text"),
    "ordinal": ("@0", "@17"),
    "integer": ("0", "7", "-3", "+1", "0x2A"),
    "float": ("1.5", "-.5", "6e23", "2."),
    "string": ('""', '"a b"', r'"\n\x41\u00e4\""'),
}


@dataclass(frozen=True)
class Group:
    """Alternatives, each a sequence of rules' names, "quoted" words and groups.

    `least` and `most` say how often one of them stands there.
    """

    alternatives: tuple[tuple[object, ...], ...]
    least: int
    most: int


class Grammar:
    """The rules of the README's block, and random texts that follow them."""

    def __init__(self, text: str):
        starts = re.split(r"^(\w+)\s*=", text, flags=re.MULTILINE)[1:]
        self.rules = {
            name: self._group(iter(re.findall(r'"[^"]*"|\w+|[{}\[\]()|]', body)), "", 1, 1)
            for name, body in zip(starts[::2], starts[1::2])
        }
        self.words = set(re.findall(r'"([^"]*)"', text))

    def _group(self, tokens, end: str, least: int, most: int) -> Group:
        alternatives: list[list[object]] = [[]]
        for token in tokens:
            if token == end:
                break
            if token == "|":
                alternatives.append([])
            elif token == "[":
                alternatives[-1].append(self._group(tokens, "]", 0, 1))
            elif token == "{":
                alternatives[-1].append(self._group(tokens, "}", 0, 4))
            elif token == "(":
                alternatives[-1].append(self._group(tokens, ")", 1, 1))
            else:
                alternatives[-1].append(token)
        return Group(tuple(map(tuple, alternatives)), least, most)

    def text(self, chance: random.Random, item: object = "file", depth: int = 0) -> list[str]:
        """The tokens of something that the grammar allows."""
        if isinstance(item, Group):
            count = item.least if depth > _DEEP else chance.randint(item.least, item.most)
            found = []
            for _ in range(count):
                ways = item.alternatives[:1] if depth > _DEEP else item.alternatives
                for part in chance.choice(ways):
                    found += self.text(chance, part, depth + 1)
            return found
        if item in _TERMINALS:
            return [chance.choice(_TERMINALS[item])]
        return self.text(chance, self.rules[item], depth + 1) if item[0] != '"' else [item[1:-1]]


def grammar() -> Grammar:
    return Grammar(re.search(r"```ebnf\n(.*?)```", README, re.DOTALL)[1])


def test_every_rule_of_the_grammar_is_there_and_used():
    rules = grammar().rules

    def named(item: object) -> set[str]:
        if isinstance(item, Group):
            return {name for way in item.alternatives for part in way for name in named(part)}
        return set() if item[0] == '"' else {item}

    used = {name for rule in rules.values() for name in named(rule)}
    assert used - set(rules) == set(_TERMINALS)
    assert set(rules) - used == {"file"}


def test_parser_takes_whatever_the_grammar_allows():
    rules, chance = grammar(), random.Random(SEED)
    written = set()
    for _ in range(_FILES):
        tokens = rules.text(chance)
        written.update(tokens)
        source = SourceFile("random.ipc", " ".join(tokens))

        found = parse(source)[1]

        assert not found, "\n".join(render(diagnostic) for diagnostic in found)
    assert written >= rules.words, "some word of the grammar was never tried"


# Attributes.

_PLACES = {
    "modules": "module",
    "imports": "import",
    "constants": "const",
    "enums": "enum",
    "enum values": "value",
    "structs": "struct",
    "struct fields": "field",
    "unions": "union",
    "union fields": "variant",
    "interfaces": "interface",
    "methods": "method",
    "parameters": "parameter",
    "channels": "channels",
    "channel members": "channel",
    "features": "feature",
    "type aliases": "type",
}
_EVERYTHING = set(_PLACES.values())
_ROW = re.compile(r"^\| `(\w+)(=[^`]*)?` \| ([^|]*) \| .*\|$", re.MULTILINE)


def rows() -> dict[str, tuple[str, str]]:
    """By attribute: what follows its name, where it may stand."""
    section = README[README.index("## Attributes") : README.index("## On the wire")]
    return {name: (value, places) for name, value, places in _ROW.findall(section)}


def test_table_has_every_attribute():
    assert set(rows()) == set(ATTRIBUTES)


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_table_says_where_an_attribute_stands_and_whether_it_takes_something(name):
    value, places = rows()[name]
    targets, takes = ATTRIBUTES[name]

    if places == "everything":
        said = _EVERYTHING
    elif places == "declarations and members":
        said = _EVERYTHING - {"module", "import", "feature", "parameter"}
    else:
        said = {_PLACES[place] for place in places.split(", ")}
    assert said == set(targets.split())
    assert bool(value) == (takes != "nothing")
