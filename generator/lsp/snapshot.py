"""Some files, compiled at one moment, and what every name in them stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from generator.ir.program import Program
from generator.lsp.positions import Lines
from generator.sema import Compilation, analyze
from generator.sema.compilation import Unit
from generator.sema.index import Occurrence, Target, occurrences
from generator.source.file import SourceFile, Span


class Snapshot:
    """The compilation of `names` and everything that it takes to answer questions about it.

    `program` is None while a file has errors: what is answered comes from the compilation, which
    is there always.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        roots: tuple[Path, ...],
        features: frozenset[str],
        read: Callable[[Path], bytes | None],
    ):
        self.compilation = Compilation(names, roots, features, read)
        self.program: Program | None = analyze(self.compilation)
        self._occurrences: dict[Unit, list[Occurrence]] = {}
        self._lines: dict[SourceFile, Lines] = {}

    @cached_property
    def units(self) -> dict[Path, Unit]:
        """By file. One that is imported under two names stands for the first."""
        found: dict[Path, Unit] = {}
        for unit in self.compilation.units:
            found.setdefault(Path(unit.source.disk_path), unit)
        return found

    def lines(self, source: SourceFile) -> Lines:
        if source not in self._lines:
            self._lines[source] = Lines(source.text)
        return self._lines[source]

    def range(self, span: Span) -> dict:
        return self.lines(span.file).range(span.start, span.end)

    def occurrences(self, unit: Unit) -> list[Occurrence]:
        """What a file names, in the order of its text."""
        if unit not in self._occurrences:
            self._occurrences[unit] = occurrences(self.compilation, unit)
        return self._occurrences[unit]

    def at(self, unit: Unit, offset: int) -> Occurrence | None:
        """What is named at an offset, or ends there."""
        found = self.occurrences(unit)
        at = bisect_right(found, offset, key=lambda occurrence: occurrence.start) - 1
        for candidate in found[max(0, at - 1) : at + 1][::-1]:
            if candidate.start <= offset <= candidate.end:
                return candidate
        return None

    def uses(self, target: Target) -> list[tuple[Unit, Occurrence]]:
        """Every place that names a target, its declaration included."""
        return [
            (unit, occurrence)
            for unit in self.units.values()
            for occurrence in self.occurrences(unit)
            if occurrence.target.key == target.key
        ]
