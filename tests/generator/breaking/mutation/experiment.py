"""The experiment: random changes, what `breaking` says of them, and what happens."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from generator import ir
from generator.breaking import Payload, Report, compare
from generator.breaking.report import Finding, Flow, Outcome
from generator.sema import Compilation, analyze

from .changes import change
from .program import Case, build, exchange
from .schemas import Maker, Schema
from .truth import Side, Way, outcomes, trials

_HOW = {Payload.BYTES: "bytes", Payload.JSON: "JSON"}


@dataclass
class Tally:
    """How many verdicts there were: one for each case and way that a message took."""

    cases: int = 0
    messages: int = 0
    arrived: int = 0  # said that all arrives, and it did
    lost: int = 0  # said that something is lost, and it was
    rules: Counter[str] = field(default_factory=Counter)  # of these
    missed: list[str] = field(default_factory=list)  # said nothing, and something was lost
    strict: list[str] = field(default_factory=list)  # said something, and all arrived


class Experiment:
    """Cases out of one seed, built in a folder; what is built there already is not built again."""

    def __init__(self, seed: int, folder: Path, messages: int):
        self.tally = Tally()
        self._random = Random(seed)
        self._folder = folder
        self._messages = messages
        self._next = 0

    def batch(self, count: int) -> None:
        """Makes some cases and compares what is said with what happens."""
        cases = [self._case() for _ in range(count)]
        program = build(cases, self._folder)
        seed = self._random.random()
        for case in cases:
            self._judge(case, program, 2 * (case.id - cases[0].id), Random(f"{seed} {case.id}"))
        self.tally.cases += count

    def _case(self) -> Case:
        """Two versions that the compiler takes and that differ."""
        while True:
            maker = Maker(self._random)
            old = maker.schema()
            if self._program(old) is None:
                continue
            for _ in range(20):
                new = change(old, maker)
                if new.text("m") != old.text("m") and self._program(new) is not None:
                    self._next += 1
                    return Case(self._next, old, new)

    def _program(self, schema: Schema) -> ir.Program | None:
        """What it means; None when it means nothing, or has types without any value."""
        (self._folder / "m.ipc").write_text(schema.text("m"), encoding="utf-8")
        compilation = Compilation(("m.ipc",), (self._folder,))
        program = analyze(compilation)
        is_endless = any(found.id == "IPC0056" for found in compilation.diagnostics)
        return None if is_endless else program

    def _judge(self, case: Case, program: Path, pair: int, random: Random) -> None:
        sides = Side("old", self._program(case.old)), Side("new", self._program(case.new))
        report = compare(*(side.program for side in sides))
        made = [
            trial
            for pair in (pair, pair + 1)
            for trial in trials(pair, *sides, random, self._messages)
        ]
        fates = exchange(program, [trial.message for trial in made])
        self.tally.messages += len(made)
        seen: dict[Way, str] = {}
        tried: defaultdict[Way, Counter[str]] = defaultdict(Counter)
        for trial, fate in zip(made, fates, strict=True):
            for way, loss in outcomes(trial, fate):
                seen[way] = seen.get(way) or loss
                tried[way].update(trial.channels)
        for way, loss in seen.items():
            said = list(_said(report, way))
            if loss or not said or any(self._were_tried(one.channels, tried[way]) for one in said):
                self._compare(case, {one.rule for one in said}, way, loss)

    def _were_tried(self, channels: Iterable[str], tried: Counter[str]) -> bool:
        """Often enough to have met what is rare: few calls to be answered arrive where most break."""
        return all(tried[name] >= self._messages * 3 // 4 for name in channels)

    def _compare(self, case: Case, rules: set[str], way: Way, loss: str) -> None:
        """A verdict on what was said of a way, all of which was tried."""
        age, sender, receiver, payload = way
        if bool(rules) == bool(loss):
            self.tally.arrived += not loss
            self.tally.lost += bool(loss)
            self.tally.rules.update(rules)
            return
        other = "old" if age == "new" else "new"
        what = loss or f"all arrived, but `breaking` says {', '.join(sorted(rules))}"
        text = (
            f"{'missed' if loss else 'too strict'}: {age} {sender} to {other} {receiver}, "
            f"{_HOW[payload]}: {what}\n"
            f"--- old {case.id}\n{case.old.text('m')}--- new {case.id}\n{case.new.text('m')}"
        )
        (self.tally.missed if loss else self.tally.strict).append(text)


def _said(report: Report, way: Way) -> Iterator[Finding]:
    """What a report says to be lost on the way."""
    age, sender, receiver, payload = way
    for finding in report.findings:
        for effect in finding.effects_on(payload):
            if _goes(effect.flow, age, sender, receiver) and (
                effect.outcome is not Outcome.WARNS or finding.rule == "channel-added"
            ):
                yield finding


def _goes(flow: Flow, age: str, sender: str, receiver: str) -> bool:
    return (flow.sender.age, flow.sender.role, flow.receiver.role) == (age, sender, receiver)
