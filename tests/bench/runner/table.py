"""Rows as text: a table for each work and placement."""

from __future__ import annotations

from collections.abc import Iterable

from runner.placements import Placement
from runner.results import Row
from runner.works import Work

# The references that stand beside each row; the others are in the JSON.
_BESIDE = ("limit-ring", "limit-chunked", "uds", "grpc-unary", "grpc-bidi-hop", "capnp")


def duration(ns: float | None) -> str:
    """Three digits and a unit."""
    if ns is None:
        return "-"
    for limit, unit in ((1e3, "ns"), (1e6, "us"), (1e9, "ms")):
        if ns < 0.9995 * limit:
            return f"{_digits(ns / limit * 1e3)} {unit}"
    return f"{_digits(ns / 1e9)} s"


def amount(number: float) -> str:
    """Three digits, with k or M."""
    for limit, unit in ((1e3, ""), (1e6, " k"), (1e9, " M")):
        if number < 0.9995 * limit:
            return f"{_digits(number / limit * 1e3)}{unit}"
    return f"{_digits(number / 1e9)} G"


def ratio(times: float) -> str:
    """1.38 x, 12 x, 1/40 x: how many times as long."""
    if times < 0.3:
        return f"1/{_short(1 / times)} x"
    return f"{_short(times)} x"


def render(work: Work, placement: Placement, rows: Iterable[Row]) -> str:
    rows = list(rows)
    beside = [name for name in _BESIDE if any(name in row.ratio_to for row in rows)]
    header = ["", "p50", "p99", "p99.9", f"{work.unit}/s", "spread"]
    if work.shows_fairness:
        header.append("fair")
    header += ["CPU/M", "switches/M", *beside]
    lines = [header]
    for row in rows:
        line = [
            row.subject,
            duration(row.p50_ns),
            duration(row.p99_ns),
            duration(row.p999_ns),
            amount(row.per_second),
            f"{row.spread:.0%}",
        ]
        if work.shows_fairness:
            line.append("-" if row.fairness is None else f"{row.fairness:.0%}")
        line += [f"{_short(row.cpu_seconds_per_million)} s", amount(row.switches_per_million)]
        line += [ratio(row.ratio_to[name]) if name in row.ratio_to else "-" for name in beside]
        lines.append(line)
    return f"{work.name} {placement.name}: {work.title}; {placement.title}\n" + columns(lines)


def columns(lines: list[list[str]]) -> str:
    """The first column to the left, the others to the right."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    rendered = []
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
        rendered.append("  ".join(cells).rstrip())
    return "\n".join(rendered) + "\n"


def _digits(number: float) -> str:
    """Three digits of a number below 1000."""
    if number < 9.995:
        return f"{number:.2f}"
    return f"{number:.1f}" if number < 99.95 else f"{number:.0f}"


def _short(number: float) -> str:
    if number < 9.95:
        return f"{number:.2f}" if number < 2.995 else f"{number:.1f}"
    return f"{number:.0f}"
