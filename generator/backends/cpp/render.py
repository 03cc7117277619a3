"""Templates to text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        autoescape=False,
    )


def render(template: str, view: object) -> str:
    """The paragraph that `template` makes of a view, without blank lines around it."""
    text = _environment().get_template(template).render(view=view)
    return text.strip("\n")
