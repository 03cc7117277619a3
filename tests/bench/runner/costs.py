"""What a subject costs beside the work: time to start, and memory."""

from __future__ import annotations

from collections.abc import Iterable

from runner.results import Row
from runner.table import columns, duration
from runner.works import find

# They make their memory before there are renderers, and choose how much.
_BARE = "limit-"


def start_up(rows: Iterable[Row]) -> list[dict[str, object]]:
    """From the start of main's process, which a renderer's follows, to the first answer."""
    return [
        {
            "subject": row.subject,
            "placement": row.placement,
            "first_answer_ms": round(row.first_answer_ns / 1e6, 2),
        }
        for row in rows
        if row.work == "W1"
    ]


def memory(rows: Iterable[Row]) -> list[dict[str, object]]:
    """Of main for each renderer that is connected, and of a renderer's process (0: it has none)."""
    return [
        {
            "subject": row.subject,
            "placement": row.placement,
            "renderers": _renderers(row),
            "main_bytes_per_renderer": round(row.main_bytes),
            "renderer_bytes": round(row.renderer_bytes),
        }
        for row in rows
        if _tells_memory(row)
    ]


def render(rows: Iterable[Row]) -> str:
    """Both, of one placement: they hardly depend on it. Memory where renderers are the most."""
    started: dict[str, Row] = {}
    largest: dict[str, Row] = {}
    for row in rows:
        if row.work == "W1":
            started.setdefault(row.subject, row)
        if _tells_memory(row):
            known = largest.setdefault(row.subject, row)
            if _renderers(row) > _renderers(known):
                largest[row.subject] = row
    if not started and not largest:
        return ""
    lines = [["", "first answer after", "renderers", "main's memory for each", "its own"]]
    for subject in started | largest:
        many = largest.get(subject)
        lines.append(
            [
                subject,
                duration(started[subject].first_answer_ns) if subject in started else "-",
                str(_renderers(many)) if many else "-",
                _kib(many.main_bytes) if many else "-",
                _kib(many.renderer_bytes) if many and many.renderer_bytes else "-",
            ]
        )
    return "Start-up and memory\n" + columns(lines)


def _tells_memory(row: Row) -> bool:
    return row.work.startswith("W5") and not row.subject.startswith(_BARE)


def _renderers(row: Row) -> int:
    work = find(row.work)
    assert work is not None
    return work.renderers


def _kib(size: float) -> str:
    return f"{size / 1024:,.0f} KiB"
