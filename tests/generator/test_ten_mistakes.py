"""Files with ten mistakes each: ten diagnostics and none besides, and how they read together.

A folder of mistakes/ holds bad.ipc, what it imports, and expected.txt, as the compiler prints it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT
from generator.sema import Compilation, analyze

FOLDER = Path(__file__).parent / "mistakes"
FILES = sorted(folder.name for folder in FOLDER.iterdir())


@pytest.mark.parametrize("name", FILES)
def test_ten_mistakes_give_ten_diagnostics_and_none_besides(name):
    compilation = Compilation(("bad.ipc",), (FOLDER / name,))

    analyze(compilation)

    places = {(found.span.file.path, found.span.line) for found in compilation.diagnostics}
    assert len(compilation.diagnostics) == 10
    assert len(places) == 10, "a line has two: is one of them noise?"


@pytest.mark.parametrize("name", FILES)
def test_each_says_what_is_wrong_and_offers_a_way_out(name):
    compilation = Compilation(("bad.ipc",), (FOLDER / name,))

    analyze(compilation)

    for found in compilation.diagnostics:
        assert found.message[0] in "`[" or found.message[0].islower() or found.message[0].isdigit()
        assert not found.message.endswith(".") and not found.help.endswith(".")
        assert found.help, found.message
        assert "\n" not in found.span.text.rstrip("\n")


@pytest.mark.parametrize("name", FILES)
def test_command_prints_them_in_the_order_of_the_files(name, golden):
    command = [sys.executable, "-B", str(ROOT / "generator/ipcgen"), "check", "bad.ipc"]

    checked = subprocess.run(command, cwd=FOLDER / name, capture_output=True, text=True)

    assert checked.returncode == 1 and checked.stdout == ""
    golden(FOLDER / name / "expected.txt", checked.stderr)
