"""README.md's table of rules and tests is the list that the suite itself gives.

`/usr/bin/python3 tests/electron/readme_test.py` prints the table as it should be.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

README = Path(__file__).parent / "README.md"
PIPES = ("inproc", "grpc_socketpair", "grpc_unix")
SUITES = {"ElectronContract": "", "TypedContract": "typed", "HostileContract": "hostile"}


def listed_tests() -> dict[tuple[str, str], set[str]]:
    """(rule, test) -> the pipes that it runs on, from the program's own list."""
    program = Path(os.environ.get("IPC_OUT_DIR", "out/gcc")) / "tests" / "electron_test"
    listing = subprocess.run(
        [program, "--gtest_list_tests"], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout
    tests: dict[tuple[str, str], set[str]] = {}
    suite = ""
    for line in listing.splitlines():
        if not line.startswith(" "):
            suite = line.rstrip(".").rpartition("/")[2]
            continue
        name, _, pipe = line.split()[0].partition("/")
        tests.setdefault((_rule_of(suite, name), name), set()).add(pipe)
    return tests


def _rule_of(suite: str, name: str) -> str:
    if rule := re.match(r"Rule(\d+)_", name):
        return str(int(rule[1]))
    return "endings" if name.startswith("Ending_") else SUITES[suite]


def table(tests: dict[tuple[str, str], set[str]]) -> list[str]:
    """In the order of the rules; a rule's tests in the order of the program."""
    order = [str(number) for number in range(1, 21)] + ["endings", "typed", "hostile"]
    rows = sorted(tests.items(), key=lambda row: order.index(row[0][0]))
    head = ["| rule | test | inproc | grpc-socketpair | grpc-unix |", "|---|---|---|---|---|"]
    return head + [
        f"| {rule} | {name} | " + " | ".join("ok" if p in pipes else "none" for p in PIPES) + " |"
        for (rule, name), pipes in rows
    ]


def test_the_table_lists_every_test_and_its_pipes() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    expected = table(listed_tests())

    assert lines[lines.index(expected[0]) :] == expected


def test_every_rule_that_can_be_reached_has_a_test() -> None:
    rules = {rule for rule, _ in listed_tests()}

    assert rules == {str(number) for number in range(1, 21)} | {"endings", "typed", "hostile"}


if __name__ == "__main__":
    print("\n".join(table(listed_tests())))
