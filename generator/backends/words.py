"""Names in other styles."""

from __future__ import annotations

import re

_SEAMS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def camel(name: str) -> str:
    """`not_found` and `notFound` are NotFound."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_") if part)


def snake(name: str) -> str:
    """`notFound` and `NotFound` are not_found."""
    return _SEAMS.sub("_", name).lower()
