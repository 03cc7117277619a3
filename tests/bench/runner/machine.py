"""What a run ran on: it belongs to the figures."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def describe() -> dict[str, object]:
    return {
        "processors": len(os.sched_getaffinity(0)),
        "model": _model(),
        "kernel": platform.release(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
