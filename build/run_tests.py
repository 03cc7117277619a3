"""Builds a variant of the tree, checks it, runs its tests; build/test calls this once set up.

The last line is the sum, alone: `N passed, N failed`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from checks.report import run_all
from checks.tree import Tree
from testing.runner import Runner
from testing.suite import Failure, Outcome, read_suites
from testing.variant import GCC, OPTIONS, Variant

ROOT = Path(__file__).resolve().parent.parent
CHECK = "check"
NAMES_SHOWN = 20  # of tests that fail alike


def main() -> int:
    parser = argparse.ArgumentParser(prog="build/test", description="Builds, checks and tests.")
    choice = parser.add_mutually_exclusive_group()
    for variant in OPTIONS:
        choice.add_argument(
            f"--{variant.name}", dest="variant", action="store_const", const=variant, default=GCC
        )
    parser.add_argument("filter", nargs="?", help="part of the name of suites or of cases")
    options = parser.parse_args()

    os.chdir(ROOT)
    if not build(options.variant):
        print("The build failed; its errors are above.")
        print("0 passed, 1 failed")
        return 1
    outcomes = []
    for outcome in run(options.variant, options.filter):
        print_line(outcome)
        outcomes.append(outcome)
    return summarize(outcomes)


def build(variant: Variant) -> bool:
    out = str(variant.out)
    steps = (["gn", "gen", "-q", out, f"--args={variant.gn_args}"], ["ninja", "-C", out])
    return all(subprocess.run(step).returncode == 0 for step in steps)


def run(variant: Variant, wanted: str | None) -> Iterator[Outcome]:
    """Everything; or the suites that have `wanted` in their name; or such cases of any suite."""
    suites = read_suites(variant.out)
    chosen = [suite for suite in suites if wanted is None or wanted in suite.name]
    check_chosen = wanted is None or wanted in CHECK
    if check_chosen:
        yield rebuild(variant)
        yield check(variant)
    if chosen or check_chosen:
        yield from Runner(ROOT, variant).run(chosen, only=None)
    else:
        yield from Runner(ROOT, variant).run(suites, only=wanted)


def rebuild(variant: Variant) -> Outcome:
    """A second ninja finds nothing to do, or an action does not say what it reads and writes."""
    rerun = f"ninja -C {variant.out} -d explain -n"
    again = subprocess.run(["ninja", "-C", variant.out, "-n"], capture_output=True, text=True)
    if "no work to do" in again.stdout:
        return Outcome("rebuild", passed=1)
    return Outcome("rebuild", passed=0, failures=(Failure("rebuild", again.stdout, rerun),))


def check(variant: Variant) -> Outcome:
    results = run_all(Tree(ROOT, variant.out))
    failures = tuple(
        Failure(result.name, "\n".join(result.problems), f"build/check --out {variant.out}")
        for result in results
        if result.problems
    )
    return Outcome(CHECK, len(results) - len(failures), failures)


def print_line(outcome: Outcome) -> None:
    word = "FAILED" if outcome.failures else "ok"
    counts = f"{outcome.passed} passed"
    if outcome.failures:
        counts += f", {len(outcome.failures)} failed"
    print(f"{word:7} {outcome.name:32} {counts:24} {outcome.seconds:7.1f} s", flush=True)


def by_cause(failures: list[Failure]) -> list[list[Failure]]:
    """Those that say the same, together: one cause may fail hundreds of tests."""
    causes: dict[str, list[Failure]] = {}
    for failure in failures:
        causes.setdefault(failure.cause(), []).append(failure)
    return list(causes.values())


def describe(alike: list[Failure]) -> str:
    first = alike[0]
    lines = [f"--- {first.case}", first.message.strip(), f"    again: {first.rerun}"]
    if others := [failure.case for failure in alike[1:]]:
        lines.append(f"    the same in {len(others)} more:")
        lines += [f"      {case}" for case in others[:NAMES_SHOWN]]
        if len(others) > NAMES_SHOWN:
            lines.append(f"      and {len(others) - NAMES_SHOWN} others")
    return "\n".join(lines)


def summarize(outcomes: list[Outcome]) -> int:
    failures = [failure for outcome in outcomes for failure in outcome.failures]
    for alike in by_cause(failures):
        print("\n" + describe(alike))
    passed = sum(outcome.passed for outcome in outcomes)
    print(f"\n{passed} passed, {len(failures)} failed")
    return 1 if failures or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
