"""Rows: medians of what the repeats of a cell gave, and how they stand to the references."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from runner.cell import Measured
from runner.works import Work

# What others are divided by, in the same work and placement.
REFERENCES = (
    "limit-ring",
    "limit-chunked",
    "uds",
    "grpc-unary",
    "grpc-bidi",
    "grpc-bidi-hop",
    "capnp",
)


@dataclass(frozen=True)
class Row:
    work: str
    subject: str
    placement: str
    p50_ns: float | None  # None: a work without answers
    p99_ns: float | None
    p999_ns: float | None
    per_second: float
    fairness: float | None  # None: one renderer
    cpu_seconds_per_million: float
    switches_per_million: float
    spread: float  # (largest - smallest) / median over the repeats, of what is compared
    repeats: int
    first_answer_ns: float
    main_bytes: float
    renderer_bytes: float
    # Time over that subject's time: 2 is twice as slow.
    ratio_to: dict[str, float] = field(default_factory=dict)


def make_row(work: Work, subject: str, placement: str, repeats: list[Measured]) -> Row:
    def median(figure: Callable[[Measured], float]) -> float:
        return statistics.median(figure(each) for each in repeats)

    def quantile(index: int) -> float | None:
        found = [q for each in repeats if (q := each.quantiles_ns[index]) is not None]
        return statistics.median(found) if found else None

    costs = [_cost(work, each.quantiles_ns[0], each.per_second) for each in repeats]
    return Row(
        work=work.name,
        subject=subject,
        placement=placement,
        p50_ns=quantile(0),
        p99_ns=quantile(1),
        p999_ns=quantile(2),
        per_second=median(lambda each: each.per_second),
        fairness=median(lambda each: each.fairness) if work.shows_fairness else None,
        cpu_seconds_per_million=median(lambda each: each.cpu_ns / 1e3 / max(1, each.count)),
        switches_per_million=median(lambda each: each.switches * 1e6 / max(1, each.count)),
        spread=(max(costs) - min(costs)) / statistics.median(costs),
        repeats=len(repeats),
        first_answer_ns=median(lambda each: each.first_answer_ns),
        main_bytes=median(lambda each: each.main_bytes),
        renderer_bytes=median(lambda each: each.renderer_bytes),
    )


def cost(work: Work, row: Row) -> float:
    """What a row is compared by, in ns: a round trip, or the time for each of what is done."""
    return _cost(work, row.p50_ns, row.per_second)


def _cost(work: Work, p50_ns: float | None, per_second: float) -> float:
    if work.by_time and p50_ns is not None:
        return p50_ns
    return 1e9 / max(per_second, 1e-9)


def compare(work: Work, rows: Iterable[Row]) -> list[Row]:
    """The rows of one work and placement, each with its ratios to the references among them."""
    rows = list(rows)
    references = {row.subject: cost(work, row) for row in rows if row.subject in REFERENCES}
    for row in rows:
        for name in REFERENCES:
            if name in references:
                row.ratio_to[name] = cost(work, row) / references[name]
    return rows
