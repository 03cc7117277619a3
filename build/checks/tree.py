"""The files that a check looks at, and how it runs a tool on them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

GENERATED = "generated/"


@dataclass(frozen=True)
class Result:
    ok: bool
    output: str

    def lines(self) -> list[str]:
        return [line for line in self.output.splitlines() if line.strip()]


@dataclass(frozen=True)
class Tree:
    root: Path
    out: Path  # an output folder that gn has generated

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file that git knows or would add, by its path from the root."""
        # Whoever owns the clone: a container often runs as somebody else.
        git = ("git", "-c", f"safe.directory={self.root}")
        listed = self.run(*git, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
        if not listed.ok:
            raise SystemExit(f"git does not list the tree's files:\n{listed.output}")
        names = sorted(set(listed.output.split("\0")) - {""})
        return tuple(name for name in names if (self.root / name).is_file())

    def with_suffix(self, *suffixes: str) -> list[str]:
        return [name for name in self.files if name.endswith(suffixes)]

    def read(self, name: str) -> str:
        # The tests keep files that are not UTF-8, to see them refused.
        return (self.root / name).read_text(encoding="utf-8", errors="replace")

    def run(self, *command: str) -> Result:
        """Runs a tool in the root; its errors are part of its output."""
        done = subprocess.run(
            command,
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        return Result(done.returncode == 0, done.stdout)
