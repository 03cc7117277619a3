"""What a run ran on: it belongs to the figures."""

from __future__ import annotations

import os
import platform
from pathlib import Path


_QUIET = 0.25  # runnable processes for each processor


def describe() -> dict[str, object]:
    return {
        "processors": len(os.sched_getaffinity(0)),
        "model": _model(),
        "kernel": platform.release(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def warning(machine: dict[str, object]) -> str:
    """What to say of a machine that had other work when the run began; empty when it had not."""
    load, processors = float(str(machine["load_before"])), int(str(machine["processors"]))
    if load <= _QUIET * processors:
        return ""
    return f"The machine was busy, its load {load}: compare within this run only, and quote nothing."


def _model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
