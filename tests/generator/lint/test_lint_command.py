"""`ipcgen lint` as users run it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from paths import ROOT

from generator.lint import RULES

HERE = Path(__file__).parent
FIRST_ROW = "|---|---|---|\n"
TEXT = """\
module notes;

/// Notes of all windows.
channels Notes = "notes" {
  /// A note is closed.
  send close(uint64 id);

  sync Version() => (string version);
};
"""


def ipcgen(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "generator" / "ipcgen"), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def notes(sources) -> Path:
    sources.write("notes.ipc", TEXT)
    return sources.folder


def test_findings_are_printed_in_the_order_of_the_file_and_counted(notes, golden):
    done = ipcgen("lint", "notes.ipc", cwd=notes)

    assert (done.returncode, done.stderr) == (1, "ipcgen: 3 findings\n")
    golden(HERE / "command.txt", done.stdout)


def test_file_without_findings_says_nothing(notes):
    done = ipcgen("lint", "--only", "files", "notes.ipc", cwd=notes)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_only_and_disable_choose_rules(notes):
    only = ipcgen("lint", "--only", "sync-call", "--only", "names", "notes.ipc", cwd=notes)
    less = ipcgen("lint", "--disable", "docs", "--disable", "call-case", "notes.ipc", cwd=notes)

    assert only.stdout.count("warning") == 2 and "undocumented" not in only.stdout
    assert less.stdout.count("warning") == 1 and "[sync-call]" in less.stdout


def test_settings_of_the_folder_disable_rules(notes):
    (notes / ".ipcgen").write_text('{"lint": {"disable": ["channels", "docs", "names"]}}')

    assert ipcgen("lint", "notes.ipc", cwd=notes).returncode == 0


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ("{", ".ipcgen: Expecting property name"),
        ('{"lint": {"disable": ["sync-cal"]}}', ".ipcgen: there is no rule sync-cal; did you mean sync-call"),
        ('{"lint": {"disable": 3}}', ".ipcgen: expected"),
    ],
)
def test_settings_that_cannot_be_used_are_exit_code_two(notes, settings, problem):
    (notes / ".ipcgen").write_text(settings)

    done = ipcgen("lint", "notes.ipc", cwd=notes)

    assert done.returncode == 2 and problem in done.stderr


def test_unknown_rule_is_exit_code_two(notes):
    done = ipcgen("lint", "--only", "nothing-like-it", "notes.ipc", cwd=notes)

    assert done.returncode == 2
    assert done.stderr == "ipcgen: there is no rule nothing-like-it; `ipcgen lint --list` has them all\n"


def test_mistakes_are_told_instead_of_findings(notes):
    (notes / "notes.ipc").write_text(TEXT.replace("uint64", "uint65"))

    done = ipcgen("lint", "notes.ipc", cwd=notes)

    assert done.returncode == 1 and done.stdout == "" and "IPC0024" in done.stderr


def test_list_prints_every_rule(golden):
    done = ipcgen("lint", "--list")

    assert done.returncode == 0
    golden(HERE / "list.txt", done.stdout)


def test_list_in_the_readme_is_the_table(golden):
    readme = ROOT / "generator" / "lint" / "README.md"
    head, _, _ = readme.read_text(encoding="utf-8").partition(FIRST_ROW)

    golden(readme, head + FIRST_ROW + "".join(rows()))


def rows() -> Iterator[str]:
    for rule in RULES.values():
        yield f"| {rule.category} | `{rule.id}` | {rule.title} |\n"
