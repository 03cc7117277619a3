"""The words that editors colour are those of the parser, no more and no fewer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from re import _constants as op
from re import _parser

import pytest
from paths import ROOT

from generator.ir.types import Constraints, PendingKind
from generator.sema.attributes import ATTRIBUTES
from generator.sema.index import BUILTIN
from generator.syntax.calls import VERBS
from generator.syntax.parser import _DEFINITIONS

GRAMMAR = ROOT / "generator/editors/vscode/syntaxes/ipc.tmLanguage.json"
VIM = ROOT / "generator/editors/nvim/syntax/ipc.vim"
_TYPES = {*BUILTIN, "any", "array", "map", "handle", *(kind.value for kind in PendingKind)}
_SPECIAL = ("INFINITY", "NEGATIVE_INFINITY", "NAN")
_CONSTANTS = {
    *("true", "false", "default"),
    *(f"{type}.{name}" for type in ("float", "double") for name in _SPECIAL),
}
_BOUNDS = {field.name for field in fields(Constraints)}
_STATEMENTS = {"module", "import", "as", "reserved"}
SCOPES = {
    "storage": set(_DEFINITIONS),
    "keyword.control": _STATEMENTS,
    "keyword.other.verb": set(VERBS),
    "keyword.other.ipc": {"result"},
    "keyword.other.constraint": _BOUNDS,
    "support.type": _TYPES,
    "constant.language": _CONSTANTS,
    "entity.other.attribute-name": set(ATTRIBUTES),
}
GROUPS = {
    "ipcStructure": set(_DEFINITIONS),
    "ipcStatement": _STATEMENTS,
    "ipcVerb": set(VERBS),
    "ipcType": {*_TYPES, "result"},
    "ipcConstraint": _BOUNDS,
    "ipcConstant": _CONSTANTS,
    "ipcAttribute": set(ATTRIBUTES),
}


def words(expression: object) -> set[str]:
    """Every text that an expression without repetition matches, what it looks at aside."""
    found = {""}
    for kind, value in expression:
        if kind is op.LITERAL:
            heads = {chr(value)}
        elif kind is op.IN:
            heads = {chr(character) for _, character in value}
        elif kind is op.BRANCH:
            heads = set().union(*(words(branch) for branch in value[1]))
        elif kind is op.SUBPATTERN:
            heads = words(value[3])
        elif kind is op.MAX_REPEAT:
            least, most, inner = value
            assert (least, most) == (0, 1)
            heads = {"", *words(inner)}
        else:
            assert kind in (op.AT, op.ASSERT, op.ASSERT_NOT), kind
            continue
        found = {word + head for word in found for head in heads}
    return found


def rules(node: object) -> Iterator[dict]:
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from rules(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from rules(inner)


def scoped(scope: str) -> Iterator[set[str]]:
    """The words of each expression, or first part of one, that has the scope."""
    for rule in rules(json.loads(GRAMMAR.read_text("utf-8"))):
        if "match" not in rule:
            continue
        tree = _parser.parse(rule["match"])
        if rule.get("name", "").startswith(scope):
            yield words(tree)
        elif rule.get("captures", {}).get("1", {}).get("name", "").startswith(scope):
            yield words(next([part] for part in tree if part[0] is op.SUBPATTERN))


@pytest.mark.parametrize("scope", SCOPES)
def test_the_textmate_grammar_has_the_words_of_the_parser(scope: str) -> None:
    assert set().union(*scoped(scope)) == SCOPES[scope]


def test_every_list_of_types_in_the_textmate_grammar_is_whole() -> None:
    text = GRAMMAR.read_text("utf-8")

    assert len(set(re.findall(r"bool\|.*?receiver\)", text))) == 1
    assert len(set(re.findall(r"min_bytes\|[a-z_|]*", text))) == 1
    assert all(found in (_TYPES, {"any"}) for found in scoped("support.type"))


def test_every_expression_of_the_textmate_grammar_compiles() -> None:
    found = [
        re.compile(rule[key])
        for rule in rules(json.loads(GRAMMAR.read_text("utf-8")))
        for key in ("match", "begin", "end")
        if isinstance(rule.get(key), str)
    ]

    assert found


def test_everything_that_the_textmate_grammar_includes_is_there() -> None:
    grammar = json.loads(GRAMMAR.read_text("utf-8"))
    included = {rule["include"] for rule in rules(grammar) if "include" in rule}

    assert included == {f"#{name}" for name in grammar["repository"]}


def vim_words(group: str) -> Iterator[set[str]]:
    """The words of each line that fills a group of ipc.vim."""
    text = VIM.read_text("utf-8")
    for line in re.findall(rf"^syn keyword {group} (?:contained )?(.*)$", text, re.MULTILINE):
        yield set(line.split())
    for line in re.findall(rf"^syn match {group} /(.*)/$", text, re.MULTILINE):
        line = re.sub(r".*(\\zs|@<=)", "", line)
        line = re.sub(r"\\ze.*|\\>$", "", line).removeprefix(r"\<")
        yield words(_parser.parse(re.sub(r"\\([(|)?])", r"\1", line)))


@pytest.mark.parametrize("group", GROUPS)
def test_vim_has_the_words_of_the_parser(group: str) -> None:
    assert set().union(*vim_words(group)) == GROUPS[group]
