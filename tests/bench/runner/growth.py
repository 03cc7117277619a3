"""How calls and memory grow with the renderers: of a run with three or more of W5 and W5xN."""

from __future__ import annotations

from collections.abc import Iterable

from runner.results import Row
from runner.table import amount, columns
from runner.works import find

_LEAST = 3


def render(rows: Iterable[Row]) -> str:
    """A table for each placement: calls a second of all renderers, and main's memory for each."""
    by_placement: dict[str, dict[tuple[str, int], Row]] = {}
    for row in rows:
        if row.work.startswith("W5"):
            cells = by_placement.setdefault(row.placement, {})
            cells[row.subject, _renderers(row)] = row
    tables = []
    for placement, cells in by_placement.items():
        counts = sorted({renderers for _, renderers in cells})
        if len(counts) >= _LEAST:
            tables.append(_table(placement, counts, cells))
    return "\n".join(tables)


def _table(placement: str, counts: list[int], cells: dict[tuple[str, int], Row]) -> str:
    lines = [["renderers", *(str(count) for count in counts)]]
    for subject in dict.fromkeys(subject for subject, _ in cells):
        found = [cells.get((subject, count)) for count in counts]
        lines.append([subject, *(f"{amount(row.per_second)}/s" if row else "-" for row in found)])
        lines.append(["", *(f"{row.main_bytes / 1024:,.0f} KiB" if row else "-" for row in found)])
    return f"Growth, {placement}: calls of all, and main's memory for each renderer\n" + columns(lines)


def _renderers(row: Row) -> int:
    work = find(row.work)
    assert work is not None
    return work.renderers
