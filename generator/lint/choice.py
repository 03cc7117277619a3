"""Which rules a run wants: all of them, unless the command line or the settings say otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from generator.lint.rules import CATEGORIES, RULES


class UnknownRule(Exception):
    """Something that is neither a rule nor a category; the text says what may have been meant."""


def choose(only: Iterable[str] = (), disable: Iterable[str] = ()) -> frozenset[str]:
    """The rules of `only`, else all, without those of `disable`; both name rules or categories."""
    wanted = _rules(only) or frozenset(RULES)
    return wanted - _rules(disable)


def settings_choice(settings: object, where: str) -> list[str]:
    """What the settings of a folder disable: `{"lint": {"disable": ["sync-call"]}}`."""
    given = settings.get("lint", {}) if isinstance(settings, dict) else {}
    disabled = given.get("disable", []) if isinstance(given, dict) else None
    if not isinstance(disabled, list) or not all(isinstance(name, str) for name in disabled):
        raise UnknownRule(f'{where}: expected {{"lint": {{"disable": ["rule-id"]}}}}')
    try:
        choose(disable=disabled)
    except UnknownRule as problem:
        raise UnknownRule(f"{where}: {problem}") from None
    return disabled


def _rules(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if name in RULES:
            found.add(name)
        elif name in CATEGORIES:
            found |= {rule.id for rule in RULES.values() if rule.category == name}
        else:
            close = get_close_matches(name, (*RULES, *CATEGORIES), 1)
            help = f"did you mean {close[0]}?" if close else "`ipcgen lint --list` has them all"
            raise UnknownRule(f"there is no rule {name}; {help}")
    return frozenset(found)
