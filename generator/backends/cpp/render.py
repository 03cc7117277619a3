"""Templates to text."""

from __future__ import annotations

from pathlib import Path

from generator.backends.templates import environment

_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, view: object) -> str:
    """The paragraph that `template` makes of a view, without blank lines around it."""
    text = environment(_TEMPLATES).get_template(template).render(view=view)
    return text.strip("\n")
