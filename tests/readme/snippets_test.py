"""The snippets of README.md that show one header each compile."""

import pathlib
import shlex
import subprocess

from example import ROOT, code_blocks, run

COMPILE_SECONDS = 100


def compile_snippet(name: str, folder: pathlib.Path, command: list[str]) -> None:
    (folder / "snippet.cc").write_text(code_blocks()[name])
    flags = ["-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"-I{ROOT}"]
    run([*command, *flags, "snippet.cc"], folder, COMPILE_SECONDS)


def test_a_main_in_glibs_loop_compiles(tmp_path):
    glib = subprocess.run(
        ["pkg-config", "--cflags", "glib-2.0"], check=True, text=True, capture_output=True
    ).stdout

    compile_snippet("glib.h", tmp_path, ["g++", *shlex.split(glib)])
