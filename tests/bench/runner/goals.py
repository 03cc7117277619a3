"""What the fast pipes are to reach, and whether this run shows it: ratios within the run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from runner.results import Row
from runner.table import amount, columns, ratio

_TYPED = "ours-shm-typed"
_GRPC = "ours-grpc-typed"


@dataclass(frozen=True)
class Goal:
    work: str
    placement: str
    subject: str
    most_times: float = 0.0  # the time of `reference`
    reference: str = ""
    least_per_second: float = 0.0
    least_fairness: float = 0.0

    def wanted(self) -> str:
        if self.reference:
            return f"at most {ratio(self.most_times)} {self.reference}"
        if self.least_fairness:
            return f"slowest at least {self.least_fairness:.0%} of the fastest"
        return f"at least {amount(self.least_per_second)}/s"

    def measured(self, row: Row) -> str:
        if self.reference:
            return ratio(row.ratio_to[self.reference])
        return f"{row.fairness or 0:.0%}" if self.least_fairness else f"{amount(row.per_second)}/s"

    def is_met(self, row: Row) -> bool:
        if self.reference:
            return row.ratio_to[self.reference] <= self.most_times
        if self.least_fairness:
            return (row.fairness or 0) >= self.least_fairness
        return row.per_second >= self.least_per_second


GOALS = (
    Goal("W1", "split", _TYPED, 2, "limit-ring"),
    Goal("W1", "split", _TYPED, 1 / 40, "grpc-unary"),
    Goal("W1", "split", _TYPED, 1 / 20, "capnp"),
    Goal("W1", "split", "ours-shm-untyped", 5, "limit-ring"),
    Goal("W2", "split", _TYPED, 4, "limit-ring"),
    Goal("W3", "split", _TYPED, least_per_second=5e6),
    Goal("W4", "split", _TYPED, 1 / 0.8, "limit-chunked"),
    Goal("W5", "split", _TYPED, 2, "limit-ring"),
    Goal("W5", "split", _TYPED, least_fairness=0.5),
    Goal("W6", "free", _TYPED, 1.5, "uds"),
    Goal("W1", "one", _TYPED, 1.7, "limit-ring"),
    Goal("W1", "split", _GRPC, 1.3, "grpc-bidi-hop"),
    Goal("W2", "split", _GRPC, 1 / 3, "grpc-bidi"),
    Goal("W3", "split", _GRPC, least_per_second=3e6),
    Goal("W4", "split", _GRPC, 1 / 0.9, "grpc-bidi"),
    Goal("W5", "split", _GRPC, 1, "grpc-bidi"),
    Goal("W6", "free", _GRPC, 1.3, "grpc-bidi-hop"),
    Goal("W1", "one", _GRPC, 1.3, "grpc-bidi-hop"),
)


def judge(rows: Iterable[Row]) -> list[tuple[Goal, Row]]:
    """The goals that this run has the figures for."""
    by_cell = {(row.work, row.placement, row.subject): row for row in rows}
    judged = []
    for goal in GOALS:
        row = by_cell.get((goal.work, goal.placement, goal.subject))
        if row is not None and (not goal.reference or goal.reference in row.ratio_to):
            judged.append((goal, row))
    return judged


def render(rows: Iterable[Row]) -> str:
    judged = judge(rows)
    if not judged:
        return ""
    lines = [["", "", "wanted", "here", ""]]
    for goal, row in judged:
        verdict = "met" if goal.is_met(row) else "SHORT"
        cell = f"{goal.work} {goal.placement}"
        lines.append([cell, goal.subject, goal.wanted(), goal.measured(row), verdict])
    return "Goals\n" + columns(lines)
