"""The snippet of README.md about loops compiles."""

import shlex
import subprocess

from example import compile_snippet


def test_a_main_in_glibs_loop_compiles(tmp_path):
    glib = subprocess.run(
        ["pkg-config", "--cflags", "glib-2.0"], check=True, text=True, capture_output=True
    ).stdout

    compile_snippet("glib.h", tmp_path, ["g++", *shlex.split(glib)])
