"""Where the two sides run: the processors of main and of its renderers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_ANYWHERE = -1


@dataclass(frozen=True)
class Placement:
    name: str
    title: str
    server_cpu: int
    client_cpu: int


def placements() -> tuple[Placement, ...]:
    """Without a second processor there is no `split`."""
    cpus = sorted(os.sched_getaffinity(0))
    other = next((cpu for cpu in cpus[1:] if cpu not in _siblings(cpus[0])), None)
    split = ()
    if other is not None:
        split = (Placement("split", "main on one core, renderers on another", cpus[0], other),)
    return (
        *split,
        Placement("one", "all on one core", cpus[0], cpus[0]),
        Placement("free", "where the kernel likes", _ANYWHERE, _ANYWHERE),
    )


def _siblings(cpu: int) -> set[int]:
    """The hardware threads of the same core."""
    path = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
    siblings: set[int] = set()
    for part in path.read_text().strip().split(",") if path.exists() else ():
        first, _, last = part.partition("-")
        siblings |= set(range(int(first), int(last or first) + 1))
    return siblings
