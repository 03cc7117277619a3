"""Which cells a run has, and the order in which they are measured.

A repeat goes through all cells before the next one begins, and the subjects of one work in one
placement stand beside each other: what disturbs the machine for a while disturbs all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from runner.placements import Placement
from runner.subjects import SUBJECTS, Ability, Subject
from runner.works import Work


@dataclass(frozen=True)
class Cell:
    work: Work
    placement: Placement
    subject: Subject


@dataclass(frozen=True)
class Plan:
    cells: tuple[Cell, ...]
    left_out: tuple[tuple[str, str, str], ...]  # work, subject, why

    def groups(self) -> Iterator[tuple[Work, Placement, list[Cell]]]:
        """The cells of one work in one placement, which are compared with each other."""
        groups: dict[tuple[Work, Placement], list[Cell]] = {}
        for cell in self.cells:
            groups.setdefault((cell.work, cell.placement), []).append(cell)
        for (work, placement), cells in groups.items():
            yield work, placement, cells


def may_repeat(done: int, seconds: float, most_seconds: float) -> bool:
    """Whether one more repeat, as long as the `done` ones that took `seconds`, still fits."""
    return done == 0 or seconds * (done + 1) / done <= most_seconds


def make_plan(
    works: list[Work],
    placements: list[Placement],
    wanted: list[str],
    present: Mapping[str, Ability],
) -> Plan:
    subjects = [each for each in SUBJECTS if each.name in wanted and each.name in present]
    cells = []
    left_out = []
    for work in works:
        able = []
        for subject in subjects:
            why = present[subject.name].refuses(work.pattern, work.is_large)
            if why:
                left_out.append((work.name, subject.name, why))
            else:
                able.append(subject)
        cells += [Cell(work, place, subject) for place in placements for subject in able]
    return Plan(tuple(cells), tuple(left_out))
