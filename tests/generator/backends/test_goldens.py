"""Generated text, one construct a folder: in.ipc and what each backend makes of it.

--update-goldens writes what the backends say now; read the difference before committing it.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from paths import ROOT
from generator import ir
from generator.backends import cpp, cpp_fakes, proto
from generator.sema import Compilation, analyze
from generator.source.render import render

GOLDENS = Path(__file__).parent / "goldens"
CONSTRUCTS = sorted(folder.name for folder in GOLDENS.iterdir() if folder.is_dir())
BACKENDS = {"cpp": cpp, "proto": proto, "cpp_fakes": cpp_fakes}
FILES = ["in.ipc.h", "in.ipc.cc", "in.proto"]
FAKES = ["in.ipc.fakes.h", "in.ipc.fakes.cc"]


def compiled(construct: str) -> tuple[ir.Program, ir.Module]:
    path = (GOLDENS / construct / "in.ipc").relative_to(ROOT).as_posix()
    compilation = Compilation((path,), (ROOT,))
    program = analyze(compilation)
    assert program is not None, [str(found) for found in compilation.diagnostics]
    return program, program.module(path)


def generated(construct: str) -> dict[str, str]:
    program, module = compiled(construct)
    files: dict[str, str] = {}
    for backend in BACKENDS.values():
        if backend is not cpp_fakes or module.channels:
            files |= backend.generate(program, module, ir.Options())
    return files


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_says_what_the_golden_says(construct, golden):
    files = generated(construct)

    _, module = compiled(construct)
    expected = FILES + (FAKES if module.channels else [])
    assert [Path(path).name for path in files] == expected
    for path, text in files.items():
        golden(ROOT / path, text)


def test_fakes_of_no_channels_are_two_files_all_the_same(sources):
    program = sources.program("module a; struct Note {};")

    files = cpp_fakes.generate(program, program.module("test.ipc"), ir.Options())

    assert list(files) == ["test.ipc.fakes.h", "test.ipc.fakes.cc"]
    assert not any("class" in text or "namespace" in text for text in files.values())


def test_every_golden_is_compiled():
    listed = re.findall(r'"goldens/(\w+)/in.ipc"', (GOLDENS.parent / "BUILD.gn").read_text())

    assert listed == CONSTRUCTS


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_says_the_same_twice(construct):
    assert generated(construct) == generated(construct)


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_warns_of_what_it_leaves_out(construct, golden):
    program, module = compiled(construct)
    warnings = [
        render(found) for one in BACKENDS.values() for found in one.unsupported(program, module)
    ]

    expected = GOLDENS / construct / "warnings.txt"
    if warnings or expected.exists():
        golden(expected, "\n".join(warnings) + "\n")


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_clang_format_leaves_it_alone(construct):
    for path, text in generated(construct).items():
        if path.endswith(".proto"):
            continue
        style = f"--style=file:{ROOT}/.clang-format"
        command = ["clang-format-16", style, "--assume-filename=x.cc"]
        formatted = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
        assert formatted.stdout == text


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_protoc_accepts_it_without_a_warning(construct, tmp_path):
    program, module = compiled(construct)
    for one in program.modules:
        for path, text in proto.generate(program, one, ir.Options()).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")

    (path,) = proto.generate(program, module, ir.Options())
    command = ["protoc", f"-I{tmp_path}", f"--descriptor_set_out={tmp_path}/out", path]
    checked = subprocess.run(command, capture_output=True, text=True)

    assert (checked.returncode, checked.stderr) == (0, "")
