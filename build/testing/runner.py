"""Runs suites beside each other and hands over what came of each, as it comes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from testing import gtest, process, pytest
from testing.suite import Outcome, Suite
from testing.variant import Variant


@dataclass(frozen=True)
class Runner:
    root: Path
    variant: Variant

    def run(self, suites: list[Suite], only: str | None) -> Iterator[Outcome]:
        """`only`, when given, is part of the names of the cases that run."""
        self._results.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
            running = [workers.submit(self._run_one, suite, only) for suite in suites]
            for done in as_completed(running):
                yield done.result()

    def _run_one(self, suite: Suite, only: str | None) -> Outcome:
        log = self._results / f"{suite.name}.log"
        report = self._results / f"{suite.name}.report"
        report.unlink(missing_ok=True)
        timeout = suite.timeout * self.variant.patience
        started = time.monotonic()
        if suite.kind == "gtest":
            command = gtest.command(suite, self.variant.out, report, only)
            ended = process.run(command, log, timeout, self._environment)
            outcome = gtest.outcome(suite, self.variant.out, report, ended)
        else:
            command = pytest.command(suite, report, only)
            ended = process.run(command, log, timeout, self._environment)
            outcome = pytest.outcome(suite, report, ended)
        return replace(outcome, seconds=time.monotonic() - started)

    @property
    def _results(self) -> Path:
        return self.root / self.variant.out / "test-results"

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **self.variant.environment,
            "IPC_OUT_DIR": str(self.root / self.variant.out),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
