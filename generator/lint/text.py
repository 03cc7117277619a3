"""The table of rules as people read it."""

from __future__ import annotations

from generator.lint.rules import CATEGORIES, RULES


def render_rules() -> str:
    """A line a rule, category by category."""
    width = max(map(len, RULES))
    return "\n".join(
        f"{category}\n"
        + "".join(
            f"  {rule.id:{width}}  {rule.title}\n"
            for rule in RULES.values()
            if rule.category == category
        )
        for category in CATEGORIES
    )
