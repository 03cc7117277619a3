"""What processes have used so far, as the kernel counts it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Usage:
    cpu_ns: int = 0
    switches: int = 0  # of threads, whoever wanted them

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.cpu_ns + other.cpu_ns, self.switches + other.switches)

    def __sub__(self, other: Usage) -> Usage:
        return Usage(self.cpu_ns - other.cpu_ns, self.switches - other.switches)


def of(pids: Iterable[int]) -> Usage:
    """All threads of these processes together."""
    return sum((_of_process(pid) for pid in set(pids)), Usage())


def _of_process(pid: int) -> Usage:
    used = Usage()
    for thread in Path(f"/proc/{pid}/task").iterdir():
        try:
            cpu_ns = int((thread / "schedstat").read_text().split()[0])
            status = (thread / "status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
        switches = sum(
            int(line.split()[1]) for line in status.splitlines() if "ctxt_switches" in line
        )
        used += Usage(cpu_ns, switches)
    return used


def memory(pid: int) -> int:
    """Bytes of a process, without what it has mapped from files: the programs are the same."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kib = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in rollup[1:])}
    return (kib["Pss_Anon"] + kib["Pss_Shmem"]) * 1024
