"""Durations as the programs count them, in buckets of an octave's 128th part: harness/histogram.h."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_PARTS = 128

Histogram = Counter  # bucket -> how often


def merge(histograms: Iterable[Iterable[tuple[int, int]]]) -> Histogram:
    merged: Histogram = Counter()
    for histogram in histograms:
        for bucket, count in histogram:
            merged[bucket] += count
    return merged


def quantile(histogram: Histogram, fraction: float) -> float | None:
    """The duration that `fraction` of all are not longer than, in ns; None when there is none."""
    total = sum(histogram.values())
    if total == 0:
        return None
    seen = 0
    for bucket in sorted(histogram):
        seen += histogram[bucket]
        if seen >= fraction * total:
            return _middle(bucket)
    raise AssertionError("a histogram's parts are fewer than all")


def _middle(bucket: int) -> float:
    octave, part = divmod(bucket, _PARTS)
    return 2.0**octave * (1 + (part + 0.5) / _PARTS)
