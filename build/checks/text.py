"""Rules for every text file, whatever its language."""

from __future__ import annotations

import re

from checks.tree import GENERATED, Tree

MAX_LINES = 600

_CODE = (".cc", ".gn", ".gni", ".h", ".ipc", ".j2", ".proto", ".py")
_TEXT = (*_CODE, ".md")

# Places that exist on one machine only.
_MENTIONS = re.compile(r"\.\.[/]shared\b|(?<![\w.])/(?:home|root|work)/\w")


def check_length(tree: Tree) -> list[str]:
    problems = []
    for name in tree.with_suffix(*_CODE):
        lines = tree.read(name).count("\n")
        if lines > MAX_LINES and not name.startswith(GENERATED):
            problems.append(f"{name}: {lines} lines, more than {MAX_LINES}")
    return problems


def check_mentions(tree: Tree) -> list[str]:
    problems = []
    for name in tree.with_suffix(*_TEXT):
        for number, line in enumerate(tree.read(name).splitlines(), start=1):
            if found := _MENTIONS.search(line):
                problems.append(f"{name}:{number}: mentions {found[0]}")
    return problems
