"""The loop: inputs, what became of them, and the smallest one of each failure."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import hypothesis
from hypothesis import strategies
from fuzz_grammar import write_file
from fuzz_mutations import mutate
from fuzz_seeds import Imports, Seed
from fuzz_shrink import shrink
from fuzz_target import Finding, Read, check_front_end, check_outputs

_BATCH = 100
_MOST_FAILURES = 20  # a run that finds more is not worth its time


@dataclass(frozen=True)
class Failure:
    """`what` tells one failure from another: the kind of it and the line that raised it."""

    what: str
    trace: str
    data: bytes


@dataclass
class Fuzzer:
    """`failures`: the first of each kind, made small, of which `tell` hears at once.

    `slowest`: seconds of the front end.
    """

    seeds: list[Seed]
    seed: int
    tell: Callable[[Failure], None] = lambda failure: None
    failures: list[Failure] = field(default_factory=list)
    written: int = 0
    mutated: int = 0
    valid: int = 0
    slowest: float = 0.0
    _imports: Imports = field(default_factory=Imports)
    _begin: float = field(default_factory=time.monotonic)

    def run(self, seconds: float, every: float = 0) -> None:
        """Goes on for so long, or until there are too many failures; prints counts at times."""
        random = Random(self.seed)
        end, due = self._begin + seconds, self._begin + every
        while time.monotonic() < end and len(self.failures) < _MOST_FAILURES:
            self._write(random.randrange(2**32))
            for _ in range(4 * _BATCH):
                if time.monotonic() >= end:
                    break
                self._spoil(random)
            if every and time.monotonic() >= due:
                due += every
                print(self.summary(), flush=True)

    def summary(self) -> str:
        count = self.written + self.mutated
        seconds = time.monotonic() - self._begin
        return (
            f"{seconds:.0f} s: {count} inputs ({self.written} written, {self.mutated} spoilt, "
            f"{self.valid} valid), {count / seconds:.0f} a second, slowest {self.slowest:.3f} s, "
            f"{len(self.failures)} findings"
        )

    def _write(self, seed: int) -> None:
        """A batch of files by the grammar, every third of them spoilt."""

        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=_BATCH,
            database=None,
            deadline=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(strategies.randoms(use_true_random=False))
        def check(random: Random) -> None:
            text = write_file(random)
            data = text.encode("utf-8")
            if random.randrange(3) == 2:
                data = mutate(random, text, text)
            self.written += 1
            self._check(data, lambda path: None)

        check()

    def _spoil(self, random: Random) -> None:
        """One file that people wrote, with a few mistakes put in."""
        seed = random.choice(self.seeds)
        data = mutate(random, seed.text, random.choice(self.seeds).text)
        self.mutated += 1
        self._check(data, lambda path: self._imports.of(seed, path))

    def _check(self, data: bytes, read: Read) -> None:
        failure = self._failure(data, read, count=True)
        if failure and all(failure.what != known.what for known in self.failures):
            self.failures.append(self._smallest(failure, read))
            self.tell(self.failures[-1])

    def _smallest(self, failure: Failure, read: Read) -> Failure:
        def is_same(data: bytes) -> bool:
            found = self._failure(data, read)
            return found is not None and found.what == failure.what

        small = shrink(failure.data, is_same)
        return self._failure(small, read) or failure

    def _failure(self, data: bytes, read: Read, count: bool = False) -> Failure | None:
        try:
            begin = time.process_time()
            program = check_front_end(data, read)
            self.slowest = max(self.slowest, time.process_time() - begin)
            if program is not None:
                self.valid += count
                check_outputs(program, data)
        except Exception as problem:  # whatever escapes is what is looked for
            last = traceback.extract_tb(problem.__traceback__)[-1]
            where = "" if isinstance(problem, Finding) else f" at {last.filename}:{last.lineno}"
            said = str(problem) if isinstance(problem, Finding) else type(problem).__name__
            return Failure(said + where, traceback.format_exc(), data)
        return None
