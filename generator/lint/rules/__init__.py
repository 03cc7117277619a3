"""Every rule of lint, a file for each category.

A rule is a generator function over a Subject. Its name is its id, its file its category, its
docstring what `ipcgen explain` prints. Each has a folder in tests/generator/lint/rules.
"""

from __future__ import annotations

from generator.lint.rule import Rule
from generator.lint.rules import channels, docs, evolution, files, names, safety, suppressions, types

_CATEGORIES = (names, files, docs, evolution, channels, safety, types, suppressions)

RULES: dict[str, Rule] = {rule.id: rule for category in _CATEGORIES for rule in category.RULES}
CATEGORIES = tuple(dict.fromkeys(rule.category for rule in RULES.values()))
