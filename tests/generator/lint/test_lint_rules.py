"""Every rule of lint: a file that earns it, a file that does not, and how it reads.

rules/ID holds bad.ipc, good.ipc, what they import, and expected.txt.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lint import RULES, find, lint
from generator.sema import Compilation, analyze
from generator.source import Diagnostic, Severity, render

FOLDER = Path(__file__).parent / "rules"


def judge(id: str, path: str) -> list[Diagnostic]:
    """What all rules together find in a file of a folder."""
    compilation = Compilation((path,), (FOLDER / id,))
    assert analyze(compilation), [render(found) for found in compilation.diagnostics]
    return lint(compilation)


@pytest.mark.parametrize("id", RULES)
def test_bad_file_earns_this_rule_and_no_other(id, golden):
    found = judge(id, "bad.ipc")

    assert {diagnostic.id for diagnostic in found} == {id}
    golden(FOLDER / id / "expected.txt", "\n".join(render(diagnostic) for diagnostic in found))


@pytest.mark.parametrize("id", RULES)
def test_good_file_earns_none(id):
    assert [render(diagnostic) for diagnostic in judge(id, "good.ipc")] == []


def test_every_folder_belongs_to_a_rule():
    assert {folder.name for folder in FOLDER.iterdir()} == set(RULES)


@pytest.mark.parametrize("id", RULES)
def test_finding_has_the_house_style(id):
    for diagnostic in judge(id, "bad.ipc"):
        assert diagnostic.severity is Severity.WARNING
        assert diagnostic.help
        assert diagnostic.span.end > diagnostic.span.start
        for text in (diagnostic.message, diagnostic.help):
            assert not text.endswith(".")
            assert text[0] in "`[" or not text[0].isupper()


@pytest.mark.parametrize("id", RULES)
def test_rule_is_explained(id):
    entry = find(id)

    assert entry is not None and entry.id == id
    assert entry.title[0] == "[" or entry.title[0].islower()
    assert not entry.title.endswith(".") and len(entry.title) <= 80
    assert entry.explanation.endswith(".") and "  " not in entry.explanation


def test_there_are_rules_enough_and_no_other_name_is_one():
    assert len(RULES) >= 20
    assert find("IPC0031") is None and find("nothing") is None
