"""`ipcgen format` as users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

UGLY = b"struct  A {\n    bool a;};\n"
NEAT = b"struct A {\n  bool a;\n};\n"
WRONG = b"struct  A {\n  bool;\n};\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in (("ugly", UGLY), ("neat", NEAT), ("wrong", WRONG)):
        (tmp_path / f"{name}.ipc").write_bytes(data)
    return tmp_path


def ipcgen(folder: Path, *arguments: str, input: bytes = b"") -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "generator" / "ipcgen"), "format", *arguments]
    return subprocess.run(
        command, cwd=folder, input=input, capture_output=True, timeout=60, check=False
    )


def test_files_are_written_anew_without_a_word(folder):
    done = ipcgen(folder, "ugly.ipc", "neat.ipc")

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (folder / "ugly.ipc").read_bytes() == NEAT


def test_file_that_does_not_change_is_not_written(folder):
    os.utime(folder / "neat.ipc", (1, 1))

    ipcgen(folder, "neat.ipc")

    assert (folder / "neat.ipc").stat().st_mtime == 1


def test_file_with_mistakes_is_left_alone_and_others_are_not(folder):
    done = ipcgen(folder, "wrong.ipc", "ugly.ipc")

    assert done.returncode == 1
    assert done.stderr.startswith(b"wrong.ipc:2:7: error: expected")
    assert (folder / "wrong.ipc").read_bytes() == WRONG
    assert (folder / "ugly.ipc").read_bytes() == NEAT


def test_check_names_files_shows_what_would_change_and_writes_nothing(folder):
    done = ipcgen(folder, "--check", "ugly.ipc", "neat.ipc")

    assert done.returncode == 1
    assert done.stdout.startswith(b"--- a/ugly.ipc\n+++ b/ugly.ipc\n@@ ")
    assert done.stderr == b"ugly.ipc: not as ipcgen format writes it\n"
    assert (folder / "ugly.ipc").read_bytes() == UGLY


def test_check_of_formatted_files_says_nothing(folder):
    done = ipcgen(folder, "--check", "neat.ipc")

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_check_fails_for_a_file_with_mistakes(folder):
    done = ipcgen(folder, "--check", "wrong.ipc", "neat.ipc")

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"wrong.ipc:2:7: error" in done.stderr


def test_what_check_shows_can_be_applied(folder):
    shown = ipcgen(folder, "--check", "ugly.ipc").stdout

    subprocess.run(["git", "apply", "-"], cwd=folder, input=shown, check=True, timeout=60)

    assert (folder / "ugly.ipc").read_bytes() == NEAT


def test_standard_input_goes_to_standard_output(folder):
    done = ipcgen(folder, "-", input=UGLY)

    assert (done.returncode, done.stdout, done.stderr) == (0, NEAT, b"")


def test_mistakes_in_standard_input_are_told_and_nothing_is_printed(folder):
    done = ipcgen(folder, "-", input=WRONG)

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"<stdin>:2:7: error")


def test_stdout_prints_files_and_leaves_them_alone(folder):
    done = ipcgen(folder, "--stdout", "ugly.ipc")

    assert (done.returncode, done.stdout) == (0, NEAT)
    assert (folder / "ugly.ipc").read_bytes() == UGLY


def test_byte_order_mark_is_dropped(folder):
    (folder / "marked.ipc").write_bytes(b"\xef\xbb\xbf" + NEAT)

    checked = ipcgen(folder, "--check", "marked.ipc").returncode
    ipcgen(folder, "marked.ipc")

    assert checked == 1
    assert (folder / "marked.ipc").read_bytes() == NEAT


def test_file_that_is_not_utf_8_is_left_alone(folder):
    (folder / "latin.ipc").write_bytes(b"//  \xe9\nmodule  a;\n")

    done = ipcgen(folder, "latin.ipc")

    assert done.returncode == 1
    assert done.stderr.startswith(b"latin.ipc:1:5: error: this is not UTF-8 [IPC0006]")
    assert (folder / "latin.ipc").read_bytes() == b"//  \xe9\nmodule  a;\n"


@pytest.mark.parametrize("arguments", [["missing.ipc"], [], ["--check", "--stdout", "neat.ipc"]])
def test_wrong_command_writes_nothing(folder, arguments):
    done = ipcgen(folder, *arguments, *(["ugly.ipc"] if "missing.ipc" in arguments else []))

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert (folder / "ugly.ipc").read_bytes() == UGLY
