"""Runs a test program with an end in sight."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

TAIL_LINES = 80


@dataclass(frozen=True)
class Ended:
    status: int | None  # the exit status, minus the signal that ended it, None for the timeout
    log: Path

    @property
    def ok(self) -> bool:
        return self.status == 0

    def how(self) -> str:
        if self.status is None:
            return "timed out"
        if self.status < 0:
            return f"ended by {signal.Signals(-self.status).name}"
        return f"exit status {self.status}"

    def tail(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:])


def run(command: list[str], log: Path, timeout: float, environment: dict[str, str]) -> Ended:
    """Runs `command` to its end or to the timeout, which ends its children too."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        try:
            return Ended(process.wait(timeout), log)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return Ended(None, log)
