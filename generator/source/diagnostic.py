"""One thing the compiler has to say about a place in a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from generator.source.catalogue import CATALOGUE
from generator.source.file import Span


class Severity(Enum):
    """An error stops the build; a warning names what was left out and lets it go on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that explains the first, with a few words."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A message at a span.

    `id` is a number of the catalogue, or a rule of lint. `message` is lowercase and has no full
    stop. `note` are the words under the span, `labels` further places, `help` the way out.
    """

    id: str
    severity: Severity
    span: Span
    message: str
    note: str = ""
    labels: tuple[Label, ...] = ()
    help: str = ""


def error(
    id: str,
    span: Span,
    message: str,
    note: str = "",
    labels: tuple[Label, ...] = (),
    help: str = "",
) -> Diagnostic:
    """A mistake, under a number of the catalogue."""
    return Diagnostic(_known(id), Severity.ERROR, span, message, note, labels, help)


def warning(
    id: str,
    span: Span,
    message: str,
    note: str = "",
    labels: tuple[Label, ...] = (),
    help: str = "",
) -> Diagnostic:
    """Something that is left out, under a number of the catalogue."""
    return Diagnostic(_known(id), Severity.WARNING, span, message, note, labels, help)


def _known(id: str) -> str:
    if id not in CATALOGUE:
        raise ValueError(f"{id} is not in the catalogue")
    return id
