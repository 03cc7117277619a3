"""Runs one cell: the processes of a subject, on one work, in one placement."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from runner import histogram, usage
from runner.placements import Placement
from runner.subjects import Ability
from runner.works import Work

_PATIENCE = 30.0  # seconds, for all of a cell


class CellFailed(Exception):
    """What was measured cannot be used; says why."""


@dataclass(frozen=True)
class Length:
    """How long a cell measures, and before that runs unmeasured, in seconds."""

    measured: float
    warm_up: float


@dataclass(frozen=True)
class Measured:
    """What one run of a cell gave."""

    count: int  # calls, or messages that arrived
    per_second: float
    quantiles_ns: tuple[float | None, float | None, float | None]  # 0.5, 0.99, 0.999
    fairness: float  # the slowest renderer's share of the fastest one's
    cpu_ns: int
    switches: int
    first_answer_ns: int  # since the start of main's process
    main_bytes: int  # what each renderer has added to main
    renderer_bytes: int  # of one renderer; 0 where it has no process of its own


@dataclass
class Peer:
    """The runner's end of a process's line: harness/control.h."""

    connection: socket.socket
    role: str
    index: int
    pid: int
    lines: TextIO = field(repr=False)

    def expect(self, word: str) -> dict:
        try:
            line = self.lines.readline()
        except TimeoutError:
            raise CellFailed(f"{self.role} {self.index} says nothing") from None
        if not line.startswith(word + " "):
            raise CellFailed(f"{self.role} {self.index} is gone")
        return json.loads(line.removeprefix(word))

    def go(self, start_ns: int) -> None:
        self.connection.sendall(f"go {start_ns}\n".encode())


def run(work: Work, ability: Ability, subject: str, placement: Placement, length: Length) -> Measured:
    run_ = _Run(work, ability, subject, placement, length)
    try:
        return run_.measure()
    except CellFailed as failure:
        raise CellFailed(f"{failure}\n{run_.said()}".rstrip()) from None
    except OSError as failure:
        raise CellFailed(f"{failure}\n{run_.said()}".rstrip()) from None
    finally:
        run_.end()


class _Run:
    def __init__(
        self, work: Work, ability: Ability, subject: str, placement: Placement, length: Length
    ) -> None:
        self._work = work
        self._ability = ability
        self._subject = subject
        self._placement = placement
        self._length = length
        # In memory where there is such a folder: regions of rings are files of it.
        shm = Path("/dev/shm")
        self._folder = Path(tempfile.mkdtemp(prefix="bench-", dir=shm if shm.is_dir() else None))
        self._log = (self._folder / "log").open("w")
        self._processes: list[subprocess.Popen] = []
        self._peers: list[Peer] = []
        self._until = time.monotonic() + _PATIENCE + length.measured
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._folder / "control"))
        self._listener.listen(256)

    def measure(self) -> Measured:
        started_ns = time.monotonic_ns()
        self._start("serve", 0)
        server = self._accept()
        server.expect("ready")
        empty = usage.memory(server.pid)
        clients = self._gather_clients()
        workers = [server] if self._work.pattern == "broadcast" else clients
        first_ns = min(int(worker.expect("ready")["first_answer_ns"]) for worker in workers)

        pids = [peer.pid for peer in self._peers]
        added = max(0, usage.memory(server.pid) - empty)
        own_process = clients[0].pid != server.pid
        before = usage.of(pids)
        start_ns = time.monotonic_ns()
        for worker in workers:
            worker.go(start_ns)
        results = [worker.expect("result") for worker in workers]
        used = usage.of(pids) - before

        times = histogram.merge(result["histogram"] for result in results)
        each = len(clients) if self._work.pattern == "broadcast" else 1
        rates = [each * result["count"] / (result["elapsed_ns"] / 1e9) for result in results]
        return Measured(
            count=each * sum(result["count"] for result in results),
            per_second=sum(rates),
            quantiles_ns=(
                histogram.quantile(times, 0.5),
                histogram.quantile(times, 0.99),
                histogram.quantile(times, 0.999),
            ),
            fairness=min(rates) / max(rates),
            cpu_ns=used.cpu_ns,
            switches=used.switches,
            first_answer_ns=max(0, first_ns - started_ns),
            main_bytes=added // len(clients),
            renderer_bytes=usage.memory(clients[0].pid) if own_process else 0,
        )

    def _gather_clients(self) -> list[Peer]:
        if not self._ability.hosts_clients:
            for index in range(self._work.renderers):
                self._start("call", index)
        return [self._accept() for _ in range(self._work.renderers)]

    def _start(self, role: str, index: int) -> None:
        options = {
            "subject": self._subject,
            "pattern": self._work.pattern,
            "bytes": self._work.bytes,
            "renderers": self._work.renderers,
            "index": index,
            "folder": self._folder,
            "seconds": self._length.measured * self._work.patience,
            "warm-up": self._length.warm_up,
            "server-cpu": self._placement.server_cpu,
            "client-cpu": self._placement.client_cpu,
        }
        command = [*self._ability.command, role, *(f"--{k}={v}" for k, v in options.items())]
        self._processes.append(
            subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log
            )
        )

    def _accept(self) -> Peer:
        """The next process that says hello."""
        while True:
            self._listener.settimeout(0.5)
            try:
                connection, _ = self._listener.accept()
                break
            except TimeoutError:
                ended = [each.args[-1] for each in self._processes if each.poll() is not None]
                if ended or time.monotonic() > self._until:
                    raise CellFailed("a process has not come up") from None
        connection.settimeout(max(1.0, self._until - time.monotonic()))
        lines = connection.makefile("r", encoding="utf-8")
        hello = lines.readline().split()
        if len(hello) != 4 or hello[0] != "hello":
            raise CellFailed("a process has not come up")
        peer = Peer(connection, hello[1], int(hello[2]), int(hello[3]), lines)
        self._peers.append(peer)
        return peer

    def said(self) -> str:
        """What the processes wrote."""
        self._log.flush()
        return (self._folder / "log").read_text(errors="replace")[-2000:]

    def end(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
        for peer in self._peers:
            peer.lines.close()
            peer.connection.close()
        self._listener.close()
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)
