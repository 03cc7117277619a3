"""The subjects, in the order in which they are shown, and which of them can be measured here."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

NODE = "node"
NODE_PROGRAM = Path("tests/bench/subjects/node.js")


@dataclass(frozen=True)
class Subject:
    name: str
    program: str  # in <out>/tests, or NODE
    family: str  # limit, peer, ours: the colour of its bars
    needs: str = ""  # what to install where the program is not built

    def missing(self) -> str:
        if self.program == NODE:
            return "node is not installed"
        return f"{self.needs} is not installed; build/setup --bench installs it"


SUBJECTS = (
    *(Subject(name, "bench", "limit") for name in ("limit-ring", "limit-chunked", "uds", "pipe")),
    *(
        Subject(name, "bench", "peer")
        for name in ("grpc-unary", "grpc-unary-callback", "grpc-bidi", "grpc-bidi-hop")
    ),
    Subject("capnp", "bench_capnp", "peer", "libcapnp-dev"),
    Subject("sdbus", "bench_sdbus", "peer", "libsystemd-dev"),
    Subject("node", NODE, "peer"),
    *(
        Subject(f"ours-{pipe}-{calls}", "bench", "ours")
        for pipe in ("inproc", "shm", "grpc")
        for calls in ("typed", "untyped", "sync")
    ),
)


@dataclass(frozen=True)
class Ability:
    """What a program says that a subject of it can do."""

    command: tuple[str, ...]
    patterns: frozenset[str]
    small: bool = True
    large: bool = True
    hosts_clients: bool = False  # the server's process is that of the renderers, or their parent

    def refuses(self, pattern: str, is_large: bool) -> str:
        """Why it has no row for a work; empty when it has."""
        if pattern not in self.patterns:
            return f"does not do {pattern}"
        if is_large and not self.large:
            return "carries no large messages"
        if not is_large and not self.small:
            return "carries large messages only"
        return ""


def abilities(out: Path) -> tuple[dict[str, Ability], dict[str, str]]:
    """Who can be measured, by name, and why others cannot."""
    present: dict[str, Ability] = {}
    for program in dict.fromkeys(subject.program for subject in SUBJECTS):
        present.update(_ask(_command(program, out)))
    missing = {}
    for subject in SUBJECTS:
        if subject.name in present:
            continue
        is_built = subject.program != NODE and (out / "tests" / subject.program).exists()
        missing[subject.name] = "this build has no such pipe" if is_built else subject.missing()
    return present, missing


def _command(program: str, out: Path) -> tuple[str, ...]:
    if program == NODE:
        node = shutil.which("node") or shutil.which("nodejs")
        return (node, str(NODE_PROGRAM)) if node else ()
    path = out / "tests" / program
    return (str(path),) if path.exists() else ()


def _ask(command: tuple[str, ...]) -> dict[str, Ability]:
    if not command:
        return {}
    listed = subprocess.run([*command, "list"], capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    return {
        row["subject"]: Ability(
            command,
            frozenset(row["patterns"]),
            row["small"],
            row["large"],
            row["hosts_clients"],
        )
        for row in rows
    }
