"""README.md's table of rules and tests is what the suite itself gives when it runs.

`/usr/bin/python3 tests/electron/readme_test.py` runs it and prints the table as it should be: `ok`
and `FAIL` are how a test ended on a pipe, `none` is a test that this pipe does not have.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

README = Path(__file__).parent / "README.md"
PIPES = ("inproc", "grpc_socketpair", "grpc_unix", "shm")
# What stands in the first column for tests without a number; empty where all have one.
SUITES = {
    "ElectronContract": "",
    "RelayContract": "",
    "ReloadContract": "",
    "ResponsiveContract": "",
    "PortContract": "",
    "AskContract": "ask",
    "TypedContract": "typed",
    "HostileContract": "hostile",
}
RULES = [str(number) for number in range(1, 23)]
ORDER = [*RULES, "ask", "endings", "typed", "hostile"]

Results = dict[tuple[str, str], dict[str, str]]


def run_suite() -> Results:
    """(number, test) -> pipe -> "ok" or "FAIL", in the order of the program."""
    program = Path(os.environ.get("IPC_OUT_DIR", "out/gcc")) / "tests" / "electron_test"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [program, f"--gtest_output=json:{report}"],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        suites = json.loads(report.read_text(encoding="utf-8"))["testsuites"]
    results: Results = {}
    for suite in suites:
        for test in suite["testsuite"]:
            name, _, pipe = test["name"].partition("/")
            number = _number_of(suite["name"].rpartition("/")[2], name)
            ended = "FAIL" if test.get("failures") else "ok"
            results.setdefault((number, name), {})[pipe] = ended
    return results


def _number_of(suite: str, name: str) -> str:
    if rule := re.match(r"Rule(\d+)_", name):
        return str(int(rule[1]))
    return "endings" if name.startswith("Ending_") else SUITES[suite]


def table(results: Results) -> list[str]:
    """In the order of the rules; a rule's tests in the order of the program."""
    rows = sorted(results.items(), key=lambda row: ORDER.index(row[0][0]))
    pipes = " | ".join(pipe.replace("_", "-") for pipe in PIPES)
    head = [f"| NUMBER | RULE | {pipes} |", "|---|---|---|---|---|---|"]
    return head + [
        f"| {number} | {name} | " + " | ".join(ends.get(pipe, "none") for pipe in PIPES) + " |"
        for (number, name), ends in rows
    ]


def test_the_table_is_what_the_suite_gives() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    expected = table(run_suite())

    assert lines[lines.index(expected[0]) :] == expected


def test_every_rule_has_a_row() -> None:
    numbers = set(re.findall(r"(?m)^\| (\d+) \|", README.read_text(encoding="utf-8")))

    assert numbers == set(RULES)


if __name__ == "__main__":
    print("\n".join(table(run_suite())))
