"""How far a run is, on a terminal; silent elsewhere."""

from __future__ import annotations

import sys


class Steps:
    def __init__(self, count: int) -> None:
        self._count = count
        self._done = 0
        self._shows = sys.stderr.isatty()

    def next(self, name: str) -> None:
        self._done += 1
        self._write(f"{self._done}/{self._count} {name}")

    def end(self) -> None:
        self._write("")

    def _write(self, text: str) -> None:
        if self._shows:
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()
