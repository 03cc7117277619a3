"""The command line of build/bench."""

from __future__ import annotations

import argparse
import json
import math
import shlex
import time
from fnmatch import fnmatchcase
from pathlib import Path

from runner import cell, costs, document, goals, growth, machine, micro, plots, progress
from runner import results, table
from runner.document import Run
from runner.placements import Placement, placements
from runner.plan import Cell, Plan, make_plan, may_repeat
from runner.subjects import SUBJECTS, Ability, abilities
from runner.works import WORKS, Work, find

_FULL = (3, cell.Length(measured=0.1, warm_up=0.03))
_MICRO = "micro"
# A busy machine makes a run of fewer repeats, not a longer one, unless --repeats asks for so many.
_MOST_SECONDS = 540.0
_QUICK = (1, cell.Length(measured=0.05, warm_up=0.02))


def main(arguments: list[str]) -> int:
    options = _parse(arguments)
    repeats, length = _QUICK if options.quick else _FULL
    repeats = options.repeats or repeats
    present, missing = abilities(options.out)
    plan = make_plan(options.works, options.placements, options.subjects, present)

    run = Run(command=shlex.join(["build/bench", *arguments]), machine=machine.describe())
    run.missing = {name: why for name, why in missing.items() if name in options.subjects}
    run.left_out = list(plan.left_out)
    most_seconds = math.inf if options.repeats else _MOST_SECONDS
    measured = _measure(plan, present, repeats, most_seconds, length, run)
    for work, placement, cells in plan.groups():
        rows = [
            results.make_row(work, each.subject.name, placement.name, measured[each])
            for each in cells
            if measured[each]
        ]
        run.rows += results.compare(work, rows)
        print(table.render(work, placement, rows))
    if options.micro:
        run.micro = micro.run(options.out, quick=options.quick)
        run.missing.update(micro.missing(run.micro))
        print(micro.render(run.micro))
    _print_rest(run)
    if options.json:
        options.json.write_text(json.dumps(document.to_json(run), indent=1) + "\n")
    if options.plots:
        plots.write_all(options.plots, run.rows)
    return 1 if run.failed else 0


def _measure(
    plan: Plan,
    present: dict[str, Ability],
    repeats: int,
    most_seconds: float,
    length: cell.Length,
    run: Run,
) -> dict[Cell, list[cell.Measured]]:
    """All cells, as often as there are repeats; one that fails is not tried again."""
    started = time.monotonic()
    measured: dict[Cell, list[cell.Measured]] = {each: [] for each in plan.cells}
    left = dict.fromkeys(plan.cells)
    steps = progress.Steps(repeats * len(left))
    for done in range(repeats):
        if not may_repeat(done, time.monotonic() - started, most_seconds):
            break
        for each in list(left):
            name = each.subject.name
            steps.next(f"{each.work.name} {each.placement.name} {name}")
            try:
                found = cell.run(each.work, present[name], name, each.placement, length)
            except cell.CellFailed as failure:
                run.failed.append((each.work.name, name, each.placement.name, str(failure)))
                del left[each]
            else:
                measured[each].append(found)
    steps.end()
    return measured


def _print_rest(run: Run) -> None:
    for render in (costs.render, growth.render):
        if found := render(run.rows):
            print(found)
    if judged := goals.render(run.rows):
        print(judged)
    if busy := machine.warning(run.machine):
        print(busy)
    for name, why in sorted(run.missing.items()):
        print(f"missing: {name}: {why}")
    for work, name, placement, why in run.failed:
        print(f"FAILED: {work} {placement} {name}: {why}")


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="build/bench",
        description="Measures every subject on every work, interleaved, in one run.",
    )
    everything = [work.name for work in WORKS]
    parser.add_argument(
        "--works", help=f"of {','.join(everything)}; W5xN for any N; {_MICRO}: codec and JSON"
    )
    parser.add_argument("--subjects", help="names, where * stands for anything: ours-*-typed")
    parser.add_argument("--placements", help="of split,one,free")
    parser.add_argument("--quick", action="store_true", help="once, shortly: is everything there?")
    parser.add_argument("--repeats", type=int, help="how often each cell is measured")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--plots", type=Path, metavar="DIR")
    parser.add_argument("--out", type=Path, default=Path("out/gcc"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)

    works = options.works.split(",") if options.works else [*everything, _MICRO]
    options.micro = _MICRO in works and not options.subjects
    options.works = _works(parser, [name for name in works if name != _MICRO])
    options.subjects = _subjects(parser, options.subjects or "*")
    options.placements = _placements(parser, options.placements, options.quick)
    return options


def _works(parser: argparse.ArgumentParser, names: list[str]) -> list[Work]:
    works = []
    for name in names:
        work = find(name)
        if work is None:
            parser.error(f"there is no work {name}")
        works.append(work)
    return works


def _subjects(parser: argparse.ArgumentParser, names: str) -> list[str]:
    chosen = []
    for name in names.split(","):
        found = [subject.name for subject in SUBJECTS if fnmatchcase(subject.name, name)]
        if not found:
            parser.error(f"there is no subject {name}")
        chosen += found
    return chosen


def _placements(
    parser: argparse.ArgumentParser, names: str | None, is_quick: bool
) -> list[Placement]:
    by_name = {placement.name: placement for placement in placements()}
    if names is None:
        return list(by_name.values())[:1] if is_quick else list(by_name.values())
    for name in names.split(","):
        if name not in by_name:
            parser.error(f"there is no placement {name} here")
    return [by_name[name] for name in names.split(",")]
