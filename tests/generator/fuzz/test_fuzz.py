"""A few seconds of fuzzing, and that it would find what it looks for. `run` goes on for longer."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import fuzz_target
import pytest
from fuzz_loop import Fuzzer
from fuzz_seeds import seeds
from fuzz_shrink import shrink

SEED = int(os.environ.get("IPC_TEST_SEED", "1"))


def test_inputs_of_some_seconds_show_nothing_wrong():
    fuzzer = Fuzzer(seeds(), SEED)

    fuzzer.run(seconds=3)

    assert [f"{one.trace}\n{one.data!r}" for one in fuzzer.failures] == [], f"seed {SEED}"
    assert fuzzer.written >= 100 and fuzzer.mutated >= 100 and fuzzer.valid >= 20


def test_exception_that_escapes_is_found_once_and_made_small(monkeypatch):
    analyze = fuzz_target.analyze

    def fragile(compilation):
        program = analyze(compilation)
        if any("union" in unit.source.text for unit in compilation.units):
            raise RecursionError
        return program

    monkeypatch.setattr(fuzz_target, "analyze", fragile)
    fuzzer = Fuzzer(seeds(), SEED)

    fuzzer.run(seconds=1)

    (failure,) = fuzzer.failures
    assert failure.what.startswith("RecursionError")
    assert failure.data == b"union"


def test_input_that_takes_too_long_is_found_where_it_does(monkeypatch):
    monkeypatch.setattr(fuzz_target, "SECONDS", 0.05)
    monkeypatch.setattr(fuzz_target, "analyze", lambda compilation: spin())

    with pytest.raises(fuzz_target.Finding, match="takes more than 0.05 s"):
        fuzz_target.check_front_end(b"")


def spin() -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        pass


def test_span_outside_of_its_file_is_found(monkeypatch):
    monkeypatch.setattr(fuzz_target, "_is_valid", lambda span: span.file.path != "fuzz.ipc")

    with pytest.raises(fuzz_target.Finding, match="IPC0024 is at 11 to 12 of fuzz.ipc"):
        fuzz_target.check_front_end(b"struct S { X x; };")


def test_what_is_left_after_shrinking_is_what_fails():
    data = b"module m;\nstruct A {\n  string(max_bytes=9) a;\n};\n" * 20

    assert shrink(data, lambda part: part.count(b"max_bytes") > 1) == b"max_bytesmax_bytes"


def test_protoc_takes_whatever_is_generated():
    command = [Path(__file__).parent / "compile", "--count=20", f"--seed={SEED}", "--no-cpp"]

    done = subprocess.run(command, capture_output=True, text=True)

    assert done.stdout == f"seed {SEED}: 20 files, 0 refused\n" and done.returncode == 0
