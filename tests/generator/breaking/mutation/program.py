"""The program that exchanges messages: what `ipcgen generate` prints for both versions of every
case, and exchange.h. One program for a batch of cases: most of a compiler's time is the library.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .schemas import Schema

ROOT = Path(__file__).resolve().parents[4]
_OUT = ROOT / "out/gcc"
_LIBRARY = "obj/build/package/libipc.a"
_HEADERS = tuple(Path(__file__).parent.glob("*.h"))
_CXX = shlex.split(os.environ.get("CXX", "g++"))
_FLAGS = ("-std=c++20", "-O0", "-pthread", f"-I{ROOT}", f"-I{_OUT / 'gen'}")


@dataclass(frozen=True)
class Case:
    """Two versions of a schema; what they generate lies in namespaces old<id> and new<id>."""

    id: int
    old: Schema
    new: Schema

    def versions(self) -> tuple[tuple[str, Schema], ...]:
        return (f"old{self.id}", self.old), (f"new{self.id}", self.new)


@dataclass(frozen=True)
class Message:
    """What one program sends: `pair` has an old renderer (even) or a new one (odd)."""

    pair: int
    from_main: bool
    member: int
    is_json: bool
    value: object
    answer: object

    def line(self) -> str:
        numbers = f"{self.pair} {self.from_main:d} {self.member} {self.is_json:d}"
        return f"{numbers}\t{json.dumps(self.value)}\t{json.dumps(self.answer)}\t\n"


@dataclass(frozen=True)
class Fate:
    """What became of it: JSON, `!` and a reason, or "" where nothing came; see exchange.h."""

    sent: str
    heard: str
    answered: str
    read: str


def build(cases: list[Case], folder: Path) -> Path:
    """Compiles the program of some cases, unless the folder has it as it would be."""
    name = f"cases{cases[0].id}-{cases[-1].id}"
    source, program = folder / f"{name}.cc", folder / name
    text = _text(cases, _generate(cases, folder))
    if not (_is_new(program) and source.read_text(encoding="utf-8") == text):
        source.write_text(text, encoding="utf-8")
        libraries = [str(_OUT / _LIBRARY), *(f"-l{name}" for name in _libraries())]
        _run([*_CXX, *_FLAGS, f"-I{folder}", str(source), *libraries, "-o", str(program)])
    return program


def _is_new(program: Path) -> bool:
    parts = (_OUT / _LIBRARY, *_HEADERS)
    built = program.stat().st_mtime if program.exists() else 0
    return all(part.stat().st_mtime < built for part in parts)


def build_library() -> None:
    """The runtime, as it is now."""
    _run(["gn", "gen", "-q", str(_OUT)])
    _run([*shlex.split(os.environ.get("NINJA", "ninja")), "-C", str(_OUT), _LIBRARY])


def exchange(program: Path, messages: list[Message]) -> list[Fate]:
    """Sends all of them; the messages of one pair follow each other."""
    done = subprocess.run(
        [str(program)],
        input="".join(message.line() for message in messages),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode or done.stderr:
        raise RuntimeError(done.stderr[-2000:] or f"{program.name} ended with {done.returncode}")
    return [Fate(*line.split("\t")) for line in done.stdout.splitlines()]


def _generate(cases: list[Case], folder: Path) -> list[str]:
    """Writes all versions; the names of their .cc files."""
    paths = []
    for case in cases:
        for module, schema in case.versions():
            paths.append(f"{module}.ipc")
            (folder / paths[-1]).write_text(schema.text(module), encoding="utf-8")
    command = [sys.executable, str(ROOT / "generator/ipcgen"), "generate", "--backend", "cpp"]
    _run([*command, "--out", str(folder), "-I", str(folder), *paths])
    return [f"{path}.cc" for path in paths]


def _text(cases: list[Case], sources: list[str]) -> str:
    includes = [*sources, "tests/generator/breaking/mutation/exchange.h"]
    channels, pairs = [], []
    for case in cases:
        for module, schema in case.versions():
            each = " ".join(f"use({module}::kC{one.name});" for one in schema.members)
            channels.append(
                f"struct {_class(module)} {{\n  template <typename F>\n"
                f"  static void ForEach(F use) {{ {each} }}\n}};\n"
            )
        (old, _), (new, _) = case.versions()
        for renderer, main in ((old, new), (new, old)):
            pairs.append(f"    {{kVersion<{_class(renderer)}>, kVersion<{_class(main)}>}},\n")
    return (
        "".join(f'#include "{path}"\n' for path in includes)
        + f"\nnamespace mutation {{\n{''.join(channels)}"
        + f"\nconstexpr Pair kPairs[] = {{\n{''.join(pairs)}}};\n}}  // namespace mutation\n"
        + "\nint main() { return mutation::RunAll(mutation::kPairs); }\n"
    )


def _class(module: str) -> str:
    return module.capitalize()


def _libraries() -> list[str]:
    """Debian's, that the library needs."""
    return _run(["gn", "desc", str(_OUT), "//build/package:ipc", "libs"]).split()


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=1800, check=False
    )
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if "error" in line]
        raise RuntimeError("\n".join(errors[:10]) or done.stderr[-2000:] or done.stdout[-2000:])
    return done.stdout
