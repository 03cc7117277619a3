"""Shared by the generator's tests: the import path, the golden flag, a compiler in a string."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from paths import ROOT

sys.path.insert(0, str(ROOT))

from generator import ir  # noqa: E402
from generator.sema import Compilation, analyze  # noqa: E402


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens", action="store_true", help="write what the tests find as the new truth"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a file, or writes the file under --update-goldens."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-goldens"):
            path.write_bytes(text.encode("utf-8"))
        assert path.is_file(), f"{path} is missing; run with --update-goldens and read it"
        assert text == path.read_bytes().decode("utf-8")

    return compare


class Sources:
    """A folder of .ipc files to compile."""

    def __init__(self, folder: Path):
        self.folder = folder

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def analyze(self, *paths: str, features: frozenset[str] = frozenset()) -> Compilation:
        compilation = Compilation(paths, (self.folder,), features)
        analyze(compilation)
        return compilation

    def ids(self, text: str) -> list[str]:
        """Numbers of the diagnostics that a single file earns."""
        self.write("test.ipc", text)
        return [found.id for found in self.analyze("test.ipc").diagnostics]

    def program(self, text: str = "", *paths: str) -> ir.Program:
        """The program of a valid file `test.ipc`, or of files written before."""
        if text:
            self.write("test.ipc", text)
        compilation = Compilation(paths or ("test.ipc",), (self.folder,))
        program = analyze(compilation)
        assert program is not None, [str(found) for found in compilation.diagnostics]
        return program

    def module(self, text: str) -> ir.Module:
        return self.program(text).module("test.ipc")


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return Sources(tmp_path)


def pytest_report_header() -> str:
    return f"seed: {os.environ.get('IPC_TEST_SEED', '1')} (IPC_TEST_SEED)"
