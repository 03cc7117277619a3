"""The JSON of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from runner import costs
from runner.goals import judge
from runner.results import Row


@dataclass
class Run:
    """Everything that a run has found."""

    command: str
    machine: dict[str, object]
    rows: list[Row] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)  # subject -> why
    left_out: list[tuple[str, str, str]] = field(default_factory=list)  # work, subject, why
    failed: list[tuple[str, str, str, str]] = field(default_factory=list)  # ..., placement, why
    micro: list[dict[str, object]] = field(default_factory=list)


def to_json(run: Run) -> dict[str, object]:
    return {
        "command": run.command,
        "machine": run.machine,
        "results": [_result(row) for row in run.rows],
        "missing": [{"subject": name, "why": why} for name, why in sorted(run.missing.items())],
        "left_out": _named(("work", "subject", "why"), run.left_out),
        "failed": _named(("work", "subject", "placement", "why"), run.failed),
        "start_up": costs.start_up(run.rows),
        "memory": costs.memory(run.rows),
        "micro": run.micro,
        "goals": [
            {**asdict(goal), "measured": goal.measured(row), "met": goal.is_met(row)}
            for goal, row in judge(run.rows)
        ],
    }


def _result(row: Row) -> dict[str, object]:
    result: dict[str, object] = {
        "work": row.work,
        "subject": row.subject,
        "placement": row.placement,
        "p50_ns": _whole(row.p50_ns),
        "p99_ns": _whole(row.p99_ns),
        "p999_ns": _whole(row.p999_ns),
        "per_second": round(row.per_second, 1),
        "cpu_seconds_per_million": round(row.cpu_seconds_per_million, 4),
        "switches_per_million": round(row.switches_per_million),
        "spread": round(row.spread, 4),
        "repeats": row.repeats,
        "ratio_to": {name: round(times, 4) for name, times in row.ratio_to.items()},
    }
    if row.fairness is not None:
        result["fairness"] = round(row.fairness, 4)
    return result


def _whole(ns: float | None) -> int | None:
    return None if ns is None else round(ns)


def _named(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[Mapping[str, str]]:
    return [dict(zip(names, row)) for row in rows]
