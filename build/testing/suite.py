"""A suite: one line of tests.json, and what came of running it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Suite:
    name: str
    kind: str  # "gtest" or "pytest"
    path: str  # gtest: below the output folder; pytest: below the root
    args: tuple[str, ...]
    timeout: int  # seconds


@dataclass(frozen=True)
class Failure:
    case: str
    message: str
    rerun: str  # a command line for the root of the tree

    def cause(self) -> str:
        """What failures of one cause share: pytest's own words, which it marks, else all of them."""
        marked = [line for line in self.message.splitlines() if line.startswith("E  ")]
        return "\n".join(marked) or self.message.strip()


@dataclass(frozen=True)
class Outcome:
    name: str
    passed: int
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0


def read_suites(out: Path) -> list[Suite]:
    """The tests that the root group of the build reaches."""
    rows = json.loads((out / "tests.json").read_text(encoding="utf-8"))
    return [
        Suite(row["name"], row["kind"], row["path"], tuple(row["args"]), row["timeout"])
        for row in rows
    ]
