"""Bars as SVG: one file a work, of one placement, time on a scale of decades."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from runner.results import Row, cost
from runner.subjects import SUBJECTS
from runner.table import amount, duration
from runner.works import Work, find

_COLOURS = {"limit": "#8b95a1", "peer": "#7aa6d8", "ours": "#d9622b"}
_FAMILIES = {"limit": "the bare machine", "peer": "others", "ours": "this library"}
_INK = "#24292f"
_FAINT = "#d5dae0"

_BAR = 18
_STEP = 26
_LEFT = 170
_WIDTH = 520
_RIGHT = 110
_TOP = 64
_BOTTOM = 34


def write_all(folder: Path, rows: Iterable[Row]) -> None:
    """`W1-split.svg` and so on, for every work and placement that has rows."""
    folder.mkdir(parents=True, exist_ok=True)
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.work, row.placement), []).append(row)
    for (name, placement), group in groups.items():
        work = find(name)
        assert work is not None
        (folder / f"{name}-{placement}.svg").write_text(bars(work, placement, group))


def bars(work: Work, placement: str, rows: list[Row]) -> str:
    """A bar for each row, the shorter the better."""
    costs = [cost(work, row) for row in rows]
    first = math.floor(math.log10(min(costs)) - 0.15)
    last = max(first + 1, math.log10(max(costs)) + 0.05)
    height = _TOP + _STEP * len(rows) + _BOTTOM
    width = _LEFT + _WIDTH + _RIGHT

    def x(ns: float) -> float:
        return _LEFT + _WIDTH * (math.log10(ns) - first) / (last - first)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(12, 22, f"{work.name}: {work.title}", size=15, weight="bold"),
        _text(12, 40, f"{_measure(work)}, {placement}; each line is ten times the one before"),
        *_legend(width),
    ]
    for decade in range(first, math.floor(last) + 1):
        at = x(10.0**decade)
        parts.append(
            f'<line x1="{at:.1f}" y1="{_TOP - 6}" x2="{at:.1f}" y2="{height - _BOTTOM + 4}"'
            f' stroke="{_FAINT}"/>'
        )
        parts.append(_text(at, height - 12, _decade(decade), anchor="middle"))
    family_of = {subject.name: subject.family for subject in SUBJECTS}
    for index, (row, ns) in enumerate(zip(rows, costs)):
        y = _TOP + _STEP * index
        parts.append(_text(_LEFT - 8, y + 13, row.subject, anchor="end"))
        parts.append(
            f'<rect x="{_LEFT}" y="{y}" width="{x(ns) - _LEFT:.1f}" height="{_BAR}" rx="2"'
            f' fill="{_COLOURS[family_of[row.subject]]}"/>'
        )
        parts.append(_text(x(ns) + 6, y + 13, _label(work, row, ns)))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _measure(work: Work) -> str:
    return "median time of a round trip" if work.by_time else f"time for each of the {work.unit}"


def _label(work: Work, row: Row, ns: float) -> str:
    return duration(ns) if work.by_time else f"{amount(row.per_second)}/s"


def _decade(exponent: int) -> str:
    """1, 10 or 100 of a unit."""
    unit = ("ns", "us", "ms", "s")[max(0, exponent) // 3]
    return f"{10.0 ** (exponent - 3 * (max(0, exponent) // 3)):g} {unit}"


def _legend(width: int) -> list[str]:
    parts = []
    for index, (family, title) in enumerate(_FAMILIES.items()):
        x = width - 360 + 125 * index
        parts.append(f'<rect x="{x}" y="31" width="10" height="10" fill="{_COLOURS[family]}"/>')
        parts.append(_text(x + 15, 40, title))
    return parts


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: int = 12, weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
        f' font-weight="{weight}" fill="{_INK}">{escape(text)}</text>'
    )
