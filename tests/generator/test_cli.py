"""The command, run as users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import breaking, lint
from generator.cli.files import Usage, depfile_text, path_in_roots, write_if_changed
from generator.source import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
SHOP = Path(__file__).parent / "shop"


def ipcgen(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "generator" / "ipcgen"), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def test_check_of_a_good_file_says_nothing():
    done = ipcgen("check", "everything.ipc", cwd=SHOP)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_prints_every_mistake_and_their_number(sources):
    sources.write("bad.ipc", "struct S {\n  Nothing a;\n  string a;\n};\n")

    done = ipcgen("check", "bad.ipc", cwd=sources.folder)

    assert done.returncode == 1
    assert done.stderr.startswith("bad.ipc:2:3: error: nothing here is called `Nothing`")
    assert done.stderr.endswith("\nipcgen: 2 errors\n")


def test_warning_is_printed_and_fails_nothing(sources):
    sources.write("odd.ipc", "struct S {\n  S s;\n};\n")

    done = ipcgen("check", "odd.ipc", cwd=sources.folder)

    assert done.returncode == 0
    assert "warning" in done.stderr


def test_path_in_messages_is_relative_to_the_root_wherever_the_command_runs(sources):
    sources.write("in/here/bad.ipc", "struct S { Nothing a; };")
    sources.write("out/keep", "")

    done = ipcgen("check", "-I", "../in", "../in/here/bad.ipc", cwd=sources.folder / "out")

    assert done.stderr.startswith("here/bad.ipc:1:12: error")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "missing.ipc"],
        ["check", "-I", "missing", "generator/README.md"],
        ["explain", "IPC9999"],
        ["generate", "--backend", "cobol", "--out", "out", "x.ipc"],
        ["generate", "--backend", "proto", "--out", "out", "--option", "novalue", "x.ipc"],
        ["frobnicate"],
        [],
    ],
)
def test_wrong_command_is_exit_code_two_and_one_reason(arguments):
    done = ipcgen(*arguments)

    assert done.returncode == 2
    assert "ipcgen" in done.stderr and "Traceback" not in done.stderr


def test_what_a_backend_cannot_do_fails_and_writes_nothing(sources):
    sources.write("x.ipc", "module x; channels C { send Put(); }; struct CIpcMain {};")
    command = ["generate", "--backend", "proto", "--backend", "cpp", "--out", "out", "x.ipc"]

    done = ipcgen(*command, cwd=sources.folder)

    assert done.returncode == 1 and "[IPC0111]" in done.stderr
    assert not (sources.folder / "out").exists()


def test_explain_prints_title_and_paragraph():
    done = ipcgen("explain", "ipc0031")

    assert done.returncode == 0
    assert done.stdout.startswith("IPC0031: an ordinal used twice\n\n")


@pytest.mark.parametrize("id", ["sync-call", "nullable-added"])
def test_explain_knows_the_rules_of_lint_and_of_breaking(id):
    done = ipcgen("explain", id)

    assert done.returncode == 0 and done.stdout.startswith(f"{id}: ")


def test_explain_says_which_rule_may_have_been_meant():
    done = ipcgen("explain", "sync-cal")

    assert done.returncode == 2 and done.stderr.endswith("; did you mean sync-call?\n")


def test_explain_without_an_id_lists_everything_once():
    listed = ipcgen("explain").stdout.splitlines()

    ids = [line.split()[0] for line in listed if line.startswith("  ")]
    assert ids == [*CATALOGUE, *lint.RULES, *breaking.RULES]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("id", "way_out"),
    [("IPC031", "did you mean IPC0031?"), ("nonsense", "`ipcgen explain` lists them all")],
)
def test_explain_offers_a_way_out_of_what_is_no_id(id, way_out):
    done = ipcgen("explain", id)

    assert done.returncode == 2 and done.stderr.endswith(f"; {way_out}\n")


def test_generate_writes_only_what_changed_and_says_what_it_read(tmp_path):
    out, depfile = tmp_path / "out", tmp_path / "everything.d"
    command = ["generate", "--backend", "proto", "--out", str(out), "--depfile", str(depfile)]
    first = ipcgen(*command, "everything.ipc", cwd=SHOP)
    (made,) = [path for path in out.rglob("*") if path.is_file()]
    os.utime(made, (1, 1))

    second = ipcgen(*command, "everything.ipc", cwd=SHOP)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert made.stat().st_mtime == 1
    target, _, inputs = depfile.read_text().partition(": ")
    assert target == str(made)
    for name in ("everything.ipc", "shared.ipc", "colors.ipc", "generator/ipcgen"):
        assert any(path.endswith(name) for path in inputs.split())
    assert not any("backends/cpp/" in path for path in inputs.split())


def test_generate_writes_nothing_when_there_is_an_error(sources):
    sources.write("bad.ipc", "struct S { Nothing a; };")

    done = ipcgen("generate", "--backend", "proto", "--out", "out", "bad.ipc", cwd=sources.folder)

    assert done.returncode == 1
    assert not (sources.folder / "out").exists()


def test_generated_text_is_the_same_from_every_folder(tmp_path):
    command = ["generate", "--backend", "proto", "--out"]
    ipcgen(*command, str(tmp_path / "a"), "everything.ipc", cwd=SHOP)
    ipcgen(*command, str(tmp_path / "b"), "-I", str(SHOP), str(SHOP / "everything.ipc"))

    near, far = (
        {path.name: path.read_text() for path in (tmp_path / side).rglob("*.proto")}
        for side in ("a", "b")
    )
    assert near == far != {}


def test_file_in_no_root_is_refused(sources, tmp_path):
    sources.write("a/x.ipc", "")
    (tmp_path / "b").mkdir()

    with pytest.raises(Usage, match="in no import root"):
        path_in_roots(str(tmp_path / "a/x.ipc"), (tmp_path / "b",))


def test_file_may_be_named_as_imports_name_it(sources, tmp_path):
    sources.write("a/x.ipc", "")

    assert path_in_roots("a/x.ipc", (tmp_path,)) == "a/x.ipc"


def test_unchanged_file_keeps_its_time(tmp_path):
    path = tmp_path / "deep" / "x.h"
    write_if_changed(path, "one")
    os.utime(path, (1, 1))

    write_if_changed(path, "one")
    kept = path.stat().st_mtime
    write_if_changed(path, "two")

    assert kept == 1
    assert path.read_text() == "two" and path.stat().st_mtime != 1


def test_depfile_escapes_what_ninja_would_split():
    assert depfile_text("out/x.h", ["a b.ipc", "c$.ipc"]) == "out/x.h: a\\ b.ipc c$$.ipc\n"
