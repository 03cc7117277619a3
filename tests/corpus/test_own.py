"""The files of own/, shaped like a browser's mojoms: they generate, say what they leave out, compile.

Each line whose declaration is left out says so itself: `// left out: IPC0106`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
OWN = HERE / "own"
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE))

from lookup import compilation_of  # noqa: E402
from opaque import without_opaque  # noqa: E402

from generator import ir  # noqa: E402
from generator.backends import cpp, proto  # noqa: E402
from generator.sema import analyze  # noqa: E402

BACKENDS = {"cpp": cpp, "proto": proto}


@pytest.fixture(scope="module")
def program() -> ir.Program:
    found = analyze(compilation_of(OWN))
    assert found is not None, "tests/corpus/run --root tests/corpus/own says why"
    return without_opaque(found)


def test_there_are_twenty_and_more():
    assert len(list(OWN.rglob("*.mojom"))) >= 20


@pytest.mark.parametrize("backend", BACKENDS)
def test_each_thing_left_out_is_told_once_where_it_stands(program, backend):
    found = [
        (one.span.file.path, one.span.line, one.id)
        for module in program.modules
        for one in BACKENDS[backend].unsupported(program, module)
    ]

    said = []
    for module in program.modules:
        for number, line in enumerate((OWN / module.path).read_text().splitlines(), 1):
            said += [(module.path, number, id) for id in re.findall(r"// left out: (\w+)", line)]
    assert sorted(found) == sorted(said)


@pytest.mark.parametrize("compiler", ["g++", "clang++-16"])
def test_what_is_generated_compiles(compiler):
    command = [HERE / "compile", "--root", OWN, "--compiler", compiler]
    result = subprocess.run(command, capture_output=True, text=True, timeout=100)

    count = len(list(OWN.rglob("*.mojom")))
    assert result.stdout.startswith(f"{count} compiled, 0 failed, 2 declarations left out")


def test_what_is_generated_for_proto_is_taken_by_protoc(program, tmp_path):
    paths = []
    for module in program.modules:
        for path, text in proto.generate(program, module, ir.Options()).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
            paths.append(path)

    command = ["protoc", f"-I{tmp_path}", f"--descriptor_set_out={tmp_path}/out", *paths]
    result = subprocess.run(command, capture_output=True, text=True)

    assert (result.returncode, result.stderr) == (0, "")
