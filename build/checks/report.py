"""Runs every check and prints one line for each, with the problems below it."""

from __future__ import annotations

from dataclasses import dataclass

from checks import ALL
from checks.tree import Tree

_SHOWN = 20


@dataclass(frozen=True)
class Outcome:
    name: str
    problems: tuple[str, ...]


def run_all(tree: Tree) -> list[Outcome]:
    outcomes = []
    for check in ALL:
        problems = check.run(tree)
        outcomes.append(Outcome(check.name, tuple(problems)))
        if not problems:
            print(f"ok      {check.name}", flush=True)
            continue
        print(f"FAILED  {check.name}: {check.way_out}")
        for problem in problems[:_SHOWN]:
            print(f"          {problem}")
        if len(problems) > _SHOWN:
            print(f"          and {len(problems) - _SHOWN} more")
        print(end="", flush=True)
    return outcomes
