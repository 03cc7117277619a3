"""What a backend has to offer: a package generator/backends/<name>/ with these two functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from generator.ir.program import Module, Program
from generator.source.diagnostic import Diagnostic


@dataclass(frozen=True)
class Options:
    """`--option name=value` of the command line, for whoever knows the name."""

    values: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        return dict(self.values).get(name, default)


class Backend(Protocol):
    """Pure: same program, same text. Neither function reads the clock or the environment."""

    def generate(self, program: Program, module: Module, options: Options) -> dict[str, str]:
        """Files for one module, by path relative to the output folder."""

    def unsupported(self, program: Program, module: Module) -> list[Diagnostic]:
        """A warning for each thing that this backend leaves out of generate()'s files.

        An error for what would make these files useless; then nothing is to be generated.
        """
